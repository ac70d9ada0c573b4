"""Mistakes that show in the values alone: a common factor, a transpose, an order of entries."""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Iterator
from fractions import Fraction
from functools import partial
from itertools import permutations, product
from typing import Any

import numpy as np

from symback.check.derivation.comparing import close
from symback.check.derivation.passes import Script
from symback.check.derivation.running import value_with
from symback.check.derivation.truth import TrueValues
from symback.check.diagnosis.case import MANY_DIGITS, Case
from symback.check.diagnosis.elsewhere import other_quantities
from symback.check.diagnosis.plain_factors import common_ratio, factor_fits
from symback.check.mistakes.alterations import DERIVATIVE
from symback.check.mistakes.fits import Fit
from symback.check.mistakes.kernels import convolves
from symback.functions.values.arrays import Array
from symback.language.tree import Binary, Expression, Name

#: Factors of logarithms to another base.
BASES = {"log(2)": math.log(2), "log(10)": math.log(10)}
#: Factors with larger numerator or denominator than this are not taken for mistakes in a number.
LARGEST = 64
#: Names of second derivatives by one variable.
SECOND = re.compile(r"d2(.+)_d(.+)_d\2")
#: How telling the quotient rule without its square is.
TELLING = 3.0
#: Longer vectors than this have no Jacobian made for them.
MOST_ENTRIES = 12


def plain_fits(case: Case, truth: TrueValues, uniform: bool = False) -> Iterator[Fit]:
    """Yield what the values alone tell; with `uniform` only factors, signs and transposes."""
    yield from factor_fits(case, truth)
    yield from _turned(case)
    if uniform:
        return
    yield from _flipped(case)
    yield from reordered(case)
    yield from _summed(case)
    yield from _added(case, truth)
    yield from _divided(case, truth)
    yield from _pushed(case, truth)
    yield from _inverted(case)
    yield from _once(case, truth)
    yield from other_quantities(case, truth)


def _turned(case: Case) -> Iterator[Fit]:
    if all(true.ndim == 2 for true in case.true.values()):
        if _comes_of(case, np.transpose):
            yield Fit("transposed", 1.0)
        elif _comes_of(case, lambda x: -x.T):
            yield Fit("transposed", 11.0, also=(Fit("sign", 0.5),))


def _comes_of(case: Case, move: Callable[[Array], Array]) -> bool:
    """Tell whether an answer is what becomes of the truth, whose number of axes is kept."""
    for k, got in case.got.items():
        moved = move(case.true[k]) if got.ndim == case.true[k].ndim else None
        if moved is None or got.shape != moved.shape or not close(got, moved, case.allowed).all():
            return False
    return True


def reordered(case: Case) -> Iterator[Fit]:
    """Entries in another order, the same at every point."""
    first = min(case.got)
    got, true = case.got[first], case.true[first]
    if got.shape != true.shape or not 2 <= got.size <= 64 or case.digits() < MANY_DIGITS:
        return
    if _is_shifted(case):
        yield Fit("index_shift", 1.2, detail={"order": "shifted"})
        return
    if _is_reversed(case):
        yield Fit("index_order", 1.2, detail={"order": "reversed"})
        return
    if case.numeric or any(g.shape != got.shape for g in case.got.values()):
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
    kind = "index_shift" if _is_rolled(np.reshape(order, got.shape)) else "index_order"
    yield Fit(kind, 1.3, detail={"order": order})


def _flipped(case: Case) -> Iterator[Fit]:
    """The gradient of a convolution turned round, as a kernel is."""
    if convolves(case.quantity.chain.main) and case.digits() >= MANY_DIGITS:
        ndim = case.true[min(case.true)].ndim
        if ndim and _comes_of(case, partial(np.flip, axis=tuple(range(ndim))[-2:])):
            yield Fit("kernel_flip", 1.1)


def _is_reversed(case: Case) -> bool:
    """Tell whether the entries are the right ones from the last to the first along some axes."""
    turns = _flips(case.got[min(case.got)].ndim)
    return any(_comes_of(case, partial(np.flip, axis=axes)) for axes in turns)


def _is_shifted(case: Case) -> bool:
    """Tell whether everything stands one place further along an axis, round its end."""
    shape = case.true[min(case.got)].shape
    if any(case.true[k].shape != shape for k in case.got):
        return False
    steps = product((axis for axis, size in enumerate(shape) if size > 2), (1, -1))
    return any(_comes_of(case, partial(np.roll, shift=by, axis=axis)) for axis, by in steps)


def _is_rolled(order: Array) -> bool:
    """Tell whether the places of entries are moved along one axis, round its end."""
    plain = np.arange(order.size).reshape(order.shape)
    return any(
        (np.roll(plain, by, axis) == order).all()
        for axis, size in enumerate(order.shape)
        for by in range(1, size)
    )


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
    if all(
        got.ndim and not case.true[k].ndim and abs(got.sum() - case.true[k]) < 1e-9
        for k, got in case.got.items()
    ):
        yield Fit("missing_sum", 1.0)


