"""The one representation of tensors: canonical sums of indexed monomials.

    out[free] = sum over terms of  coefficient * sum over bound labels of  product of factors

A factor is an atom with an index for each of its axes and a rational exponent. Atoms are leaves
(variables, steps), functions of other sums, sums kept as one factor, and Iverson conditions.
Atoms and sums are interned: equal ones are the same object, compared and hashed by identity.
Theory: Laue, Mitterreiter, Giesen, "A Simple and Efficient Tensor Calculus", AAAI 2020.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from fractions import Fraction
from hashlib import blake2b
from typing import Any, NamedTuple, TypeAlias

from symback.errors import Diagnostic, LimitError
from symback.tensor.dims import Dim, Shape
from symback.tensor.indices import Affine, Index, Indices, sort_key
from symback.tensor.interned import Interned

Rational: TypeAlias = int | Fraction

LEAF, CONSTANT, NUMBER, DIM = "leaf", "constant", "number", "dim"
FUNCTION, PRIMITIVE, GROUP = "function", "primitive", "group"
DELTA, ONES, AT_LEAST = "delta", "ones", "at_least"
CONDITIONS = frozenset({DELTA, ONES, AT_LEAST})


class Atom:
    """A factor's base. `kind` says what it is:

    - LEAF: `name`, a variable or step; `facts` are its properties (`symmetric`, `positive` ...)
    - CONSTANT: `name`, such as pi; NUMBER: `params` = (rational,), under a root; DIM: (length,)
    - FUNCTION: `name` of an elementwise function of `args`, sums that all have the atom's axes
    - PRIMITIVE: `name` of an operation without index form, with `args` and `params`
    - GROUP: the sum `args[0]` as one factor
    - DELTA: [index = 0]; AT_LEAST: [index >= 0]; ONES: [0 <= index < size]
    """

    __slots__ = ("__weakref__", "_digest", "args", "facts", "kind", "name", "params", "shape")

    kind: str
    name: str
    shape: Shape
    args: tuple[Poly, ...]
    params: tuple[Any, ...]
    facts: frozenset[str]
    _digest: bytes | None

    @property
    def digest(self) -> bytes:
        """A hash of the structure: equal in every run, and the order of factors."""
        if self._digest is None:
            parts = (self.kind, self.name, self.shape, self.params)
            self._digest = _digest(*map(_plain, parts), *(arg.digest for arg in self.args))
        return self._digest

    def __repr__(self) -> str:
        inner = ", ".join(map(repr, (*self.args, *self.params)))
        return f"{self.name or self.kind}({inner})" if inner else self.name or self.kind


class Factor(NamedTuple):
    """`atom[indices] ** exponent`."""

    atom: Atom
    indices: Indices
    exponent: Rational


class Monomial(NamedTuple):
    """A product of factors, summed over its bound labels, whose lengths `bound` lists in order."""

    factors: tuple[Factor, ...]
    bound: tuple[Dim, ...]


class Poly:
    """A tensor of `shape` as a canonical sum; `terms` pairs each monomial with its coefficient."""

    __slots__ = ("__weakref__", "_digest", "shape", "terms")

    shape: Shape
    terms: tuple[tuple[Monomial, Rational], ...]
    _digest: bytes | None

    @property
    def digest(self) -> bytes:
        """A hash of the structure, equal in every run."""
        if self._digest is None:
            parts = [_plain(self.shape)]
            for mono, value in self.terms:
                parts += [_plain(str(value)), _plain(mono.bound)]
                parts += map(_factor_bytes, mono.factors)
            self._digest = _digest(*parts)
        return self._digest

    def __repr__(self) -> str:
        return " + ".join(f"{value}*{_show(mono)}" for mono, value in self.terms) or "0"


def _show(monomial: Monomial) -> str:
    shown = []
    for atom, indices, exponent in monomial.factors:
        subscript = ",".join(str(i) if isinstance(i, int) else _show_affine(i) for i in indices)
        shown.append(f"{atom!r}[{subscript}]" + (f"^{exponent}" if exponent != 1 else ""))
    return f"sum{monomial.bound}" * bool(monomial.bound) + "*".join(shown)


def _show_affine(index: Affine) -> str:
    return "+".join([str(index.const), *(f"{times}*{label}" for label, times in index.terms)])


#: Longer numbers are not written out: Python refuses more than 4,300 digits.
MAX_BITS = 14_000
SHORT = 1 << 64

_ATOMS: Interned[Atom] = Interned()
_POLYS: Interned[Poly] = Interned()


def _digest(*parts: bytes) -> bytes:
    """Hash structure, not identity: the order of atoms must not depend on the run."""
    return blake2b(b"\0".join((*parts, b"")), digest_size=10).digest()


def _plain(part: object) -> bytes:
    return repr(part).encode()


def atom(
    kind: str,
    name: str = "",
    shape: Shape = (),
    args: tuple[Poly, ...] = (),
    params: tuple[Any, ...] = (),
    facts: frozenset[str] = frozenset(),
) -> Atom:
    """Return the one atom with these fields."""
    key = (kind, name, shape, args, params, facts)
    found = _ATOMS.get(key)
    if found is None:
        found = Atom()
        found.kind, found.name, found.shape = kind, name, shape
        found.args, found.params, found.facts = args, params, facts
        found._digest = None
        _ATOMS.put(key, found)
    return found


def delta(index: Index) -> Factor:
    """Return the condition [index = 0]."""
    return Factor(atom(DELTA), (index,), 1)


def at_least(index: Index) -> Factor:
    """Return the condition [index >= 0]."""
    return Factor(atom(AT_LEAST), (index,), 1)


def within(index: Index, size: Dim) -> Factor:
    """Return the condition [0 <= index < size]."""
    return Factor(atom(ONES, params=(size,)), (index,), 1)


def poly(shape: Shape, terms: Mapping[Monomial, Rational]) -> Poly:
    """Return the one sum of canonical monomials; zero coefficients are dropped."""
    kept = [term for term in terms.items() if term[1]]
    if len(kept) > 1:
        kept.sort(key=_term_key)
    ordered = tuple(kept)
    key = (shape, ordered)
    found = _POLYS.get(key)
    if found is None:
        if any(map(_is_long, ordered)):
            raise too_long()
        found = Poly()
        found.shape, found.terms, found._digest = shape, ordered, None
        _POLYS.put(key, found)
    return found


def _is_long(term: tuple[Monomial, Rational]) -> bool:
    value = term[1]
    if value.__class__ is int and -SHORT < value < SHORT:
        return False
    return value.numerator.bit_length() > MAX_BITS or value.denominator.bit_length() > MAX_BITS


def too_long() -> LimitError:
    """Return the error for a number in a formula that is too long to be written out."""
    message = f"a number in a formula has more than {MAX_BITS:,} bits"
    return LimitError(Diagnostic("E402", message, "use smaller exponents, or a value for the base"))


def factor_key(factor: Factor) -> tuple[Any, ...]:
    """Order factors independently of the run and of the input's order."""
    base, index, exponent = factor
    return (base.digest, tuple([sort_key(i) for i in index]), exponent)


