"""Which names a problem declares, and whether every name in its formulas is one of them."""

from __future__ import annotations

import keyword
import re
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field
from itertools import count, islice

from symback.errors import Place, Span, SymbackError
from symback.language import parse, walk
from symback.language.faults import ELSEWHERE
from symback.language.tree import Call, Expression, Name, Number
from symback.problem.derived import readings
from symback.problem.faults import Faults, shortened
from symback.problem.model import ArrayFile, Formula, Problem, Value
from symback.problem.nodes import Items, Node, Scalar

#: Names with a meaning of their own.
CONSTANTS = frozenset(("pi",))
#: Called like functions, but part of the language of problems.
OPERATORS = frozenset(("grad",))
#: The names of an unnamed scalar and of an unnamed array that derivatives are asked of.
UNNAMED = ("L", "F")


def free_names(name: str, taken: Collection[str]) -> Iterator[str]:
    """Yield `name`, or `name1`, `name2` ...: without end, and without names that are taken."""
    numbered = (f"{name}{k or ''}" for k in count())
    return (one for one in numbered if one not in taken)


def check_name(key: Scalar, faults: Faults) -> bool:
    """Note a key that cannot be a name; return whether it can."""
    text = key.text
    try:
        tree = parse(text)
    except SymbackError as error:
        hint = error.diagnostics[0].hint if error.diagnostics[0].code in ("E201", "E205") else None
        _refuse(key, hint, faults)
        return False
    if not isinstance(tree, Name) or tree.id != text:
        _refuse(key, None, faults)
        return False
    if text in CONSTANTS:
        hint = "choose another name"
        faults.add("E230", f"`{text}` is a constant already", key.place(), hint)
        return False
    return True


_NAME_RULE = "a name has Latin and Greek letters, digits and `_`, and begins with a letter"


def _refuse(key: Scalar, hint: str | None, faults: Faults) -> None:
    """Note that a key is not a name, with one that resembles it."""
    text = key.text
    joined = re.sub(r"\W+", "_", text.replace("'", "_prime")).strip("_")
    if text.isidentifier() and text.isascii():
        hint = hint or "it is a word of the language: choose another name"
    elif joined.isidentifier() and joined.isascii() and not keyword.iskeyword(joined):
        hint = hint or f"write `{joined}`"
    faults.add("E230", f"`{shortened(text)}` is not a name", key.place(), hint or _NAME_RULE)


@dataclass(frozen=True, slots=True)
class Use:
    """One formula of the file and the names that it may use beyond the declared ones."""

    tree: Expression
    node: Formula | Node | None
    constant: bool = False
    """Whether only constants and dimensions may occur."""
    unnamed: tuple[str, ...] = ()
    """What an expression without a name may be called in names of derivatives."""

    def place(self, span: Span | None) -> Place | None:
        """Return where a part of the formula stands."""
        return self.node.place(span) if self.node is not None else None


