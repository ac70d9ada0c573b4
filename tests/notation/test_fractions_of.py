"""Quotients in lowest terms."""

from tests.notation.printed import printed


def test_a_sum_under_a_root_cancels_with_itself():
    """1/sqrt(1 + x**2) - x**2/(1 + x**2)**1.5 is one term."""
    forms = printed("hessian", "x:n", "sum(sqrt(1 + x**2))", "x")

    assert forms == {"d2result_dx_dx": "diag(1/(1 + x**2)**1.5)"}


def test_terms_read_at_different_places_have_no_common_denominator():
    """What a term divides by is not there for a term of other rows."""
    steps = {"s": "roll(Y, -1, axis=0)", "r": "sqrt(sigmoid(s) + 1)"}
    forms = printed("gradient", "Y:3,2", "sum(tanh(r))", "Y", steps)

    assert forms == {
        "dresult_ds": "sigmoid(s)*(1 - tanh(r)**2)*(1 - sigmoid(s))/(2*r)",
        "dresult_dY": "roll(dresult_ds, 1, axis=0)",
    }


def test_what_is_padded_is_not_divided_by_zeros():
    """Beyond the axis of what is padded, the 1 of u**2 + 1 is still there to divide by."""
    forms = printed("gradient", "u:4 y:5", "sum(pad(log(u**2 + 1), [(0, 1)])*y)", "u")
    padded = printed("jacobian", "u:4 b:", "pad(atan(u*b), [(0, 1)])", "b")

    assert forms["dresult_du"] == "2*(u*y[:4])/(u**2 + 1)"
    assert padded == {"r": "pad(u, [(0, 1)])", "dresult_db": "r/(b**2*r**2 + 1)"}
