"""Sums whose total over an axis is zero."""

import pytest

from tests.tensor.forms import tensor


@pytest.mark.parametrize(
    "text",
    [
        "sum(x - mean(x))",
        "sum(a*(x - mean(x)))",
        "a*(x - mean(x)) @ ones(n)",
        "sum((X - mean(X, axis=0))*y, axis=0)",
        "sum((x - mean(x))/sqrt(mean((x - mean(x))**2) + 1))",
    ],
)
def test_a_centred_sum_vanishes(text):
    """What is summed by itself, with factors that do not run along, is zero."""
    assert not tensor(text).terms


@pytest.mark.parametrize(
    "text",
    ["sum(x - 2*mean(x))", "sum((x - mean(x))*x)", "sum((x - mean(x))**2)", "(x - mean(x))[0]"],
)
def test_other_sums_of_what_is_centred_do_not(text):
    """A factor along the axis, a power, one place and another multiple of the mean all count."""
    assert tensor(text).terms
