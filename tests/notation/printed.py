"""Derivatives as they are printed, of one expression in variables with declared shapes."""

from symback.explain.solve import solve
from symback.functions import names, table
from symback.language import write
from symback.problem.load import load_text


def printed(verb, variables, expression, wrt, steps=None):
    """Return the form of each derivative of `expression`, by name, and the steps it rests on.

    `variables` are "name:shape:assumption", as in "X:m,n s: S:n,n:symmetric"; the cotangent of a
    vjp is called g.
    """
    lines = ["given:"]
    for variable in variables.split():
        name, shape, *facts = variable.split(":")
        lines.append(f"  {name}: {{shape: [{shape}], assume: [{', '.join(facts)}]}}")
    lines.append("define:")
    steps = {**(steps or {}), "result": expression}
    lines.extend(f"  {name}: '{text}'" for name, text in steps.items())
    cotangent = ", cotangent: g" if verb == "vjp" else ""
    lines.append(f"find: [{{{verb}: result, wrt: [{wrt}]{cotangent}}}]")
    solution = solve(load_text("\n".join(lines), "problem.yaml", names()), table())
    found = {line.name: write(line.formula) for line in solution.backward}
    return found | {result.name: write(result.closed_form) for result in solution.results}
