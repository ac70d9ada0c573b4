"""Slips made in every entry alike, two slips in one answer, and how these are told."""

import pytest

from tests.check.judged import judge

RING = {
    "given": {"x": {"shape": [3]}, "d": {"shape": [3]}},
    "define": {"F": "[x[0]*x[1], x[1]*x[2], x[2]*x[0]]"},
    "find": [{"vjp": "F", "wrt": "x", "cotangent": "d"}],
}
LENS = {
    "given": {"X": [0.6, -0.9, 2.5], "f": 1.7, "d": [0.8, -0.4]},
    "define": {"u": "[f*X[0]/X[2], f*X[1]/X[2]]"},
    "find": [{"vjp": "u", "wrt": "X", "cotangent": "d"}],
}
SPIN = {
    "given": {"r": [0.5, -0.8, 1.1], "F": [1.2, 0.4, -0.6], "d": [0.9, -0.5, 0.3]},
    "define": {"M": "cross(r, F)"},
    "find": [{"vjp": "M", "wrt": "r", "cotangent": "d"}],
}
FILTER = {
    "given": {
        "X": [[1, 0.5, -0.3], [-0.6, 0.9, 0.4], [0.7, -0.2, 1.3]], "K": [[0.2, -0.4], [0.7, 0.3]],
        "V": [[0.5, -1], [0.8, 0.6]],
    },
    "define": {"L": "sum(conv2d(X, K)*V)"},
    "find": [{"gradient": "L", "wrt": "K"}],
}  # fmt: skip
FORMS = {
    "given": {
        "A": [[1.2, 0.4], [0.7, -0.9]], "B": [[0.5, -0.7], [0.3, 1.4]],
        "X": [[1.5, 0.3], [0.2, 1.8]], "v": [[0.3, -0.6], [0.9, 0.4]], "x": [0.8, -0.5],
    },
    "define": {"L": "trace(A@X.T@B@X)", "S": "X@A@X.T", "q": "x@A@x + sum(x**3)"},
    "find": [
        {"gradient": "L", "wrt": "X"}, {"jvp": "S", "wrt": "X", "tangent": "v"},
        {"hessian": "q", "wrt": "x"},
    ],
}  # fmt: skip
MEAN = {
    "given": {"t": [0.5, 1, 2], "k": 0.7, "p": 0.4},
    "define": {"f": "exp(-k*t)", "J": "mean(f**2)", "H": "-(1 - p)**2*log(p)"},
    "find": [{"gradient": "J", "wrt": "k"}, {"gradient": "H", "wrt": "p"}],
}
NAMED = (
    (RING, "dL_dx", "[d[0]*x[1], d[1]*x[2], d[2]*x[0]]", "missing_path", "and so in each entry"),
    (RING, "dL_dx", "[d[0]*x[1] - d[2]*x[2], d[1]*x[2] - d[0]*x[0], d[2]*x[0] - d[1]*x[1]]",
     "sign", "and so in each entry"),
    (LENS, "dL_dX", "[f*d[0]/X[2], f*d[1]/X[2], -f*(d[0]*X[0] + d[1]*X[1])/X[2]]",
     "quotient_rule", "it is `-(f*X[0]/X[2]/X[2])`, not `-(f*X[0]/X[2])`"),
    (LENS, "dL_dX", "[f*d[0]/X[2], f*d[1]/X[2], f*(d[0]*X[0] + d[1]*X[1])/X[2]**2]",
     "sign", "the minus sign is lost"),
    (SPIN, "dL_dr", "d*F", "elementwise_product", "where the product is `cross(F, d)`"),
    (FILTER, "dL_dK", "flip(conv2d(X, V))", "kernel_flip", "turned round, as a kernel is"),
    (FORMS, "dL_dX", "-2*B@X@A", "assumed_symmetric", "and the sign is wrong"),
    (FORMS, "dS_along_v", "v@A@X.T + X@A@v", "transposed", "`v.T`, not `v`"),
    (FORMS, "d2q_dx_dx", "2*A + diag(6*x)", "assumed_symmetric", "`A` for `A.T`"),
    (MEAN, "dJ_dk", "2*sum(f*f*t)", "sum_for_mean", "1/3 is missing and the sign is wrong"),
    (MEAN, "dH_dp", "(1 - p)*log(p) - (1 - p)**2/p", "factor",
     "has a wrong factor: `(1 - p)*log(p)` for `2*((1 - p)*log(p))`"),
    (MEAN, "dJ_dk", "-2*mean(f*f*t) + k", "extra_term", "`k` is added"),
)  # fmt: skip
RIGHT = (
    (RING, "dL_dx", "[d[0]*x[1] + d[2]*x[2], d[1]*x[2] + d[0]*x[0], d[2]*x[0] + d[1]*x[1]]"),
    (FILTER, "dL_dK", "conv2d(X, V)"),
    (FORMS, "d2q_dx_dx", "A.T + A + diag(6*x)"),
)


@pytest.mark.parametrize(("problem", "quantity", "answer", "kind", "words"), NAMED)
def test_slips_in_all_entries_and_two_at_once_are_told(problem, quantity, answer, kind, words):
    """The kind is the usual one, and the sentence says what stands there."""
    one = judge(problem, quantity, answer)

    assert one.verdict == "wrong"
    assert one.finding.kind == kind
    assert words in one.finding.message


@pytest.mark.parametrize(("problem", "quantity", "answer"), RIGHT)
def test_the_right_answers_beside_them_stay_right(problem, quantity, answer):
    """Nothing is found wrong with what is right."""
    assert judge(problem, quantity, answer).verdict == "correct"


def test_a_slip_in_one_entry_is_not_told_of_all():
    """Where one entry alone lacks a path, the sentence is about this one."""
    one = judge(RING, "dL_dx", "[d[0]*x[1], d[1]*x[2] + d[0]*x[0], d[2]*x[0] + d[1]*x[1]]")

    assert one.finding.kind == "missing_path"
    assert "each entry" not in one.finding.message


def test_an_entry_of_a_kernel_given_as_a_matrix_has_the_wrong_shape():
    """What has another shape is not turned round."""
    one = judge(FILTER, "dL_dK[0,1]", "conv2d(X, V)")

    assert one.verdict == "wrong"
    assert "shape" in one.finding.message


def test_one_factor_for_another_is_told_as_such():
    """What stands in the place of a factor is no second mistake beside the factor left out."""
    problem = {
        "given": {"s": [0.4, -0.3, 0.8], "h": [0.5, 1.2], "y": [0, 0, 1], "V": [[1, 2]] * 3},
        "define": {"p": "softmax(s + V@h)", "L": "-log(p[2])"},
        "find": [{"gradient": "L", "wrt": ["s", "V"]}],
    }
    one = judge(problem, "dL_dV", "outer(h, p - y)")

    assert one.finding.kind == "swapped_operands"
    assert one.finding.message.endswith("`y` should be `onehot(2, 3)`")


def test_all_of_three_mistakes_are_named():
    """A mistake beside one that is beside another is not left out of the sentence."""
    problem = {
        "given": {"S": [[2, 0.5], [0.5, 1.7]], "r": [0.6, -0.8]},
        "define": {"L": "logdet(S)/2 - r@S@r/2"},
        "find": [{"gradient": "L", "wrt": "S"}],
    }
    one = judge(problem, "dL_dS", "inv(S) + outer(r, r)/2")

    assert one.finding.message.count("; and ") == 2
