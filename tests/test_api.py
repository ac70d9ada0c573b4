"""The public face in Python: light to import, typed, and complete."""

from __future__ import annotations

import json
import subprocess
import sys
from fractions import Fraction

import numpy as np
import pytest

import symback

GRAPH = """
given: {a: 1, b: 2, c: 3, d: 4}
define: {e: a + b, f: c - d, z: e*f, L: z**2/2}
find:
  - {part: x, gradient: L, wrt: [e, f, a, d], expect: {a: 3, d: 8}}
  - {part: y, gradient: z, wrt: a}
"""


@pytest.fixture(scope="module")
def solution():
    """The graph of exercise 7.2, solved."""
    return symback.loads(GRAPH).solve()


def test_importing_is_light():
    """Neither numbers nor algebra nor YAML come with the package."""
    program = "import sys, symback; print(*sys.modules)"
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True)

    assert done.returncode == 0
    assert not {"numpy", "sympy", "flint", "yaml", "typer", "symback.api"} & {*done.stdout.split()}


def test_public_names_are_sorted_and_there():
    """`__all__` is what `dir` shows, and each name can be had."""
    assert sorted(symback.__all__) == symback.__all__
    assert set(symback.__all__) <= set(dir(symback))
    assert all(getattr(symback, name).__doc__ for name in symback.__all__)
    with pytest.raises(AttributeError, match="has no attribute `nothing`"):
        _ = symback.nothing


def test_results_have_formula_and_number(solution):
    """Closed form, LaTeX, value, shape, components: each in its own type."""
    result = solution.results["dL_dd"]

    assert result.closed_form == "-dL_df"
    assert result.expanded == "-((a + b)*(c - d)*(a + b))"
    assert result.latex == r"-\frac{\partial L}{\partial f}"
    assert result.shape == () and result.part == "x" and result.kind == "gradient"
    assert float(result.value) == 9
    assert repr(result) == "∂L/∂d = −∂L/∂f"


def test_values_are_arrays():
    """Given values and steps as float64 arrays."""
    solution = symback.loads("given: {x: [1/3, 2]}\ndefine: {y: x**2, L: sum(y)}").solve()

    assert solution.values["y"].tolist() == [1 / 9, 4]
    assert solution.steps == {}
    assert solution.results["dL_dx"].value.dtype == np.float64
    assert solution.results["dL_dx"].components == {(0,): "2*x[0]", (1,): "2*x[1]"}
    assert solution.results["dL_dx"].shape == (2,)


def test_expectations_can_be_checked(solution):
    """Outcomes say what passed and what would be right."""
    outcomes = solution.check()
    assert [(one.name[-1], one.passed) for one in outcomes] == [("a", True), ("d", False)]
    assert outcomes[1].got == "9"


def test_names_of_several_parts_are_qualified():
    """Two parts with a `dL_dx` of their own have two results."""
    text = (
        "given: {x: 2}\ndefine: {F: x**2, G: 3*x}\n"
        "find: [{part: a, vjp: F, cotangent: 1, wrt: x}, {part: b, vjp: G, cotangent: 1, wrt: x}]"
    )

    results = symback.loads(text).solve().results
    assert {name: float(one.value) for name, one in results.items()} == {"a.dL_dx": 4, "b.dL_dx": 3}


def test_problems_in_python():
    """Arrays, fractions, shapes and expressions; the gradient is asked if nothing else is."""
    problem = symback.Problem(
        given={"x": np.array([1.5, 2.0]), "a": Fraction(1, 3), "s": {"shape": ["n", 2]}, "k": 0.1},
        define={"y": "a*x + k", "L": "sum(s @ y)"},
        title="In Python",
    )

    assert problem.title == "In Python"
    solution = problem.solve()
    assert solution.values["y"].tolist() == pytest.approx([0.6, 23 / 30])
    assert solution.results["dL_ds"].shape == ("n", 2)
    assert solution.results["dL_ds"].value is None
    assert repr(problem) == "<Problem 'In Python': given x, a, s, k; steps y, L>"


def test_other_values():
    """One problem is solved at several places."""
    problem = symback.Problem(given={"x": [1, 2]}, define={"L": "sum(x**2)"})

    assert problem.solve({"x": np.array([3, 5])}).results["dL_dx"].value.tolist() == [6, 10]
    assert problem.solve().results["dL_dx"].value.tolist() == [2, 4]
    with pytest.raises(symback.InputError, match="E613"):
        problem.solve({"y": 1})


def test_faults_are_errors_with_places():
    """What is wrong in the keys is said as for a file; what is no value at all is a TypeError."""
    with pytest.raises(symback.InputError) as raised:
        symback.Problem(
            given={"x": 1}, define={"L": "x + zz"}, find=[{"gradient": "L", "wrd": "x"}]
        )

    assert [one.code for one in raised.value.diagnostics] == ["E232", "E110"]
    with pytest.raises(TypeError, match="not <object"):
        symback.Problem(given={"x": object()})


def test_load_reads_files(tmp_path):
    """A path of either kind; value files stand beside the problem."""
    np.save(tmp_path / "x.npy", np.array([1.0, 2.0]))
    path = tmp_path / "problem.yaml"
    path.write_text("given: {x: {file: x.npy}}\ndefine: {L: sum(x**3)}")

    for one in (path, str(path)):
        assert symback.load(one).solve().results["dL_dx"].value.tolist() == [3, 12]


def test_every_format(solution):
    """The whole solution as text, LaTeX, Markdown, page, picture and data."""
    assert "∂L/∂d = −∂L/∂f" in solution.to_text()
    assert solution.to_latex().startswith("\\documentclass")
    assert solution.to_markdown().startswith("# \\<text\\>")
    assert solution.to_html().startswith("<!DOCTYPE html>")
    assert solution.to_html(fragment=True).startswith("<article")
    assert solution.to_svg("z").startswith("<svg")
    assert json.loads(solution.to_json())["results"][3]["name"] == "dL_dd"


def test_sympy(solution):
    """Closed forms in SymPy, as they stand and with all steps put in."""
    import sympy

    result = solution.results["dL_da"]
    a, b, c, d = (solution.symbols(name) for name in "abcd")

    assert result.sympy() == solution.symbols("dL_de")
    loss = ((a + b) * (c - d)) ** 2 / 2
    assert sympy.expand(result.sympy(expanded=True) - sympy.diff(loss, a)) == 0


def test_sympy_has_matrices():
    """A gradient of the shape of a matrix is a matrix; unknown sizes are refused."""
    import sympy

    solved = symback.loads(
        "given: {A: [[1, 2], [3, 4]], x: [1, 2]}\ndefine: {L: sum(A @ x)}"
    ).solve()
    free = symback.loads("given: {x: {shape: [n]}}\ndefine: {L: sum(x**2)}").solve()

    x = solved.symbols("x")
    assert solved.results["dL_dA"].sympy() == sympy.Matrix([[x[0], x[1]], [x[0], x[1]]])
    with pytest.raises(symback.InputError, match="the size of `x` is not known"):
        free.results["dL_dx"].sympy()


def test_notebooks_get_every_form(solution):
    """The richest form that a notebook knows wins; consoles get text."""
    bundle = solution._repr_mimebundle_()

    assert {"text/plain", "text/html", "text/markdown", "text/latex"} <= bundle.keys()
    assert "<svg" in bundle["text/html"] and "<script" not in bundle["text/html"]
    assert (
        solution.results["dL_da"]._repr_latex_().startswith("$\\displaystyle \\frac{\\partial L}")
    )
