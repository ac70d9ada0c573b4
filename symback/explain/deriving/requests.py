"""What is asked: each entry of `find` resolved against the program and derived."""

from __future__ import annotations

from dataclasses import dataclass, field

from symback.calculus.elaborate import Elaborator
from symback.calculus.program import Program
from symback.errors import Diagnostic, InputError, SymbackError
from symback.explain.deriving.structures import tied
from symback.functions.forms.shape import subscript
from symback.language.tree import Expression, Name, Slice, Subscript
from symback.notation.derivation import Derivation, uses_of
from symback.problem.model import Formula, Problem, Request
from symback.problem.names import UNNAMED, free_names
from symback.tensor.algebra import broadcast, contract
from symback.tensor.dims import NamedDim, Shape, show
from symback.tensor.poly import LEAF, Atom, Poly, as_atom, leaf


@dataclass(slots=True)
class Target:
    """One differentiated quantity: its tensor and what it is called.

    `scalar` is what the scalar is called whose gradient is asked: for a `vjp` another, unnamed one.
    """

    name: str
    value: Poly
    formula: Expression
    scalar: str


@dataclass(slots=True)
class Wrt:
    """One variable: its leaf, and the component or slice of it that is asked for, if not all."""

    text: str
    base: Atom
    items: tuple[Expression, ...] | None = None


@dataclass(slots=True)
class Derived:
    """One result as a tensor, still without closed form or number."""

    kind: str
    target: Target
    wrt: tuple[str, ...]
    name: str
    value: Poly
    request: Request
    whole: str | None = None


