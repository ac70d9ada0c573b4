"""Planned evaluation against the evaluator that walks the tree."""

import numpy as np
import pytest

from symback.errors import InputError, LimitError
from symback.functions import table
from symback.functions.values.arrays import metered
from symback.language import parse
from symback.numeric import FLOAT64, evaluate
from symback.numeric.planned import PlannedEvaluator, plan_of

RNG = np.random.default_rng(1)
VALUES = {
    "A": RNG.uniform(0.1, 1, (2, 3)),
    "B": RNG.uniform(0.1, 1, (3, 2)),
    "x": RNG.uniform(0.1, 1, 3),
    "s": np.asarray(0.7),
    "n": 3,
}
FORMULAS = """
A @ x + pi*s; A @ B @ A; x @ x; x[0]*x[-1]; A[:, 1:]; A[0]; x[n - 1]; x[:, None]*x; -A.T;
x**2 + s**0.5; s**x; x > 0.5; (A > s)*A; [x, 2*x]; [s, 1, n/2]; [[s, 1], [2, s]] @ [1, 2];
sum(A, axis=0); softmax(x); sigmoid(A); maximum(x, 0.5); where(x > 0.5, x, s); outer(x, x);
einsum('ij,j->i', A, x); concat([x, [s]]); norm(x, 1); leaky_relu(x - 0.5); clip(x, 0.2, 0.6);
n; 2; pi; x/n; reshape(A, (3, 2)); eye(n); besselj(0, x); log(s - 1); 1/(s - s);
binary_cross_entropy(x, x)
""".replace("\n", " ").split(";")


@pytest.mark.parametrize("formula", FORMULAS)
def test_plans_give_what_walking_gives(formula):
    """Operators, subscripts, lists, settings, functions of every kind, undefined values."""
    tree = parse(formula.strip())
    with metered(10_000), np.errstate(all="ignore"):
        found = PlannedEvaluator(VALUES, table()).value(tree)
    expected = evaluate(tree, VALUES, table(), FLOAT64)

    assert found.shape == expected.shape
    np.testing.assert_array_equal(expected, found)


def test_names_mean_what_the_environment_says_each_time():
    """One plan serves many environments; `pi` can be a name like others."""
    tree = parse("pi*s")
    evaluators = [PlannedEvaluator(values, table()) for values in ({"s": 1}, {"s": 2, "pi": 5})]

    assert [float(one.value(tree)) for one in evaluators] == [np.pi, 10.0]
    assert plan_of(tree, evaluators[0].functions) is plan_of(tree, evaluators[1].functions)


@pytest.mark.parametrize(
    "formula", ["A @ A", "q + 1", "nothing(x)", "x[7]", "x + A.T", "exp(x, x)"]
)
def test_what_makes_no_sense_is_refused_as_by_the_evaluator(formula):
    """Shapes, names and functions: the same errors, with their places."""
    tree = parse(formula)
    with pytest.raises(InputError) as expected:
        evaluate(tree, VALUES, table(), FLOAT64)

    with pytest.raises(InputError) as found:
        PlannedEvaluator(VALUES, table()).value(tree)
    assert found.value.diagnostics == expected.value.diagnostics


@pytest.mark.parametrize("formula", ["x[:, None]*x", "x[:, None] @ x[None]", "x[:, None] > x"])
def test_sizes_are_bounded(formula):
    """No array beyond the limit is made."""
    values = {"x": np.ones(50)}
    with metered(100), pytest.raises(LimitError):
        PlannedEvaluator(values, table()).value(parse(formula))


def test_a_plan_keeps_nothing_from_one_point_to_the_next():
    """Functions of whole arrays are computed anew where a name has another value."""
    tree = parse("inv(A) + softmax(A)")
    for scale in (1.0, 2.0):
        values = {"A": scale * np.array([[2.0, 1.0], [0.5, 3.0]])}
        expected = evaluate(tree, values, table(), FLOAT64)

        assert np.array_equal(PlannedEvaluator(values, table()).value(tree), expected)
