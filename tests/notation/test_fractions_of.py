"""Quotients in lowest terms."""

from tests.notation.printed import printed


def test_a_sum_under_a_root_cancels_with_itself():
    """1/sqrt(1 + x**2) - x**2/(1 + x**2)**1.5 is one term."""
    forms = printed("hessian", "x:n", "sum(sqrt(1 + x**2))", "x")

    assert forms == {"d2result_dx_dx": "diag(1/(1 + x**2)**1.5)"}
