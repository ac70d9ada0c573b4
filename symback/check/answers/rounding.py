"""Values that come of rounding on the way: to the decimals or digits that a person may keep."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import product

import numpy as np

from symback.check.answers.claims import is_written
from symback.check.answers.digits import decimals, exchanged, significant_digits
from symback.check.derivation.comparing import close
from symback.check.derivation.memory import key_of
from symback.check.derivation.passes import Line, Script
from symback.check.derivation.running import line_value, quiet
from symback.check.derivation.truth import Quantity, TrueValues
from symback.check.mistakes.slips import elementwise
from symback.errors import SymbackError
from symback.functions.values.arrays import Array
from symback.language.tree import Call, Expression, Name

#: Decimals, and significant digits, that intermediate results are rounded to.
PLACES = (2, 3, 4, 5)
#: The same where a single one is.
STEP_PLACES = (3, 2, 1)
#: How far off, beside the right number, one is that comes of one rounded step.
NEAR = 0.15
#: A number of fewer digits does not tell whether results on the way were rounded.
FEWEST_DIGITS = 2


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


@dataclass(frozen=True)
class Compared:
    """A number as answered beside the right one, and how far each entry may be off."""

    got: Array
    true: Array | None
    allowed: Array

    def is_near(self) -> bool:
        """Tell whether a small part of the right number is missing or too much."""
        true = self.true
        if true is None or true.shape != self.got.shape:
            return False
        return bool(np.abs(self.got - true).max(initial=0.0) < NEAR * np.abs(true).max(initial=0.0))

    def is_exchange(self) -> bool:
        """Tell whether two digits of an entry are exchanged."""
        true = self.true
        if true is None or true.shape != self.got.shape:
            return False
        allowed = np.broadcast_to(self.allowed, true.shape)
        wrong = ~close(self.got, true, allowed)
        return any(
            f"{mine:.{places}f}" in exchanged(f"{right:.{places}f}")
            for mine, right, slack in zip(self.got[wrong], true[wrong], allowed[wrong], strict=True)
            for places in [decimals(float(slack))]
            if places is not None
        )


def roundings(
    truth: TrueValues,
    quantity: Quantity,
    stated: dict[str, Array],
    tree: Expression,
    number: Compared,
) -> Iterator[tuple[str, Array]]:
    """Yield what roundings on the way lead to, where a number has digits enough to tell."""
    if is_written(tree) and significant_digits(tree) < FEWEST_DIGITS:
        return
    yield from rounded_values(truth, quantity, stated)
    if number.is_near() and not number.is_exchange():
        yield from rounded_steps(truth, quantity, stated)


def rounded_values(
    truth: TrueValues, quantity: Quantity, stated: dict[str, Array]
) -> Iterator[tuple[str, Array]]:
    """Yield how intermediate results may have been rounded, and the value that follows.

    `stated` are the person's own intermediate results, right to the digits written.
    """
    yield from _kept(truth, quantity, stated, _policies)


def rounded_steps(
    truth: TrueValues, quantity: Quantity, stated: dict[str, Array]
) -> Iterator[tuple[str, Array]]:
    """Yield which single step may have been rounded, and the value that follows."""
    yield from _kept(truth, quantity, stated, _single_steps)


#: The ways of rounding to some places.
HOW = (("decimals", round_half_up), ("significant digits", significant))
Rounded = Callable[[TrueValues, Quantity, dict[str, Array]], Iterator[tuple[str, Array]]]


def _kept(
    truth: TrueValues, quantity: Quantity, stated: dict[str, Array], values: Rounded
) -> list[tuple[str, Array]]:
    """Return the values that roundings lead to, found once for all who have stated the same."""
    if truth.given is None:
        return []
    used = quantity.chain.main.relevant(quantity.name, stated)
    key = key_of({name: stated[name] for name in used})
    whole = None if key is None else (id(quantity.chain), quantity.name, values.__name__, key)
    return truth.rounded.get(whole, lambda: list(values(truth, quantity, stated)))


def _single_steps(
    truth: TrueValues, quantity: Quantity, stated: dict[str, Array]
) -> Iterator[tuple[str, Array]]:
    for line in quantity.chain.main.leading_to(quantity.name):
        if "#" in line.name or line.name in (*stated, quantity.name) or not line.uses:
            continue
        if is_given(line, quantity.chain.main):
            continue
        for places, (how, rounding) in product(STEP_PLACES, HOW):
            found = _value(truth, quantity, stated, (line.name, places, rounding))
            if found is not None:
                yield f"`{line.name}` rounded to {places} {how}", found
    yield from _inputs(truth, quantity, stated)


def _inputs(
    truth: TrueValues, quantity: Quantity, stated: dict[str, Array]
) -> Iterator[tuple[str, Array]]:
    """Yield what a quantity is if a value in its formula alone is rounded."""
    assert truth.given is not None
    for script in quantity.chain.scripts:
        if script.level != "solution" or quantity.name not in script.index:
            continue
        line = script.lines[script.index[quantity.name]]
        values = {**truth.given.environment(script, truth.functions), **stated}
        computed = {
            name for name in line.uses & script.index.keys() & values.keys() - stated.keys()
            if not is_given(script.lines[script.index[name]], script)
        }  # fmt: skip
        for name in sorted(computed):
            for places, (how, rounding) in product(STEP_PLACES, HOW):
                with quiet():
                    near = rounding(values[name], places)
                    found = line_value(line, {**values, name: near}, truth.functions)
                if not _vanishes(near, values[name]):
                    yield f"`{name}` rounded to {places} {how}", found


def is_given(line: Line, script: Script) -> bool:
    """Tell whether a line is a value of the problem under another name: nobody rounds that."""
    tree = line.parts[0].tree
    return len(line.parts) == 1 and isinstance(tree, Name) and tree.id not in script.index


def _vanishes(near: Array, value: Array) -> bool:
    """Tell whether rounding makes 0 of something."""
    return bool(((near == 0) & (value != 0)).any())


def _policies(
    truth: TrueValues, quantity: Quantity, stated: dict[str, Array]
) -> Iterator[tuple[str, Array]]:
    for places, which, (how, rounding) in product(reversed(PLACES), WORDS, HOW):
        found = _value(truth, quantity, stated, (which, places, rounding))
        if found is not None:
            yield f"{WORDS[which]} rounded to {places} {how}", found


#: Which intermediate results are rounded, or the name of the one that is, to how many places, and
#: by which function.
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
                near = rounding(value, places)
                if which == line.name and _vanishes(near, value):
                    return None
                value = near
            values[line.name] = value
    return values.get(quantity.name)


def _is_rounded(line: Line, which: str) -> bool:
    if which == "functions":
        tree = line.parts[0].tree
        return isinstance(tree, Call) and tree.function in elementwise()
    if which in WORDS:
        return which == "all" or "#" not in line.name
    return which == line.name
