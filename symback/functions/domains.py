"""Where functions are sampled: named domains, each with a way to draw exact points from it."""

from __future__ import annotations

import random
from collections.abc import Callable, Mapping
from fractions import Fraction
from itertools import pairwise
from typing import TypeAlias

Nested: TypeAlias = Fraction | list["Nested"]
Shape: TypeAlias = tuple[int, ...]
Draw: TypeAlias = Callable[[random.Random], Fraction]
Matrix: TypeAlias = list[list[Fraction]]

THOUSAND = 1000


class Undecided(ArithmeticError):
    """A branch depends on a comparison that the enclosures at this precision do not decide."""


def thousandths(low: int, high: int, signed: bool = False) -> Draw:
    """Draw decimals in (low/1000, high/1000), with either sign if `signed`.

    The third decimal is never 0, so that no value is an integer, a half or another usual kink.
    """

    def draw(rng: random.Random) -> Fraction:
        value = Fraction(rng.randrange(low // 10, high // 10) * 10 + rng.randrange(1, 10), THOUSAND)
        return -value if signed and rng.random() < 0.5 else value

    return draw


def integers(low: int, high: int) -> Draw:
    """Draw integers from low to high, both included."""
    return lambda rng: Fraction(rng.randint(low, high))


ENTRIES: Mapping[str, Draw] = {
    "real": thousandths(100, 3000, signed=True),
    "positive": thousandths(200, 3000),
    "unit": thousandths(50, 950),
    "inside": thousandths(50, 950, signed=True),
    "below_two": thousandths(50, 1950),
    "above_one": thousandths(1100, 3000),
    "outside": thousandths(1100, 3000, signed=True),
    "angle": thousandths(100, 1400, signed=True),
    "wide": thousandths(100, 8000, signed=True),
    "count": integers(0, 4),
    "condition": integers(0, 1),
}
"""Domains of single entries; the bounds keep clear of poles and of the ends of intervals."""


def _fill(shape: Shape, rng: random.Random, draw: Draw) -> Nested:
    """Nest values of `draw` to `shape`."""
    if not shape:
        return draw(rng)
    return [_fill(shape[1:], rng, draw) for _ in range(shape[0])]


def _matrix(rows: int, columns: int, rng: random.Random, draw: Draw) -> Matrix:
    """Return a matrix of values of `draw`."""
    return [[draw(rng) for _ in range(columns)] for _ in range(rows)]


def _general(rows: int, columns: int, rng: random.Random) -> Matrix:
    return _matrix(rows, columns, rng, ENTRIES["real"])


def _invertible(rows: int, columns: int, rng: random.Random) -> Matrix:
    """Entries below 1 in size and a diagonal that dominates, with both signs; full rank if tall."""
    matrix = _matrix(rows, columns, rng, ENTRIES["inside"])
    for k in range(min(rows, columns)):
        matrix[k][k] += columns if matrix[k][k] > 0 else -columns
    return matrix


def _symmetric(rows: int, columns: int, rng: random.Random) -> Matrix:
    matrix = _general(rows, columns, rng)
    return [[matrix[max(i, j)][min(i, j)] for j in range(columns)] for i in range(rows)]


def _spd(rows: int, columns: int, rng: random.Random) -> Matrix:
    """A symmetric matrix whose diagonal dominates and is positive."""
    matrix = _matrix(rows, columns, rng, ENTRIES["inside"])
    return [
        [matrix[max(i, j)][min(i, j)] + (columns + 1 + i if i == j else 0) for j in range(columns)]
        for i in range(rows)
    ]


def _lower(rows: int, columns: int, rng: random.Random) -> Matrix:
    matrix = _invertible(rows, columns, rng)
    return [
        [value if j <= i else Fraction(0) for j, value in enumerate(row)]
        for i, row in enumerate(matrix)
    ]


def _diagonal(rows: int, columns: int, rng: random.Random) -> Matrix:
    matrix = _general(rows, columns, rng)
    return [
        [value if j == i else Fraction(0) for j, value in enumerate(row)]
        for i, row in enumerate(matrix)
    ]


def _orthogonal(rows: int, columns: int, rng: random.Random) -> Matrix:
    """A product of rational plane rotations (3/5, 4/5)."""
    matrix = [[Fraction(int(i == j)) for j in range(columns)] for i in range(rows)]
    cosine, sine = Fraction(3, 5), Fraction(4, 5)
    for k in range(rows - 1):
        upper, lower = matrix[k], matrix[k + 1]
        matrix[k] = [cosine * a - sine * b for a, b in zip(upper, lower, strict=True)]
        matrix[k + 1] = [sine * a + cosine * b for a, b in zip(upper, lower, strict=True)]
    return matrix


def _simplex(rows: int, columns: int, rng: random.Random) -> Matrix:
    """Rows of positive decimals that sum to 1."""
    result = []
    for _ in range(rows):
        cuts = sorted(rng.sample(range(1, THOUSAND), columns - 1))
        ends = [0, *cuts, THOUSAND]
        result.append([Fraction(b - a, THOUSAND) for a, b in pairwise(ends)])
    return result


MATRICES: Mapping[str, Callable[[int, int, random.Random], Matrix]] = {
    "invertible": _invertible,
    "symmetric": _symmetric,
    "spd": _spd,
    "lower": _lower,
    "diagonal": _diagonal,
    "orthogonal": _orthogonal,
    "simplex": _simplex,
}
"""Domains of whole matrices, the last two axes; `simplex` concerns the last axis alone."""

WORDS: Mapping[str, str] = {
    "real": "real",
    "positive": "positive",
    "unit": "between 0 and 1",
    "inside": "between -1 and 1",
    "below_two": "between 0 and 2",
    "above_one": "above 1",
    "outside": "above 1 or below -1",
    "angle": "real, off the poles",
    "wide": "real",
    "count": "0, 1, 2, ...",
    "condition": "0 or 1",
    "spd": "symmetric positive definite",
    "lower": "lower triangular",
    "simplex": "positive with sum 1",
}
"""What a domain is called in the function reference where its name does not say it."""

NAMES = frozenset(ENTRIES) | frozenset(MATRICES)


def describe(domain: str) -> str:
    """Return the words for a domain that the function reference prints."""
    return WORDS.get(domain, domain)


def sample(domain: str, shape: Shape, rng: random.Random) -> Nested:
    """Draw exact values of `shape` from the named domain, nested as lists.

    Shapes: matrix domains need two axes or more, `simplex` one; further axes are stacks.
    Raises: KeyError for a domain that does not exist.
    """
    if domain in ENTRIES:
        return _fill(shape, rng, ENTRIES[domain])
    if domain == "simplex" and len(shape) == 1:
        return list(_simplex(1, shape[0], rng)[0])
    if len(shape) > 2:
        return [sample(domain, shape[1:], rng) for _ in range(shape[0])]
    rows, columns = shape
    return [list(row) for row in MATRICES[domain](rows, columns, rng)]
