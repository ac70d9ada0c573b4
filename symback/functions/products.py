"""Cotangents of products and running products, also where an entry is 0."""

from __future__ import annotations

from collections.abc import Mapping
from math import prod
from typing import Any

from symback.functions.forms import entries as forms


def spread(text: str, settings: Mapping[str, Any]) -> str:
    """Return code that gives a reduction's value its reduced axes back, for broadcasting."""
    axis, rank = settings["axis"], settings["ndim"]
    if settings.get("keepdims") or axis is None or rank == 1:
        return text
    axes = forms.axes_of(axis, rank)
    items = ["None" if place in axes else ":" for place in range(rank)]
    return f"{text}[{', '.join(items)}]"


def product(settings: Mapping[str, Any]) -> str:
    """Divide the product by the entry."""
    return f"{spread('ct', settings)}*{spread('out', settings)}/x"


def guarded_product(settings: Mapping[str, Any]) -> str:
    """Multiply all entries but one, without dividing by it."""
    shape = settings["shape"]
    if not all(isinstance(size, int) for size in shape):
        return product(settings)
    axes = forms.axes_of(settings["axis"], len(shape))
    whole = f"prod({_others('x', shape, axes)}, axis={len(shape) - len(axes) + 1})"
    return f"{spread('ct', settings)}*{_in_place(whole, shape, axes)}"


def running_product(settings: Mapping[str, Any]) -> str:
    """Sum what comes at and after an entry, and divide by it."""
    axis = settings["axis"]
    return f"flip(cumsum(flip(ct*out, axis={axis}), axis={axis}), axis={axis})/x"


def guarded_running_product(settings: Mapping[str, Any]) -> str:
    """Sum the running products at and after an entry, without that entry."""
    shape = settings["shape"]
    if not all(isinstance(size, int) for size in shape):
        return running_product(settings)
    axes = forms.axes_of(settings["axis"], len(shape))
    rank = len(shape)
    running = f"cumprod({_others('x', shape, axes)}, axis={rank})"
    if rank == 1:
        return f"triu({running})@ct"
    size = shape[axes[0]]
    after = f"triu(ones({size}, {size}))*{_last('ct', shape, axes)}[{':, ' * (rank - 1)}None, :]"
    after = f"{running}*{after}"
    return _in_place(f"sum({after}, axis={rank})", shape, axes)


def _order(rank: int, axes: tuple[int, ...]) -> tuple[int, ...]:
    return (*(axis for axis in range(rank) if axis not in axes), *axes)


def _last(name: str, shape: tuple[int, ...], axes: tuple[int, ...]) -> str:
    """Bring some axes to the end, as one."""
    order = _order(len(shape), axes)
    text = name if order == tuple(range(len(shape))) else f"transpose({name}, {order})"
    if len(axes) == 1:
        return text
    kept = [shape[axis] for axis in order[: -len(axes)]]
    return f"reshape({text}, {(*kept, prod(shape[axis] for axis in axes))})"


def _others(name: str, shape: tuple[int, ...], axes: tuple[int, ...]) -> str:
    """Put the entries beside each entry in a row, with 1 in its own place."""
    count = prod(shape[axis] for axis in axes)
    kept = len(shape) - len(axes)
    row = _last(name, shape, axes)
    if kept:
        row = f"{row}[{':, ' * kept}None, :]"
    return f"where(eye({count}) == 1, 1, {row})"


def _in_place(text: str, shape: tuple[int, ...], axes: tuple[int, ...]) -> str:
    """Undo what `_last` does."""
    order = _order(len(shape), axes)
    if len(axes) > 1:
        text = f"reshape({text}, {tuple(shape[axis] for axis in order)})"
    if order == tuple(range(len(shape))):
        return text
    return f"transpose({text}, {tuple(order.index(axis) for axis in range(len(shape)))})"
