import time

import pytest

from symback.errors import LimitError
from symback.language import parse
from symback.problem.powers import bound_powers


@pytest.mark.parametrize(
    "text",
    [
        "9**9**9**9",
        "9**9**9",
        "((9**9)**9999)**9999",
        "x*(1.3**6472416997)",
        "x**(10**9)",
        "2**-10000000",
        "(1/3)**10**8",
        "1e9999**9999",
        "(-2)**(10**7 + 1)",
    ],
)
def test_huge_powers_are_refused_at_once(text):
    """Towers and huge exponents are named before anything is computed."""
    began = time.process_time()

    with pytest.raises(LimitError) as caught:
        bound_powers(parse(text))

    assert caught.value.diagnostics[0].code == "E402"
    assert time.process_time() - began < 0.5


@pytest.mark.parametrize(
    "text",
    [
        "9**9**4",
        "x**1000",
        "1**10**9",
        "(-1)**10**9",
        "0**5",
        "2**0.5",
        "0**-1",
        "x**y",
        "1/0 + 2**3",
    ],
)
def test_other_powers_pass(text):
    """What can be computed, or is none of this module's business, is left alone."""
    bound_powers(parse(text))
