"""A notebook that is executed: problems display what they are, solutions what they found."""

from __future__ import annotations

from pathlib import Path

import pytest

import symback

nbformat = pytest.importorskip("nbformat")
nbclient = pytest.importorskip("nbclient")
pytest.importorskip("ipykernel")

CELLS = (
    "import symback\nproblem = symback.Problem(given={'x': [1, 2]}, define={'L': 'sum(x**2)'})",
    "problem",
    "solution = problem.solve()\nsolution",
    "solution.results['dL_dx']",
    "solution.results['dL_dx'].value",
)


@pytest.fixture
def outputs(tmp_path, monkeypatch):
    """What the cells of the notebook show, after one run of a kernel."""
    monkeypatch.setenv("PYTHONPATH", str(Path(symback.__file__).parent.parent))
    book = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell(cell) for cell in CELLS])
    place = {"metadata": {"path": str(tmp_path)}}
    nbclient.NotebookClient(book, timeout=120, resources=place).execute()
    return [[one.get("data", {}) for one in cell.outputs] for cell in book.cells]


@pytest.mark.filterwarnings("ignore")
def test_a_notebook_shows_solutions(outputs):
    """A picture and mathematics for the solution, a formula for a result, an array for a value."""
    silent, stated, solved, formula, value = outputs

    assert silent == []
    assert stated[0]["text/plain"] == "<Problem '<text>': given x; steps L>"
    assert "<svg" in solved[0]["text/html"] and "<math" in solved[0]["text/html"]
    assert solved[0]["text/markdown"].count("$$") >= 4
    assert formula[0]["text/latex"].endswith("= 2x$")
    assert value[0]["text/plain"] == "array([2., 4.])"
