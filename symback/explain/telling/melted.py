"""Slopes that a shorter form has swallowed: σ′ = y(1 − y) inside ½(y − t)."""

from __future__ import annotations

from dataclasses import dataclass

from symback.explain.solution import Solution
from symback.functions import Kind, table
from symback.functions.signature import parameters
from symback.language import names, parse, substitute
from symback.language.tree import Call, Expression, Name


@dataclass(frozen=True, slots=True)
class Melted:
    """The derivative of the function in `step: function(argument)`, through its value."""

    function: str
    step: str
    argument: str
    formula: Expression


def users_of(solution: Solution) -> dict[str, list[str]]:
    """Return for each name the steps whose formulas use it, in the order of the file."""
    found: dict[str, list[str]] = {}
    for line in solution.forward:
        for name in names(line.formula):
            found.setdefault(name, []).append(line.name)
    return found


def melted_slopes(solution: Solution) -> dict[str, tuple[Melted, ...]]:
    """Return for each step the slopes of the functions applied to it whose own signal is unnamed.

    Only slopes that are written through the function's value count, such as those of sigmoid,
    tanh and exp: the others stay visible in the closed form.
    """
    named = {line.of for line in solution.backward if line.of is not None}
    functions = table()
    found: dict[str, tuple[Melted, ...]] = {}
    for line in solution.forward:
        match line.formula:
            case Call(function, (Name(argument),), ()) if line.name not in named:
                entry = functions.get(function)
            case _:
                continue
        if entry is None or entry.kind is not Kind.ELEMENTWISE or len(entry.slopes) != 1:
            continue
        rule = entry.slopes[0]
        if not isinstance(rule, str) or "out" not in names(parse(rule)):
            continue
        own = parameters(entry.signature)[0].name
        slope = substitute(parse(rule), {"out": Name(line.name), own: Name(argument)})
        melted = Melted(function, line.name, argument, slope)
        found[argument] = (*found.get(argument, ()), melted)
    return found
