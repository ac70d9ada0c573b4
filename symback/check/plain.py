"""Mistakes that show in the values alone: a common factor, a transpose, an order of entries."""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass, field
from fractions import Fraction
from itertools import permutations
from typing import TYPE_CHECKING, Any

import numpy as np

from symback.check.alterations import Change
from symback.check.comparing import close
from symback.functions.values_arrays import Array

if TYPE_CHECKING:
    from symback.check.diagnosis import Case
    from symback.check.truth import Truth

#: Factors of logarithms to another base.
BASES = {"log(2)": math.log(2), "log(10)": math.log(10)}
#: Factors with larger numerator or denominator than this are not taken for mistakes in a number.
LARGEST = 64


@dataclass
class Fit:
    """One explanation: its kind, how telling it is, and what was altered."""

    kind: str
    rank: float
    changes: tuple[Change, ...] = ()
    also: tuple[Fit, ...] = ()
    detail: dict[str, Any] = field(default_factory=dict)


def plain_fits(case: Case, truth: Truth, uniform: bool = False) -> Iterator[Fit]:
    """Yield what the values alone tell; with `uniform` only factors, signs and transposes."""
    yield from _ratio(case, truth)
    yield from _turned(case)
    if uniform:
        return
    yield from _reordered(case)
    yield from _summed(case)
    yield from _added(case, truth)
    yield from _divided(case, truth)


def _ratio(case: Case, truth: Truth) -> Iterator[Fit]:
    yield from _sized(case, truth)
    ratio = common_ratio(case)
    if ratio is None or abs(ratio - 1) < 1e-9:
        return
    if abs(ratio + 1) < 1e-9:
        yield Fit("sign", 0.5)
        return
    for name, base in BASES.items():
        for value in (base, 1 / base):
            if abs(ratio / value - 1) < 1e-7:
                yield Fit("wrong_base", 0.5, detail={"ratio": name})
                return
    nice = Fraction(ratio).limit_denominator(LARGEST)
    if case.numeric and not _is_plain(nice, case, truth):
        return
    if nice and abs(float(nice) / ratio - 1) < 1e-7 and abs(nice.numerator) <= LARGEST:
        power = _exponent(case, nice)
        if power:
            yield Fit("power_rule", 0.9, detail={"ratio": nice})
        if _is_mean(case, nice, truth):
            yield Fit("sum_for_mean", 0.95, detail={"ratio": nice})
        rank = 1.0 if nice > 0 else 1.5
        yield Fit("factor", rank, detail={"ratio": nice})
        return
    square = Fraction(ratio * ratio).limit_denominator(LARGEST)
    if not case.numeric and square and abs(float(square) / ratio**2 - 1) < 1e-9:
        yield Fit("factor", 1.2, detail={"ratio": ratio})
    elif not case.numeric:
        yield Fit("factor", 8, detail={"ratio": ratio})


def _is_plain(ratio: Fraction, case: Case, truth: Truth) -> bool:
    """Tell whether a factor is one that people forget: 2, 3, 4, or a size of the problem."""
    sizes = {2, 3, 4}
    point = truth.all_points()[-1]
    for value in point.environment(case.quantity.chain.main, truth.functions).values():
        sizes.update(np.shape(value))
        sizes.add(int(np.size(value)))
    parts = (abs(ratio.numerator), ratio.denominator)
    return 1 in parts and max(parts) in sizes


def _sized(case: Case, truth: Truth) -> Iterator[Fit]:
    """The answer is off by a dimension of the problem, whatever its size."""
    from symback.language import walk
    from symback.language.tree import Call

    points = truth.all_points()
    if case.numeric or len(case.got) < 2:
        return
    for name, size in truth.program.dims.items():
        for exponent in (1, -1):
            factors = {k: float(points[k].values[name]) ** exponent for k in case.got}
            if size is None and all(
                got.shape == case.true[k].shape and close(got, factors[k] * case.true[k]).all()
                for k, got in case.got.items()
            ):
                trees = [line.parts[0].tree for line in case.quantity.chain.main.lines]
                mean = any(
                    isinstance(node, Call) and node.function == "mean"
                    for tree in trees for node in walk(tree)
                )  # fmt: skip
                missing = exponent == 1
                yield Fit("sum_for_mean" if mean else "factor", 0.9,
                          detail={"dimension": name, "missing": missing})  # fmt: skip
                return


