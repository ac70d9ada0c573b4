"""A factor between an answer and the truth: which number, and what kind of mistake it is."""

from __future__ import annotations

import math
from collections.abc import Iterator
from fractions import Fraction

import numpy as np

from symback.check.derivation.comparing import close
from symback.check.derivation.passes import Script
from symback.check.derivation.running import evaluated, quiet
from symback.check.derivation.truth import TrueValues
from symback.check.diagnosis.case import FEW_DIGITS, Case
from symback.check.diagnosis.phrases import rooted
from symback.check.mistakes.fits import Fit
from symback.check.mistakes.slips import elementwise
from symback.errors import SymbackError
from symback.language import names, walk
from symback.language.tree import Binary, Call, Expression, Name, Number

#: Factors of logarithms to another base.
BASES = {"log(2)": math.log(2), "log(10)": math.log(10)}
#: Factors with larger numerator or denominator than this are not taken for mistakes in a number.
LARGEST = 64
#: A single number off by a factor and a sign, two mistakes, may as well have another cause.
DOUBTFUL = 7.0
#: One off by a factor alone may be without a path by which it comes.
UNSURE = 1.95
#: One off by a factor that no step behind it has is rather without such a path.
SOURCELESS = 2.05
#: One of few digits that is a multiple only nearly is rather exactly something else.
NEARLY = 4.1
#: How telling a factor is that is neither a fraction nor a root: any two numbers have one.
ODD = 8.0
#: How telling it is that a constant of the problem is a factor too many or missing.
CONSTANT = 3.0
#: Fractions between several numbers have no larger numerator or denominator than this.
SMALL = 12
#: Where the numbers have more digits than this in all, one that they have in common is no chance.
SURE_DIGITS = 7.0
#: Numbers of other sizes than this and its inverse are no factors that a person has.
SMALLEST = 1e-12


def factor_fits(case: Case, truth: TrueValues) -> Iterator[Fit]:
    """Yield what the factor between an answer and the truth says, if there is one."""
    yield from _sized(case, truth)
    ratio = common_ratio(case)
    if ratio is None or abs(ratio - 1) < 1e-9:
        return
    if abs(ratio + 1) < 1e-9:
        yield Fit("sign", 0.5)
        return
    base = next((n for n, x in BASES.items() if _near(ratio, x) or _near(ratio, 1 / x)), None)
    base = base if not case.numeric or _has_logarithm(case) else None
    if base is not None:
        yield Fit("wrong_base", 0.5, detail={"ratio": base})
        return
    nice = Fraction(ratio).limit_denominator(LARGEST)
    if case.numeric and not _is_plain(nice, case, truth) and not _is_shared(nice, case):
        return
    if nice and _near(ratio, float(nice)) and abs(nice.numerator) <= LARGEST:
        yield from _by_number(case, truth, nice)
    elif not case.numeric:
        yield Fit("factor", ODD if rooted(ratio) is None else 1.2, detail={"ratio": ratio})


def _near(x: float, y: float) -> bool:
    return abs(x / y - 1) < 1e-7


def _by_number(case: Case, truth: TrueValues, ratio: Fraction) -> Iterator[Fit]:
    alone = case.numeric and not case.shapes()[0]
    if alone and case.digits() < FEW_DIGITS and not _is_exactly(case, ratio):
        yield Fit("factor", NEARLY if ratio > 0 else DOUBTFUL, detail={"ratio": ratio})
        return
    if _exponent(case, ratio):
        yield Fit("power_rule", 0.9, detail={"ratio": ratio})
    if _is_mean(case, abs(ratio), truth):
        yield Fit("sum_for_mean", 0.95 if ratio > 0 else 1.45, detail={"ratio": ratio})
    positive, negative = 1.0, 1.5
    if alone:
        positive, negative = UNSURE if _has_source(case, abs(ratio)) else SOURCELESS, DOUBTFUL
    yield Fit("factor", positive if ratio > 0 else negative, detail={"ratio": ratio})


def _is_exactly(case: Case, ratio: Fraction) -> bool:
    """Tell whether an answer is a multiple of the truth to all digits, not just those written."""
    return all(case.is_exactly(k, float(ratio) * true) for k, true in case.true.items())


def _has_source(case: Case, ratio: Fraction) -> bool:
    """Tell whether a number of the backward pass, or a size that it divides by, is a factor."""
    script = case.quantity.chain.main
    if case.quantity.name not in script.index:
        return True
    edges = [
        part.edge for line in script.leading_to(case.quantity.name) for part in line.parts
        if part.edge is not None
    ]  # fmt: skip
    nodes = [node for edge in edges for node in walk(edge.op)]
    if not edges or any(isinstance(node, Call) and node.arguments for node in nodes):
        return True
    numbers = {node.value for node in nodes if isinstance(node, Number)}
    return bool(numbers & {ratio, 1 / ratio})


