"""Powers of tensors, entry by entry, for real numbers: roots of squares are absolute values."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from fractions import Fraction
from math import isqrt

from symback.tensor import indices
from symback.tensor.algebra import (
    content_of,
    contract,
    group,
    monomial,
    multiply,
    without_unused,
)
from symback.tensor.indices import Indices
from symback.tensor.monomial import independent, inverted
from symback.tensor.poly import (
    CONDITIONS,
    CONSTANT,
    DIM,
    FUNCTION,
    GROUP,
    MAX_BITS,
    NUMBER,
    Atom,
    Factor,
    Poly,
    Rational,
    add,
    atom,
    from_atom,
    number,
    poly,
    rational,
    scale,
    too_long,
)
from symback.tensor.ranges import outside

#: Integers up to this are factorised when a root of them is taken.
_SMALL = 1 << 20
#: Of larger integers only square roots are sought: a float64 cannot hold them.
LARGEST_FLOAT = 2**1000


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
    summed = range(rank, rank + len(bound))
    inner = [f for f in factors if any(k in summed for i in f.indices for k in indices.labels(i))]
    rest = [f for f in factors if f not in inner]
    parts = independent(inner, summed)
    if len(parts) < 2:
        return None
    for own, members in parts:
        sizes = {label: bound[label - rank] for label in own}
        base, content, kept = group(monomial(value.shape, members, 1, sizes))
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
    return "nonnegative" in base.facts


#: Elementwise functions without negative values.
NONNEGATIVE = frozenset(
    [
        "exp",
        "abs",
        "cosh",
        "sech",
        "sigmoid",
        "softplus",
        "relu",
        "step",
        "ndtr",
        "exp2",
        "exp10",
        "acosh",
        "gamma",
        "hypot",
        "relu6",
    ]
)


def number_power(base: Rational, exponent: Rational) -> tuple[Rational, list[Factor]]:
    """Return a rational to a rational power as a rational and a root: 8^(1/2) is 2 and 2^(1/2).

    Raises: LimitError E402 where that has more than `MAX_BITS` bits.
    """
    base = Fraction(base)
    bits = max(base.numerator.bit_length(), base.denominator.bit_length())
    if (bits - 1) * (exponent if exponent > 0 else -exponent) > MAX_BITS:
        raise too_long()
    if isinstance(exponent, int):
        return rational(base**exponent), []
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
    if degree >= value.bit_length() or (degree > 2 and value > LARGEST_FLOAT):
        return 1, value
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
        cleared = monomial(inner.shape, inverted(outside), 1, {})
        terms = [poly(inner.shape, {mono: times}) for mono, times in inner.terms]
        whole = power(add([multiply(cleared, term) for term in terms]), exponent)
        below = list(_powers(outside, exponent))
        return contract(value.shape, [(whole, kept)], {}, _spread(below, kept))
    content = content_of(inner) if inner.terms else 1
    if not isinstance(exponent, int):
        content = -content if content < 0 else content
    known: Rational = 1
    if content > 0 or isinstance(exponent, int):
        known, roots = number_power(content, exponent)
        if roots or not (isinstance(exponent, int) or _simplifies(inner, content)):
            known, content = 1, 1
    inner = scale(inner, Fraction(1) / content)
    base = atom(GROUP, shape=inner.shape, args=(inner,))
    return monomial(value.shape, [Factor(base, kept, exponent)], known, {})


def _simplifies(value: Poly, content: Rational) -> bool:
    """Tell whether the coefficients of a sum are shorter without their common factor."""
    own = [Fraction(times) for _, times in value.terms]
    return sum(map(_bits, own)) > sum(_bits(times / content) for times in own)


def _bits(value: Fraction) -> int:
    return value.numerator.bit_length() + value.denominator.bit_length()


def _denominators(value: Poly, exponent: Rational) -> list[Factor]:
    """Return what the terms of a sum divide by, even powers only where a root is taken.

    What is read beyond its axis, where its term is 0, is no denominator of the other terms.
    """
    lowest: dict[tuple[Atom, Indices], Rational] = {}
    for mono, _ in value.terms:
        if mono.bound:
            continue
        for base, index, times in mono.factors:
            if times >= 0 or not isinstance(times, int) or base.kind == GROUP:
                continue
            if not outside(Factor(base, index, times), value.shape, {}):
                lowest[base, index] = min(times, lowest.get((base, index), 0))
    found = []
    for (base, index), times in lowest.items():
        even = times if isinstance(exponent, int) or is_nonnegative(base) else times - times % 2
        found.append(Factor(base, index, even))
    return found


def _spread(factors: Iterable[Factor], kept: Sequence[int]) -> Iterator[Factor]:
    """Give factors on some axes the labels of the whole."""
    mapping = dict(enumerate(kept))
    for base, index, exponent in factors:
        yield Factor(base, tuple(indices.substitute(i, mapping) for i in index), exponent)
