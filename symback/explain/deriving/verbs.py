"""One function a verb: from an entry of `find` to derivatives as tensors."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from symback.calculus.forward import push_forward
from symback.calculus.linear import mentions
from symback.calculus.program import ordered
from symback.calculus.reverse import pull_back
from symback.errors import Diagnostic, InputError
from symback.explain.deriving.requests import (
    Derived,
    Scope,
    Target,
    Wrt,
    inner,
    leaf_of,
    select,
    structured,
)
from symback.notation.derivation import Derivation
from symback.notation.unfolding import unfolded
from symback.problem.model import Request
from symback.tensor.algebra import transpose
from symback.tensor.dims import show
from symback.tensor.poly import Poly, as_atom, from_atom, leaf, number


def derive(scope: Scope, request: Request) -> Iterator[Derived]:
    """Yield the results of one request."""
    yield from VERBS[request.verb](scope, request)


def _plain(scope: Scope, request: Request) -> Iterator[Derived]:
    for target in scope.targets(request):
        yield Derived(request.verb, target, (), target.name, target.value, request)


def _gradient(scope: Scope, request: Request) -> Iterator[Derived]:
    for target in scope.targets(request):
        hint = "ask for its `jacobian`, or for a `vjp` with a cotangent"
        _check_scalar(target, "a gradient", hint)
        yield from _pulled(scope, request, target, number(1))


def _check_scalar(target: Target, what: str, hint: str | None = None) -> None:
    shape = target.value.shape
    if shape:
        message = f"`{target.name}` has shape {show(shape)}, {what} needs a scalar"
        raise InputError(Diagnostic("E308", message, hint, target.formula.span))


def _vjp(scope: Scope, request: Request) -> Iterator[Derived]:
    for target in scope.targets(request):
        seed = scope.direction(request.cotangent, target.value, "cotangent")
        yield from _pulled(scope, request, target, seed)


def _pulled(scope: Scope, request: Request, target: Target, seed: Poly) -> Iterator[Derived]:
    variables = scope.wrt(request, target)
    scalar = target.scalar
    derivation = scope.derivation(scalar)
    found = derivation.pull_back(
        target.value, seed, [wrt.base for wrt in variables], lambda step: f"d{scalar}_d{step}"
    )
    names = [f"d{scalar}_d{wrt.text}" for wrt in variables]
    values = [_finished(scope, derivation, found[wrt.base], wrt) for wrt in variables]
    values = unfolded(derivation, values, names)
    for wrt, name, value in zip(variables, names, values, strict=True):
        whole = f"d{scalar}_d{wrt.base.name}"
        yield Derived(request.verb, target, (wrt.text,), name, value, request, whole)


def _finished(scope: Scope, derivation: Derivation, value: Poly, wrt: Wrt) -> Poly:
    return derivation.shortest(select(structured(value, wrt, scope), wrt, scope))


def _jacobian(scope: Scope, request: Request) -> Iterator[Derived]:
    for target in scope.targets(request):
        variables = scope.wrt(request, target)
        derivation = scope.derivation(None)
        found = derivation.jacobian(target.value, [wrt.base for wrt in variables])
        for wrt in variables:
            value = _finished(scope, derivation, found[wrt.base], wrt)
            name = f"d{target.name}_d{wrt.text}"
            whole = f"d{target.name}_d{wrt.base.name}"
            yield Derived("jacobian", target, (wrt.text,), name, value, request, whole)


def _jvp(scope: Scope, request: Request) -> Iterator[Derived]:
    for target in scope.targets(request):
        variables = scope.wrt(request, target)
        if len(variables) != 1:
            message = "a `jvp` needs one variable in `wrt`"
            raise InputError(Diagnostic("E309", message, "write `wrt: x`"))
        (wrt,) = variables
        shape = select(leaf(wrt.base.name, wrt.base.shape), wrt, scope)
        tangent = scope.direction(request.tangent, shape, "tangent")
        derivation = scope.derivation(None)
        value = derivation.shortest(_pushed(scope, target.value, wrt, tangent))
        along = leaf_of(tangent)
        name = f"d{target.name}_along_{along.name if along is not None else 'v'}"
        yield Derived("jvp", target, (wrt.text,), name, value, request)


def _pushed(scope: Scope, output: Poly, wrt: Wrt, tangent: Poly) -> Poly:
    """Push a tangent forward; first to all entries that move with those asked for."""
    if not (wrt.items is None and scope.is_plain(wrt)):
        seed = leaf("#u", wrt.base.shape)
        base = as_atom(seed)
        assert base is not None
        paired = inner(select(structured(seed, wrt, scope), wrt, scope), tangent)
        tangent = pull_back(scope.program, paired, number(1), {base: None})[base]
    return push_forward(scope.program, output, {wrt.base: tangent})


def _second(scope: Scope, target: Target, first: Wrt, second: Wrt) -> Poly:
    """Return the derivative of the gradient in `first` by `second`, with or without its name."""
    derivation = scope.derivation(None)
    held = frozenset({second.base})
    if not second.base.shape and first.base is second.base:
        _name_velocities(scope, derivation, target, second)
    found = derivation.pull_back(target.value, number(1), [first.base], held=held)
    picked = select(structured(found[first.base], first, scope), first, scope)
    gradient = derivation.shortest(picked, held)
    plain = _second_of(scope, derivation, gradient, second)
    named = derivation.named(f"d{target.name}_d{first.text}", gradient)
    base = leaf_of(named)
    if base is None:
        return plain
    scalar = leaf_of(target.value)
    whole = first.items is None and scope.is_plain(first)
    if scalar is not None and whole and first.base is second.base:
        scope.program.derivatives[scalar, first.base] = named
    short = _second_of(scope, derivation, named, second)
    scope.program.derivatives.clear()
    cost = derivation.reader.cost
    length = cost(gradient) if mentions(short, base) else 0
    return short if cost(short) + length < cost(plain) else plain


def _mixed(scope: Scope, target: Target, first: Wrt, second: Wrt) -> Poly:
    """Return the second derivative by two variables.

    Where a step is one of them, the first derivative is by the later one: that by the earlier one
    may be written with the step in places where the target does not depend on it.
    """
    steps = ordered([from_atom(second.base)], scope.program.definitions)
    if first.base is second.base or first.base not in steps:
        return _second(scope, target, first, second)
    value = _second(scope, target, second, first)
    rank = len(select(leaf(second.base.name, second.base.shape), second, scope).shape)
    axes = range(len(value.shape))
    return scope.derivation(None).shortest(transpose(value, (*axes[rank:], *axes[:rank])))


def _name_velocities(scope: Scope, derivation: Derivation, target: Target, wrt: Wrt) -> None:
    """Name the derivatives of arrays by a scalar: dX/dt occurs wherever X does."""
    program = scope.program
    below = ordered([target.value], program.definitions)
    for node in below:
        if isinstance(node, Poly) or node not in program.definitions or not node.shape:
            continue
        step = from_atom(node)
        found = derivation.jacobian(step, [wrt.base])[wrt.base]
        if found.terms:
            named = derivation.named(f"d{node.name}_d{wrt.base.name}", derivation.shortest(found))
            program.derivatives[node, wrt.base] = named


def _second_of(scope: Scope, derivation: Derivation, gradient: Poly, second: Wrt) -> Poly:
    found = derivation.jacobian(gradient, [second.base])[second.base]
    return _finished(scope, derivation, found, second)


def _hessian(scope: Scope, request: Request) -> Iterator[Derived]:
    for target in scope.targets(request):
        _check_scalar(target, "a Hessian")
        variables = scope.wrt(request, target)
        for first in variables:
            for second in variables:
                value = _mixed(scope, target, first, second)
                name = f"d2{target.name}_d{first.text}_d{second.text}"
                pair = (first.text, second.text)
                yield Derived("hessian", target, pair, name, value, request)


def _hvp(scope: Scope, request: Request) -> Iterator[Derived]:
    for target in scope.targets(request):
        _check_scalar(target, "a Hessian")
        variables = scope.wrt(request, target)
        for wrt in variables:
            derivation = scope.derivation(None)
            held = frozenset({wrt.base})
            first = derivation.pull_back(target.value, number(1), [wrt.base], held=held)
            picked = select(structured(first[wrt.base], wrt, scope), wrt, scope)
            gradient = derivation.shortest(picked, held)
            vector = scope.direction(request.vector, gradient, "vector")
            paired = inner(gradient, vector)
            found = derivation.pull_back(paired, number(1), [wrt.base])[wrt.base]
            value = _finished(scope, derivation, found, wrt)
            along = leaf_of(vector)
            label = along.name if along is not None else "v"
            name = f"d2{target.name}_d{wrt.text}_d{wrt.text}_{label}"
            yield Derived("hvp", target, (wrt.text,), name, value, request)


VERBS: dict[str, Callable[[Scope, Request], Iterator[Derived]]] = {
    "value": _plain,
    "graph": _plain,
    "gradient": _gradient,
    "vjp": _vjp,
    "jacobian": _jacobian,
    "jvp": _jvp,
    "hessian": _hessian,
    "hvp": _hvp,
}

__all__ = ["derive"]
