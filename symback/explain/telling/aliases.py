"""Short names for error signals: the cotangent of a pre-activation z2 is δ₂."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable

from symback.explain.solution import Solution
from symback.functions import Kind, table
from symback.language import walk
from symback.language.tree import Binary, Call, Expression, Name, Negate

_INDEX = re.compile(r"(?:[^\W\d_]+)_?(\d+)")
_LAYERS = frozenset(
    ("softmax", "log_softmax", "cross_entropy", "binary_cross_entropy", "logsumexp", "layer_norm")
)
_PRODUCTS = frozenset(("dot", "conv1d", "conv2d", "einsum"))


def aliases_of(solution: Solution) -> dict[str, str]:
    """Return short names for cotangents, `dL_dz2` -> `delta2`, where they are unambiguous."""
    signals = _signals(solution)
    steps = {line.name: line.formula for line in solution.forward}
    inputs = _activated(steps.values())
    linear = {
        name: step
        for name, step in signals.items()
        if step in inputs and step in steps and is_product(steps[step])
    }
    wanted = {name: _delta(step) for name, step in linear.items()}
    if len(linear) > 1:
        wanted = {name: alias for name, alias in wanted.items() if alias != "delta"}
    counts = Counter(wanted.values())
    taken = {*solution.ranks, *solution.problem.dims}
    return {
        name: alias
        for name, alias in wanted.items()
        if counts[alias] == 1 and not {alias, alias.replace("delta", "delta_")} & taken
    }


def _signals(solution: Solution) -> dict[str, str]:
    """Return the cotangents that have a name, with the steps that they belong to."""
    signals = {line.name: line.of for line in solution.backward if line.of is not None}
    for result in solution.results:
        if result.kind == "gradient" and len(result.wrt) == 1:
            signals.setdefault(result.name, result.wrt[0])
    return signals


def _delta(step: str) -> str:
    match = _INDEX.fullmatch(step)
    return f"delta{match.group(1)}" if match else "delta"


def is_product(formula: Expression) -> bool:
    """Tell whether a formula is a matrix product or convolution, plus what does not matter."""
    stack = [formula]
    while stack:
        match stack.pop():
            case Binary("@"):
                return True
            case Binary("+" | "-", left, right):
                stack += [left, right]
            case Negate(operand):
                stack.append(operand)
            case Call(function) if function in _PRODUCTS:
                return True
            case _:
                pass
    return False


def _activated(formulas: Iterable[Expression]) -> set[str]:
    """Return the names that a function is applied to, entry by entry or as logits."""
    functions = table()
    found: set[str] = set()
    for formula in formulas:
        for node in walk(formula):
            if isinstance(node, Call) and node.arguments:
                entry = functions.get(node.function)
                usual = node.function in _LAYERS
                if usual or (entry is not None and entry.kind is Kind.ELEMENTWISE):
                    found |= {one.id for one in node.arguments if isinstance(one, Name)}
    return found
