"""Rearrangements: reshape, transpose, flip, roll, join, pad, widen."""

from __future__ import annotations

from typing import Any

from symback.functions.entry import Function, Kind
from symback.functions.forms import entries as forms
from symback.functions.forms import shape as forms_shape
from symback.functions.late import late


def _shape_row(
    name: str, signature: str, summary: str, build: Any, samples: tuple[str, ...], numpy: str = ""
) -> Function:
    return Function(
        name=name,
        signature=signature,
        kind=Kind.INDEX,
        summary=summary,
        samples=tuple(f"{name}{call}" for call in samples),
        latex=rf"\operatorname{{{name.replace('_', ' ')}}}",
        build=build,
        value=late("shape", name),
        numpy=numpy,
    )


ROWS: tuple[Function, ...] = (
    _shape_row(
        "reshape",
        "x, shape",
        "the same entries, rows after rows, in another shape",
        lambda x, shape: forms.reshape(x, shape if isinstance(shape, tuple) else (shape,)),
        (
            "(x{2,3}, (3, 2))",
            "(x{2,3}, 6)",
            "(x{2,3}, shape=(-1, 2))",
            "(x{2,2,3}, (2, -1))",
            "(x{6}, (2, 1, 3))",
        ),
        "np.reshape(#1)",
    ),
    _shape_row(
        "transpose",
        "x, axes=None",
        "axes in another order, reversed if none is given",
        forms_shape.transpose,
        ("(x{2,3})", "(x{2,3,2}, (1, 2, 0))", "(x{2,3,2}, axes=(-1, 0, 1))"),
        "np.transpose(#1)",
    ),
    _shape_row(
        "flip",
        "x, axis=None",
        "entries in reverse order along axis, all axes if none",
        forms_shape.flip,
        ("(x{2,3})", "(x{2,3}, 0)", "(x{2,3}, axis=-1)", "(x{2,3,2}, axis=(0, -1))"),
        "np.flip(#1)",
    ),
    _shape_row(
        "roll",
        "x, shift, axis=None",
        "entries moved by shift, the last ones coming first",
        forms_shape.roll,
        (
            "(x{3}, 1)",
            "(x{2,3}, 1)",
            "(x{2,3}, -4, axis=-1)",
            "(x{2,3}, 1, 0)",
            "(x{2,3}, shift=(1, -1), axis=(0, 1))",
            "(x{2,3}, 1, axis=(0, 1))",
        ),
        "np.roll(#1)",
    ),
    _shape_row(
        "concat",
        "parts, axis=0",
        "arrays joined along an axis",
        forms_shape.concat,
        ("([x{2,3}, y{1,3}])", "([x{2,3}, y{2,1}, z{2,2}], axis=-1)", "([x{3}, y{2}], 0)"),
        "np.concatenate(#1)",
    ),
    _shape_row(
        "stack",
        "parts, axis=0",
        "arrays of one shape side by side along a new axis",
        forms_shape.stack,
        ("([x{2,3}, y{2,3}])", "([x{3}, y{3}], axis=-1)", "([x{2,3}, y{2,3}], 1)", "([x{}, y{}])"),
        "np.stack(#1)",
    ),
    _shape_row(
        "pad",
        "x, width",
        "zeros before and after along each axis: [(1, 1), (0, 2)]",
        forms_shape.pad,
        ("(x{2,3}, [(1, 1), (0, 2)])", "(x{3}, width=[(1, 2)])", "(x{2,2}, 1)", "(x{2,2}, (1, 2))"),
        "np.pad(#1)",
    ),
    _shape_row(
        "broadcast_to",
        "x, shape",
        "repeated along new and length-1 axes up to shape",
        forms_shape.broadcast_to,
        ("(x{2,3}, (2, 2, 3))", "(x{2,1}, shape=(2, 3))", "(x{}, 3)"),
        "np.broadcast_to(#1)",
    ),
)
