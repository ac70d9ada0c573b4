"""What the value callables share: arrays of either arithmetic, settings, size and work.

Arrays have dtype object (entries of `values_entries`) or float64; a callable tells by the dtype
which arithmetic it is in. Settings may come as Python numbers or as arrays without axes.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from fractions import Fraction
from math import prod
from numbers import Integral
from typing import Any, TypeAlias

import numpy as np
from flint import arb, fmpq
from numpy.typing import NDArray

from symback.errors import Diagnostic, InputError, LimitError
from symback.functions.values.entries import ONE, ZERO, Undefined, is_undefined, snapped

Array: TypeAlias = NDArray[Any]
#: An array, or a list of arrays that stands for the stack of them.
Operand: TypeAlias = Any
Setting: TypeAlias = Any
Axis: TypeAlias = int | tuple[int, ...] | None


#: Longer axes are not written out in messages.
MAX_SHOWN_LENGTH = 10**15


@dataclass(slots=True)
class Meter:
    """How large arrays may become, and how many multiplications and additions have been done.

    `special` counts values of functions that are slow to enclose at a high precision; `unsure`
    says that float64 has too few digits for what was done.
    """

    max_elements: int = 1_000_000
    work: float = 0
    special: int = 0
    unsure: bool = False


METER = Meter()


@contextmanager
def metered(max_elements: int) -> Iterator[Meter]:
    """Bound the size of arrays for a block and count its work from 0."""
    before = METER.max_elements, METER.work, METER.special, METER.unsure
    METER.max_elements, METER.work, METER.special, METER.unsure = max_elements, 0, 0, False
    try:
        yield METER
    finally:
        METER.max_elements, METER.work, METER.special, METER.unsure = before


def spend(work: float) -> None:
    """Count `work` elementary operations."""
    METER.work += work


def check_size(shape: tuple[int, ...]) -> None:
    """Refuse an array before it is made.

    Raises: LimitError E401 beyond the limit that is set, InputError E403 for negative sizes.
    """
    if any(n < 0 for n in shape):
        raise InputError(Diagnostic("E403", f"an array cannot have the shape {shape}"))
    if prod(shape) > METER.max_elements:
        shown = shape if max(shape) < MAX_SHOWN_LENGTH else f"of {len(shape)} axes"
        message = f"an array of shape {shown} has more than {METER.max_elements:,} elements"
        raise LimitError(Diagnostic("E401", message, "use smaller dimensions"))


def boxed(x: Any) -> Array:
    """Make a single entry or number an array without axes; arrays stay as they are."""
    if isinstance(x, np.ndarray):
        return x
    if isinstance(x, Fraction):
        x = fmpq(x.numerator, x.denominator)
    if isinstance(x, fmpq | arb | Undefined) or hasattr(x, "free_symbols"):
        box = np.empty((), dtype=object)
        box[()] = x
        return box
    return np.asarray(x, dtype=float)


def array_of(x: Operand) -> Array:
    """Return an operand as an array; lists are stacked along a new first axis.

    Raises: InputError E403 if the members of a list differ in shape.
    """
    if not isinstance(x, list | tuple):
        return boxed(x)
    if not x:
        return np.zeros(0)
    return stacked([array_of(part) for part in x])


def stacked(parts: list[Array], axis: int = 0) -> Array:
    """Stack arrays of one shape along a new axis, exact ones with float64 ones too."""
    if len({part.shape for part in parts}) > 1:
        shapes = ", ".join(str(part.shape) for part in parts)
        message = f"a list cannot hold values of different shapes: {shapes}"
        raise InputError(Diagnostic("E403", message))
    return np.stack(alike(parts), axis=axis)


def alike(parts: list[Array]) -> list[Array]:
    """Bring arrays to one dtype: object as soon as one of them is."""
    if all(part.dtype == parts[0].dtype for part in parts):
        return parts
    return [lifted(part) for part in parts]


def is_exact(x: Array) -> bool:
    """Tell whether an array belongs to the exact arithmetic."""
    return x.dtype == object


def lifted(x: Array) -> Array:
    """Return a float64 array as the rationals that its entries are; exact arrays as they are.

    NumPy fills sums over nothing with the integer 0, which becomes a rational too.
    """
    if is_exact(x):
        return boxed(_entry(x)) if x.size and isinstance(x.flat[0], int) else x
    return boxed(_rational(x))


def _rational_entry(x: float) -> fmpq | Undefined:
    if not np.isfinite(x):
        return Undefined("not a finite number")
    return fmpq(*float(x).as_integer_ratio())


_rational = np.frompyfunc(_rational_entry, 1, 1)


def filled(shape: tuple[int, ...], value: int, like: Array | None = None) -> Array:
    """Return an array of one integer: exact if `like` is, float64 otherwise."""
    check_size(shape)
    if like is None or not is_exact(like):
        return np.full(shape, float(value))
    result = np.empty(shape, dtype=object)
    result[...] = {0: ZERO, 1: ONE}.get(value, fmpq(value))
    return result


def entrywise(function: Callable[..., Any], *arrays: Array) -> Array:
    """Apply a function of entries to exact arrays, with broadcasting."""
    return boxed(np.frompyfunc(function, len(arrays), 1)(*arrays))


def has_undefined(x: Array) -> Undefined | None:
    """Return the first undefined entry of an array, None if there is none."""
    if not is_exact(x):
        return None
    return next((entry for entry in x.flat if is_undefined(entry)), None)


def integer(setting: Setting) -> int:
    """Return a setting as the integer that it must be.

    Raises: InputError E406 for anything else.
    """
    x = setting.item() if isinstance(setting, np.ndarray) and setting.ndim == 0 else setting
    if isinstance(x, arb) and x.is_exact():
        x = snapped(x)
    if isinstance(x, fmpq) and x.q == 1:
        return int(x.p)
    if isinstance(x, Integral):
        return int(x)
    if isinstance(x, float) and x.is_integer():
        return int(x)
    raise InputError(Diagnostic("E406", f"expected an integer, not {_shown(setting)}"))


def _shown(setting: Setting) -> str:
    if isinstance(setting, np.ndarray) and setting.ndim:
        return f"an array of shape {setting.shape}"
    return f"`{setting}`"


def integers(setting: Setting) -> tuple[int, ...]:
    """Return one integer, or a tuple or list of them, as a tuple."""
    if isinstance(setting, np.ndarray) and setting.ndim:
        setting = list(setting)
    if isinstance(setting, list | tuple):
        return tuple(integer(part) for part in setting)
    return (integer(setting),)


def axis_of(setting: Setting) -> Axis:
    """Return an axis, a tuple of axes, or None for all of them."""
    if setting is None or isinstance(setting, int):
        return setting
    if isinstance(setting, list | tuple):
        return integers(setting)
    return integer(setting)


def count_along(x: Array, axis: Axis) -> int:
    """Return how many entries a reduction over `axis` takes together."""
    if axis is None:
        return x.size
    return prod(x.shape[k] for k in ((axis,) if isinstance(axis, int) else axis))


def number_like(setting: Setting, like: Array) -> Any:
    """Return a numeric setting as an entry of the arithmetic that `like` belongs to."""
    x = boxed(setting).item()
    if is_exact(like):
        return x if isinstance(x, fmpq | arb | Undefined) else _rational_entry(float(x))
    return float(x.p) / float(x.q) if isinstance(x, fmpq) else float(x)


def entries_of(value: Any) -> Array:
    """Return a number or nested lists of numbers as an array; float64 arrays stay as they are.

    Raises: InputError E403 for lists that are not rectangular.
    """
    if isinstance(value, np.ndarray) and value.dtype in (object, float):
        return value
    if isinstance(value, np.ndarray):
        return value.astype(float)
    try:
        nested = np.array(value, dtype=object)
    except ValueError as error:
        message = "the lists of a value differ in length"
        raise InputError(Diagnostic("E403", message)) from error
    return boxed(_entry(nested))


def _entry_of_number(x: Any) -> Any:
    if isinstance(x, fmpq | arb | Undefined):
        return x
    if isinstance(x, list | tuple):
        raise InputError(Diagnostic("E403", "the lists of a value differ in length"))
    if isinstance(x, float):
        return _rational_entry(x)
    return fmpq(int(x.numerator), int(x.denominator))


_entry = np.frompyfunc(_entry_of_number, 1, 1)


def all_rational(a: Array) -> bool:
    """Tell whether all entries are rational."""
    return all(isinstance(entry, fmpq) for entry in a.flat)
