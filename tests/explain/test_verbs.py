"""One verb after the other: what is derived, and in which order."""

import numpy as np

from tests.solved import solved


def test_second_derivatives_by_a_step_and_what_it_rests_on_are_each_the_other_transposed():
    """The step stands in the derivative by x too, where the target does not depend on it."""
    text = """
        given: {x: [1, 2, 3]}
        define: {s: 'x/(x[0]**2 + 1)', L: norm(s)}
        find: [{hessian: L, wrt: [x, s]}]
    """
    _, mixed, other, _ = (np.array(one.value.floats()) for one in solved(text).results)

    np.testing.assert_allclose(mixed, other.T, rtol=1e-15)
