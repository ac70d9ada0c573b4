"""What settings may be: axes, lengths, counts, switches; others are refused in a sentence."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from fractions import Fraction
from typing import Any

from symback.errors import Diagnostic, InputError
from symback.functions.entry import Function
from symback.language.tree import Expression
from symback.tensor.dims import NamedDim
from symback.tensor.poly import Poly

#: Powers of matrices up to this are written as products in their derivatives.
MAX_MATRIX_POWER = 64


def is_whole(value: Any) -> bool:
    """Tell whether a setting is an integer, and not True or False."""
    return isinstance(value, int) and not isinstance(value, bool)


def is_length(value: Any) -> bool:
    """Tell whether a setting is a length: 0, 1, 2, ... or a named dimension."""
    return isinstance(value, NamedDim) or (is_whole(value) and value >= 0)


def _is_axis(value: Any) -> bool:
    return value is None or is_whole(value)


def _is_axes(value: Any) -> bool:
    return _is_axis(value) or (isinstance(value, tuple) and all(map(is_whole, value)))


def _is_switch(value: Any) -> bool:
    return isinstance(value, bool)


def _is_number(value: Any) -> bool:
    return isinstance(value, int | Fraction) and not isinstance(value, bool)


def _is_order(value: Any) -> bool:
    return isinstance(value, str) or _is_number(value)


def _is_permutation(value: Any) -> bool:
    return value is None or (isinstance(value, tuple) and all(map(is_whole, value)))


def _is_count(value: Any) -> bool:
    return isinstance(value, NamedDim) or _is_number(value)


def _is_place(value: Any) -> bool:
    return isinstance(value, NamedDim) or is_whole(value)


def _is_shape(value: Any) -> bool:
    return is_length(value) or (isinstance(value, tuple) and all(map(is_length, value)))


def _is_partial_shape(value: Any) -> bool:
    parts = value if isinstance(value, tuple) else (value,)
    return sum(part == -1 for part in parts) <= 1 and _is_shape(
        tuple(0 if is_whole(part) and part == -1 else part for part in parts)
    )


def _is_side(value: Any) -> bool:
    parts = value if isinstance(value, tuple) else (value,)
    return bool(parts) and all(is_whole(part) and part > 0 for part in parts)


def _is_padding(value: Any) -> bool:
    parts = value if isinstance(value, tuple) else (value,)
    return bool(parts) and all(is_whole(part) and part >= 0 for part in parts)


def _is_widths(value: Any) -> bool:
    if isinstance(value, tuple) and any(isinstance(part, tuple) for part in value):
        return all(map(_is_width, value))
    return _is_width(value)


def _is_width(value: Any) -> bool:
    return is_length(value) or (
        isinstance(value, tuple) and len(value) in (1, 2) and all(map(is_length, value))
    )


def _is_places(value: Any) -> bool:
    return isinstance(value, tuple) and all(map(_is_place, value))


def _is_index(value: Any) -> bool:
    return _is_place(value) or (isinstance(value, tuple) and all(map(_is_index, value)))


def _is_place_or_places(value: Any) -> bool:
    return _is_place(value) or _is_places(value)


def _is_shift(value: Any) -> bool:
    return is_whole(value) or (
        isinstance(value, tuple) and bool(value) and all(map(is_whole, value))
    )


def _is_step(value: Any) -> bool:
    return is_whole(value) and value != 0


def _is_exponent(value: Any) -> bool:
    known = not is_whole(value) or abs(value) <= MAX_MATRIX_POWER
    return known and (is_whole(value) or isinstance(value, NamedDim | Poly))


Kind = tuple[Callable[[Any], bool], str]
ALONG: Kind = (is_whole, "an integer")
ALONG_ONE: Kind = (_is_axis, "an integer or None")
ALONG_ALL: Kind = (_is_axes, "an integer, a tuple of integers or None")
NUMBER: Kind = (_is_number, "a number")
DIAGONAL: Kind = (_is_place, "an integer")
SIDE: Kind = (_is_side, "a positive integer, or one for each axis")
LENGTH: Kind = (is_length, "a length, not negative")

#: A setting that is not known before values are put in, which is of no kind.
UNKNOWN = object()
#: What those who write these calls may have meant.
MEANT: Mapping[tuple[str, str], str] = {
    ("max", "axis"): "the larger of two values is `maximum(a, b)`",
    ("min", "axis"): "the smaller of two values is `minimum(a, b)`",
    ("concat", "axis"): "write `concat([a, b])`",
    ("stack", "axis"): "write `stack([a, b])`",
}

#: Functions of a list of arrays, and those that may be given lengths as one.
JOINS, FILLS = frozenset(("concat", "stack")), frozenset(("zeros", "ones"))
#: What the settings of these names are, unless a function is listed below.
KINDS: Mapping[str, Kind] = {
    "axis": ALONG_ALL,
    "keepdims": (_is_switch, "True or False"),
    "ddof": (_is_count, "a number"),
    "ord": (_is_order, 'a number from 0 on, "fro", "inf", "-inf" or "nuc"'),
    "eps": NUMBER,
    "p": NUMBER,
    "n": LENGTH,
    "m": (lambda value: value is None or is_length(value), "a length, not negative, or None"),
    "k": DIAGONAL,
    "stop": (lambda value: value is None or _is_place(value), "an integer or None"),
    "step": (_is_step, "an integer other than 0"),
    "i": (_is_place_or_places, "an integer or a list of integers"),
    "shape": (_is_shape, "a length or a tuple of lengths, not negative"),
    "axes": (_is_permutation, "a tuple of integers or None"),
    "shift": (_is_shift, "an integer, or one for each axis"),
    "width": (_is_widths, "one (before, after) for each axis, not negative"),
    "exponent": (_is_exponent, f"an integer of at most {MAX_MATRIX_POWER} in size"),
    "stride": SIDE,
    "padding": (_is_padding, "0 or a positive integer, or one for each axis"),
    "index": (_is_index, "an integer or a list of integers"),
}
OWN_KINDS: Mapping[tuple[str, str], Kind] = {
    **{(name, "axis"): ALONG for name in ("concat", "stack")},
    **{(name, "axis"): ALONG_ONE for name in ("cumsum", "cumprod")},
    ("dropout", "p"): (lambda value: _is_number(value) and 0 <= value < 1, "from 0 on and below 1"),
    ("reshape", "shape"): (_is_partial_shape, "lengths, at most one of them -1"),
    ("arange", "n"): DIAGONAL,
    **{(name, "k"): SIDE for name in ("max_pool", "avg_pool")},
    **{
        (name, "stride"): (lambda value: value is None or _is_side(value), f"{SIDE[1]}, or None")
        for name in ("max_pool", "avg_pool")
    },
}


def kind_of(function: Function, name: str) -> Kind:
    """Return what a setting of a function may be."""
    return OWN_KINDS.get((function.name, name)) or KINDS[name]


def check_settings(
    function: Function, settings: Mapping[str, Any], written: Mapping[str, Expression]
) -> None:
    """Raise InputError at the first setting that is not of its kind; `written` has places.

    Its code is E311 if a named dimension stands where a number is needed, else E302.
    """
    for name, value in settings.items():
        kind = kind_of(function, name)
        if not kind[0](value):
            code = "E311" if _is_named(value) else "E302"
            message = f"`{name}` of `{function.name}` must be {kind[1]}"
            hint = MEANT.get((function.name, name))
            raise InputError(Diagnostic(code, message, hint, span=written[name].span))


def _is_named(value: Any) -> bool:
    return isinstance(value, NamedDim) or (isinstance(value, tuple) and any(map(_is_named, value)))
