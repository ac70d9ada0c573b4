"""Numbers that one or two slips in the formula of the quantity give, and that none gives."""

import pytest

from tests.check.judged import judge

PRODUCT = {
    "given": {"x": [0.62, -1.31, 0.87], "y": [1.4, 0.35, -0.72], "g": [0.9, -0.4, 1.7]},
    "define": {"r": "x*y*(1 - y)"},
    "find": [{"vjp": "r", "wrt": "y", "cotangent": "g"}],
}
INVERSE = {
    "given": {"A": [[2, 0.3], [-0.4, 1.5]], "g": [[0.7, -1.1], [0.6, 0.9]]},
    "define": {"r": "inv(A)"},
    "find": [{"vjp": "r", "wrt": "A", "cotangent": "g"}],
}
SQUARE = {
    "given": {"x": [0.7, -1.2], "A": [[2, 0.3], [-0.4, 1.5]]},
    "define": {"r": "(x@A@x)**2/2 + sum(x**3)"},
    "find": [{"hessian": "r", "wrt": "x"}],
}
SUMMED = {
    "given": {"X": [0.3, 1.2, 0.5], "mu": 0.4},
    "define": {"r": "sum((X - mu)**2)"},
    "find": [{"gradient": "r", "wrt": "X"}],
}
AVERAGED = {**SUMMED, "define": {"r": "mean((X - mu)**2)"}}
SCALAR = {
    "given": {"x": 0.7},
    "define": {"r": "besselk(0, x)"},
    "find": [{"gradient": "r", "wrt": "x"}],
}
LOGISTIC = {
    "given": {"x": [0.62, -1.31, 0.87], "g": [0.9, -0.4, 1.7]},
    "define": {"r": "log_sigmoid(x)"},
    "find": [{"vjp": "r", "wrt": "x", "cotangent": "g"}],
}
NAMED = [
    (LOGISTIC, "dL_dx", [1.4852, -0.48499, 2.8981], {"sign"}),
    (PRODUCT, "dL_dy", [3.2984, -0.77945, 0.275616], {"sign", "wrong_operand"}),
    (
        INVERSE,
        "dL_dA",
        [[0.17536, -0.047255], [-0.08321, 0.36243]],
        {"elementwise_product", "sign"},
    ),
    (SQUARE, "d2r_dx_dx", [10.88, -7.512], {"missing_derivative"}),
    (SUMMED, "dr_dX", [-0.6, 4.8, 0.6], {"factor"}),
    (AVERAGED, "dr_dX", [-0.2, 1.6, 0.2], {"sum_for_mean"}),
]


@pytest.mark.parametrize(("problem", "quantity", "answer", "kinds"), NAMED)
def test_slips_are_found_in_numbers(problem, quantity, answer, kinds):
    """Two at once, the gradient for the Hessian, a factor 3 that is no mean."""
    one = judge(problem, quantity, answer)

    assert one.verdict == "wrong"
    assert one.finding.kind in kinds


def test_both_slips_are_said():
    """Each with what it did to the formula."""
    one = judge(PRODUCT, "dL_dy", [3.2984, -0.77945, 0.275616])

    assert "1 - 2*y" in one.finding.message
    assert "; and " in one.finding.message


@pytest.mark.parametrize(
    ("problem", "quantity", "answer"),
    [
        (PRODUCT, "dL_dy", [3.2984, -0.77955, 0.275616]),
        (SCALAR, "dr_dx", -1.9),
        (SQUARE, "d2r_dx_dx", [10.88, -7.412]),
    ],
)
def test_numbers_that_no_slip_gives_stay_unknown(problem, quantity, answer):
    """Beside those above: one digit off, or so few digits that too much would fit."""
    one = judge(problem, quantity, answer)

    assert (one.verdict, one.finding.kind) == ("wrong", "unknown")


def test_numbers_in_thousands_have_no_decimals():
    """With a power of ten, of which the last digit is a ten: right, and wrong by little."""
    problem = {"given": {"x": [120.5, 7.25]}, "find": [{"gradient": "x@x*x[0]", "wrt": "x"}]}

    right = judge(problem, "dL_dx", ["4.361e+04", "1.747e+03"])
    wrong = judge(problem, "dL_dx", ["4.271e+04", "1.747e+03"])

    assert right.verdict == "correct"
    assert wrong.verdict == "wrong"


def test_a_given_cotangent_is_not_rounded():
    """A whole number in its place is a mistake; a step rounded on the way is a rounding."""
    given = {"A": [[-3.1, -0.2], [-0.1, -3.9]], "g": 2.338}
    problem = {
        "given": given,
        "define": {"u": "det(A)", "r": "exp(u/9)"},
        "find": [{"part": "u", "vjp": "u", "wrt": "A", "cotangent": "g"},
                 {"part": "r", "gradient": "r", "wrt": "A"}],
    }  # fmt: skip

    taken = judge(problem, "u.dL_dA", [[-7.8, 0.2], [0.4, -6.2]])
    rounded = judge(problem, "r.dr_dA", [[-1.6467, 0.0422], [0.0844, -1.3089]])

    assert taken.verdict == "wrong"
    assert rounded.verdict == "rounding"
