"""Comparing many values at once against comparing them one by one."""

import numpy as np
import pytest

from symback.check.diagnosis.case import Case
from symback.check.diagnosis.stacks import Stacks

RNG = np.random.default_rng(2)


def case(got, true, allowed=None):
    """Return an answer at one point, right value and slack beside it."""
    slack = None if allowed is None else np.full(np.shape(got), allowed)
    return Case({0: got}, {0: true}, slack, None, allowed is not None)


@pytest.mark.parametrize("shape", [(), (3,), (2, 3), (2, 2)])
@pytest.mark.parametrize("allowed", [None, 0.05])
def test_stacks_fit_as_single_values_do(shape, allowed):
    """Whole, in the wrong entries only, as a number for equal entries, or not at all."""
    true = RNG.uniform(1, 2, shape)
    got = true.copy()
    got[(0,) * len(shape)] = 3.0
    mended = RNG.uniform(1, 2, shape)
    mended[(0,) * len(shape)] = 3.01 if allowed else 3.0
    values = [
        true,
        got,
        got + 0.02,
        mended,
        None,
        np.asarray(3.0),
        np.full((4, 4), 3.0),
        got * np.nan,
    ]
    one = case(got, true, allowed)

    expected = [(k, how) for k, value in enumerate(values) if (how := one.fits(0, value))]
    assert Stacks(values).fits(one, 0) == expected
    assert (1, 2) in expected


def test_multiples_and_transposes_pass_the_sieve():
    """And other values do not."""
    value = RNG.uniform(1, 2, (3, 3))
    other = RNG.uniform(1, 2, (3, 3))
    values = [other, value, value.T, -2 * value, other.T, -value.T]

    assert Stacks(values).multiples(case(value, other), 0) == [1, 2, 3, 5]
