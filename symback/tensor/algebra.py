"""Sums, products, powers and functions of tensors, all through one constructor: `contract`."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from fractions import Fraction
from functools import partial
from itertools import count
from math import gcd, isqrt, lcm

from symback.tensor import indices
from symback.tensor.dims import Dim, Shape
from symback.tensor.indices import Affine, Index, Indices
from symback.tensor.monomial import canonical, length_factors
from symback.tensor.poly import (
    CONDITIONS,
    CONSTANT,
    DELTA,
    DIM,
    FUNCTION,
    GROUP,
    NUMBER,
    ONES,
    PRIMITIVE,
    Atom,
    Factor,
    Monomial,
    Poly,
    Rational,
    add,
    as_atom,
    as_number,
    atom,
    from_atom,
    number,
    poly,
    rational,
    scale,
    zero,
)

#: Integers up to this are factorised when a root of them is taken.
_SMALL = 1 << 20


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
    fresh = count(max([len(shape), *(label + 1 for label in bound)]))
    times: Rational = 1
    factors: list[Factor] = list(conditions)
    sums: list[tuple[Poly, Indices]] = []
    for part, index in parts:
        if not part.terms:
            return zero(shape)
        if len(part.terms) == 1 and not (len(parts) + len(factors) > 1 and _slides(part)):
            mono, value = part.terms[0]
            times = rational(times * value)
            factors.extend(renamed(mono, part, index, fresh, bound))
        else:
            sums.append((part, index))
    signed = _signed(factors)
    if signed is not None:
        kept, argument = signed
        return scale(contract(shape, [*sums, argument], bound, kept), times)
    if len(sums) == 1 and not factors:
        return _linear(shape, sums[0], times, bound, fresh)
    for part, index in sums:
        part, scalars = scalars_out(part)
        factors.extend(scalars)
        base, value, kept = group(part)
        times = rational(times * value)
        factors.append(Factor(base, tuple(index[axis] for axis in kept), 1))
    return monomial(shape, factors, times, bound)


def _signed(factors: list[Factor]) -> tuple[list[Factor], tuple[Poly, Indices]] | None:
    """Write sign(x)*abs(x)**p as x*abs(x)**(p - 1): what is left, and x with its index."""
    for sign in factors:
        if sign.atom.kind != FUNCTION or sign.atom.name != "sign" or sign.exponent != 1:
            continue
        (argument,) = sign.atom.args
        for place, factor in enumerate(factors):
            base, index, exponent = factor
            same = base.kind == FUNCTION and base.name == "abs" and base.args == (argument,)
            if same and index == sign.indices and (exponent >= 1 or exponent == -1):
                kept = [f for k, f in enumerate(factors) if k != place and f is not sign]
                if exponent == -1:
                    return kept, (power(argument, -1), index)
                if exponent > 1:
                    kept.append(Factor(base, index, rational(exponent - 1)))
                return kept, (argument, index)
    return None


def monomial(
    shape: Shape, factors: Iterable[Factor], times: Rational, bound: dict[int, Dim]
) -> Poly:
    """Return one product as a tensor."""
    bound = dict(bound)
    factors = _absolutes(list(factors))
    if any(f.atom.kind == GROUP and f.exponent == -1 for f in factors):
        factors = _softmaxes(factors)
    if any(f.atom.kind == PRIMITIVE for f in factors):
        factors = _without_totals(_without_inverses(factors, bound), bound)
    found = canonical(factors, times, shape, bound)
    if found is None:
        return zero(shape)
    return _collapse(poly(shape, {found[0]: found[1]}))


#: Quotients that have a name of their own.
QUOTIENTS = {"cos": ("sin", "tan"), "cosh": ("sinh", "tanh")}


def _absolutes(factors: list[Factor]) -> list[Factor]:
    """Write x**2 * abs(x)**p as abs(x)**(p + 2) where x is one atom, and sin/cos as tan."""
    for place, factor in enumerate(factors):
        base, index, exponent = factor
        if base.kind == FUNCTION and base.name in QUOTIENTS and exponent == -1:
            above, name = QUOTIENTS[base.name]
            top = Factor(atom(FUNCTION, above, base.shape, base.args), index, 1)
            if top in factors:
                rest = [f for f in factors if f != top and f is not factor]
                whole = Factor(atom(FUNCTION, name, base.shape, base.args), index, 1)
                return _absolutes([*rest, whole])
        if base.kind != FUNCTION or base.name != "abs":
            continue
        inner = as_atom(base.args[0])
        for other, (atom_, index_, times) in enumerate(factors):
            if atom_ is inner and index_ == index and times % 2 == 0:
                merged = Factor(base, index, rational(exponent + times))
                rest = [f for k, f in enumerate(factors) if k not in (place, other)]
                return _absolutes([merged, *rest])
    return factors


def _without_inverses(factors: list[Factor], bound: dict[int, Dim]) -> list[Factor]:
    """Write a matrix times its inverse, summed over the label between them, as the identity."""
    for factor in factors:
        if factor.atom.kind != PRIMITIVE or factor.atom.name != "inv" or factor.exponent != 1:
            continue
        inner = as_atom(factor.atom.args[0])
        for other in factors:
            if other.atom is not inner or other.exponent != 1:
                continue
            for mine, theirs in ((0, 1), (1, 0)):
                label = factor.indices[mine]
                if label != other.indices[theirs] or label not in bound:
                    continue
                rest = [f for f in factors if f is not factor and f is not other]
                if any(label in indices.labels(i) for f in rest for i in f.indices):
                    continue
                ends = factor.indices[1 - mine], other.indices[1 - theirs]
                if label in ends:
                    continue
                same = Factor(atom(DELTA), (indices.difference(*ends),), 1)
                del bound[label]  # type: ignore[arg-type]
                return _without_inverses([*rest, same], bound)
    return factors


def _softmaxes(factors: list[Factor]) -> list[Factor]:
    """Write exp(u)/sum(exp(u)) as softmax(u)."""
    for total in factors:
        if total.atom.kind != GROUP or total.exponent != -1:
            continue
        found = _summed_exponential(total.atom.args[0])
        if found is None:
            continue
        base, exponent, axis = found
        for factor in factors:
            if factor.atom is not base or factor.exponent != exponent:
                continue
            if (*factor.indices[:axis], *factor.indices[axis + 1 :]) != total.indices:
                continue
            rest = [f for f in factors if f is not factor and f is not total]
            argument = scale(base.args[0], exponent)
            whole = atom(PRIMITIVE, "softmax", base.shape, (argument,), (("axis", axis),))
            return _softmaxes([*rest, Factor(whole, factor.indices, 1)])
    return factors


def _summed_exponential(value: Poly) -> tuple[Atom, int, int] | None:
    """Return the exponential, its exponent and the axis where `value` is its sum over one axis."""
    if len(value.terms) != 1:
        return None
    (factors, bound), times = value.terms[0]
    if times != 1 or len(factors) != 1 or len(bound) != 1:
        return None
    base, index, exponent = factors[0]
    rank = len(value.shape)
    if base.kind != FUNCTION or base.name != "exp" or exponent not in (1, -1):
        return None
    if rank not in index or len(index) != rank + 1:
        return None
    axis = index.index(rank)
    kept = (*index[:axis], *index[axis + 1 :])
    if kept != tuple(range(rank)) or bound[0] != base.shape[axis]:
        return None
    return base, int(exponent), axis


def _without_totals(factors: list[Factor], bound: dict[int, Dim]) -> list[Factor]:
    """Write the sum of a softmax over its own axis as 1."""
    for factor in factors:
        if factor.atom.name != "softmax" or factor.exponent != 1:
            continue
        axis = dict(factor.atom.params)["axis"]
        label = factor.indices[axis]
        if label not in bound or not all(isinstance(i, int) for i in factor.indices):
            continue
        rest = [f for f in factors if f is not factor]
        others = [i for k, i in enumerate(factor.indices) if k != axis]
        inside = [*others, *(i for f in rest for i in f.indices)]
        if bound[label] == factor.atom.shape[axis] and not any(
            label in indices.labels(i) for i in inside
        ):
            del bound[label]  # type: ignore[arg-type]
            return _without_totals(rest, bound)
    return factors


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
            return _linear(value.shape, (inner, index), times, sizes, fresh)
    return value


def _stays(lengths: Mapping[int, Dim], index: Index, size: Dim) -> bool:
    """Tell whether an index is a whole axis, or one place on it."""
    return lengths[index] == size if isinstance(index, int) else not index.terms


def _linear(
    shape: Shape,
    part: tuple[Poly, Indices],
    times: Rational,
    bound: dict[int, Dim],
    fresh: Iterator[int],
) -> Poly:
    total: dict[Monomial, Rational] = {}
    value, index = part
    for mono, coefficient in value.terms:
        sizes = dict(bound)
        factors = list(renamed(mono, value, index, fresh, sizes))
        found = canonical(factors, rational(coefficient * times), shape, sizes)
        if found is not None:
            total[found[0]] = rational(total.get(found[0], 0) + found[1])
    return poly(shape, total)


def _slides(value: Poly) -> bool:
    """Tell whether a product is a convolution, which is better left as one factor."""
    mono, _ = value.terms[0]
    return bool(mono.bound) and any(
        isinstance(i, Affine) and len(i.terms) > 1 for f in mono.factors for i in f.indices
    )


def renamed(
    mono: Monomial, owner: Poly, index: Indices, fresh: Iterator[int], bound: dict[int, Dim]
) -> Iterator[Factor]:
    """Yield a monomial's factors at `index`, with new numbers for its bound labels."""
    mapping: dict[int, Index] = dict(enumerate(index))
    for k, size in enumerate(mono.bound):
        label = next(fresh)
        mapping[len(owner.shape) + k] = label
        bound[label] = size
    for base, old, exponent in mono.factors:
        yield Factor(base, tuple(indices.substitute(i, mapping) for i in old), exponent)
    enforced = {
        (i, size)
        for base, old, _ in mono.factors
        for i, size in zip(old, base.shape, strict=False)
        if isinstance(i, int)
    }
    for axis, (position, size) in enumerate(zip(index, owner.shape, strict=True)):
        if (axis, size) not in enforced:  # nothing else keeps the index within this axis
            yield Factor(atom(ONES, params=(size,)), (position,), 1)


