"""What a formula in LaTeX is to be, which decides where it could mean several things."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass, field

from symback.language.latex.bounds import Lengths
from symback.language.tree import Expression


@dataclass(frozen=True, slots=True)
class Wanted:
    """What a formula is to be: one entry with these indices, or an array of so many axes.

    A left side, `\\delta_2 = ...`, must be one of `names`, written as in the language and
    0-based; without names there is none. `size` is that of identities of which nothing else tells.
    Index letters that no sum binds must come in alphabetical order if this is `strict`.
    """

    indices: Sequence[str] = ()
    axes: int = 0
    names: Collection[str] = ()
    size: Expression | None = None
    strict: bool = False
    lengths: Lengths = field(default_factory=dict)
    """Lengths of axes, which tell what a sum from 1 is where indices count from 0."""
    fits: Callable[[Expression], bool] | None = None
    """Tells whether a reading can be meant, where there are several."""
    right: Callable[[Expression], bool] = lambda tree: False
    """Tells whether a reading is what is asked for, where several can be meant."""
    dims: Collection[str] = ()
    """The names of lengths."""
    agree: Callable[[Expression, Expression], bool] | None = None
    """Tells whether two formulas that are said to be equal have one value."""