@dataclass(slots=True)
class Scope:
    """The program of one problem and the derivations made so far, one for each signal's name."""

    problem: Problem
    program: Program
    reader: Derivation = field(init=False)
    derivations: list[tuple[str | None, Derivation]] = field(default_factory=list)
    _signals: set[str] = field(default_factory=set)
    _counted: int = 0

    def __post_init__(self) -> None:
        self.reader = Derivation(self.program)

    def elaborate(self, formula: Formula | Expression) -> Poly:
        """Return a formula's tensor."""
        tree = formula.tree if isinstance(formula, Formula) else formula
        program = self.program
        elaborate = Elaborator(program.functions, program.tensors, program.dims, program.known)
        try:
            return elaborate(tree)
        except SymbackError as error:
            raise type(error)(_placed(one, formula) for one in error.diagnostics) from error

    def targets(self, request: Request) -> list[Target]:
        """Return what a request differentiates or evaluates, each under a name of its own."""
        if request.targets is None:
            return [self._default_target()]
        free = {name: free_names(name, self.program.tensors) for name in UNNAMED}
        scalars = free_names(UNNAMED[0], self.program.tensors)
        found = []
        for formula in request.targets:
            tree, value = formula.tree, self.elaborate(formula)
            name = tree.id if isinstance(tree, Name) else next(free["F" if value.shape else "L"])
            scalar = next(scalars) if request.verb == "vjp" else name
            found.append(Target(name, value, tree, scalar))
        return found

    def _default_target(self) -> Target:
        scalars = [name for name in self.problem.define if not self.program.tensors[name].shape]
        if not scalars:
            name, value = list(self.program.tensors.items())[-1]
            message = (
                "there is no scalar step whose gradient could be asked:"
                f" `{name}` has shape {show(value.shape)}"
            )
            hint = f"add `find:` with what is asked, such as `jacobian: {name}`"
            if ".T" in self.problem.define[name].formula.text:
                hint += "; the matrix product is `@`"
            raise InputError(Diagnostic("E307", message, hint))
        name = scalars[-1]
        return Target(name, self.program.tensors[name], Name(name), name)

    def wrt(self, request: Request, target: Target) -> list[Wrt]:
        """Return the variables of a request: those written, else all given that it depends on."""
        if request.wrt is not None:
            return [self._variable(formula) for formula in request.wrt]
        used = uses_of([target.value], self.program.definitions)
        return [
            Wrt(name, self.program.leaves[name])
            for name in self.problem.given
            if self.program.leaves[name] in used
        ]

    def _variable(self, formula: Formula) -> Wrt:
        match formula.tree:
            case Name(id) if id in self.program.leaves:
                return Wrt(id, self.program.leaves[id])
            case Subscript(Name(id), items) if id in self.program.leaves:
                return Wrt(formula.text, self.program.leaves[id], items)
            case _:
                message = f"`{formula.text}` is neither given nor a step"
                fault = Diagnostic("E303", message, "a second derivative is a `hessian`")
                raise InputError(_placed(fault, formula))

    def direction(self, formula: Formula | None, shape: Poly, what: str) -> Poly:
        """Return a cotangent, tangent or vector, checked against the shape it must have."""
        assert formula is not None
        value = self.elaborate(formula)
        if value.shape != shape.shape:
            fits = len(value.shape) <= len(shape.shape)
            if fits and not value.shape:
                return broadcast(value, shape.shape)
            if isinstance(formula.tree, Name) and self._same_sizes(value.shape, shape.shape):
                return leaf(formula.tree.id, shape.shape)
            message = f"the {what} has shape {show(value.shape)}, not {show(shape.shape)}"
            raise InputError(_placed(Diagnostic("E301", message), formula))
        return value

    def is_plain(self, wrt: Wrt) -> bool:
        """Tell whether the entries of a variable are independent."""
        given = self.problem.given.get(wrt.base.name)
        return given is None or given.structure is None

    def _same_sizes(self, own: Shape, wanted: Shape) -> bool:
        """Tell whether two shapes agree at the sizes that the values give the dimensions."""
        known = {name: size for name, size in self.program.dims.items() if size is not None}
        sizes = [
            tuple(one.at(known) if isinstance(one, NamedDim) else one for one in shape)
            for shape in (own, wanted)
        ]
        return sizes[0] == sizes[1] and None not in sizes[0]

    def signals(self) -> set[str]:
        """Return the names of all cotangents named so far."""
        while self._counted < len(self.derivations):
            self._signals.update(step.name for step in self.derivations[self._counted][1].steps)
            self._counted += 1
        return self._signals

    def derivation(self, signal: str | None) -> Derivation:
        """Return a new derivation whose named cotangents are those of `signal`."""
        found = Derivation(self.program)
        self.derivations.append((signal, found))
        return found


def _placed(fault: Diagnostic, formula: Formula | Expression) -> Diagnostic:
    """Return a fault of a formula with its place in the file."""
    place = formula.place(fault.span) if isinstance(formula, Formula) else None
    return fault if place is None else fault.at(place)


def select(value: Poly, wrt: Wrt, scope: Scope) -> Poly:
    """Pick the component or slice of a derivative that is asked for; its axes come last."""
    if wrt.items is None:
        return value
    lead = len(value.shape) - len(wrt.base.shape)
    elaborate = Elaborator(scope.program.functions, scope.program.tensors, scope.program.dims)
    items = [elaborate.item(item) for item in wrt.items]
    full = elaborate.item(Slice())
    return subscript(value, [*[full] * lead, *items])


def structured(value: Poly, wrt: Wrt, scope: Scope) -> Poly:
    """Apply what ties the entries of a given value."""
    given = scope.problem.given.get(wrt.base.name)
    if given is None or given.structure is None:
        return value
    return tied(value, given.structure)


def leaf_of(value: Poly) -> Atom | None:
    """Return the name that a tensor is, if it is one."""
    base = as_atom(value)
    return base if base is not None and base.kind == LEAF else None


def inner(left: Poly, right: Poly) -> Poly:
    """Return the sum of the products of all entries."""
    axes = tuple(range(len(left.shape)))
    return contract((), [(left, axes), (right, axes)], dict(enumerate(left.shape)))
