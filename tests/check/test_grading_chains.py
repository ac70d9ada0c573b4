"""Slips inside of functions, in single entries, and with another quantity in the place of one."""

import pytest

from tests.check.judged import judge


def vector(step, **given):
    """Return a problem that asks for the vector-Jacobian product of a step by x."""
    return {
        "given": {"x": [0.8, 1.5, 2.2], "g": [0.9, -0.5, 0.3], **given},
        "define": {"y": step},
        "find": [{"vjp": "y", "wrt": "x", "cotangent": "g"}],
    }


NET = {
    "given": {
        "x": [0.8, -0.3], "W": [[0.2, -0.5], [-0.6, 0.4], [0.7, 0.1]],
        "V": [[0.6, 0.9, -0.4], [-0.2, 0.5, 0.8]], "t": [0, 1], "u": [0.4, 1.1, -0.7],
    },
    "define": {
        "z": "W@x", "h": "relu(z)", "y": "V@h", "L": "sum((y - t)**2)/2", "s": "u@h",
        "J": "(sigmoid(s) - 1)**2",
    },
    "find": [{"gradient": "L", "wrt": ["W", "V", "z"]}, {"gradient": "J", "wrt": ["z", "W"]}],
}  # fmt: skip
OUTER = {
    "given": {"x": [0.8, -0.5, 1.1], "y": [0.3, 0.6], "G": [[0.2, -0.7], [1.1, 0.4], [-0.9, 0.5]]},
    "define": {"P": "outer(x, y)", "q": "x@A@x + sum(x**3)", "c": "sum(log(1 + (x/k)**2))"},
    "find": [
        {"vjp": "P", "wrt": ["x", "y"], "cotangent": "G"}, {"hessian": "q", "wrt": "x"},
        {"gradient": "c", "wrt": "x"},
    ],
}  # fmt: skip
OUTER["given"] |= {"k": 0.7, "A": [[1, 0.5, -0.2], [0.3, 2, 0.7], [0.1, -0.4, 1.5]]}
GAIN = {
    "given": {
        "G": [[0.4, 0.1], [-0.2, 0.6], [0.3, -0.1]], "H": [[1, 0, 0.5], [0.2, 1, 0]],
        "Q": {"value": [[2, 0.5, -0.3], [0.5, 1.7, 0.4], [-0.3, 0.4, 1.2]], "shape": [3, 3],
              "assume": ["symmetric"]},
    },
    "define": {"L": "trace(G@H@Q@H.T@G.T)/2 - trace(G@H@Q)"},
    "find": [{"gradient": "L", "wrt": "G"}],
}  # fmt: skip
RING = {
    "given": {"x": {"shape": [3]}, "d": {"shape": [3]}},
    "define": {"F": "[x[0]*x[1], x[1]*x[2], x[2]*x[0]]"},
    "find": [{"vjp": "F", "wrt": "x", "cotangent": "d"}],
}
PULL = {
    "given": {"r": 1.3, "k": 0.5},
    "define": {"V": "k*r**3"},
    "find": [{"gradient": "V", "wrt": "r"}],
}
NAMED = (
    (vector("(3*x + 1)**4"), "dL_dx", "4*g*(3*x + 1)**3", "missing_derivative", "of `3*x`, is"),
    (vector("asin(x/4)"), "dL_dx", "g/sqrt(1 - x**2/16)", "missing_derivative", "of `x/4`, is"),
    (vector("asin(x/4)"), "dL_dx", "g/(1 + x**2/16)/4", "wrong_derivative", "not `1/(1 + (x/4)**2"),
    (vector("tan(x**2)"), "dL_dx", "2*g*x/cos(x)**2", "wrong_operand", "not `tan(x)**2 + 1`"),
    (vector("1/(x + 2)"), "dL_dx", "g*log(x + 2)", "wrong_derivative", "is integrated where"),
    (vector("clip(x, -1, 1)"), "dL_dx", "g*(x <= 1)", "wrong_branch", "one side is left out"),
    (vector("log(x)/log(3)"), "dL_dx", "g*log(3)/x", "wrong_base", "the base is another one"),
    (OUTER, "dc_dx", "2*x/(1 + (x/k)**2)", "factor", "a factor `k**2` is too many"),
    (OUTER, "dL_dy", "G@y", "wrong_operand", "this is the value of `dL_dx`"),
    (OUTER, "d2q_dx_dx", "A + A.T + 6*x", "extra_term", "in every row, not on the diagonal"),
    (RING, "dL_dx", "[d[0]*x[1] + d[1]*x[2], d[1]*x[2] + d[0]*x[0], d[2]*x[0] + d[1]*x[1]]",
     "index_shift", "`d[1]` should be `d[2]`"),
    (GAIN, "dL_dG", "G@H@Q@H.T - H@Q", "transposed", "`H @ Q` should be `(H @ Q).T`"),
    (PULL, "dV_dr", 25.4, "transcription", "one place too far to the right"),
    (PULL, "dV_dr", 0.2535, "transcription", "one place too far to the left"),
    (NET, "dJ_dz", "2*(sigmoid(s) - 1)*sigmoid(s)*(1 - sigmoid(s))*u*step(s)", "wrong_operand",
     "`s` should be `z`"),
    (NET, "dL_dz", "[(y[0] - t[0])*V[0,0], 0, (y[0] - t[0])*V[0,2]]", "missing_sum",
     "one summand for the sum"),
)  # fmt: skip
RIGHT = (
    (vector("(3*x + 1)**4"), "dL_dx", "12*g*(3*x + 1)**3"),
    (vector("tan(x**2)"), "dL_dx", "2*g*x/cos(x**2)**2"),
    (PULL, "dV_dr", 2.535),
    (GAIN, "dL_dG", "G@H@Q@H.T - Q@H.T"),
    (NET, "dL_dz", "[(y[0] - t[0])*V[0,0] + (y[1] - t[1])*V[1,0], 0, "
     "(y[0] - t[0])*V[0,2] + (y[1] - t[1])*V[1,2]]"),
)  # fmt: skip


@pytest.mark.parametrize(("problem", "quantity", "answer", "kind", "words"), NAMED)
def test_slips_inside_of_functions_and_in_entries_are_told(problem, quantity, answer, kind, words):
    """The kind is the usual one, and the sentence says what stands there."""
    one = judge(problem, quantity, answer)

    assert one.verdict == "wrong"
    assert one.finding.kind == kind
    assert words in one.finding.message


@pytest.mark.parametrize(("problem", "quantity", "answer"), RIGHT)
def test_the_right_answers_beside_them_stay_right(problem, quantity, answer):
    """Nothing is found wrong with what is right."""
    assert judge(problem, quantity, answer).verdict == "correct"


def test_a_factor_of_a_formula_that_is_not_inside_stays_a_factor():
    """The 3 in front of a loss is no inner derivative; nor is one inside told as a factor."""
    one = judge(vector("3*sin(x)"), "dL_dx", "g*cos(x)")
    other = judge(vector("sin(3*x)"), "dL_dx", "g*cos(3*x)")

    assert one.finding.kind == "factor"
    assert other.finding.kind == "missing_derivative"


def test_ten_times_a_formula_has_no_decimal_point():
    """A formula off by 10 is off by a factor."""
    assert judge(PULL, "dV_dr", "30*k*r**2").finding.kind == "factor"
