"""From a checked problem to a program of tensors; every fault of shape or meaning at once."""

from __future__ import annotations

from collections.abc import Callable, Container, Mapping
from functools import partial

from symback.calculus.elaborate import Elaborator, differentiates
from symback.calculus.program import Program
from symback.errors import Diagnostic, InputError, LimitError, SymbackError
from symback.explain.naming.cutting import cut
from symback.explain.naming.letters import letters
from symback.functions.entry import Function
from symback.language import fold, is_sum, names, operands, parse, substitute, walk
from symback.language.tree import (
    Binary,
    Call,
    Expression,
    Literal,
    Name,
    Negate,
    Number,
    Sequence,
    Slice,
)
from symback.notation.derivation import Derivation
from symback.problem.derived import readings
from symback.problem.facts import implied
from symback.problem.model import ArrayFile, Formula, Given, Problem, Request, Step, Value, place_of
from symback.tensor.dims import Dim, Shape, dim
from symback.tensor.poly import Poly, number


def program_of(
    problem: Problem,
    functions: Mapping[str, Function],
    guarded: bool = False,
    opened: Container[str] = (),
) -> Program:
    """Return the problem's given values and steps as tensors.

    With `guarded`, derivatives follow the conventions at kinks, those in steps too. Other steps
    are made of what the steps named in `opened` are, not of their names.
    Raises: InputError with all faults of the steps, each with its place.
    """
    program = Program(functions, dict(problem.dims), guarded=guarded)
    faults: list[Diagnostic] = []
    for given in problem.given.values():
        with_place(partial(_give, program, given), given, faults)
    broken: set[str] = set()
    for step in in_order(problem):
        tree = formula_of(problem, step.name)
        if names(tree) & broken:
            broken.add(step.name)
            continue
        taken = {*problem.given, *problem.define}
        if not with_place(partial(_define, program, step, tree, taken), step, faults):
            broken.add(step.name)
        elif step.name in opened:
            program.open(step.name)
    if faults:
        raise InputError(faults)
    return program


def with_place(
    work: Callable[[], object], item: Step | Given | Formula | Request, faults: list[Diagnostic]
) -> bool:
    """Do some work; note the faults that it raises with their places; tell if there are none.

    Raises: LimitError with its place; no more work is done then.
    """
    try:
        work()
    except LimitError as error:
        raise LimitError(placed(diagnostic, item) for diagnostic in error.diagnostics) from error
    except SymbackError as error:
        faults.extend(placed(diagnostic, item) for diagnostic in error.diagnostics)
        return False
    return True


def placed(diagnostic: Diagnostic, item: Step | Given | Formula | Request) -> Diagnostic:
    """Return a fault with its place in the file."""
    if diagnostic.place is not None:
        return diagnostic
    place = place_of(item, diagnostic.span)
    return diagnostic if place is None else diagnostic.at(place)


def _give(program: Program, given: Given) -> None:
    shape = shape_of(program, given)
    program.give(given.name, shape, implied(given.facts))


def shape_of(program: Program, given: Given) -> Shape:
    """Return a given value's shape, from its declaration or its value."""
    if given.shape is not None:
        return tuple(length(one) for one in given.shape)
    if isinstance(given.value, ArrayFile):
        return given.value.shape
    return _value_shape(program, given.value)


def _value_shape(program: Program, value: Value | None) -> Shape:
    if value is None:
        return ()
    if isinstance(value, tuple):
        return (len(value), *(_value_shape(program, value[0]) if value else ()))
    return Elaborator(program.functions, {}, program.dims)(value).shape


def length(one: int | str) -> Dim:
    """Read a length as the problem file has it."""
    if isinstance(one, int):
        return one

    def combine(node: Expression, parts: list[Dim]) -> Dim:
        match node:
            case Number(value):
                return int(value)
            case Name(id):
                return dim(id)
            case Negate():
                return -parts[0]
            case Binary("+"):
                return parts[0] + parts[1]
            case Binary("-"):
                return parts[0] - parts[1]
            case _:
                return parts[0] * parts[1]

    return fold(parse(one), combine)


def in_order(problem: Problem) -> list[Step]:
    """Return the steps so that each stands after those that it uses."""
    define = problem.define
    order: list[Step] = []
    state: dict[str, bool] = {}
    place = {name: k for k, name in enumerate(define)}
    for root in define:
        stack = [root]
        while stack:
            name = stack[-1]
            if name in state:
                stack.pop()
                if not state[name]:
                    state[name] = True
                    order.append(define[name])
                continue
            state[name] = False
            used = [n for n in names(formula_of(problem, name)) if n in place and n not in state]
            stack.extend(sorted(used, key=lambda n: place[n]))
    return order


def formula_of(problem: Problem, name: str) -> Expression:
    """Return a step's formula, with `dL_dW` written as `grad(L, W)` where it is no name itself."""
    tree = problem.define[name].formula.tree
    unknown = {n for n in names(tree) if n not in problem.given and n not in problem.define}
    unknown -= problem.dims.keys()
    if not unknown:
        return tree
    declared = {*problem.given, *problem.define}
    derived: dict[str, Expression] = {}
    for used in unknown:
        found = readings(used, declared)
        if len(found) == 1 and len(found[0].wrt) == 1 and found[0].along is None:
            derived[used] = Call("grad", (Name(found[0].of), Name(found[0].wrt[0])))
    return substitute(tree, derived) if derived else tree


def spelled(problem: Problem, program: Program) -> dict[str, Expression]:
    """Return the steps' formulas in the order of computation, derivatives in them written out."""
    formulas = {}
    for step in in_order(problem):
        tree = formula_of(problem, step.name)
        if differentiates(tree):
            definition = program.definitions[program.leaves[step.name]]
            tree = Derivation(program).reader.defined(definition)
        formulas[step.name] = tree
    return formulas


def _define(program: Program, step: Step, tree: Expression, taken: Container[str]) -> None:
    def gradient(scalar: Poly, name: str) -> Poly:
        if name not in program.leaves:
            raise InputError(Diagnostic("E303", f"`{name}` is not defined"))
        base = program.leaves[name]
        derivation = Derivation(program)
        held = frozenset(program.leaves.values())
        return derivation.pull_back(scalar, number(1), [base], held=held)[base]

    elaborate = Elaborator(
        program.functions,
        program.tensors,
        program.dims,
        program.known,
        gradient,
        program.spelled,
    )

    def part(inner: Expression) -> Expression:
        value = elaborate(inner)
        some = letters(len(value.shape))
        names_ = (taken, program.tensors, program.dims)
        name = next(name for name in some if not any(name in known for known in names_))
        program.parts.append(name)
        program.define(name, value)
        return Name(name, inner.span)

    try:
        value = elaborate(cut(tree, part))
    except InputError as error:
        raise InputError(_faults_within(elaborate, tree) or error.diagnostics) from error
    program.define(step.name, value)


def _faults_within(elaborate: Elaborator, tree: Expression) -> list[Diagnostic]:
    """Return the faults of all parts of a formula that do not rest on a faulty part."""
    found: list[Diagnostic] = []
    broken: set[int] = set()
    inside = {id(node.left) for node in walk(tree) if isinstance(node, Binary) and is_sum(node)}
    for node in walk(tree):
        if any(id(part) in broken for part in operands(node)):
            broken.add(id(node))
        elif not isinstance(node, Literal | Sequence | Slice) and not (
            is_sum(node) and id(node) in inside
        ):
            try:
                elaborate(node)
            except InputError as error:
                broken.add(id(node))
                found.extend(error.diagnostics)
    return list(dict.fromkeys(found))
