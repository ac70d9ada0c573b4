"""Parts of sentences about formulas: a factor, a slope, the operation that a path goes through."""

from __future__ import annotations

import math
import re
from collections.abc import Container, Iterator
from fractions import Fraction

from symback.check.derivation.passes import Edge, Line, Script
from symback.check.diagnosis.tidying import ONE, tidied
from symback.language import names, operands, write
from symback.language.tree import Binary, Expression, Name, Negate, Number

#: Squares of factors are looked for among fractions as small as this, as near as this.
LARGEST, NEAR = 64, 1e-7
#: Powers of the square root of pi that a factor may have.
HALF_PIS = (0, 1, -1, 2, -2)
#: What shows in the values alone.
SENTENCES = {
    "sign": "the sign is wrong",
    "transposed": "the matrix is transposed",
    "kernel_flip": "the entries are turned round, as a kernel is",
    "wrong_base": "a factor `{ratio}` is wrong: the base of the logarithm",
    "transcription": "`{wrong}` is written for `{right}`",
    "quotient_rule": "the square of the denominator is lost or one too many",
    "elementwise_inverse": "the inverse of a matrix is not the inverse of its entries",
    "missing_sum": "the sum over an axis is left out",
    "extra_term": "`{added}` is added and does not belong there",
    "assumed_symmetric": "this is right for symmetric matrices only",
    "index_shift": "every entry stands some places off",
    "index_order": "the entries are right, but in another order",
}


def rooted(ratio: float) -> tuple[Fraction, int] | None:
    """Return a small fraction and k with ratio² = fraction·pi**k, None if there are none."""
    for power in HALF_PIS:
        rest = ratio * ratio / math.pi**power
        square = Fraction(rest).limit_denominator(LARGEST)
        if square and square.numerator <= LARGEST and abs(rest / square - 1) < NEAR:
            return square, power
    return None


def root_factor(ratio: float) -> str:
    """Say which factor that is no fraction is too many or missing."""
    found = rooted(ratio) if ratio > 0 else None
    if found is None:
        return f"a factor of about {ratio:.6g} is too many"
    square, power = found
    if power:
        missing = power > 0
        number = _with_pi(1 / square if missing else square, abs(power))
        return f"a factor `{number}` is {'missing' if missing else 'too many'}"
    size = max(square, 1 / square)
    if square > 1:
        return f"a factor `1/sqrt({size})` is missing, or `sqrt({size})` is too many"
    return f"a factor `1/sqrt({size})` is too many, or `sqrt({size})` is missing"


def _with_pi(square: Fraction, power: int) -> str:
    """Write the root of square/pi**power."""
    up, down = (math.isqrt(n) for n in (square.numerator, square.denominator))
    plain = up * up == square.numerator and down * down == square.denominator
    if plain and power == 2:
        return f"{up}/pi" if down == 1 else f"{up}/({down}*pi)"
    if plain:
        return f"{up}/sqrt(pi)" if down == 1 else f"{up}/({down}*sqrt(pi))"
    under = "pi" if power == 1 else "pi**2"
    under = under if square.denominator == 1 else f"{square.denominator}*{under}"
    return f"sqrt({square.numerator}/({under}))" if square.numerator > 1 else f"1/sqrt({under})"


def multiple(ratio: object, name: str) -> str:
    """Write a multiple of a quantity; nothing if the ratio is no number."""
    if not isinstance(ratio, Fraction):
        return ""
    return write(tidied(Binary("*", Number(ratio), Name(name))))


def seed_meant(message: str, given: Container[str]) -> str:
    """Say what the seed is that a row of a Jacobian begins with, where a sentence names it."""
    named = "seed" not in given and re.search(r"\bseed\b", message)
    return " (`seed` is 1 at one entry and 0 at all others)" if named else ""


def slope_of(tree: Expression | None, cotangent: str) -> Expression | None:
    """Return the factor beside a cotangent, None if it is not a factor."""
    match tree:
        case Name(id) if id == cotangent:
            return ONE
        case Negate(inner):
            found = slope_of(inner, cotangent)
            return None if found is None else tidied(Negate(found))
        case Binary("*", left, right):
            for side, other in ((left, right), (right, left)):
                found = slope_of(side, cotangent)
                if found is not None and cotangent not in names(other):
                    return tidied(Binary("*", found, other))
        case Binary("/", left, right) if cotangent not in names(right):
            found = slope_of(left, cotangent)
            return None if found is None else tidied(Binary("/", found, right))
    return None


def branch(edge: Edge) -> Expression:
    """Return the operation in a step's formula that one of several uses of a value stands in."""
    return next(_around(edge.op, edge, [0]), edge.op)


def _around(tree: Expression, edge: Edge, count: list[int]) -> Iterator[Expression]:
    for part in operands(tree):
        if isinstance(part, Name) and part.id in edge.inputs:
            if count[0] == edge.place:
                yield tree
            count[0] += 1
        else:
            yield from _around(part, edge, count)


def is_seed(line: Line, script: Script) -> bool:
    """Tell whether a line is 1, or a cotangent that is given: what all begins with."""
    first = line.parts[0]
    if first.tree == ONE:
        return True
    given = isinstance(first.tree, Name) and first.tree.id not in script.index
    return given and line.of is not None and first.edge is None and len(line.parts) == 1