def common_ratio(case: Case) -> float | None:
    """Return the number that the answer is times the truth, at every point; None if none is."""
    found: float | None = None
    for k, got in case.got.items():
        true = case.true[k]
        if got.shape != true.shape or not np.isfinite(got).all():
            return None
        if not np.isfinite(true).all():
            return None
        big = np.argmax(np.abs(true)) if true.size else 0
        if not true.size or true.flat[big] == 0:
            if np.abs(got).max(initial=0) > 1e-12:
                return None
            continue
        ratio = float(got.flat[big] / true.flat[big])
        if case.numeric and case.allowed is not None and case.allowed.shape in ((), true.shape):
            error = np.broadcast_to(case.allowed, true.shape).flat[big]
            ratio = _nearby(ratio, float(error / abs(true.flat[big])))
        if ratio == 0 or (found is not None and abs(ratio / found - 1) > 1e-7):
            return None
        found = ratio if found is None else found
        if not close(got, found * true, case.allowed).all():
            return None
    return found


def _nearby(ratio: float, error: float) -> float:
    """Return the plainest number that a ratio known to `error` can be."""
    if error <= 0:
        return ratio
    for most in range(1, 9):
        nice = Fraction(ratio).limit_denominator(most)
        if nice and abs(float(nice) - ratio) <= error * 1.0001:
            return float(nice)
    return ratio


def _exponent(case: Case, ratio: Fraction) -> bool:
    """Tell whether the factor is an exponent of at least 3 in the problem that was not pulled down."""
    from symback.language import walk
    from symback.language.tree import Binary, Number

    for line in case.quantity.chain.main.lines:
        if line.of is None:
            for node in walk(line.parts[0].tree):
                if isinstance(node, Binary) and node.op == "**" and isinstance(node.right, Number):
                    if node.right.value not in (0, 1, 2) and 1 / ratio == node.right.value:
                        return True
    return False


def _is_mean(case: Case, ratio: Fraction, truth: Truth) -> bool:
    """Tell whether the factor is the count of a mean over more than two."""
    from symback.language import walk
    from symback.language.tree import Call

    counts = (ratio, 1 / ratio)
    if not any(count.denominator == 1 and count > 2 for count in counts):
        return False
    for line in case.quantity.chain.main.lines:
        if line.of is None:
            for node in walk(line.parts[0].tree):
                if isinstance(node, Call) and node.function in ("mean", "sum"):
                    for size in _sizes(case, truth, node):
                        if size in counts:
                            return True
    return False


def _sizes(case: Case, truth: Truth, node: Any) -> Iterator[int]:
    from symback.check.running import evaluated, quiet
    from symback.errors import SymbackError

    point = truth.all_points()[0]
    values = point.environment(case.quantity.chain.main, truth.functions)
    with quiet():
        try:
            inner = evaluated(node.arguments[0], values, truth.functions)
        except SymbackError:
            return
    yield inner.size
    yield from inner.shape


def _turned(case: Case) -> Iterator[Fit]:
    def fits(turn: Any) -> bool:
        for k, got in case.got.items():
            true = turn(case.true[k])
            if got.shape != true.shape or not close(got, true, case.allowed).all():
                return False
        return True

    if all(true.ndim == 2 for true in case.true.values()):
        if fits(lambda x: x.T):
            yield Fit("transposed", 1.0)
        elif fits(lambda x: -x.T):
            yield Fit("transposed", 11.0, also=(Fit("sign", 0.5),))