def group(value: Poly) -> tuple[Atom, Rational, tuple[int, ...]]:
    """Return a sum as one factor: the atom, the number taken out, and the axes it has."""
    value, kept = without_unused(value)
    content = _content(value)
    return atom(GROUP, shape=value.shape, args=(scale(value, Fraction(1) / content),)), content, kept


def scalars_out(value: Poly) -> tuple[Poly, list[Factor]]:
    """Split a sum into what its terms have in common as scalars, such as 1/(x @ x), and the rest."""
    if len(value.terms) < 2:
        return value, []
    common: dict[Atom, Rational] | None = None
    for mono, _ in value.terms:
        own = {f.atom: f.exponent for f in mono.factors if not f.indices}
        if common is None:
            common = own
            continue
        common = {
            base: min(times, own[base], key=abs)
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
        parts.append(monomial(value.shape, [*mono.factors, *_inverted(scalars)], times, bound))
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


def _content(value: Poly) -> Rational:
    """Return the greatest common divisor of the coefficients with the sign of the first one."""
    coefficients = [Fraction(c) for _, c in value.terms]
    top = gcd(*(c.numerator for c in coefficients))
    bottom = lcm(*(c.denominator for c in coefficients))
    return rational(Fraction(top, bottom) * (1 if coefficients[0] > 0 else -1))


def multiply(*parts: Poly) -> Poly:
    """Return the elementwise product of tensors of one shape."""
    shape = parts[0].shape
    axes = tuple(range(len(shape)))
    return contract(shape, [(part, axes) for part in parts])


def power(value: Poly, exponent: Rational) -> Poly:
    """Return `value ** exponent`, elementwise, for real numbers (roots of squares are |x|)."""
    exponent = rational(exponent)
    if exponent == 0:
        return number(1, value.shape)
    if exponent == 1:
        return value
    if not value.terms:
        return value if exponent > 0 else _grouped_power(value, exponent)
    separate = _separated(value)
    if separate is not None:
        return power(separate, exponent)
    if len(value.terms) == 1:
        (factors, bound), times = value.terms[0]
        if not bound and (isinstance(exponent, int) or _roots_exist(factors, times, exponent)):
            powered = list(_powers(factors, exponent))
            known, under_root = number_power(times, exponent)
            return monomial(value.shape, [*powered, *under_root], known, {})
    return _grouped_power(value, exponent)


def _separated(value: Poly) -> Poly | None:
    """Write a product of independent sums, such as sum(x[i]**2 * y[j]), factor by factor."""
    if len(value.terms) != 1 or len(value.terms[0][0].bound) < 2:
        return None
    (factors, bound), times = value.terms[0]
    rank = len(value.shape)
    parts: list[tuple[set[int], list[Factor]]] = []
    rest = []
    for factor in factors:
        own = {l for i in factor.indices for l in indices.labels(i) if l >= rank}
        if not own:
            rest.append(factor)
            continue
        joined = [part for part in parts if part[0] & own]
        for part in joined:
            parts.remove(part)
            own |= part[0]
        parts.append((own, [factor, *(f for part in joined for f in part[1])]))
    if len(parts) < 2:
        return None
    for own, members in parts:
        sizes = {label: bound[label - rank] for label in own}
        inner = monomial(value.shape, members, 1, sizes)
        base, content, kept = group(inner)
        times = rational(times * content)
        rest.append(Factor(base, kept, 1))
    return monomial(value.shape, rest, times, {})


def _roots_exist(factors: Iterable[Factor], times: Rational, exponent: Rational) -> bool:
    """Tell whether a root may be taken factor by factor: at most one may be negative."""
    doubtful = [f for f in factors if f.exponent % 2 != 0 and not is_nonnegative(f.atom)]
    return times > 0 and (not doubtful or len(list(factors)) == 1)


def _powers(factors: Iterable[Factor], exponent: Rational) -> Iterator[Factor]:
    for base, index, old in factors:
        if base.kind in CONDITIONS:
            yield Factor(base, index, 1)
            continue
        new = rational(Fraction(old) * exponent)
        even_root = old % 2 == 0 and new % 2 != 0 and not is_nonnegative(base)
        yield Factor(_absolute(base) if even_root else base, index, new)


def _absolute(base: Atom) -> Atom:
    if base.kind == FUNCTION and base.name == "abs":
        return base
    return atom(FUNCTION, "abs", base.shape, (from_atom(base),))


def is_nonnegative(base: Atom) -> bool:
    """Tell whether an atom is known to be nonnegative wherever it is defined."""
    if base.kind == GROUP:
        return all(
            times > 0 and all(f.exponent % 2 == 0 or is_nonnegative(f.atom) for f in mono.factors)
            for mono, times in base.args[0].terms
        )
    if base.kind in (DIM, NUMBER, CONSTANT):
        return True
    if base.kind == FUNCTION:
        return base.name in NONNEGATIVE
    return bool(base.facts & {"positive", "nonnegative", "simplex"})


#: Elementwise functions without negative values.
NONNEGATIVE = frozenset(
    "exp abs cosh sech sigmoid softplus relu step ndtr exp2 exp10 acosh gamma hypot relu6".split()
)


def number_power(base: Rational, exponent: Rational) -> tuple[Rational, list[Factor]]:
    """Return a rational to a rational power as a rational and a root: 8^(1/2) is 2 and 2^(1/2)."""
    if isinstance(exponent, int):
        return rational(Fraction(base) ** exponent), []
    base = Fraction(base)
    known, rest = Fraction(1), Fraction(1)
    degree = exponent.denominator
    for part, sign in ((base.numerator, 1), (base.denominator, -1)):
        outside, inside = _take_out(part, degree)
        known *= Fraction(outside) ** (sign * exponent.numerator)
        rest *= Fraction(inside) ** sign
    if rest == 1:
        return rational(known), []
    whole = exponent.numerator // degree
    known *= rest**whole
    return rational(known), [Factor(atom(NUMBER, params=(rational(rest),)), (), exponent - whole)]


def _take_out(value: int, degree: int) -> tuple[int, int]:
    """Split a positive integer into (outside, inside) with value = outside**degree * inside."""
    outside, inside, divisor = 1, value, 2
    if value > _SMALL:
        root = isqrt(value) if degree == 2 else round(value ** (1 / degree))
        return (root, 1) if root**degree == value else (1, value)
    while divisor**degree <= inside:
        while inside % divisor**degree == 0:
            inside //= divisor**degree
            outside *= divisor
        divisor += 1
    return outside, inside


def _grouped_power(value: Poly, exponent: Rational) -> Poly:
    inner, kept = without_unused(value)
    outside = _denominators(inner, exponent)
    if outside:
        cleared = monomial(inner.shape, _inverted(outside), 1, {})
        terms = [poly(inner.shape, {mono: times}) for mono, times in inner.terms]
        whole = power(add([multiply(cleared, term) for term in terms]), exponent)
        below = list(_powers(outside, exponent))
        return contract(value.shape, [(whole, kept)], {}, _spread(below, kept))
    content = _content(inner) if inner.terms else 1
    if not isinstance(exponent, int):
        content = abs(content)
    known, roots = number_power(content, exponent) if content > 0 or isinstance(exponent, int) else (1, [])
    if roots:
        known, roots, content = 1, [], 1
    inner = scale(inner, Fraction(1) / content)
    base = atom(GROUP, shape=inner.shape, args=(inner,))
    return monomial(value.shape, [Factor(base, kept, exponent)], known, {})


def _denominators(value: Poly, exponent: Rational) -> list[Factor]:
    """Return what the terms of a sum divide by, even powers only where a root is taken."""
    lowest: dict[tuple[Atom, Indices], Rational] = {}
    for mono, _ in value.terms:
        if mono.bound:
            continue
        for base, index, times in mono.factors:
            if times < 0 and isinstance(times, int) and base.kind != GROUP:
                lowest[base, index] = min(times, lowest.get((base, index), 0))
    found = []
    for (base, index), times in lowest.items():
        even = times if isinstance(exponent, int) or is_nonnegative(base) else times - times % 2
        found.append(Factor(base, index, even))
    return found


def _inverted(factors: Iterable[Factor]) -> Iterator[Factor]:
    for base, index, exponent in factors:
        yield Factor(base, index, -exponent)


def _spread(factors: Iterable[Factor], kept: Sequence[int]) -> Iterator[Factor]:
    """Give factors on some axes the labels of the whole."""
    mapping = dict(enumerate(kept))
    for base, index, exponent in factors:
        yield Factor(base, tuple(indices.substitute(i, mapping) for i in index), exponent)


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


def is_constant(value: Poly) -> bool:
    """Tell whether a tensor is one rational number throughout."""
    return as_number(value) is not None
