"""Problems written in the tests, solved."""

from dataclasses import replace
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
    """Return the solution of a problem in YAML, or of one of the files above."""
    if text.endswith(".yaml"):
        return solve(loaded(text), table())
    return solve(problem(text), table())


def loaded(path):
    """Return the problem in a file of the project, under its path from the root."""
    return replace(load(str(ROOT / path), names()), file=path)
