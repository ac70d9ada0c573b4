"""Vectors of three differences of products read as vector products: `cross(a, b)`."""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction
from itertools import permutations

from symback.functions.forms.entries import cross
from symback.language.tree import Call, Expression
from symback.notation.writing import trees
from symback.tensor.poly import Poly, from_atom, rational, scale

#: A vector product has six terms.
TERMS = 6


def crossed(value: Poly, read: Callable[[Poly], Expression]) -> Expression | None:
    """Return a multiple of a vector product of two atoms as such, None for other tensors."""
    if value.shape != (3,) or len(value.terms) != TERMS:
        return None
    atoms = {f.atom: None for mono, _ in value.terms for f in mono.factors if f.atom.shape == (3,)}
    for left, right in permutations(atoms, 2):
        whole = cross(from_atom(left), from_atom(right))
        if len(whole.terms) != TERMS:
            continue
        times = rational(Fraction(value.terms[0][1]) / Fraction(whole.terms[0][1]))
        if times > 0 and scale(whole, times) is value:
            tree = Call("cross", (read(from_atom(left)), read(from_atom(right))))
            return trees.scaled(times, tree)
    return None