def _reordered(case: Case) -> Iterator[Fit]:
    """Entries in another order, the same at every point."""
    first = min(case.got)
    got, true = case.got[first], case.true[first]
    if got.shape != true.shape or not 2 <= got.size <= 64 or case.numeric:
        return
    for axes in _flips(got.ndim):
        if all(
            g.shape == case.true[k].shape and close(g, np.flip(case.true[k], axes)).all()
            for k, g in case.got.items()
        ):
            yield Fit("index_order", 1.2, detail={"order": "reversed"})
            return
    if any(g.shape != got.shape for g in case.got.values()):
        return
    order = []
    for entry in got.ravel():
        places = np.flatnonzero(np.abs(true.ravel() - entry) <= 1e-9 * np.abs(true).max())
        if len(places) != 1:
            return
        order.append(int(places[0]))
    if sorted(order) != list(range(got.size)) or order == sorted(order):
        return
    for k, g in case.got.items():
        if not close(g.ravel(), case.true[k].ravel()[order]).all():
            return
    shift = {(place - k) % len(order) for k, place in enumerate(order)}
    kind = "index_shift" if len(shift) == 1 and got.ndim == 1 else "index_order"
    yield Fit(kind, 1.3, detail={"order": order})


def _flips(ndim: int) -> Iterator[tuple[int, ...]]:
    for count in range(1, ndim + 1):
        for axes in permutations(range(ndim), count):
            if list(axes) == sorted(axes):
                yield axes


def _summed(case: Case) -> Iterator[Fit]:
    """The answer's sum over an axis is the truth: the sum was left out."""
    for axis in range(max(got.ndim for got in case.got.values())):
        if all(_reduces(got, case.true[k], np.sum, axis) for k, got in case.got.items()):
            yield Fit("missing_sum", 1.0, detail={"axis": axis})
            return
        if all(_reduces(got, case.true[k], np.mean, axis) for k, got in case.got.items()):
            yield Fit("missing_sum", 1.1, detail={"axis": axis})
            return
    if all(got.ndim and not case.true[k].ndim for k, got in case.got.items()):
        if all(abs(got.sum() - case.true[k]) < 1e-9 for k, got in case.got.items()):
            yield Fit("missing_sum", 1.0)


def _reduces(got: Array, true: Array, reduce: Any, axis: int) -> bool:
    if got.ndim != true.ndim + 1 or axis >= got.ndim:
        return False
    found = reduce(got, axis=axis)
    return found.shape == true.shape and bool(close(found, true).all())


def _added(case: Case, truth: Truth) -> Iterator[Fit]:
    """The difference is a multiple of a quantity of the problem: a term that does not belong."""
    if case.numeric:
        return
    points = truth.all_points()
    script = case.quantity.chain.main
    for name in points[0].environment(script, truth.functions):
        if "#" in name:
            continue
        ratios = set()
        for k, got in case.got.items():
            value = np.asarray(points[k].environment(script, truth.functions)[name], dtype=float)
            true = case.true[k]
            if got.shape != true.shape or value.shape != true.shape or not value.size:
                break
            big = np.argmax(np.abs(value))
            if value.flat[big] == 0:
                break
            ratio = float((got - true).flat[big] / value.flat[big])
            if ratio == 0 or not close(got - true, ratio * value).all():
                break
            ratios.add(float(f"{ratio:.6g}"))
        else:
            if len(ratios) == 1:
                nice = Fraction(ratios.pop()).limit_denominator(12)
                yield Fit("extra_term", 5, detail={"name": name, "ratio": nice})


def _divided(case: Case, truth: Truth) -> Iterator[Fit]:
    """The answer is off by a divisor of the problem: the quotient rule without its square."""
    from symback.language.tree import Binary, Name

    if case.numeric:
        return
    points = truth.all_points()
    script = case.quantity.chain.main
    for line in script.lines:
        tree = line.parts[0].tree
        if not (isinstance(tree, Binary) and tree.op == "/" and isinstance(tree.right, Name)):
            continue
        for exponent in (1, -1, 2):
            if all(
                _is_times(
                    got, case.true[k], points[k].environment(script, truth.functions)[tree.right.id]
                    ** exponent,
                )
                for k, got in case.got.items()
            ):  # fmt: skip
                yield Fit("quotient_rule", 3, detail={"name": tree.right.id, "by": exponent})
                return


def _is_times(got: Array, true: Array, factor: Array) -> bool:
    if got.shape != true.shape or np.shape(factor) not in ((), got.shape):
        return False
    return bool(close(got, true * factor).all())
