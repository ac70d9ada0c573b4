"""Slips with operands, places, bases, roundings and sequences, each by its usual name."""

import pytest

from symback.check.answers.digits import exchanged, significant_digits
from symback.language import parse
from tests.check.judged import judge

NET = {
    "given": {
        "x": [0.5, 1.2, -0.4], "A": [[0.3, -0.2, 0.7], [0.6, 0.1, -0.5]], "c": [0.2, -0.3],
        "w": [0.9, -1.1], "t": 0.4, "lam": 0.3,
    },
    "define": {
        "a": "A@x + c", "s": "softplus(a)", "y": "w@s", "L": "(y - t)**2/2 + lam/2*w@w",
    },
    "find": [{"gradient": "L", "wrt": ["A", "c", "w", "x"]}],
}  # fmt: skip
SEQUENCE = {
    "given": {
        "x1": [0.4, -0.9], "x2": [0.7, 1.2], "U": [[0.5, -0.3], [0.6, 0.8]],
        "V": [[0.2, 0.7], [-0.4, 0.9]], "h0": [0.1, -0.2], "w": [1.1, -0.6], "t": 0.5,
    },
    "define": {
        "h1": "tanh(U@x1 + V@h0)", "h2": "tanh(U@x2 + V@h1)", "L": "(w@h2 - t)**2",
    },
    "find": [{"gradient": "L", "wrt": ["U", "V"]}],
}  # fmt: skip
FIRST = "2*(w@h2 - t)*w*(1 - h2**2)"
SECOND = f"(V.T@({FIRST}))*(1 - h1**2)"
LOGITS = {
    "given": {"z": [1.4, -0.2, 0.7], "t": [0, 1, 0], "g": [0.3, -0.8, 0.6], "r": 1.5, "n": 0.7},
    "define": {
        "L": "cross_entropy(z, t)", "p": "softmax(z)", "B": "-sum(t*log(p) + (1 - t)*log(1 - p))",
        "P": "[r*cos(n), r*sin(n)]", "q": "3**(r*n)", "m": "sqrt(1 + r*n**3)",
    },
    "find": [
        {"gradient": "L", "wrt": "z"}, {"value": ["B", "p"]}, {"jacobian": "P", "wrt": "n"},
        {"gradient": "q", "wrt": "n"}, {"gradient": "m", "wrt": "n"},
    ],
}  # fmt: skip
MAPS = {
    "given": {"z": [1.4, -0.2, 0.7], "g": [0.3, -0.8, 0.6], "k": [0.9, 1.1, -0.5]},
    "define": {"F": "z[1]*z", "v": "norm(z)", "u": "z/v", "y": "k*u"},
    "find": [
        {"part": "f", "vjp": "F", "wrt": "z", "cotangent": "g"},
        {"part": "y", "vjp": "y", "wrt": "k", "cotangent": "g"},
    ],
}
SOLVED = {
    "given": {"A": [[1.5, 0.4], [-0.3, 2]], "b": [0.6, -1.3], "g": [0.8, 0.5], "v": [1.5, 0.4]},
    "define": {"y": "solve(A, b)", "F": "sin(A@b)"},
    "find": [{"vjp": "y", "wrt": "b", "cotangent": "g"}, {"jvp": "F", "wrt": "b", "tangent": "v"}],
}
NAMED = (
    (NET, "dL_dw", "s*(y - t) + lam/2*w", "factor"),
    (NET, "dL_dw", [0.0455, -0.7323], "extra_derivative"),
    (NET, "dL_dA[0,1]", -0.1651, "index_shift"),
    (SEQUENCE, "dL_dV", f"outer({FIRST}, h2) + outer({SECOND}, h1)", "index_shift"),
    (LOGITS, "dL_dz", "z - t", "wrong_operand"),
    (LOGITS, "B", 1.461, "wrong_base"),
    (LOGITS, "p", [0.8022, 0.4502, 0.6682], "wrong_operand"),
    (LOGITS, "dP_dn", [-0.6442, 0.7648], "factor"),
    (LOGITS, "dq_dn", "r*3**(r*n)", "wrong_base"),
    (LOGITS, "dm_dn", "3*r*n**2/(2*(1 + r*n**3)**1.5)", "power_rule"),
    (MAPS, "f.dL_dz", "z[1]*g + dot(g, z)", "extra_term"),
    (MAPS, "y.dL_dk", "g*z", "wrong_operand"),
    (SOLVED, "dL_db", [-1.1333, 2.25], "elementwise_inverse"),
    (SOLVED, "dF_along_v", "cos(A@b)*v", "missing_derivative"),
)


@pytest.mark.parametrize(("problem", "quantity", "answer", "kind"), NAMED)
def test_slips_have_their_usual_names(problem, quantity, answer, kind):
    """The mistake is named first by the kind that a teacher would give it."""
    one = judge(problem, quantity, answer)

    assert one.verdict == "wrong"
    assert one.finding.kind == kind


def test_the_derivative_by_another_quantity_is_told():
    """A right value of something else is no mistake of calculation."""
    one = judge(NET, "dL_dc", "w*(y - t)")
    other = judge(NET, "dL_da", "(y - t)*s + lam*w")

    assert one.finding.kind == "missing_derivative"
    assert (other.finding.kind, other.finding.message) == (
        "wrong_operand", "this is the value of `dL_dw`",
    )  # fmt: skip


def test_a_single_rounded_step_is_named():
    """One intermediate value rounded explains a number; its right digits exchanged are no such."""
    rounded = judge(LOGITS, "B", 3.3544)
    copied = judge(LOGITS, "dL_dz", [0.5888, -0.8181, 0.2924])

    assert rounded.verdict == "rounding"
    assert copied.verdict == "wrong"


def test_one_digit_is_not_explained_by_roundings():
    """An integer near the right number is wrong: its one digit says nothing of what came before."""
    assert judge(NET, "L", 1).verdict == "wrong"
    assert significant_digits(parse("[0.10, 20]")) == 2
    assert list(exchanged("1.23")) == ["2.13", "1.32"]
