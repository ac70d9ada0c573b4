"""Values that come of rounding on the way: to the decimals or digits that a person may keep."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import numpy as np

from symback.check.derivation.memory import key_of
from symback.check.derivation.passes import Line
from symback.check.derivation.running import line_value, quiet
from symback.check.derivation.truth import Quantity, TrueValues
from symback.check.mistakes.slips import elementwise
from symback.errors import SymbackError
from symback.functions.values_arrays import Array
from symback.language.tree import Call

#: Decimals, and significant digits, that intermediate results are rounded to.
PLACES = (2, 3, 4, 5)


def round_half_up(value: Array, places: int) -> Array:
    """Round to decimals, halves away from zero."""
    scaled = np.abs(value) * 10.0**places
    return np.asarray(np.sign(value) * np.floor(scaled + 0.5 + 1e-9) / 10.0**places)


def significant(value: Array, digits: int) -> Array:
    """Round every entry to significant digits, halves away from zero."""
    with np.errstate(all="ignore"):
        power = np.where(value == 0, 0, np.floor(np.log10(np.abs(value)))).astype(int)
    scale = 10.0 ** (digits - 1 - power)
    return np.asarray(np.sign(value) * np.floor(np.abs(value) * scale + 0.5 + 1e-9) / scale)


def rounded_values(
    truth: TrueValues, quantity: Quantity, stated: dict[str, Array]
) -> Iterator[tuple[str, Array]]:
    """Yield how intermediate results may have been rounded, and the value that follows.

    `stated` are the person's own intermediate results, right to the digits written.
    """
    if truth.given is None:
        return
    used = quantity.chain.main.relevant(quantity.name, stated)
    key = key_of({name: stated[name] for name in used})
    whole = None if key is None else (id(quantity.chain), quantity.name, key)
    yield from truth.rounded.get(whole, lambda: list(_policies(truth, quantity, stated)))


def _policies(
    truth: TrueValues, quantity: Quantity, stated: dict[str, Array]
) -> Iterator[tuple[str, Array]]:
    for places in reversed(PLACES):
        for which in ("functions", "steps", "all"):
            for how, rounding in (("decimals", round_half_up), ("significant digits", significant)):
                found = _value(truth, quantity, stated, (which, places, rounding))
                if found is not None:
                    yield f"{WORDS[which]} rounded to {places} {how}", found


#: Which intermediate results are rounded, to how many places, and by which function.
Policy = tuple[str, int, Callable[[Array, int], Array]]
WORDS = {
    "functions": "values of functions",
    "steps": "every step",
    "all": "every intermediate result",
}


def _value(
    truth: TrueValues, quantity: Quantity, stated: dict[str, Array], policy: Policy
) -> Array | None:
    which, places, rounding = policy
    assert truth.given is not None
    values = dict(truth.given.values)
    with quiet():
        for line in quantity.chain.main.leading_to(quantity.name):
            if line.name in stated and line.name != quantity.name:
                values[line.name] = stated[line.name]
                continue
            try:
                value = line_value(line, values, truth.functions)
            except (SymbackError, KeyError):
                return None
            if line.name != quantity.name and _is_rounded(line, which):
                value = rounding(value, places)
            values[line.name] = value
    return values.get(quantity.name)


def _is_rounded(line: Line, which: str) -> bool:
    if which == "functions":
        tree = line.parts[0].tree
        return isinstance(tree, Call) and tree.function in elementwise()
    return which == "all" or "#" not in line.name
