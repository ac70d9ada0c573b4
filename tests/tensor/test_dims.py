"""Lengths of axes: polynomials in named dimensions."""

import pytest

from symback.tensor.dims import NamedDim, dim, show

n, m = dim("n"), dim("m")


@pytest.mark.parametrize(
    ("length", "text"),
    [
        (n - 1, "n - 1"),
        (1 + n, "n + 1"),
        (2 * n * m, "2*m*n"),
        (m - n, "m - n"),
        (-n, "-n"),
        ((n + 1) * (n - 1), "n*n - 1"),
    ],
)
def test_a_length_is_written_as_a_polynomial(length, text):
    """Names in alphabetical order, products before single names, numbers last."""
    assert str(length) == text


def test_a_length_without_names_is_an_integer():
    """What cancels leaves a plain number."""
    found = (n + 2) - n

    assert found == 2
    assert not isinstance(found, NamedDim)


def test_equal_lengths_are_equal_however_they_are_written():
    """Arithmetic is canonical, so lengths can be keys."""
    assert (n + m) * 2 == m + n + m + n
    assert hash(n * m) == hash(m * n)


def test_a_length_has_a_number_where_all_names_have():
    """`at` puts sizes in; an unknown name leaves it unknown."""
    assert (n * m - 1).at({"n": 3, "m": 4}) == 11
    assert (n * m).at({"n": 3}) is None


def test_shapes_are_written_like_tuples():
    """A vector's shape keeps its comma."""
    assert show((n,)) == "(n,)"
    assert show((3, n)) == "(3, n)"
    assert show(()) == "()"
