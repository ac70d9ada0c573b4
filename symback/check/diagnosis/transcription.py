"""Numbers copied wrongly: one digit another one, or two neighbouring digits exchanged."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from symback.check.answers.digits import decimals, exchanged, miscopied
from symback.check.answers.follow import Values
from symback.check.answers.judging import Judge
from symback.check.derivation.comparing import close, close_to_each
from symback.check.derivation.memory import key_of
from symback.check.derivation.truth import Quantity
from symback.check.diagnosis.case import Case
from symback.check.mistakes.fits import Fit
from symback.functions.values.arrays import Array

#: Digits to which a person is taken to keep values that were not written down.
USUAL_DECIMALS = 4
#: Quantities of more entries than this are not tried digit by digit.
MAX_ENTRIES = 16
#: An answer of fewer significant digits says too little to find a digit of another number.
FEW_DIGITS = 4


#: A number of fewer digits is not taken to have been copied wrongly.
LEAST_DIGITS = 3
#: How telling it is that two digits of a number are exchanged, or that one is another.
EXCHANGED, MISTYPED = 5.0, 6.3
Slip = tuple[tuple[int, ...], str, str]


def copied(case: Case, judge: Judge) -> Iterator[Fit]:
    """Yield how a number may have been copied wrongly so that the answer came out."""
    if not case.numeric or judge.truth.given is None or case.allowed is None:
        return
    point = len(judge.points) - 1
    got, true = case.got.get(point), case.true.get(point)
    if got is None or true is None or got.shape != true.shape:
        return
    allowed = np.broadcast_to(case.allowed, got.shape)
    fit = _in_answer(got, true, allowed) or _pointed(case, got, true, allowed)
    if fit is not None:
        yield fit
    yield from _before(case, judge, point)


def _in_answer(got: Array, true: Array, allowed: Array) -> Fit | None:
    """The answer itself is the right number with a slip in its digits."""
    wrong = ~close(got, true, allowed)
    if not wrong.any() or wrong.sum() > max(1, got.size // 2):
        return None
    for place in zip(*np.nonzero(wrong), strict=True) if got.ndim else [()]:
        places = decimals(float(allowed[place]))
        if places is None:
            return None
        right = f"{float(true[place]):.{places}f}"
        written = f"{float(got[place]):.{places}f}"
        slips = list(miscopied(right))
        if len(right.strip("-0.").replace(".", "")) < LEAST_DIGITS:
            slips = list(exchanged(right))
        if written not in set(slips):
            return None
    return Fit("transcription", 3.0, detail={"right": right, "wrong": written})


def _pointed(case: Case, got: Array, true: Array, allowed: Array) -> Fit | None:
    """The decimal point of all numbers one place off."""
    if case.digits() < LEAST_DIGITS - 1:
        return None
    for factor, way in ((10.0, "right"), (0.1, "left")):
        if close(got, factor * true, np.asarray(allowed)).all():
            return Fit("transcription", 3.0, detail={"point": way})
    return None


def _before(case: Case, judge: Judge, point: int) -> Iterator[Fit]:
    """A value that the answer was computed from was copied wrongly."""
    script = case.quantity.chain.main
    stated = judge.student.stated
    lines = script.leading_to(case.quantity.name)
    names = [line.name for line in lines if "#" not in line.name and (line.uses or line.of is None)]
    used = {name for line in lines for name in line.uses}
    order = [*reversed(names), *(name for name in judge.truth.problem.given if name in used)]
    first = [name for name in order if name in stated and stated[name].number is not None]
    tried, budget = 0, case.budget()
    for name in [*first, *(name for name in order if name not in first)]:
        if name == case.quantity.name:
            continue
        slips = list(_all_slips(case, judge, point, name, LEAST_DIGITS if name in first else 1))
        tried += len(slips)
        if tried > budget and name not in first:
            return
        found = _of_line(case, judge, point, name, slips)
        if found is not None:
            rank = 2.5 if name in first else EXCHANGED if found.pop("exchanged") else MISTYPED
            found.pop("exchanged", None)
            yield Fit("transcription", rank, detail=found)
            return


def _all_slips(case: Case, judge: Judge, point: int, name: str, least: int) -> Iterator[Slip]:
    """Yield the slips in one quantity: the place, the number there, and what was copied."""
    value = np.asarray(_stated(case, judge, point, name)[name], dtype=float)
    if value.size <= MAX_ENTRIES:
        for place in np.ndindex(value.shape):
            for right, wrong in _slips(judge, name, place, float(value[place]), least):
                yield place, right, wrong


def _stated(case: Case, judge: Judge, point: int, name: str) -> Values:
    """Return what the person has right, and the value of one quantity."""
    script = case.quantity.chain.main
    base = judge.student.overrides(script, point, True, case.quantity.name)
    base = {n: v for n, v in base.items() if judge.student.stated[n].right_number}
    values = judge.points[point].environment(script, judge.truth.functions)
    return {**base, name: np.asarray(base.get(name, values[name]), dtype=float)}


def _of_line(
    case: Case, judge: Judge, point: int, name: str, slips: list[Slip]
) -> dict[str, object] | None:
    got, true = case.got[point], case.true[point]
    known, found = _implied(
        case.quantity, judge, _stated(case, judge, point, name), name, tuple(slips)
    )
    if not known or found.shape[1:] != got.shape:
        return None
    left = ~close(got, true, case.allowed)
    hits = close_to_each(got, found, case.allowed)
    named: dict[tuple[int, ...], str] = {}
    turned = True
    explained = (hits & left).reshape(len(found), got.size).sum(axis=1)
    for k in sorted(np.flatnonzero(explained), key=lambda k: -explained[k]):
        place, right, wrong = slips[known[k]]
        if (hits[k] & left).any() and place not in named:
            left = left & ~hits[k]
            named[place] = f"`{wrong}` for `{right}`"
            turned &= sorted(right) == sorted(wrong)
        if not left.any():
            return {"name": name, "slips": list(named.values()), "exchanged": turned}
    return None


def _implied(
    quantity: Quantity, judge: Judge, base: Values, name: str, slips: tuple[Slip, ...]
) -> tuple[list[int], Array]:
    """Return which slips have a consequence, and the values of a quantity that follow from them."""
    script, point = quantity.chain.main, len(judge.points) - 1

    def compute() -> tuple[list[int], Array]:
        found: dict[int, Array] = {}
        for k, (place, _, wrong) in enumerate(slips):
            changed = base[name].copy()
            changed[place] = float(wrong)
            whole = judge.student.computed(quantity, point, {**base, name: changed})
            value = judge.selected(whole, quantity, point)
            if value is not None and np.isfinite(value).all():
                found[k] = np.asarray(value, dtype=float)
        return list(found), np.asarray(list(found.values())).reshape(
            (len(found), *next((np.shape(x) for x in found.values()), ()))
        )

    used = script.relevant(quantity.name, base)
    key = key_of({n: v for n, v in base.items() if n in used or n == name})
    whole = (
        None
        if key is None
        else (id(quantity.chain), quantity.name, quantity.items, name, slips, key)
    )
    return judge.truth.slips.get(whole, compute)


def _slips(
    judge: Judge, name: str, place: tuple[int, ...], value: float, least: int
) -> Iterator[tuple[str, str]]:
    one = judge.student.stated.get(name)
    if one is not None and one.allowed is not None and one.number is not None:
        places = decimals(float(np.broadcast_to(one.allowed, one.number.shape)[place]))
    elif name in judge.truth.problem.given:
        text = f"{value:.10f}".rstrip("0")
        places = len(text.partition(".")[2])
    else:
        places = USUAL_DECIMALS
    right = f"{value:.{places or 0}f}"
    if len(right.lstrip("-0.").replace(".", "")) < least:
        return
    for wrong in miscopied(right):
        if one is not None or float(wrong) not in (0, 1):
            yield right, wrong
