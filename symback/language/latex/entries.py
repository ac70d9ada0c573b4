r"""Sums of whole vectors over an index, `\sum_i r_i X_i`, as sums of their entries."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import count

from symback.language.latex.ranks import ELEMENTWISE, Ranks, rank
from symback.language.latex.sums import ARRAY, reduction
from symback.language.tree import (
    Binary,
    Call,
    Compare,
    Expression,
    Name,
    Negate,
    Slice,
    Subscript,
    Transpose,
)
from symback.language.walks import operands, rebuild, substitute

#: Index letters, without their backslash.
Letters = tuple[str, ...]


class Entries:
    """Takes entries of formulas; letters of its own begin with `#`."""

    def __init__(self, ndim: Ranks) -> None:
        self.ndim = ndim
        self._fresh = (f"#{number}" for number in count())

    def letters(self, axes: int) -> Letters:
        """Return new index letters."""
        return tuple(next(self._fresh) for _ in range(axes))

    def entry(self, tree: Expression, letters: Letters) -> Expression | None:
        """Return the entry of a formula at indices, None where that is not known."""
        axes = rank(tree, self.ndim)
        if isinstance(tree, Call) and tree.function == ARRAY:
            old = [name for _, name in tree.keywords]
            new = {
                name.id: Name("\\" + letter)
                for name, letter in zip(old, letters, strict=True)
                if isinstance(name, Name)
            }
            return substitute(tree.arguments[0], new)
        if axes is None or axes not in (0, len(letters)):
            return None
        if isinstance(tree, Name | Subscript):
            return self._component(tree, letters if axes else ())
        if isinstance(tree, Transpose):
            return self.entry(tree.value, letters[::-1] if axes else ())
        product = self._product(tree, letters)
        if product is not None:
            return product
        if isinstance(tree, Binary | Compare | Negate) or _is_elementwise(tree):
            return self._entrywise(tree, letters)
        return None if axes else tree

    def _component(self, tree: Name | Subscript, letters: Letters) -> Expression:
        if isinstance(tree, Name):
            items: Iterator[Expression] = iter(())
            value: Expression = tree
        else:
            items, value = iter(tree.items), tree.value
        waiting = iter(letters)
        found = [Name("\\" + next(waiting)) if isinstance(item, Slice) else item for item in items]
        found += [Name("\\" + letter) for letter in waiting]
        return Subscript(value, tuple(found)) if found else value

    def _product(self, tree: Expression, letters: Letters) -> Expression | None:
        """Return the entry of a product of arrays as a sum over what they share."""
        match tree:
            case Call("outer", (left, right)):
                sides = self.entry(left, letters[:1]), self.entry(right, letters[1:])
                return _times(*sides)
            case Call("dot", (left, right)):
                first = second = 1
            case Binary("@", left, right):
                first, second = rank(left, self.ndim) or 0, rank(right, self.ndim) or 0
            case _:
                return None
        (shared,) = self.letters(1)
        head, tail = letters[: first - 1], letters[first - 1 :]
        a = self.entry(left, (*head, shared))
        b = self.entry(right, (shared, *tail) if second > 1 else (shared,))
        inner = _times(a, b)
        return None if inner is None else reduction("sum", shared, (), inner)

    def _entrywise(self, tree: Expression, letters: Letters) -> Expression | None:
        found = []
        for part in operands(tree):
            axes = rank(part, self.ndim)
            if axes is None:
                return None
            one = self.entry(part, letters if axes else ())
            if one is None:
                return None
            found.append(one)
        return rebuild(tree, found)


def _times(left: Expression | None, right: Expression | None) -> Expression | None:
    return None if left is None or right is None else Binary("*", left, right)


def _is_elementwise(tree: Expression) -> bool:
    return isinstance(tree, Call) and tree.function in ELEMENTWISE
