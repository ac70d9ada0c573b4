"""Whether two formulas mean the same tensor: decided by canonical form, then at exact points.

A difference that is proved at one point refutes; agreement to more than 40 digits at several
points of several sizes is taken for equality (a formula with another meaning that agreed there by
chance would have to have a zero at random rational points); everything else is not known.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import Enum
from fractions import Fraction
from typing import Any

import numpy as np
from flint import arb, ctx, fmpq

from symback.check.context import Context, Point
from symback.check.sampling import as_fraction
from symback.errors import SymbackError
from symback.functions.domains import Undecided
from symback.functions.values_arrays import Array
from symback.functions.values_entries import Undefined
from symback.language.tree import Expression
from symback.tensor.dims import show

#: Points at which formulas must agree; more where branches must be seen from both sides.
POINTS, POINTS_WITH_KINKS = 4, 12
#: Fewer points than this say too little.
FEWEST_POINTS = 3
PRECISIONS = (200, 600, 1800)
#: Relative bits to which entries agree that are not told apart: 40 digits are 133 bits.
AGREEING_BITS = 134
#: A proved difference counts from this relative size on; balls below it may rest on roundings.
LEAST_DIFFERENCE_BITS = 110


class Truth(Enum):
    """What is known of an equality."""

    TRUE = "true"
    FALSE = "false"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Witness:
    """A point that refutes an equality: sizes and given values, and the entries that differ."""

    sizes: Mapping[str, int]
    given: Mapping[str, Any]
    place: tuple[int, ...]
    left: Fraction | float
    right: Fraction | float
    own: bool = False
    """Whether these are the problem's own values, not random ones."""


@dataclass(frozen=True, slots=True)
class Verdict:
    """The truth about an equality, why, and the point that refutes it."""

    truth: Truth
    reason: str = ""
    witness: Witness | None = None

    def __bool__(self) -> bool:
        """Whether the equality is known to hold."""
        return self.truth is Truth.TRUE


def equivalent(left: Expression, right: Expression, context: Context) -> Verdict:
    """Compare two formulas in the order and shape of their entries.

    A scalar is not a vector of equal entries, and a column of shape (n, 1) is not a vector. Where
    one side has no real value and the other does, a point does not count: log(x**2) and 2*log(x)
    are the same wherever both exist.
    Raises: InputError where a formula has no meaning in the context.
    """
    left, left_value = context.read(left)
    right, right_value = context.read(right)
    if left_value.shape != right_value.shape:
        message = f"the shapes are {show(left_value.shape)} and {show(right_value.shape)}"
        return Verdict(Truth.FALSE, message)
    if left_value is right_value:
        return Verdict(Truth.TRUE, "the same canonical form")
    return _at_points(left, right, context)


def _at_points(left: Expression, right: Expression, context: Context) -> Verdict:
    constant = context.is_constant(left) and context.is_constant(right)
    wanted = POINTS_WITH_KINKS if context.has_kinks([left, right]) else POINTS
    agreed: list[Point] = []
    reason = "no point was found where both have values"
    for point in context.points():
        found = _at_point(left, right, context, point)
        if isinstance(found, Witness):
            return Verdict(Truth.FALSE, "the values differ at a point", found)
        if isinstance(found, Truth):
            agreed.append(point)
            if constant or _enough(agreed, wanted, context):
                return Verdict(Truth.TRUE, f"equal to 40 digits at {len(agreed)} points")
        else:
            reason = found
    if len(agreed) >= FEWEST_POINTS:
        return Verdict(Truth.TRUE, f"equal to 40 digits at {len(agreed)} points")
    return Verdict(Truth.UNKNOWN, reason)


def _enough(agreed: list[Point], wanted: int, context: Context) -> bool:
    sizes = {tuple(point.sizes.items()) for point in agreed}
    return len(agreed) >= wanted and (len(sizes) > 1 or not context.program.dims)


def _at_point(
    left: Expression, right: Expression, context: Context, point: Point
) -> Witness | Truth | str:
    """Return a witness of difference, TRUE for agreement, or why the point decides nothing."""
    own = point.mode == "given"
    for bits in PRECISIONS:
        try:
            a, b = context.value(left, point, bits), context.value(right, point, bits)
        except Undecided:
            continue
        except SymbackError as error:
            return error.diagnostics[0].message
        if a.shape != b.shape:
            return Witness(point.sizes, _plain(point.given), (), a.ndim, b.ndim, own)
        found = _compared(a, b, bits)
        if isinstance(found, str) or found is Truth.TRUE:
            return found
        if isinstance(found, tuple):
            one, other = as_fraction(a[found]), as_fraction(b[found])
            return Witness(point.sizes, _plain(point.given), found, one, other, own)
    return "the values cannot be told apart, but are not known to 40 digits"


def _compared(a: Array, b: Array, bits: int) -> tuple[int, ...] | str | Truth:
    """Return the place of a proved difference, TRUE for agreement, UNKNOWN to look closer."""
    same, undefined = True, 0
    with ctx.workprec(bits):
        for place in np.ndindex(a.shape):
            x: Any = a[place]
            y: Any = b[place]
            if isinstance(x, Undefined) or isinstance(y, Undefined):
                undefined += 1
                continue
            if differ(x, y):
                return place
            same = same and agree(x, y)
    if undefined:
        return "a side has no value"
    return Truth.TRUE if same else Truth.UNKNOWN


def differ(x: fmpq | arb, y: fmpq | arb) -> bool:
    """Tell whether two entries are proved to be different, by more than rounding could make."""
    if isinstance(x, fmpq) and isinstance(y, fmpq):
        return bool(x != y)
    x, y = arb(x), arb(y)
    size = x.abs_upper() + y.abs_upper()
    return bool((x - y).abs_lower() > size * arb(2) ** -LEAST_DIFFERENCE_BITS)


def agree(x: fmpq | arb, y: fmpq | arb) -> bool:
    """Tell whether two entries that are not told apart are known well enough to be the same."""
    if isinstance(x, fmpq) and isinstance(y, fmpq):
        return bool(x == y)
    x, y = arb(x), arb(y)
    size = (x.abs_upper() + y.abs_upper()).max(arb(2) ** -AGREEING_BITS)
    return bool((x - y).abs_upper() <= size * arb(2) ** -AGREEING_BITS)


def _plain(given: Mapping[str, Array]) -> dict[str, Any]:
    return {
        name: np.vectorize(as_fraction, otypes=[object])(x).tolist() for name, x in given.items()
    }