def _reduces(got: Array, true: Array, reduce: Any, axis: int) -> bool:
    if got.ndim != true.ndim + 1 or axis >= got.ndim or not got.size:
        return False
    found = reduce(got, axis=axis)
    return found.shape == true.shape and bool(close(found, true).all())


def _added(case: Case, truth: TrueValues) -> Iterator[Fit]:
    """The difference is a multiple of a quantity of the problem: a term that does not belong."""
    if case.numeric or common_ratio(case) is not None:
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


def _divided(case: Case, truth: TrueValues) -> Iterator[Fit]:
    """The answer is off by a divisor of the problem: the quotient rule without its square."""
    if case.least_telling() < TELLING:
        return
    points = truth.all_points()
    script = case.quantity.chain.main
    for line in script.lines:
        tree = line.parts[0].tree
        if line.of is not None or DERIVATIVE.match(line.name):
            continue
        if not (isinstance(tree, Binary) and tree.op == "/" and isinstance(tree.right, Name)):
            continue
        if tree.right.id not in points[0].environment(script, truth.functions):
            continue
        if not _is_differentiated(script, case.quantity.name, tree):
            continue
        plain = tree.right.id in script.index or np.ndim(points[0].values[tree.right.id])
        for exponent in (1, -1, 2) if plain else (1, -1):
            if all(
                _is_times(
                    got, case.true[k], points[k].environment(script, truth.functions)[tree.right.id]
                    ** exponent,
                    case.allowed,
                )
                for k, got in case.got.items()
            ):  # fmt: skip
                yield Fit("quotient_rule", TELLING, detail={"name": tree.right.id, "by": exponent})
                return


def _is_differentiated(script: Script, name: str, tree: Expression) -> bool:
    """Tell whether the derivative of an operation is in that of a quantity."""
    edges = (part.edge for line in script.leading_to(name) for part in line.parts)
    return any(edge is not None and edge.op == tree for edge in edges)


def _pushed(case: Case, truth: TrueValues) -> Iterator[Fit]:
    """The Jacobian itself times the cotangent, where its transpose belongs."""
    script = case.quantity.chain.main
    seeds = [line for line in script.lines if line.of is not None and "#" not in line.name]
    if not seeds or case.quantity.items is not None or case.digits() < MANY_DIGITS:
        return
    for k, got in case.got.items():
        values = truth.all_points()[k].environment(script, truth.functions)
        seed = values[seeds[0].name]
        if not 1 < seed.size <= MOST_ENTRIES or seed.shape != got.shape or seed.ndim != 1:
            return
        rows = [
            value_with(script, case.quantity.name, values, {seeds[0].name: unit}, truth.functions)
            for unit in np.eye(seed.size)
        ]
        jacobian = np.array([row for row in rows if row is not None and row.shape == seed.shape])
        if (
            jacobian.shape != (seed.size, seed.size)
            or not close(jacobian @ seed, got, case.allowed).all()
        ):
            return
    yield Fit("transposed", 2.5, detail={"jacobian": True})


def _inverted(case: Case) -> Iterator[Fit]:
    """Reciprocals of the entries of a matrix whose inverse, or its transpose, is the truth."""
    if case.numeric or case.quantity.items is not None:
        return
    for sign in (1, -1):
        for turned in (False, True):
            if all(
                _is_inverted(sign * got, case.true[k].T if turned else case.true[k])
                for k, got in case.got.items()
            ):
                yield Fit("elementwise_inverse", 1.5 + (sign < 0))
                return


def _is_inverted(got: Array, true: Array) -> bool:
    if got.shape != true.shape or got.ndim != 2 or got.shape[0] != got.shape[1] or len(got) < 2:
        return False
    with np.errstate(all="ignore"):
        product = true @ (1 / got)
    return bool(close(product, np.eye(len(got))).all())


def _once(case: Case, truth: TrueValues) -> Iterator[Fit]:
    """The gradient, or a diagonal matrix of it, in the place of a second derivative."""
    named = SECOND.fullmatch(case.quantity.name)
    if named is None or case.quantity.items is not None or case.digits() < MANY_DIGITS:
        return
    of, wrt = named.groups()
    first = truth.find(f"d{of}_d{wrt}", case.quantity.chain.part)
    if first is None:
        return
    points = truth.all_points()
    for k, got in case.got.items():
        value = np.asarray(truth.value(first, points[k]), dtype=float)
        forms = [value, np.diag(value)] if value.ndim == 1 else [value]
        if not any(got.shape == x.shape and close(got, x, case.allowed).all() for x in forms):
            return
    yield Fit("missing_derivative", 2.0, detail={"first": first.name})


def _is_times(got: Array, true: Array, factor: Array, allowed: Array | None) -> bool:
    if got.shape != true.shape or np.shape(factor) not in ((), got.shape):
        return False
    return bool(close(got, true * factor, allowed).all())
