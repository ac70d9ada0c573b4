"""Rearrangements: reshape, transpose, flip, roll, join, pad, widen."""

from __future__ import annotations

from typing import Any

from symback.functions import forms, forms_shape
from symback.functions.entry import Function, Kind
from symback.functions.late import late


def _shape_row(
    name: str, signature: str, summary: str, build: Any, samples: tuple[str, ...], numpy: str = ""
) -> Function:
    return Function(
        name=name,
        signature=signature,
        kind=Kind.INDEX,
        summary=summary,
        samples=samples,
        latex=rf"\operatorname{{{name.replace('_', ' ')}}}",
        build=build,
        value=late("values_shape", name),
        numpy=numpy,
    )


# fmt: off
ROWS: tuple[Function, ...] = (
    _shape_row("reshape", "x, shape", "the same entries, rows after rows, in another shape",
               lambda x, shape: forms.reshape(x, shape if isinstance(shape, tuple) else (shape,)),
               ("(3, 2)", "(6,)", "(-1, 3)"), "np.reshape(#1)"),
    _shape_row("transpose", "x, axes=None", "axes in another order, reversed if none is given",
               forms_shape.transpose, ("", "(1, 0)"), "np.transpose(#1)"),
    _shape_row("flip", "x, axis=None", "entries in reverse order along axis, all axes if none",
               forms_shape.flip, ("", "axis=0", "axis=1"), "np.flip(#1)"),
    _shape_row("roll", "x, shift, axis=None", "entries moved by shift, the last ones coming first",
               forms_shape.roll, ("1, axis=0", "-1, axis=1"), "np.roll(#1)"),
    _shape_row("concat", "parts, axis=0", "arrays joined along an axis",
               forms_shape.concat, ("axis=0", "axis=1"), "np.concatenate(#1)"),
    _shape_row("stack", "parts, axis=0", "arrays of one shape side by side along a new axis",
               forms_shape.stack, ("axis=0", "axis=1"), "np.stack(#1)"),
    _shape_row("pad", "x, width", "zeros before and after along each axis: [(1, 1), (0, 2)]",
               forms_shape.pad, ("[(1, 1), (0, 2)]",), "np.pad(#1)"),
    _shape_row("broadcast_to", "x, shape", "repeated along new and length-1 axes up to shape",
               forms_shape.broadcast_to, ("(2, 2, 3)",), "np.broadcast_to(#1)"),
)
# fmt: on
