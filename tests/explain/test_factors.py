"""What comes back along an edge between arrays, against the gradients of the whole."""

import pytest

from symback.explain.drawing.factors import HOLE, local_factors
from symback.functions import table
from symback.language import names, write
from tests.solved import PERCEPTRON, problem, solved


def factors(text):
    """The local derivatives of a problem as they are written, by edge."""
    found = local_factors(solved(text).problem, table())
    return {edge: write(tree).replace(HOLE, "_") for edge, tree in found.items()}


def test_what_comes_back_through_the_steps_of_a_perceptron():
    """The transposed matrix, the row, the slopes; for the loss its own derivative."""
    found = factors(PERCEPTRON)

    assert found["z2", "h"] == "W2.T @ _"
    assert found["z2", "W2"] == "outer(_, h)"
    assert found["z2", "b2"] == "_"
    assert found["h", "z1"] == "_*(z1 > 0)"
    assert found["y", "z2"] == "y*_*(1 - y)"
    assert found["L", "y"] == "(y - t)/(2*(y*(1 - y)))"


def test_edges_between_scalars_and_without_influence_have_none():
    """They have numbers, or nothing."""
    found = factors("given: {a: 2, x: [1, 2]}\ndefine: {y: a*x + 0*x, s: a**2, q: sign(x) + s}")

    assert found == {("y", "a"): "_ @ x", ("y", "x"): "a*_", ("q", "s"): "sum(_)"}


@pytest.mark.parametrize("step", ["exp(x)", "tanh(x)", "softmax(x)"])
def test_slopes_are_written_through_the_value(step):
    """The derivative of a step uses the step and its operands alone."""
    given = f"given: {{x: [1, 2]}}\ndefine: {{y: {step}, other: {step}*2}}"
    found = local_factors(problem(given), table())

    assert names(found["y", "x"]) == {"y", HOLE}
