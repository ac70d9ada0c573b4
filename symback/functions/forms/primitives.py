"""Operations without index form as tensors, in the one form that equal formulas share."""

from __future__ import annotations

from typing import Any

from symback.tensor.dims import Shape
from symback.tensor.poly import PRIMITIVE, Poly, atom, from_atom


def primitive(name: str, shape: Shape, args: tuple[Poly, ...], **settings: Any) -> Poly:
    """Return the operation `name` of tensors; settings are read back with `settings_of`."""
    return from_atom(atom(PRIMITIVE, name, shape, args, tuple(sorted(settings.items()))))
