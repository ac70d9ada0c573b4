"""What a drawing of the computational graph shows: steps, cotangents of all, local slopes."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace

from symback.errors import SymbackError
from symback.explain.deriving.graph import program_of
from symback.explain.deriving.requests import Scope, Target, Wrt, structured
from symback.explain.drawing.factors import local_factors
from symback.explain.drawing.paths import Edge, Slope, local_slopes
from symback.explain.evaluating.values import Quantities
from symback.explain.solution import Line, Result, Solution
from symback.functions import table
from symback.language import names
from symback.language.tree import Expression, Name
from symback.notation.derivation import uses_of
from symback.problem.model import Request
from symback.tensor.poly import Poly, number

#: In larger graphs only the cotangents that the solution has anyway are shown.
MAX_DERIVED = 150

_REVERSE = ("gradient", "vjp")
_DERIVED = (*_REVERSE, "jacobian", "jvp", "hessian", "hvp")


@dataclass(frozen=True, slots=True)
class Diagram:
    """A part of the graph of a solution.

    `given` and `steps` are in the order of the file. `cotangents` are those of `scalar`, by node;
    `signals` what their formulas use besides the nodes, each after what it uses. `slopes` are the
    local derivatives between scalars, `factors` those where an array stands at an end.
    """

    given: tuple[Line, ...]
    steps: tuple[Line, ...]
    scalar: str = ""
    cotangents: Mapping[str, Line] = field(default_factory=dict)
    signals: tuple[Line, ...] = ()
    slopes: Mapping[Edge, Slope] = field(default_factory=dict)
    factors: Mapping[Edge, Expression | None] = field(default_factory=dict)


def diagram_of(solution: Solution, of: str | None = None) -> Diagram:
    """Return the graph of what `of` depends on; of everything without it.

    Cotangents are those of what the problem differentiates, else of `of`, else of the scalar
    written last; there are none where no scalar is to be found.
    """
    steps = (*solution.forward, *_targets(solution))
    given, kept = _below(of, _without_directions(solution, steps), steps)
    diagram = Diagram(given, kept)
    if any(not line.shape for line in kept):
        diagram = replace(diagram, slopes=local_slopes(solution.problem))
    if len(given) + len(kept) <= MAX_DERIVED:
        diagram = replace(diagram, factors=local_factors(solution.problem, table()))
    try:
        return _with_cotangents(diagram, solution, of)
    except SymbackError:
        return _known_cotangents(diagram, solution, of)


def _targets(solution: Solution) -> tuple[Line, ...]:
    """Return expressions that are differentiated without being steps, as steps."""
    found: dict[str, Line] = {}
    known = {line.name for line in (*solution.given, *solution.forward)}
    for result in solution.results:
        if result.kind in _DERIVED and result.of not in known:
            found.setdefault(result.of, Line(result.of, result.target, ()))
    return tuple(found.values())


def _without_directions(solution: Solution, steps: Sequence[Line]) -> tuple[Line, ...]:
    """Return what is given but for cotangents and tangents, which no step uses."""
    named: set[str] = set()
    for request in (one.request for one in solution.results):
        if request is not None:
            ways = (request.cotangent, request.tangent, request.vector)
            named.update(name for one in ways if one is not None for name in names(one.tree))
    named.difference_update(name for line in steps for name in names(line.formula))
    return tuple(line for line in solution.given if line.name not in named)


def _below(
    of: str | None, given: tuple[Line, ...], steps: tuple[Line, ...]
) -> tuple[tuple[Line, ...], tuple[Line, ...]]:
    """Return those of the given values and steps that `of` depends on."""
    uses = {line.name: names(line.formula) for line in steps}
    if of not in uses:
        return given, steps
    seen = {of}
    stack = [of]
    while stack:
        for name in uses.get(stack.pop(), frozenset()) - seen:
            seen.add(name)
            stack.append(name)
    return (
        tuple(line for line in given if line.name in seen),
        tuple(line for line in steps if line.name in seen),
    )


def _with_cotangents(diagram: Diagram, solution: Solution, of: str | None) -> Diagram:
    """Derive the cotangents of all nodes at once and evaluate them."""
    lines = (*diagram.given, *diagram.steps)
    if len(lines) > MAX_DERIVED:
        return _known_cotangents(diagram, solution, of)
    scope = Scope(solution.problem, program_of(solution.problem, table()))
    found = _differentiated(scope, solution, of)
    if found is None:
        return diagram
    target, seed, scalar = found
    leaves = {
        line.name: scope.program.leaves[line.name]
        for line in lines
        if line.name in scope.program.leaves
    }
    derivation = scope.derivation(scalar)
    pulled = derivation.pull_back(
        target.value, seed, leaves.values(), lambda step: f"d{scalar}_d{step}"
    )
    signals = {
        step.name: Line(step.name, derivation.reader.defined(step.value), step.value.shape)
        for step in derivation.steps
    }
    cotangents = {}
    for name, leaf in leaves.items():
        value = structured(pulled[leaf], Wrt(name, leaf), scope)
        key = f"d{scalar}_d{name}"
        if key in signals:
            cotangents[name] = signals[key]
        elif value.terms and not (name == scalar == target.name):
            tree = derivation.read(derivation.shortest(value))
            cotangents[name] = Line(key, tree, value.shape, of=name)
    diagram = replace(
        diagram, scalar=scalar, cotangents=cotangents, signals=tuple(signals.values())
    )
    return _evaluated(diagram, solution, scope)


def _differentiated(
    scope: Scope, solution: Solution, of: str | None
) -> tuple[Target, Poly, str] | None:
    """Return what is differentiated, its cotangent, and the name of the scalar.

    Of several, that which depends on most.
    """
    best: tuple[Target, Poly, str] | None = None
    most = -1
    for request in _reverse_requests(solution.results):
        for target in scope.targets(request):
            reach = len(uses_of([target.value], scope.program.definitions))
            if of not in (None, target.name) or reach <= most:
                continue
            seed = number(1)
            if request.verb == "vjp":
                seed = scope.direction(request.cotangent, target.value, "cotangent")
            best, most = (target, seed, target.scalar), reach
    return best or _scalar(scope, solution, of)


def _scalar(scope: Scope, solution: Solution, of: str | None) -> tuple[Target, Poly, str] | None:
    """Return the gradient of `of`, or of the scalar written last."""
    scalars = [name for name in solution.problem.define if not scope.program.tensors[name].shape]
    name = of if of is not None else next(reversed(scalars), None)
    if name not in scalars:
        return None
    return Target(name, scope.program.tensors[name], Name(name), name), number(1), name


def _reverse_requests(results: Iterable[Result]) -> list[Request]:
    requests = {id(one.request): one.request for one in results if one.kind in _REVERSE}
    return [request for request in requests.values() if request is not None]


def _evaluated(diagram: Diagram, solution: Solution, scope: Scope) -> Diagram:
    """Return the diagram with the values of cotangents and of steps that had none."""
    quantities = Quantities(solution.problem, scope.program)
    for line in (*solution.forward, *diagram.steps, *diagram.signals, *diagram.cotangents.values()):
        quantities.define(line.name, line.formula)
    values = quantities.evaluate()

    def valued(line: Line) -> Line:
        return line if line.value is not None else replace(line, value=values.get(line.name))

    return replace(
        diagram,
        steps=tuple(map(valued, diagram.steps)),
        signals=tuple(map(valued, diagram.signals)),
        cotangents={name: valued(line) for name, line in diagram.cotangents.items()},
    )


def _known_cotangents(diagram: Diagram, solution: Solution, of: str | None) -> Diagram:
    """Return the diagram with the cotangents that the solution has, of the first scalar."""
    results = [one for one in solution.results if one.kind in _REVERSE and len(one.wrt) == 1]
    results = [one for one in results if of in (None, one.of)]
    if not results:
        return diagram
    scalar = results[0].name[1 : -len(f"_d{results[0].wrt[0]}")]
    kept = {line.name for line in (*diagram.given, *diagram.steps)}
    lines = [line for line in solution.backward if line.name == f"d{scalar}_d{line.of}"]
    lines += [
        Line(one.name, one.closed_form, one.shape, one.value, of=one.wrt[0])
        for one in results
        if one.name == f"d{scalar}_d{one.wrt[0]}"
    ]
    cotangents = {line.of: line for line in lines if line.of in kept}
    return replace(diagram, scalar=scalar, cotangents=cotangents)
