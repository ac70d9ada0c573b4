"""Entries picked by places that are counted in named dimensions."""

import pytest

from symback.errors import InputError
from tests.notation.printed import printed


@pytest.mark.parametrize(
    ("place", "form"),
    [("-n", "onehot(0, n)"), ("n - 1", "onehot(n - 1, n)"), ("1 - n", "onehot(1, n)")],
)
def test_places_count_from_either_end(place, form):
    """x[-n] is the first entry."""
    assert printed("gradient", "x:n", f"x[{place}]", "x") == {"dresult_dx": form}


@pytest.mark.parametrize("place", ["n", "n + 2", "-n - 1"])
def test_a_place_outside_is_refused(place):
    """It has no entry, and no gradient of zero."""
    with pytest.raises(InputError, match="outside an axis of length n"):
        printed("gradient", "x:n", f"x[{place}]", "x")