def _is_plain(ratio: Fraction, case: Case, truth: TrueValues) -> bool:
    """Tell whether a factor is one that people forget: 2, a number or a size of the problem."""
    sizes = {2}
    for line in case.quantity.chain.main.lines:
        tree = line.parts[0].tree
        sizes |= {int(one.value) for one in walk(tree) if isinstance(one, Number)}
    point = truth.all_points()[-1]
    for value in point.environment(case.quantity.chain.main, truth.functions).values():
        sizes.update(np.shape(value))
        sizes.add(int(np.size(value)))
    parts = (abs(ratio.numerator), ratio.denominator)
    return 1 in parts and max(parts) in sizes


def _is_shared(ratio: Fraction, case: Case) -> bool:
    """Tell whether a small fraction is exactly between several numbers."""
    true = case.true[max(case.got)]
    small = max(abs(ratio.numerator), ratio.denominator) <= SMALL
    if not small or int(np.count_nonzero(true)) < 2:
        return False
    return case.digits() > SURE_DIGITS or _is_exactly(case, ratio)


def constant_fits(case: Case, truth: TrueValues) -> Iterator[Fit]:
    """The answer is off by a number that a formula of the problem computes, or by a given one."""
    if case.least_telling() < CONSTANT:
        return
    points = truth.all_points()
    for tree in _constants(case, truth):
        with quiet():
            values = {k: evaluated(tree, points[k].values, truth.functions) for k in case.got}
        for exponent in (1, -1, 2, -2) if isinstance(tree, Name) else (1, -1):
            if all(
                got.shape == case.true[k].shape and values[k] != 0
                and close(got, case.true[k] * values[k] ** exponent, case.allowed).all()
                for k, got in case.got.items()
            ):  # fmt: skip
                power = Binary("**", tree, Number(Fraction(2)))
                constant = tree if abs(exponent) == 1 else power
                yield Fit(
                    "factor", CONSTANT, detail={"constant": constant, "missing": exponent < 0}
                )
                return


def _constants(case: Case, truth: TrueValues) -> dict[Expression, None]:
    """Return the scalars that are given, and the formulas of numbers alone, of a problem."""
    values = truth.all_points()[0].values
    return {
        node: None
        for line in case.quantity.chain.main.lines if line.of is None
        for node in walk(line.parts[0].tree)
        if (isinstance(node, Call) and not names(node) and node.function in elementwise())
        or (isinstance(node, Name) and node.id in truth.problem.given
            and np.shape(values[node.id]) == ())
    }  # fmt: skip


def _sized(case: Case, truth: TrueValues) -> Iterator[Fit]:
    """The answer is off by a dimension of the problem, whatever its size."""
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
        if not SMALLEST < abs(ratio) < 1 / SMALLEST or (
            found is not None and abs(ratio / found - 1) > 1e-7
        ):
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
    logarithms = (x for size in BASES.values() for x in (size, 1 / size))
    return next((x for x in logarithms if abs(x - ratio) <= error * 1.0001), ratio)


def _has_logarithm(case: Case) -> bool:
    """Tell whether a logarithm or a power by its exponent is in the problem."""
    return any(
        (isinstance(node, Call) and node.function.startswith(("log", "exp")))
        or (isinstance(node, Binary) and node.op == "**" and not isinstance(node.right, Number))
        for line in case.quantity.chain.main.lines for node in walk(line.parts[0].tree)
    )  # fmt: skip


def _exponent(case: Case, ratio: Fraction) -> bool:
    """Tell whether the factor is an exponent of 3 or more that was not pulled down."""
    for line in case.quantity.chain.main.lines:
        if line.of is None:
            for node in walk(line.parts[0].tree):
                if isinstance(node, Binary) and node.op == "**" and isinstance(node.right, Number):
                    power = node.right.value
                    if power not in (0, 1, 2) and 1 / ratio == power:
                        return True
    return False


def _is_mean(case: Case, ratio: Fraction, truth: TrueValues) -> bool:
    """Tell whether the factor is the count of a mean over more than two."""
    counts = (ratio, 1 / ratio)
    if not any(count.denominator == 1 and count > 2 for count in counts):
        return False
    taken = "mean" if ratio > 1 else "sum"
    for script in case.quantity.chain.scripts:
        for line in script.lines:
            forward = line.of is None and script is case.quantity.chain.main
            if forward or line.name == case.quantity.name:
                for node in walk(line.parts[0].tree):
                    if isinstance(node, Call) and node.function == taken:
                        sizes = _sizes(script, truth, node, along=not forward)
                        if not sizes.isdisjoint(counts):
                            return True
    return False


def _sizes(script: Script, truth: TrueValues, node: Call, along: bool) -> set[int]:
    """Return over how many entries a sum or mean may go, only those along its axis if asked."""
    values = truth.all_points()[0].environment(script, truth.functions)
    with quiet():
        try:
            inner = evaluated(node.arguments[0], values, truth.functions)
        except (SymbackError, KeyError):
            return set()
    if not along:
        return {inner.size, *inner.shape}
    axis = dict(node.keywords).get("axis")
    if isinstance(axis, Number) and axis.value < inner.ndim:
        return {inner.shape[int(axis.value)]}
    return set()
