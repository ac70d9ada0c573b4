"""A rule worked out for some leaves is the rule worked out for others, renamed."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from symback.calculus.elaborate import Elaborator
from symback.functions import table
from symback.language import parse
from symback.tensor.poly import LEAF, atom, leaf
from symback.tensor.renaming import with_leaves

RULES = ["out*(1 - out)", "1 - out**2", "x*exp(-x**2)/2", "cos(x - out)*(3*out - x)", "-x/out**3"]
LETTERS = st.text("abcdefgh", min_size=1, max_size=3)


def elaborated(rule, x, out):
    """Return a rule for two vectors of these names."""
    leaves = {"x": leaf(x, (3,)), "out": leaf(out, (3,))}
    return Elaborator(table(), leaves)(parse(rule))


@pytest.mark.parametrize("rule", RULES)
@given(names=st.lists(LETTERS, min_size=4, max_size=4, unique=True))
def test_renamed_is_elaborated_anew(rule, names):
    """Whatever the order of the names, the canonical form is the same, if there is one."""
    old, new = names[:2], names[2:]
    places = {atom(LEAF, a, (3,)): atom(LEAF, b, (3,)) for a, b in zip(old, new, strict=True)}
    found = with_leaves(elaborated(rule, *old), places)
    assert found is elaborated(rule, *new) or (found is None and "cos" in rule)


def test_what_is_no_elementwise_formula_is_refused():
    """Sums over an axis have bound labels, whose order may depend on the names."""
    assert with_leaves(elaborated("x*sum(out)", "a", "b"), {}) is None
