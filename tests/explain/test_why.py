"""Explanations of one quantity."""

import pytest

from symback.errors import InputError
from symback.explain.telling.why import _counts, why
from symback.language import write
from symback.tensor.dims import dim
from tests.solved import problem

NET = """
given:
  X: {shape: [N, 3]}
  W1: {shape: [3, 4]}
  W2: {shape: [4, 2]}
  b1: {shape: [4]}
define:
  Z: X @ W1 + b1
  H: relu(Z)
  Y: H @ W2
  L: sum(Y**2)
find:
  - {gradient: L, wrt: [W1, b1, W2]}
"""


def test_an_explanation_goes_from_the_end_back():
    """The signals come first, what is asked for last, with one way between them."""
    found = why(problem(NET), "dL_dW1")

    assert found.steps[-1].statement.name == "dL_dW1"
    assert found.route == ("L", "Y", "H", "Z", "W1")
    assert found.routes == 1


def test_transposed_matrices_say_why():
    """W₂ᵀ takes the signal back from 2 columns to 4; Xᵀ sums over the examples."""
    found = why(problem(NET), "W1")
    factors = {write(f.formula): f for step in found.steps for f in step.factors}

    assert (
        factors["W2.T"].role,
        factors["W2.T"].step,
        factors["W2.T"].lengths,
    ) == ("back", "Y", (4, 2))
    assert (factors["X.T"].role, factors["X.T"].step) == ("summed", "Z")


def test_quantities_that_were_not_asked_for_are_derived():
    """`why dL_dH` and `why H` work though the file does not ask for them."""
    assert why(problem(NET), "dL_dH").steps[-1].statement.name == "dL_dH"
    assert why(problem(NET), "H").steps[-1].statement.kind == "step"


def test_factors_have_numbers():
    """Every factor of a numeric problem has a value of its own."""
    found = why(problem("given: {x: [1, 2], y: [3, 5]}\ndefine: {L: sum((x - y)**2)}"), "dL_dx")
    number, factor = found.steps[-1].factors

    assert factor.value.floats() == [-2.0, -3.0]
    assert factor.shape == (2,)
    assert number.value.floats() == 2


def test_rows_of_outer_products_are_told():
    """In δxᵀ the vector x is a row."""
    text = "given: {W: {shape: [2, 3]}, x: {shape: [3]}}\ndefine: {z: W @ x, L: z @ z}"
    found = why(problem(text), "dL_dW")

    assert found.steps[-1].factors[-1].role == "row"


@pytest.mark.parametrize("name", ["dL_dQ", "nothing", "", "dX_dL"])
def test_unknown_quantities_are_refused(name):
    """A name that the problem does not have is an error with those that it has."""
    with pytest.raises(InputError) as caught:
        why(problem(NET), name)

    assert caught.value.diagnostics[0].code == "E615"
    assert "dL_d" in caught.value.diagnostics[0].hint


def test_second_derivatives_start_from_the_gradient():
    """The Hessian of a ridge is the gradient, differentiated once more."""
    text = (
        "given: {X: {shape: [m, n]}, y: {shape: [m]}, w: {shape: [n]}}\n"
        "define: {L: sum((X @ w - y)**2)}\nfind: [{hessian: L, wrt: w}]"
    )
    found = why(problem(text), "d2L_dw_dw")

    assert [step.statement.name for step in found.steps] == ["dL_dw", "d2L_dw_dw"]
    assert found.steps[0].factors[1].lengths == (dim("n"), dim("m"))


@pytest.mark.parametrize(
    ("steps", "number", "said"),
    [("q: mean(x*y), L: exp(q)", "1/2", ("count", "q")), ("L: sum(x**2)", "2", ("square", "L"))],
)
def test_numbers_say_where_they_come_from(steps, number, said):
    """½ is one over the number of entries of a mean, 2 comes from a square."""
    found = why(problem(f"given: {{x: [1, 2], y: [3, 5]}}\ndefine: {{{steps}}}"), "dL_dx")
    factors = [factor for step in found.steps for factor in step.factors]

    assert [(f.role, f.step) for f in factors if write(f.formula) == number] == [said]


def test_paths_through_long_chains_are_counted():
    """Step by step, whatever the depth; what the variable itself is made of does not count."""
    uses = {f"x{k}": frozenset([f"x{k - 1}"]) for k in range(1, 2001)}

    assert _counts("x5", uses)["x2000"] == 1
    assert _counts("x0", {**uses, "L": frozenset(["x3", "x5"])})["L"] == 2
