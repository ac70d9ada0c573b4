"""Whether two formulas mean the same tensor: decided by canonical form, then at exact points.

A difference that is proved at one point refutes; agreement to more than 40 digits at several
points of several sizes is taken for equality (a formula with another meaning that agreed there by
chance would have to have a zero at random rational points); everything else is not known.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import Enum
from fractions import Fraction
from typing import Any

import numpy as np
from flint import arb, ctx, fmpq

from symback.check.formulas.borders import between_borders
from symback.check.formulas.context import Context, Point
from symback.check.formulas.sampling import as_fraction
from symback.errors import SymbackError
from symback.functions.domains import Undecided
from symback.functions.values.arrays import Array
from symback.functions.values.entries import Undefined
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
#: How near to the border of a branch formulas are compared, as part of a way across it.
BESIDE = 2.0**-30
#: Relative to the largest entry, what float64 values of large formulas may be apart.
ROUGH = 1e-8


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


@dataclass(slots=True)
class _Agreement:
    """Points at which two formulas agreed, and which entries had values on both sides there."""

    points: list[Point] = field(default_factory=list)
    seen: dict[tuple[int, ...], Array] = field(default_factory=dict)

    def add(self, point: Point, defined: Array) -> None:
        """Note a point and the mask of the entries that were compared."""
        self.points.append(point)
        known = self.seen.get(defined.shape)
        self.seen[defined.shape] = defined if known is None else known | defined

    def suffices(self, wanted: int) -> bool:
        """Tell whether there are so many points, and every entry of some size was compared."""
        return len(self.points) >= wanted and any(mask.all() for mask in self.seen.values())

    def several_sizes(self) -> bool:
        """Tell whether the points have different sizes."""
        return len({tuple(point.sizes.items()) for point in self.points}) > 1

    def verdict(self) -> Verdict:
        """Return that the formulas are equal, and how that is known."""
        rough = any(point.large for point in self.points)
        digits = "8 digits in float64" if rough else "40 digits"
        return Verdict(Truth.TRUE, f"equal to {digits} at {len(self.points)} points")


def _at_points(left: Expression, right: Expression, context: Context) -> Verdict:
    constant = context.is_constant(left) and context.is_constant(right)
    wanted = POINTS_WITH_KINKS if context.has_kinks([left, right]) else POINTS
    agreement = _Agreement()
    reason = "no point was found where both have values"
    for point in context.points():
        found = _at_point(left, right, context, point)
        if isinstance(found, Witness):
            return Verdict(Truth.FALSE, "the values differ at a point", found)
        if isinstance(found, str):
            reason = found
            continue
        agreement.add(point, found)
        number = 1 if constant else FEWEST_POINTS if point.large else wanted
        if agreement.suffices(number) and _sizes_suffice(agreement, constant, context):
            return _between_borders(left, right, context, agreement)
    if agreement.suffices(FEWEST_POINTS):
        return _between_borders(left, right, context, agreement)
    return Verdict(Truth.UNKNOWN, reason)


def _between_borders(
    left: Expression, right: Expression, context: Context, agreement: _Agreement
) -> Verdict:
    """Return that formulas agree, unless they differ between the borders of branches of either."""
    if context.has_kinks([left, right]):
        drawn = list(context.points())
        for point in between_borders([left, right], context, drawn, BESIDE):
            found = _at_point(left, right, context, point)
            if isinstance(found, Witness):
                return Verdict(Truth.FALSE, "the values differ at a point", found)
    return agreement.verdict()


def _sizes_suffice(agreement: _Agreement, constant: bool, context: Context) -> bool:
    return constant or not context.program.dims or agreement.several_sizes()


def _at_point(
    left: Expression, right: Expression, context: Context, point: Point
) -> Witness | Array | str:
    """Return a witness of difference, the mask of what agrees, or why nothing is decided."""
    for bits in PRECISIONS:
        try:
            a, b = context.value(left, point, bits), context.value(right, point, bits)
        except Undecided:
            continue
        except SymbackError as error:
            return error.diagnostics[0].message
        if a.shape != b.shape:
            return _witness(point, (), a.ndim, b.ndim)
        found = roughly_compared(a, b) if point.large else _compared(a, b, bits)
        if isinstance(found, tuple):
            return _witness(point, found, as_fraction(a[found]), as_fraction(b[found]))
        if found is not None:
            return found
    return "the values cannot be told apart, but are not known to 40 digits"


def _compared(a: Array, b: Array, bits: int) -> tuple[int, ...] | Array | str | None:
    """Return the place of a proved difference, the mask of what agrees, None to look closer."""
    same = True
    defined = np.ones(a.shape, dtype=bool)
    with ctx.workprec(bits):
        for place in np.ndindex(a.shape):
            x: Any = a[place]
            y: Any = b[place]
            if isinstance(x, Undefined) or isinstance(y, Undefined):
                defined[place] = False
                continue
            if differ(x, y):
                return place
            same = same and agree(x, y)
    if a.size and not defined.any():
        return "a side has no value"
    return defined if same else None


def roughly_compared(a: Array, b: Array) -> tuple[int, ...] | Array | str:
    """Compare float64 arrays: place of a difference, mask of what agrees, or that it is unclear."""
    defined = np.isfinite(a) & np.isfinite(b)
    if a.size and not defined.any():
        return "a side has no value"
    size = float(np.max(np.abs(b), where=defined, initial=0.0))
    off = np.where(defined, np.abs(a - b), 0.0)
    if off.max(initial=0.0) <= ROUGH * size:
        return np.asarray(defined)
    if off.max() < 1000 * ROUGH * size:
        return "float64 does not tell whether the values differ"
    return tuple(int(k) for k in np.unravel_index(int(off.argmax()), off.shape))


def _witness(
    point: Point, place: tuple[int, ...], left: Fraction | float, right: Fraction | float
) -> Witness:
    given = {} if point.large else _plain(point.given)
    return Witness(point.sizes, given, place, left, right, point.mode == "given")


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
