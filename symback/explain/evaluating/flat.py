"""Norms that are 0: forms that follow a convention there have `where(norm != 0, ..., 0)`."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from symback.errors import SymbackError
from symback.explain.solution import Note
from symback.functions.entry import Function
from symback.functions.values.entries import Undefined, deciding
from symback.language import names, walk, write
from symback.language.tree import Call, Compare, Expression, Name, Number
from symback.numeric import EXACT, evaluate
from symback.numeric.value import Value


def flat_notes(
    forms: Iterable[tuple[str, Expression]],
    values: Mapping[str, Value],
    functions: Mapping[str, Function],
    kinks: Iterable[Note],
) -> Iterator[Note]:
    """Yield a note for every norm in a form's condition that is 0, unless `kinks` tell of it."""
    environment = {name: value.entries for name, value in values.items()}
    steps = {note.name for note in kinks if "norm" in note.message}
    for key, tree in forms:
        for norm in dict.fromkeys(_norms(tree)):
            told = norm.id in steps if isinstance(norm, Name) else bool(steps)
            valued = names(norm) <= environment.keys()
            if not told and valued and _is_zero(norm, environment, functions):
                yield Note("kink", key, f"`{write(norm)}` is 0 there: its gradient counts as 0")


def _norms(tree: Expression) -> Iterator[Expression]:
    for node in walk(tree):
        match node:
            case Call(
                "where", (Compare("!=", Name() | Call("norm") as norm, Number(0)), _, Number(0))
            ):
                yield norm


def _is_zero(
    norm: Expression, environment: Mapping[str, object], functions: Mapping[str, Function]
) -> bool:
    try:
        with deciding(final=True):
            value = evaluate(norm, environment, functions, EXACT)
    except SymbackError:
        return False
    return any(not isinstance(entry, Undefined) and entry == 0 for entry in value.flat)
