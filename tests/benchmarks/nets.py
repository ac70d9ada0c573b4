"""The nets that are measured: sigmoid layers under a cross-entropy, by symback and by peers.

Each function takes a depth and a width and returns seconds by stage and the size of what came
out. Libraries are imported, and warmed up by the caller, outside the clock.
"""

from __future__ import annotations

import gc
import time
from collections.abc import Callable
from typing import Any, TypeAlias

Measured: TypeAlias = dict[str, float]


def clock() -> Callable[[], float]:
    """Return a function that says how long it is since it was last called."""
    last = time.perf_counter()

    def lap() -> float:
        nonlocal last
        now = time.perf_counter()
        passed, last = now - last, now
        return passed

    return lap


def _program(depth: int, width: int) -> tuple[Any, Any, list[Any]]:
    from symback.calculus.elaborate import Elaborator
    from symback.calculus.program import Program
    from symback.functions import table
    from symback.language import parse

    functions = table()
    program = Program(functions)

    def step(name: str, text: str) -> Any:
        elaborator = Elaborator(functions, program.tensors, program.dims, program.known)
        return program.define(name, elaborator(parse(text)))

    program.give("x", (width,))
    program.give("t", (width,))
    h = "x"
    for k in range(1, depth + 1):
        program.give(f"W{k}", (width, width))
        program.give(f"b{k}", (width,))
        step(f"z{k}", f"W{k} @ {h} + b{k}")
        step(f"h{k}", f"sigmoid(z{k})")
        h = f"h{k}"
    loss = step("L", f"-mean(t*log({h}) + (1 - t)*log(1 - {h}))")
    wrt = [program.leaves[f"{name}{k}"] for k in range(1, depth + 1) for name in "Wb"]
    return program, loss, wrt


def symback_forms(depth: int, width: int) -> Measured:
    """Derive and read every gradient and error signal as a closed form.

    The size is that of a whole derivation: characters of all steps forward and backward.
    """
    from symback.language import write
    from symback.notation.derivation import Derivation
    from symback.tensor.poly import number

    gc.freeze()
    lap = clock()
    program, loss, wrt = _program(depth, width)
    build = lap()
    derivation = Derivation(program)
    found = derivation.pull_back(loss, number(1), wrt, lambda name: f"dL_d{name}")
    derive = lap()
    forms = [write(derivation.read(value)) for value in found.values()]
    forms += [write(derivation.reader.defined(step.value)) for step in derivation.steps]
    derive += lap()
    forms += [write(derivation.reader.defined(step)) for step in program.definitions.values()]
    return {"build": build, "derive": derive, "size": sum(map(len, forms))}


def symback_sweep(depth: int, width: int) -> Measured:
    """Run the reverse pass alone: cotangents as canonical sums, the linear steps' named."""
    from symback.calculus.reverse import pull_back
    from symback.tensor.poly import number

    gc.freeze()
    lap = clock()
    program, loss, wrt = _program(depth, width)
    build = lap()

    def named(step: Any, cotangent: Any, uses: int) -> Any:
        linear = getattr(step, "name", "").startswith("z") and cotangent.terms
        return program.define(f"dL_d{step.name}", cotangent) if linear else cotangent

    found = pull_back(program, loss, number(1), dict.fromkeys(wrt), named)
    return {"build": build, "derive": lap(), "size": sum(len(v.terms) for v in found.values())}


def casadi_graph(depth: int, width: int) -> Measured:
    """Build CasADi's gradient graph (MX): the loss, its reverse call, and a function of both."""
    import casadi as ca

    lap = clock()
    x, t = ca.MX.sym("x", width), ca.MX.sym("t", width)
    parameters = []
    h = x
    for k in range(1, depth + 1):
        weight, bias = ca.MX.sym(f"W{k}", width, width), ca.MX.sym(f"b{k}", width)
        parameters += [weight, bias]
        h = 1 / (1 + ca.exp(-(weight @ h + bias)))
    loss = -ca.sum1(t * ca.log(h) + (1 - t) * ca.log(1 - h)) / width
    build = lap()
    (found,) = ca.reverse([loss], parameters, [[ca.MX(1)]])
    derive = lap()
    graph = ca.Function("gradient", [x, t, *parameters], found)
    build += lap()
    return {"build": build, "derive": derive, "size": graph.n_instructions()}


def pytensor_sweep(depth: int, width: int) -> Measured:
    """Build PyTensor's gradient graph; `width` does not enter it."""
    import pytensor.tensor as pt

    lap = clock()
    x, t = pt.dvector("x"), pt.dvector("t")
    parameters = []
    h = x
    for k in range(1, depth + 1):
        weight, bias = pt.dmatrix(f"W{k}"), pt.dvector(f"b{k}")
        parameters += [weight, bias]
        h = pt.sigmoid(weight @ h + bias)
    loss = -pt.mean(t * pt.log(h) + (1 - t) * pt.log(1 - h))
    build = lap()
    found = pt.grad(loss, parameters)
    return {"build": build, "derive": lap(), "size": _applications(found)}


def _applications(outputs: list[Any]) -> int:
    """Count the operations that a PyTensor graph applies."""
    seen: set[int] = set()
    stack = [output.owner for output in outputs]
    while stack:
        node = stack.pop()
        if node is not None and id(node) not in seen:
            seen.add(id(node))
            stack.extend(operand.owner for operand in node.inputs)
    return len(seen)


def jax_trace(depth: int, width: int) -> Measured:
    """Trace the gradient with JAX; nothing is compiled."""
    import jax
    import jax.numpy as jnp

    def loss(parameters: list[Any], x: Any, t: Any) -> Any:
        h = x
        for weight, bias in parameters:
            h = jax.nn.sigmoid(weight @ h + bias)
        return -jnp.mean(t * jnp.log(h) + (1 - t) * jnp.log(1 - h))

    shapes = (
        jax.ShapeDtypeStruct((width, width), "float32"),
        jax.ShapeDtypeStruct((width,), "float32"),
    )
    lap = clock()
    traced = jax.make_jaxpr(jax.grad(loss))([shapes] * depth, shapes[1], shapes[1])
    return {"build": 0.0, "derive": lap(), "size": len(traced.jaxpr.eqns)}


def sympy_diff(depth: int, width: int) -> Measured:
    """Differentiate the loss with every step put in, by each entry of the first layer."""
    import sympy as sp

    lap = clock()
    h = list(sp.symbols(f"x1:{width + 1}"))
    t = sp.symbols(f"t1:{width + 1}")
    first: list[Any] = []
    for k in range(1, depth + 1):
        weight = [list(sp.symbols(f"W{k}_{i}_1:{width + 1}")) for i in range(width)]
        bias = sp.symbols(f"b{k}_1:{width + 1}")
        first = first or [entry for row in weight for entry in row]
        z = [bias[i] + sum(w * x for w, x in zip(weight[i], h, strict=True)) for i in range(width)]
        h = [1 / (1 + sp.exp(-entry)) for entry in z]
    terms = [a * sp.log(y) + (1 - a) * sp.log(1 - y) for a, y in zip(t, h, strict=True)]
    loss = -sum(terms) / width
    build = lap()
    found = [sp.diff(loss, entry) for entry in first]
    derive = lap()
    return {"build": build, "derive": derive, "size": sum(len(str(form)) for form in found)}


CELLS: dict[str, Callable[[int, int], Measured]] = {
    "symback": symback_forms,
    "symback sweep": symback_sweep,
    "CasADi": casadi_graph,
    "PyTensor": pytensor_sweep,
    "JAX": jax_trace,
    "SymPy": sympy_diff,
}
