"""The last resort for tensors of known size: one slice of the first axis after the other."""

from __future__ import annotations

from collections.abc import Callable

from symback.errors import Diagnostic, InputError
from symback.language.tree import Call, Expression
from symback.language.tree import Sequence as ListTree
from symback.notation.stacks import entry
from symback.tensor.algebra import monomial
from symback.tensor import indices
from symback.tensor.dims import Dim, show
from symback.tensor.poly import Monomial, Poly, add

#: Sums and stacks longer than this are not written out.
MAX_TERMS = 64


def unrolled(value: Poly, read: Callable[[Poly], Expression]) -> Expression:
    """Write a product without notation of its own as a stack of its slices, or as a long sum.

    Raises: InputError E320 where an axis has no known length or too many entries.
    """
    (mono, _) = value.terms[0]
    if mono.bound:
        return _summed(value, mono, read)
    if value.shape and isinstance(value.shape[0], int) and value.shape[0] <= MAX_TERMS:
        slices = tuple(read(entry(value, place)) for place in range(value.shape[0]))
        return Call("stack", (ListTree(slices),))
    raise _too_much(value)


def _summed(value: Poly, mono: Monomial, read: Callable[[Poly], Expression]) -> Expression:
    rank = len(value.shape)
    choices = [(size, k) for k, size in enumerate(mono.bound) if isinstance(size, int)]
    if not choices:
        raise _too_much(value)
    size, k = min(choices)
    if size > MAX_TERMS:
        raise _too_much(value)
    parts = []
    for place in range(size):
        names: dict[int, indices.Index] = {rank + k: indices.constant(place)}
        bound: dict[int, Dim] = {rank + n: s for n, s in enumerate(mono.bound) if n != k}
        factors = [
            f._replace(indices=tuple(indices.substitute(i, names) for i in f.indices))
            for f in mono.factors
        ]
        parts.append(monomial(value.shape, factors, 1, bound))
    return read(add(parts))


def _too_much(value: Poly) -> InputError:
    message = f"no closed form is known for a product of shape {show(value.shape)}"
    return InputError(Diagnostic("E320", message, "give its dimensions values"))


