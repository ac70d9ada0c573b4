"""Slopes that are no longer seen."""

from symback.explain.telling.melted import melted_slopes, users_of
from symback.language import write
from tests.solved import PERCEPTRON, solved


def test_slopes_through_the_value_are_told():
    """σ′ is written through y; ReLU's slope stays visible in the closed form."""
    found = melted_slopes(solved(PERCEPTRON))

    assert {"z2"} == found.keys()
    (melted,) = found["z2"]
    assert (melted.function, melted.step, write(melted.formula)) == ("sigmoid", "y", "y*(1 - y)")


def test_slopes_with_a_signal_of_their_own_are_not():
    """Where ∂L/∂y is written, nothing has melted."""
    text = """
    given: {W: {shape: [n, n]}, x: {shape: [n]}, V: {shape: [n, n]}}
    define: {z: W @ x, y: sigmoid(z), u: V @ y, L: sum(y**3*u**2*exp(u)*(1 + y)**2)}
    find: [{gradient: L, wrt: [W, y]}]
    """
    solution = solved(text)
    named = {line.of for line in solution.backward}

    assert ("y" in named) != ("z" in melted_slopes(solution))


def test_users_are_in_the_order_of_the_file():
    """Every name knows the steps that use it."""
    users = users_of(solved(PERCEPTRON))

    assert users["W2"] == ["z2"]
    assert users["t"] == ["L"]
