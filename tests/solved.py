"""Problems written in the tests, solved."""

from dataclasses import replace
from functools import cache
from pathlib import Path
from textwrap import dedent

from symback.explain.solve import solve
from symback.functions import names, table
from symback.problem.load import load, load_text

ROOT = Path(__file__).parent.parent
PERCEPTRON = "problems/7_1.yaml"
GRAPH = "problems/7_2.yaml"
MAPS = "problems/7_3.yaml"


def problem(text):
    """Return the problem that a text in YAML states."""
    return load_text(dedent(text), "problem.yaml", names())


def solved(text):
    """Return the solution of a problem in YAML, or of a file of the project, solved only once."""
    return _solved_file(text) if text.endswith(".yaml") else solve(problem(text), table())


@cache
def _solved_file(path):
    return solve(loaded(path), table())


@cache
def loaded(path):
    """Return the problem in a file of the project, under its path from the root."""
    return replace(load(str(ROOT / path), names()), file=path)
