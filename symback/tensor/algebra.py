"""Sums, products, powers and functions of tensors, all through one constructor: `contract`."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from fractions import Fraction
from functools import partial
from itertools import count
from math import gcd, lcm

from symback.tensor import indices
from symback.tensor.dims import Dim, Shape
from symback.tensor.identities import Signed, simplified, without_sign
from symback.tensor.indices import Affine, Index, Indices
from symback.tensor.monomial import canonical, inverted, length_factors
from symback.tensor.opening import opened, product_of
from symback.tensor.placing import renamed
from symback.tensor.poly import (
    CONDITIONS,
    FUNCTION,
    GROUP,
    LEAF,
    ONES,
    Atom,
    Factor,
    Monomial,
    Poly,
    Rational,
    add,
    as_atom,
    atom,
    poly,
    rational,
    scale,
    within,
    zero,
)
from symback.tensor.ranges import certainly_within


def contract(
    shape: Shape,
    parts: Sequence[tuple[Poly, Indices]],
    bound: Mapping[int, Dim] | None = None,
    conditions: Iterable[Factor] = (),
) -> Poly:
    """Return the product of `parts`, each with an index per axis, summed over the labels `bound`.

    Shapes: labels 0, 1, ... are the axes of the result, of lengths `shape`; the labels in `bound`
    may have any other numbers. A part that is a sum of several terms stays one factor unless it
    is the only part.
    """
    bound = dict(bound or {})
    factors: list[Factor] = list(conditions)
    if (plain := _of_names(shape, parts, bound, factors)) is not None:
        return plain
    fresh = count(max([len(shape), *(label + 1 for label in bound)]))
    times: Rational = 1
    sums: list[tuple[Poly, Indices]] = []
    for part, index in parts:
        if not part.terms:
            return zero(shape)
        if len(part.terms) == 1 and not (len(parts) + len(factors) > 1 and _slides(part)):
            mono, value = part.terms[0]
            times = rational(times * value)
            factors.extend(renamed(mono, part, index, fresh, bound, shape))
        else:
            sums.append((part, index))
    signed = without_sign(factors)
    if signed is not None:
        return scale(_unsigned(shape, sums, signed, bound), times)
    if len(sums) == 1 and not factors:
        return opened(shape, sums[0], times, bound, fresh)
    for part, index in sums:
        part, scalars = scalars_out(part)
        base, value, kept = group(part)
        times = rational(times * value)
        whole = Factor(base, tuple(index[axis] for axis in kept), 1)
        factors += [*scalars, whole, *_limits(part.shape, index, kept, shape, bound)]
    return monomial(shape, factors, times, bound)


def _limits(
    lengths: Shape, index: Indices, kept: Sequence[int], shape: Shape, bound: dict[int, Dim]
) -> Iterator[Factor]:
    """Yield the conditions that a sum is read within the axes along which it is constant."""
    for axis, (position, size) in enumerate(zip(index, lengths, strict=True)):
        if axis not in kept and not certainly_within(position, size, shape, bound):
            yield within(position, size)


def _of_names(
    shape: Shape,
    parts: Sequence[tuple[Poly, Indices]],
    bound: dict[int, Dim],
    others: list[Factor],
) -> Poly | None:
    """Return a product of different names, which has nothing to simplify; else None."""
    factors = list(others)
    for part, index in parts:
        base = as_atom(part)
        if base is None:
            return None
        factors.append(Factor(base, index, 1))
    if len({f.atom for f in factors if f.atom.kind == LEAF and f.exponent == 1}) < len(factors):
        return None
    found = canonical(factors, 1, shape, bound)
    return zero(shape) if found is None else poly(shape, {found[0]: found[1]})


def _unsigned(
    shape: Shape, sums: list[tuple[Poly, Indices]], signed: Signed, bound: Mapping[int, Dim]
) -> Poly:
    """Contract what is left of a product with the argument whose sign has been taken out."""
    if signed.exponent == 1:
        return contract(shape, [*sums, (signed.argument, signed.at)], bound, signed.kept)
    base, content, axes = group(signed.argument)
    spot = tuple(signed.at[axis] for axis in axes)
    below = Factor(as_atom(signed.argument) or base, spot, -1)
    found = contract(shape, sums, bound, [*signed.kept, below])
    return scale(found, 1 / Fraction(content))


def monomial(
    shape: Shape, factors: Iterable[Factor], times: Rational, bound: dict[int, Dim]
) -> Poly:
    """Return one product as a tensor."""
    bound = dict(bound)
    factors = simplified(list(factors), bound)
    found = product_of(factors, times, shape, bound)
    if found is None:
        return zero(shape)
    return _collapse(poly(shape, {found[0]: found[1]}))


def _collapse(value: Poly) -> Poly:
    """Write a lone group to the first power as the sum that it is."""
    if len(value.terms) == 1:
        (factors, bound), times = value.terms[0]
        if len(factors) == 1 and factors[0].atom.kind == GROUP and factors[0].exponent == 1:
            inner, index = factors[0].atom.args[0], factors[0].indices
            rank = len(value.shape)
            sizes = {rank + k: size for k, size in enumerate(bound)}
            fresh = count(rank + len(bound))
            lengths = dict(enumerate(value.shape)) | sizes
            if not all(map(partial(_stays, lengths), index, inner.shape)):
                return value  # opened, each term would need the condition of its range
            return opened(value.shape, (inner, index), times, sizes, fresh)
    return value


def _stays(lengths: Mapping[int, Dim], index: Index, size: Dim) -> bool:
    """Tell whether an index is a whole axis, or one place on it."""
    return lengths[index] == size if isinstance(index, int) else not index.terms


def _slides(value: Poly) -> bool:
    """Tell whether a product is a convolution, which is better left as one factor."""
    mono, _ = value.terms[0]
    return bool(mono.bound) and any(
        isinstance(i, Affine) and len(i.terms) > 1
        for f in mono.factors
        if f.atom.kind not in CONDITIONS
        for i in f.indices
    )


def group(value: Poly) -> tuple[Atom, Rational, tuple[int, ...]]:
    """Return a sum as one factor: the atom, the number taken out, and the axes it has."""
    value, kept = without_unused(value)
    content = content_of(value)
    inner = value if content == 1 else scale(value, 1 / Fraction(content))
    return atom(GROUP, shape=value.shape, args=(inner,)), content, kept


def scalars_out(value: Poly) -> tuple[Poly, list[Factor]]:
    """Split a sum into the rest and the scalars that its terms share, such as 1/(x @ x)."""
    if len(value.terms) < 2:
        return value, []
    common: dict[Atom, Rational] | None = None
    for mono, _ in value.terms:
        own = {f.atom: f.exponent for f in mono.factors if not f.indices}
        if common is None:
            common = own
            continue
        common = {
            base: times if times * times <= own[base] * own[base] else own[base]
            for base, times in common.items()
            if base in own and times * own[base] > 0
        }
        if not common:
            return value, []
    scalars = [Factor(base, (), times) for base, times in (common or {}).items()]
    if not scalars:
        return value, []
    rank = len(value.shape)
    parts = []
    for mono, times in value.terms:
        bound = {rank + k: size for k, size in enumerate(mono.bound)}
        parts.append(monomial(value.shape, [*mono.factors, *inverted(scalars)], times, bound))
    return add(parts), scalars


def without_unused(value: Poly) -> tuple[Poly, tuple[int, ...]]:
    """Drop the axes along which a tensor is constant; also return the axes that are left."""
    used = used_axes(value)
    if len(used) == len(value.shape):
        return value, used
    return restrict(value, used), used


def used_axes(value: Poly) -> tuple[int, ...]:
    """Return the axes that some term mentions."""
    used = {
        label
        for mono, _ in value.terms
        for _, index, _ in mono.factors
        for i in index
        for label in indices.labels(i)
    }
    return tuple(axis for axis in range(len(value.shape)) if axis in used)


def restrict(value: Poly, axes: tuple[int, ...]) -> Poly:
    """Return a tensor that is constant along all other axes without these."""
    shape = tuple(value.shape[axis] for axis in axes)
    index = {axis: new for new, axis in enumerate(axes)}
    spot = tuple(index.get(axis, indices.constant(0)) for axis in range(len(value.shape)))
    fresh = count(len(shape))
    total: dict[Monomial, Rational] = {}
    for mono, times in value.terms:
        sizes: dict[int, Dim] = {}
        factors = [
            f
            for f in renamed(mono, value, spot, fresh, sizes)
            if f.atom.kind != ONES or list(indices.labels(f.indices[0]))
        ]
        found = canonical(factors, times, shape, sizes)
        if found is not None:
            total[found[0]] = rational(total.get(found[0], 0) + found[1])
    return poly(shape, total)


def content_of(value: Poly) -> Rational:
    """Return the greatest common divisor of the coefficients with the sign of the first one."""
    coefficients = [c for _, c in value.terms]
    top = gcd(*[c.numerator for c in coefficients])
    bottom = lcm(*[c.denominator for c in coefficients])
    signed = top if coefficients[0] > 0 else -top
    return signed if bottom == 1 else Fraction(signed, bottom)


def multiply(*parts: Poly) -> Poly:
    """Return the elementwise product of tensors of one shape."""
    shape = parts[0].shape
    axes = tuple(range(len(shape)))
    return contract(shape, [(part, axes) for part in parts])


def apply(name: str, args: Sequence[Poly]) -> Poly:
    """Return the elementwise function `name` of tensors of one shape, as an atom."""
    shape = args[0].shape
    used = sorted({axis for arg in args for axis in used_axes(arg)})
    axes = tuple(used)
    inner = tuple(restrict(arg, axes) if len(axes) < len(shape) else arg for arg in args)
    base = atom(FUNCTION, name, tuple(shape[axis] for axis in axes), inner)
    return monomial(shape, [Factor(base, axes, 1)], 1, {})


def length(size: Dim) -> Poly:
    """Return a length as a scalar."""
    factors, times = length_factors(size)
    return monomial((), factors, times, {})


def transpose(value: Poly, order: Sequence[int]) -> Poly:
    """Return `value` with axis k taken from axis `order[k]`."""
    shape = tuple(value.shape[axis] for axis in order)
    position = {axis: new for new, axis in enumerate(order)}
    return contract(shape, [(value, tuple(position[axis] for axis in range(len(order))))])


def broadcast(value: Poly, shape: Shape) -> Poly:
    """Return `value` with leading axes added and axes of length 1 widened, as NumPy does."""
    if value.shape == shape:
        return value
    lead = len(shape) - len(value.shape)
    index: list[Index] = []
    for axis, size in enumerate(value.shape):
        wide = shape[lead + axis]
        index.append(indices.constant(0) if size == 1 and wide != 1 else lead + axis)
    return contract(shape, [(value, tuple(index))])
