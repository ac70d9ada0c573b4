"""Tensors are recognised by the name that they, their negatives or their multiples have."""

from fractions import Fraction

import pytest

from symback.calculus.names import Names
from symback.tensor.algebra import multiply
from symback.tensor.poly import add, leaf, scale

HALF = Fraction(1, 2)
X, Y, Z = leaf("x", (3,)), leaf("y", (3,)), leaf("z", (3,))
SUM = add([scale(X, 2), scale(Y, 6)])


@pytest.mark.parametrize(("times", "found"), [(1, 1), (-1, -1), (HALF, HALF), (3, None)])
def test_a_sum_is_known_up_to_its_sign_and_content(times, found):
    """z = 2x + 6y also names -z and x + 3y, but no other multiple."""
    names = Names()
    names.add(SUM, Z)
    wanted = None if found is None else scale(Z, found)
    assert names.get(scale(SUM, times)) is wanted


def test_a_product_is_known_up_to_its_sign():
    """z = x*y/2 does not take over x*y."""
    product = scale(multiply(X, Y), HALF)
    names = Names()
    names.add(product, Z)
    assert names.get(product) is Z
    assert names.get(scale(product, -1)) is scale(Z, -1)
    assert names.get(multiply(X, Y)) is None


def test_the_first_name_stands_until_it_is_forgotten():
    """A second name for the same tensor waits for the first to go."""
    other = leaf("other", (3,))
    names = Names()
    names.add(SUM, Z)
    names.add(SUM, other)
    assert names.of(SUM) is Z
    names.forget(Z.terms[0][0].factors[0].atom)
    assert names.of(SUM) is other
    assert names.of(X) is X
