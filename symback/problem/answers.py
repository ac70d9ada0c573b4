"""One answer of a person: kept as written, and read as mathematics where it is judged."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TypeAlias

from symback.errors import Diagnostic, InputError, Place, SymbackError
from symback.language.tree import Expression
from symback.problem.faults import Faults
from symback.problem.formulas import Reader
from symback.problem.model import Formula, Tolerance, Value
from symback.problem.nodes import Items, Node, Scalar
from symback.problem.requests import read_key

#: An answer as written: one text, or nested tuples of texts.
Written: TypeAlias = "str | tuple[Written, ...]"


@dataclass(frozen=True, slots=True)
class Answer:
    """One line of a sheet: the quantity, without its part, and what was written for it."""

    key: Scalar = field(repr=False)
    node: Node = field(repr=False)
    part: str | None = None
    means: str | None = None
    points: Expression | None = None
    tolerance: Tolerance | None = None

    @property
    def quantity(self) -> str:
        """What is answered, as written: `dL_dz2`, `W2[1,1]`, or a name of the person's own."""
        return self.key.text.strip()

    @property
    def written(self) -> Written:
        """The answer as written."""
        return _written(self.node)

    @property
    def place(self) -> Place:
        """Where the answer stands."""
        return self.node.place()

    @property
    def latex(self) -> str | None:
        """What stands between `$...$`, if the answer is LaTeX."""
        text = self.node.text.strip() if isinstance(self.node, Scalar) else ""
        bare = text.strip("$").strip()
        return bare if bare and text[0] == "$" == text[-1] else None


def _written(node: Node) -> Written:
    if isinstance(node, Scalar):
        return node.text
    return tuple(_written(item) for item in node.items) if isinstance(node, Items) else ""


def answer_value(answer: Answer, index_base: int = 0) -> Value:
    """Return the numbers or expressions of an answer that is not LaTeX.

    Raises: InputError or LimitError, with places, for what cannot be read.
    """
    faults = Faults()
    value = Reader(faults, index_base).value(answer.node, "answer")
    if value is None:
        raise _unread(faults, answer)
    return value


def answer_reference(answer: Answer, index_base: int) -> Formula:
    """Return the name, component or slice that an answer is about.

    Raises: InputError or LimitError, with places, for a quantity of another form.
    """
    faults = Faults()
    _, formula = read_key(answer.key, Reader(faults, index_base))
    if formula is None:
        raise _unread(faults, answer)
    return formula


def _unread(faults: Faults, answer: Answer) -> SymbackError:
    """Return the error that says why an answer is not understood."""
    return faults.error() or InputError(
        Diagnostic("E111", "the answer is no expression", place=answer.place)
    )
