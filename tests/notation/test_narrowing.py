"""Axes of length 1 of which nothing is left where entries are picked."""

import pytest

from symback.explain.solve import solve
from symback.functions import table
from symback.problem.load import load_text
from tests.notation.printed import printed


def test_what_is_left_of_picked_entries_has_no_axis():
    """A Hessian by a matrix of one entry has four axes, all of length 1."""
    forms = printed("hessian", "W:1,1", "logdet(W @ W.T + 4*eye(1))", "W")

    assert forms["d2result_dW_dW"].endswith("[None, None]")


@pytest.mark.parametrize("shape", ["[[1.5]]", "[[1.5], [0.5]]"])
def test_one_feature_is_normalised_to_its_bias(shape):
    """x - mean(x) is 0 on an axis of length 1, inside sums and functions too."""
    text = f"""
given: {{X: {shape}, g: [2.0]}}
define: {{L: "sum(exp(layer_norm(X, g, g)))"}}
find: [{{gradient: L, wrt: [X]}}]
"""
    (result,) = solve(load_text(text), table()).results

    assert not any(row[0] for row in result.value.floats())