@dataclass(slots=True)
class Scope:
    """The names of one file: what is declared, and what formulas may call."""

    given: Collection[str]
    steps: Collection[str]
    dims: Collection[str]
    functions: Collection[str] = ()
    declared: frozenset[str] = field(init=False)

    def __post_init__(self) -> None:
        self.declared = frozenset((*self.given, *self.steps, *self.dims))

    def check(self, use: Use, faults: Faults) -> None:
        """Note every undefined name and unknown function of one formula, each once."""
        allowed = frozenset(self.dims) if use.constant else self.declared
        seen: set[str] = set()
        for node in walk(use.tree):
            if isinstance(node, Name) and node.id not in allowed and node.id not in seen:
                seen.add(node.id)
                self._name(node, use, faults)
            elif isinstance(node, Call) and self.functions:
                self._call(node, use, faults)

    def _name(self, node: Name, use: Use, faults: Faults) -> None:
        name = node.id
        if name in CONSTANTS:
            return
        place = use.place(node.span)
        if use.constant:
            hint = "write numbers, `pi` and dimensions; formulas belong into `define`"
            faults.add("E237", f"a given value cannot use the name `{name}`", place, hint)
            return
        found = readings(name, self.declared, use.unnamed)
        if len(found) > 1:
            hint = "rename one of the names in it"
            faults.add("E235", f"`{name}` can be read as more than one derivative", place, hint)
        elif not found:
            faults.add("E232", f"`{name}` is not defined", place, self._near(name, faults))

    def _near(self, name: str, faults: Faults) -> str:
        if name in self.functions:
            return f"`{name}` is a function: write `{name}(...)`"
        if name == "e" and "exp" in self.functions:
            return "write `exp(x)`, and `exp(1)` for the number"
        derived = re.fullmatch(r"d(\w+?)_d(\w+)", name)
        missing = (
            [part for part in derived.groups() if part not in self.declared] if derived else ()
        )
        if len(missing) == 1:
            return f"it would be a derivative, but `{missing[0]}` is not declared"
        near = faults.near(name, self.declared)
        return near or f"declare `{name}` in `given` or `define`"

    def _call(self, node: Call, use: Use, faults: Faults) -> None:
        name = node.function
        if name in self.functions or name in OPERATORS:
            return
        place = use.place(_name_span(node))
        if name in self.declared:
            hint = f"write `{name}*(...)` for a product, `{name}[...]` for an entry"
            faults.add("E233", f"`{name}` is a value, not a function", place, hint)
            return
        near = ELSEWHERE.get(name) or faults.near(name, (*self.functions, *OPERATORS))
        hint = near or "`symback functions` lists the functions"
        faults.add("E233", f"there is no function `{name}`", place, hint)


def _name_span(node: Call) -> Span | None:
    if node.span is None:
        return None
    return Span(node.span.start, node.span.start + len(node.function))


def uses(problem: Problem) -> Iterator[Use]:
    """Yield every formula of a problem that names are checked in."""
    for given in problem.given.values():
        if given.value is not None and not isinstance(given.value, ArrayFile):
            leaves = _leaves(given.value, given.node)
            yield from (Use(tree, node, constant=True) for tree, node in leaves)
    for step in problem.define.values():
        yield Use(step.formula.tree, step.formula)
    for request in problem.find:
        formulas = [*(request.targets or ()), *(request.wrt or ())]
        formulas += [f for f in (request.cotangent, request.tangent, request.vector) if f]
        formulas += [e.key for e in request.expect if e.key is not None]
        declared = {*problem.given, *problem.define, *problem.dims}
        number = len(request.targets or ()) or 1
        unnamed = tuple(one for n in UNNAMED for one in islice(free_names(n, declared), number))
        yield from (Use(formula.tree, formula, unnamed=unnamed) for formula in formulas)
        for expectation in request.expect:
            leaves = _leaves(expectation.value, expectation.node)
            yield from (Use(tree, node, unnamed=unnamed) for tree, node in leaves)


def _leaves(value: Value, node: Node | None) -> Iterator[tuple[Expression, Node | None]]:
    """Yield the entries of a value that are more than a number, and where they stand."""
    stack = [(value, node)]
    while stack:
        entry, where = stack.pop()
        if isinstance(entry, tuple):
            rows = where.items if isinstance(where, Items) else (where,) * len(entry)
            stack.extend(zip(reversed(entry), reversed(rows), strict=True))
        elif not isinstance(entry, Number):
            yield entry, where


def check_clashes(
    given: Mapping[str, Scalar],
    steps: Mapping[str, Scalar],
    dims: Collection[str],
    faults: Faults,
) -> None:
    """Note names declared twice, in two places or as what another name's derivative is called."""
    for name in sorted(set(given) & set(steps)):
        message = f"`{name}` is declared in `given` and in `define`"
        faults.add("E231", message, steps[name].place(), "rename one of them")
    keys = {**given, **steps}
    for name in sorted(set(keys) & set(dims)):
        message = f"`{name}` is a dimension and the name of a value"
        faults.add("E231", message, keys[name].place(), "rename one of them")
    declared = {*keys, *dims}
    for name, key in keys.items():
        if readings(name, declared):
            message = f"`{name}` is the name of a derivative here"
            faults.add("E235", message, key.place(), "rename it")
