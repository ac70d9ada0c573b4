"""Problems written in the tests, solved."""

from textwrap import dedent

from symback.explain.solve import solve
from symback.functions import names, table
from symback.problem.load import load, load_text

PERCEPTRON = "problems/7_1.yaml"
GRAPH = "problems/7_2.yaml"
MAPS = "problems/7_3.yaml"


def problem(text):
    """Return the problem that a text in YAML states."""
    return load_text(dedent(text), "problem.yaml", names())


def solved(text):
    """Return the solution of a problem in YAML, or of one of the files above."""
    if text.endswith(".yaml"):
        return solve(load(text, names()), table())
    return solve(problem(text), table())