def _term_key(term: tuple[Monomial, Rational]) -> tuple[Any, ...]:
    return (len(term[0].bound), tuple(map(factor_key, term[0].factors)))


def _factor_bytes(factor: Factor) -> bytes:
    return factor[0].digest + repr((factor[1], str(factor[2]))).encode()


def rational(value: Rational) -> Rational:
    """Return an `int` where the value is whole."""
    if isinstance(value, Fraction) and value.denominator == 1:
        return value.numerator
    return value


def scale(value: Poly, times: Rational) -> Poly:
    """Return `times * value`."""
    if times == 1:
        return value
    return poly(value.shape, {mono: rational(c * times) for mono, c in value.terms})


def add(parts: Iterable[Poly]) -> Poly:
    """Return the sum of one or more tensors of the same shape."""
    parts = list(parts)
    if len(parts) == 1:
        return parts[0]
    total: dict[Monomial, Rational] = {}
    for part in parts:
        for mono, value in part.terms:
            total[mono] = rational(total.get(mono, 0) + value)
    return poly(parts[0].shape, total)


def zero(shape: Shape) -> Poly:
    """Return the tensor of zeros."""
    return poly(shape, {})


def number(value: Rational, shape: Shape = ()) -> Poly:
    """Return the tensor whose entries are all `value`."""
    return poly(shape, {Monomial((), ()): rational(value)})


def from_atom(base: Atom) -> Poly:
    """Return an atom as a tensor with the atom's own axes."""
    indices: tuple[Index, ...] = tuple(range(len(base.shape)))
    return poly(base.shape, {Monomial((Factor(base, indices, 1),), ()): 1})


def leaf(name: str, shape: Shape = (), facts: Iterable[str] = ()) -> Poly:
    """Return the variable or step `name`."""
    return from_atom(atom(LEAF, name, shape, facts=frozenset(facts)))


def as_atom(value: Poly) -> Atom | None:
    """Return the atom that `value` is, with its axes in order and nothing else, or None."""
    if len(value.terms) == 1:
        (factors, bound), coefficient = value.terms[0]
        if coefficient == 1 and len(factors) == 1 and not bound:
            base, indices, exponent = factors[0]
            whole = base.shape == value.shape and indices == tuple(range(len(base.shape)))
            if exponent == 1 and whole:
                return base
    return None


def as_number(value: Poly) -> Rational | None:
    """Return the rational that every entry is, or None."""
    if not value.terms:
        return 0
    if len(value.terms) == 1 and value.terms[0][0] == ((), ()):
        return value.terms[0][1]
    return None


def begins_negative(value: Poly) -> bool:
    """Tell whether the first term has a negative coefficient: odd functions take that sign out."""
    return bool(value.terms) and value.terms[0][1] < 0
