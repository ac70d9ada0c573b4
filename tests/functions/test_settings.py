"""Settings that have no meaning."""

import pytest

from symback.errors import InputError
from tests.notation.printed import printed


@pytest.mark.parametrize("share", ["1", "2", "-1/2"])
def test_dropout_drops_a_share_below_one(share):
    """With p = 1 nothing would be left to scale."""
    with pytest.raises(InputError, match="`p` of `dropout` must be from 0 on and below 1"):
        printed("gradient", "x:n m:n", f"sum(dropout(x, m, {share}))", "x")
