"""Answers that have the right terms with wrong factors: left out, negated, scaled, one or two."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from itertools import combinations, product
from typing import TypeGuard

import numpy as np

from symback.check.answers.judging import Judge
from symback.check.derivation.comparing import close
from symback.check.derivation.passes import Edge, Line, Script
from symback.check.derivation.running import evaluated, quiet
from symback.check.derivation.truth import Quantity, TrueValues
from symback.check.diagnosis.case import Case
from symback.check.diagnosis.entries import with_entry
from symback.check.diagnosis.tidying import ONE
from symback.check.mistakes.alterations import Alteration, Change
from symback.check.mistakes.fits import Fit
from symback.errors import SymbackError
from symback.functions.values.arrays import Array
from symback.language import rebuild
from symback.language.tree import Binary, Expression, Negate, Number, Transpose

#: A sum of more terms than this is not taken apart.
MOST_TERMS = 6
#: What a term may have been multiplied by.
FACTORS = (Fraction(0), Fraction(-1))
#: Sizes up to this may have been left out or divided by.
MOST_FOLD = 6
#: How telling it is that a term is missing, has the wrong sign, or a wrong factor.
MISSING = Alteration("missing_term", "the term `{old}` is missing", 2.5)
PATH = Alteration("missing_path", "the path through {path} is missing", 2.0)
NEGATED = Alteration("sign", "the term `{old}` has the wrong sign", 3.0)
SCALED = Alteration("factor", "the term `{old}` has a wrong factor: `{new}`", 3.2)
BOTH = Alteration("sign", "the term `{old}` has the wrong sign and factor: `{new}`", 4.5)
#: Terms smaller than this beside the whole are 0 but for rounding.
VANISHING = 1e-9
#: How much less telling two wrong terms are than one.
TWICE = 12.0


Formula = Callable[[Quantity], Expression | None]


@dataclass(frozen=True)
class Term:
    """One term of a line; `path` if it is all that comes along its edge."""

    tree: Expression
    edge: Edge | None
    path: bool
    values: tuple[Array, ...]


def scaled_terms(case: Case, judge: Judge, truth: TrueValues, formula: Formula) -> Iterator[Fit]:
    """Yield which one or two terms have a wrong factor, so that the answer comes out.

    `formula` returns the right formula of one entry.
    """
    for one, script in _written(case, truth, formula):
        terms = list(terms_of(one, judge, truth, script))
        if 2 <= len(terms) <= MOST_TERMS and _is_sum(one, terms, ()):
            found = next(_wrong(one, truth, terms), None)
            if found is not None:
                yield _fit(script, script.lines[script.index[one.quantity.name]], terms, found)
                return


def many_terms(case: Case, judge: Judge, truth: TrueValues, formula: Formula) -> Iterator[Fit]:
    """Yield which terms have wrong factors where these are the only ones that fit."""
    for one, script in _written(case, truth, formula):
        terms = [term for term in terms_of(one, judge, truth, script) if _counts(term, one)]
        if 2 <= len(terms) <= MOST_TERMS and _is_sum(one, terms, ()):
            found = _solved(one, terms)
            if found is not None:
                yield _fit(script, script.lines[script.index[one.quantity.name]], terms, found)
                return


def _written(case: Case, truth: TrueValues, formula: Formula) -> Iterator[tuple[Case, Script]]:
    """Yield the scripts that a quantity is a line of; one for an entry that has a formula."""
    quantity = case.quantity
    if quantity.items is not None and (tree := formula(quantity)) is not None:
        for script, line in with_entry(quantity, truth, tree):
            yield replace(case, quantity=replace(quantity, name=line.name, items=None)), script
    scripts = [s for s in quantity.chain.scripts if s.rows is None and quantity.name in s.index]
    for script in sorted(scripts, key=lambda script: script.level != "solution"):
        yield case, script


def _counts(term: Term, case: Case) -> bool:
    """Tell whether a term is not as good as 0 beside the whole."""
    largest = max(float(np.abs(x).max(initial=0.0)) for x in case.true.values())
    return max(float(np.abs(x).max(initial=0.0)) for x in term.values) > VANISHING * largest


def terms_of(case: Case, judge: Judge, truth: TrueValues, script: Script) -> Iterator[Term]:
    """Yield the terms of the line asked for, products with sums multiplied out."""
    line = script.lines[script.index[case.quantity.name]]
    for part in line.parts:
        trees = list(summands(part.tree))
        for tree in trees:
            values = value_of(tree, case, judge, truth, script)
            if values is None:
                return
            yield Term(tree, part.edge, len(trees) == 1, values)


def value_of(
    tree: Expression, case: Case, judge: Judge, truth: TrueValues, script: Script
) -> tuple[Array, ...] | None:
    """Return the values of a term at the points, None if its shape is another one there."""
    values = []
    for k in case.got:
        at = truth.all_points()[k].environment(script, truth.functions)
        value = _value(tree, at, truth)
        if value is not None and value.ndim == 0:
            value = np.broadcast_to(value, np.shape(at[case.quantity.name]))
        found = judge.selected(value, case.quantity, k)
        if found is None or np.shape(found) != case.true[k].shape:
            return None
        values.append(np.asarray(found, dtype=float))
    return tuple(values)


def _value(tree: Expression, at: dict[str, Array], truth: TrueValues) -> Array | None:
    try:
        with quiet():
            return evaluated(tree, at, truth.functions)
    except SymbackError:
        return None


def summands(tree: Expression) -> Iterator[Expression]:
    """Yield the terms of a sum, products with sums multiplied out."""
    match tree:
        case Binary("+", left, right):
            yield from summands(left)
            yield from summands(right)
        case Binary("-", left, right):
            yield from summands(left)
            yield from summands(Negate(right))
        case Negate(inner) | Transpose(inner):
            for term in summands(inner):
                match tree, term:
                    case Negate(), Negate(operand):
                        yield operand
                    case _:
                        yield rebuild(tree, [term])
        case Binary("*" | "@", left, right):
            for term, other in product(summands(left), summands(right)):
                yield Binary(tree.op, term, other)
        case Binary("/", left, right):
            for term in summands(left):
                yield Binary("/", term, right)
        case _:
            yield tree


#: Which terms have which factor, 1 where none is named.
Wrong = tuple[tuple[int, Fraction], ...]


def _wrong(case: Case, truth: TrueValues, terms: Sequence[Term]) -> Iterator[Wrong]:
    """Yield the factors that give the answer, as many tried as its digits can tell apart."""
    tried = 0
    limit = case.budget()
    known = _factors(case, truth)
    for count in (1, 2):
        for places in combinations(range(len(terms)), count):
            for factors in product(known, repeat=count):
                tried += 1
                if case.numeric and tried > limit:
                    return
                wrong = tuple(zip(places, factors, strict=True))
                if _is_sum(case, terms, wrong):
                    yield wrong


def _solved(case: Case, terms: Sequence[Term]) -> Wrong | None:
    """Return the factors that make the answer of the terms, however many are wrong."""
    if case.numeric or any(got.shape != case.true[k].shape for k, got in case.got.items()):
        return None
    columns = [np.concatenate([x.ravel() for x in term.values]) for term in terms]
    answer = np.concatenate([got.ravel() for got in case.got.values()])
    scale = [float(np.abs(column).max(initial=0.0)) or 1.0 for column in columns]
    matrix = np.stack([column / size for column, size in zip(columns, scale, strict=True)], axis=1)
    found, _, rank, _ = np.linalg.lstsq(matrix, answer)
    if rank < len(terms):
        return None
    factors = [
        Fraction(float(x / size)).limit_denominator(MOST_FOLD)
        for x, size in zip(found, scale, strict=True)
    ]
    wrong = tuple((k, factor) for k, factor in enumerate(factors) if factor != 1)
    return wrong if wrong and _is_sum(case, terms, wrong) else None


def _factors(case: Case, truth: TrueValues) -> list[Fraction]:
    """Return what a term may have been multiplied by: 0, -1, 2, sizes of the problem."""
    sizes = {2}
    values = truth.all_points()[0].environment(case.quantity.chain.main, truth.functions)
    for value in values.values():
        sizes.update(size for size in np.shape(value) if 1 < size <= MOST_FOLD)
    found = list(FACTORS)
    for size in sorted(sizes):
        found += [Fraction(size), Fraction(1, size), Fraction(-size), Fraction(-1, size)]
    return found


def _is_sum(case: Case, terms: Sequence[Term], wrong: Wrong) -> bool:
    """Tell whether terms with some factors add up to the answer; to the truth if none is wrong."""
    factors = dict(wrong)
    for place, k in enumerate(case.got):
        total = sum(float(factors.get(i, 1)) * one.values[place] for i, one in enumerate(terms))
        aim = case.got[k] if wrong else case.true[k]
        allowed = case.allowed if wrong else None
        if aim.shape != np.shape(total) or not close(aim, np.asarray(total), allowed).all():
            return False
    return True


def _fit(script: Script, line: Line, terms: Sequence[Term], wrong: Wrong) -> Fit:
    fits = [_one(script, line, terms[place], factor) for place, factor in wrong]
    first, *rest = sorted(fits, key=lambda fit: fit.rank)
    first.also = tuple(rest)
    first.rank += TWICE * bool(rest)
    return first


def _one(script: Script, line: Line, term: Term, factor: Fraction) -> Fit:
    alteration = SCALED if factor > 0 else BOTH
    if factor == 0:
        alteration = PATH if term.path and term.edge is not None else MISSING
    elif factor == -1:
        alteration = NEGATED
    new = times(factor, term.tree)
    edge = term.edge if term.path else None
    change = Change(alteration, script, line, (), times(Fraction(1), term.tree), new, edge)
    return Fit(alteration.kind, alteration.rank, (change,))


def times(factor: Fraction, tree: Expression) -> Expression:
    """Return a number times a formula, its own numbers taken in."""
    own, rest = _number(tree)
    value = factor * own
    if rest is None:
        return Number(value)
    over, under = (rest.left, rest.right) if _is_quotient(rest) else (rest, None)
    up, down = Fraction(abs(value).numerator), Fraction(value.denominator)
    if up != 1:
        over = Number(up) if over == ONE else Binary("*", Number(up), over)
    if down != 1:
        under = Number(down) if under is None else Binary("*", Number(down), under)
    found = over if under is None else Binary("/", over, under)
    return Negate(found) if value < 0 else found


def _is_quotient(tree: Expression) -> TypeGuard[Binary]:
    return isinstance(tree, Binary) and tree.op == "/"


def _number(tree: Expression) -> tuple[Fraction, Expression | None]:
    """Return the number in front of a product, and what is left."""
    match tree:
        case Number(value):
            return value, None
        case Negate(inner):
            own, rest = _number(inner)
            return -own, rest
        case Binary("*", left, right):
            (a, left_rest), (b, right_rest) = _number(left), _number(right)
            if left_rest is None or right_rest is None:
                return a * b, left_rest or right_rest
            return a * b, Binary("*", left_rest, right_rest)
        case Binary("/", left, right):
            (a, over), (b, under) = _number(left), _number(right)
            if b:
                return a / b, over if under is None else Binary("/", over or ONE, under)
    return Fraction(1), tree
