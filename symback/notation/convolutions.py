"""Sliding products read as convolutions: out[i] = sum_k x[i + k] w[k] and its relatives."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from symback.functions.entry import Function
from symback.language.tree import Expression
from symback.tensor.dims import Shape
from symback.tensor.poly import Monomial, Poly

Read = Callable[[Poly], Expression]


def convolution(
    mono: Monomial, shape: Shape, functions: Mapping[str, Function], read: Read
) -> Expression | None:
    """Return a monomial as `conv1d` or `conv2d`, None where it is not one."""
    return None
