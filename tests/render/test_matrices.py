"""Values drawn as matrices."""

import numpy as np
import pytest
from flint import fmpq

from symback.numeric.value import Value
from symback.render.latex.matrices import value_latex
from symback.render.matrices import aligned, block_of, size_text


def value(nested):
    """A value of exact numbers."""
    entries = np.vectorize(lambda x: fmpq(*float(x).as_integer_ratio()), otypes=[object])(
        np.array(nested)
    )
    return Value("x", entries, np.ones(entries.shape, dtype=bool))


def test_decimal_points_stand_under_each_other():
    """Numbers of one column are aligned at their points, whole numbers at their ends."""
    assert aligned(["−0.5", "10.25", "3"]) == ["−0.5 ", "10.25", " 3   "]


def test_matrices_are_drawn():
    """Rows between tall brackets, minus signs apart from digits."""
    assert block_of(value([[1, -2.5], [3, 4], [5, 6]])) == [
        "⎡1  −2.5⎤",
        "⎢3   4  ⎥",
        "⎣5   6  ⎦",
    ]
    assert block_of(value([[1, 2]])) == ["[1  2]"]
    assert block_of(value([1, -2])) == ["(1, −2)"]


def test_large_values_show_their_ends_and_shape():
    """Long axes are cut, and the shape is said."""
    assert block_of(value(np.arange(20.0))) == ["(0, 1, 2, …, 19)   20 entries"]
    drawn = block_of(value(np.ones((10, 12))))
    assert len(drawn) == 5
    assert drawn[-1].endswith("10 × 12")


@pytest.mark.parametrize("width", [32, 40, 60, 80])
def test_values_keep_to_the_width(width):
    """Vectors go over several lines, matrices leave columns out."""
    random = np.random.default_rng(1)
    for shape in [(11,), (3, 8), (2, 3, 3)]:
        lines = block_of(value(random.normal(size=shape).round(12)), None, width)
        assert max(map(len, lines)) <= width


def test_sizes_are_written_as_products():
    """Lengths with names have no stars."""
    assert size_text(("4*m", "m*n", 2)) == "4m × m·n × 2"
    assert size_text((3,)) == "3 entries"


def test_stacks_of_matrices_are_labelled():
    """Slices are counted as in the problem."""
    drawn = block_of(value(np.zeros((3, 2, 2))), None, 80, 1)

    assert drawn[0] == "[1,:,:] ⎡0  0⎤"
    assert drawn[-1] == "… 3 × 2 × 2"


def test_empty_values_say_so():
    """A value without entries has its shape."""
    assert block_of(value(np.zeros((0, 3)))) == ["empty, 0 × 3"]


def test_matrices_in_latex():
    """The same, with pmatrix."""
    assert value_latex(value([[1, 2], [3, -4]])) == (
        r"\begin{pmatrix} 1 & 2 \\ 3 & -4 \end{pmatrix}"
    )
    assert value_latex(value([1, 2])) == r"(1,\; 2)"
    assert value_latex(value(np.arange(20.0))) == r"(0,\; 1,\; 2,\; \ldots,\; 19)\quad [20]"
    assert r"\ddots" in value_latex(value(np.ones((10, 12))))
