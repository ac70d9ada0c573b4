"""Reading the conditions of a monomial: which are masks, windows or factors of their own."""

from __future__ import annotations

from collections.abc import Mapping

from symback.language.tree import Call
from symback.notation.patterns.equalities import band_matrix, selection, shifted_identity
from symback.notation.patterns.masks import Masks, Triangle, Window
from symback.notation.patterns.slices import clipped, placed
from symback.notation.writing import trees
from symback.notation.writing.pieces import NoNotation, Piece
from symback.tensor.dims import Dim
from symback.tensor.indices import Indices, affine
from symback.tensor.poly import AT_LEAST, CONDITIONS, DELTA, ONES, Atom, Monomial
from symback.tensor.ranges import not_negative


def split_conditions(mono: Monomial, sizes: Mapping[int, Dim]) -> Masks:
    """Sort the conditions of a monomial."""
    masks = Masks(rank=len(sizes) - len(mono.bound))
    implied = _implied(mono, sizes)
    for base, index, _ in mono.factors:
        if base.kind not in CONDITIONS or (base, index) in implied:
            continue
        const, terms = affine(index[0])
        if base.kind == ONES:
            window = _window(const, terms, base.params[0], sizes)
            if window is not None:
                if not _is_implied(window, mono, sizes):
                    masks.windows.append(window)
                continue
            band = band_matrix(const, terms, base.params[0], sizes)
            if band is None:
                ones = Call("ones", (trees.length(base.params[0]),))
                band = placed(ones, (base.params[0],), index, sizes)
            masks.pieces.append(band)
        elif base.kind == DELTA:
            _equation(masks, const, terms, sizes)
        elif base.kind == AT_LEAST:
            _inequality(masks, const, terms, sizes)
    return masks


def _implied(mono: Monomial, sizes: Mapping[int, Dim]) -> set[tuple[Atom, Indices]]:
    """Return the range conditions that hold wherever an equation of two labels does."""
    found = set()
    for equation in (f for f in mono.factors if f.atom.kind == DELTA):
        const, terms = affine(equation.indices[0])
        if len(terms) != 2 or (terms[0][1], terms[1][1]) != (1, -1):
            continue
        (a, _), (b, _) = terms
        for factor in (f for f in mono.factors if f.atom.kind == ONES):
            shift, own = affine(factor.indices[0])
            if len(own) != 1 or own[0][1] != 1 or own[0][0] not in (a, b):
                continue
            label = own[0][0]
            other, offset = (b, -const) if label == a else (a, const)
            last = factor.atom.params[0] - 1 - shift
            starts = (shift, offset + shift)
            ends = (last - (sizes[label] - 1), last - (sizes[other] - 1 + offset))
            if any(map(not_negative, starts)) and any(map(not_negative, ends)):
                found.add((factor.atom, factor.indices))
    return found


def _equation(
    masks: Masks, const: Dim, terms: tuple[tuple[int, Dim], ...], sizes: Mapping[int, Dim]
) -> None:
    if len(terms) == 1 and terms[0][1] == 1:
        label = terms[0][0]
        unit = Call("onehot", (trees.length(-const), trees.length(sizes[label])))
        masks.pieces.append(Piece(unit, (label,)))
        return
    if len(terms) != 2:
        raise NoNotation
    (a, p), (b, q) = terms
    if p == 1 and q == -1 and const == 0 and sizes[a] == sizes[b]:
        masks.diagonals.append((a, b))
        return
    if (p, q) == (1, -1):
        masks.pieces.append(shifted_identity(a, b, const, sizes))
        return
    masks.pieces.append(selection(const, ((a, p), (b, q)), sizes))


def _inequality(
    masks: Masks, const: Dim, terms: tuple[tuple[int, Dim], ...], sizes: Mapping[int, Dim]
) -> None:
    if len(terms) != 2:
        raise NoNotation
    (a, p), (b, q) = terms
    if (p, q) == (1, -1):
        masks.triangles.append(Triangle(a, b, const))
    elif (p, q) == (-1, 1):
        masks.triangles.append(Triangle(b, a, const))
    elif (p, q) in ((1, 1), (-1, -1)):
        masks.pieces.append(_turned_triangle(a, b, const if p == 1 else -const, p == 1, sizes))
    else:
        raise NoNotation


def _turned_triangle(a: int, b: int, const: Dim, lower: bool, sizes: Mapping[int, Dim]) -> Piece:
    """Return [a + b + const >= 0], or [... <= 0] if not `lower`, as a triangle turned around."""
    offset = const + sizes[b] - 1
    extra = () if offset == 0 else (trees.length(offset),)
    whole = Call("ones", (trees.length(sizes[a]), trees.length(sizes[b])))
    triangle = Call("tril" if lower else "triu", (whole, *extra))
    return Piece(Call("flip", (triangle,), (("axis", trees.integer(1)),)), (a, b))


def _window(
    const: Dim, terms: tuple[tuple[int, Dim], ...], size: Dim, sizes: Mapping[int, Dim]
) -> Window | None:
    """Return [0 <= const + i < size] as bounds of i, None for other conditions."""
    if len(terms) != 1 or terms[0][1] not in (1, -1):
        return None
    label, times = terms[0]
    low, high = (-const, size - const) if times == 1 else (const - size + 1, const + 1)
    length = sizes[label]
    return label, clipped(low), length - clipped(length - high)


def _is_implied(window: Window, mono: Monomial, sizes: Mapping[int, Dim]) -> bool:
    """Tell whether a factor leaves its own axis outside the window anyway."""
    label, start, stop = window
    for base, index, _ in mono.factors:
        if base.kind in CONDITIONS:
            continue
        for position, length in zip(index, base.shape, strict=True):
            const, terms = affine(position)
            if [one for one, _ in terms] != [label]:
                continue
            own = _window(const, terms, length, sizes)
            if own is not None and not_negative(own[1] - start) and not_negative(stop - own[2]):
                return True
    return False
