"""Products written out entry by entry."""

import numpy as np
import pytest

from symback.explain.solve import solve
from symback.functions import table
from symback.problem.load import load_text

FUNCTIONS = table()


@pytest.mark.parametrize("wide", [(1, 2), (2, 1), (1, 3), (2, 2)])
@pytest.mark.parametrize("kernel", [(1, 1), (1, 2), (2, 1)])
def test_a_convolution_that_reads_padding_alone_has_zeros_of_the_right_shape(wide, kernel):
    """Every other place of a padded axis of length 1 is outside it."""
    x, w = np.ones(wide).tolist(), np.ones(kernel).tolist()
    text = (
        f"given: {{x: {x}, w: {w}}}\n"
        "define: {L: 'sum(conv2d(x, w, stride=2, padding=1))'}\n"
        "find: [{gradient: L, wrt: [x, w]}]\n"
    )
    solution = solve(load_text(text, functions=FUNCTIONS), FUNCTIONS)

    assert [result.value.entries.shape for result in solution.results] == [wide, kernel]
