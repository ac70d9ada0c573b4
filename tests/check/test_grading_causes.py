"""Which cause is named first where several give one answer, or nearly."""

import pytest

from tests.check.judged import judge

GRAPH = {
    "given": {"a": 2, "b": -1, "c": 3, "d": 0.5},
    "define": {"e": "a*b", "f": "c + d", "g": "e/f", "h": "f**2", "L": "g + h*e"},
    "find": [{"gradient": "L", "wrt": ["a", "b", "c", "d"]}],
}
NEURON = {
    "given": {
        "x": [1.2, -0.7, 0.4], "w": [0.5, 0.3, -0.8], "b": 0.15, "z": [0.3, -0.4, 0.2],
        "t": [0, 0, 1],
    },
    "define": {"s": "w@x + b", "p": "softmax(z)", "L": "-sum(t*log(p))"},
    "find": [{"value": ["s", "L"]}],
}  # fmt: skip
FORM = {
    "given": {"x": [0.5, -1.5], "A": [[2, 0.5], [0.3, 1.5]]},
    "define": {"u": "x@A@x + 1", "h": "1/u"},
    "find": [{"gradient": "h", "wrt": ["x", "A"]}],
}
COLUMNS = {
    "given": {"x": [[1, 0.5], [-0.4, 2], [0.6, -1.1]]},
    "define": {"m": "mean(x, axis=0)", "c": "x - m"},
    "find": [{"value": ["m", "c"]}],
}
TRIPLET = {
    "given": {"a": [0.8, -0.5, 0.3], "p": [0.6, 0.2, -0.4], "q": [-0.1, 0.9, 0.5], "m": 2},
    "define": {
        "dp": "sum((a - p)**2)", "dq": "sum((a - q)**2)", "L": "relu(dp - dq + m)",
        "k": "dot(a, p)/sqrt(dot(a, a))",
    },
    "find": [{"gradient": "L", "wrt": ["a", "p", "q"]}, {"gradient": "k", "wrt": "p"}],
}  # fmt: skip
ATTENTION = {
    "given": {
        "Q": [[0.5, -0.4], [0.2, 0.9]], "K": [[0.7, 0.3], [-0.6, 0.8]],
        "G": [[1.1, -0.2], [0.4, -0.9]],
    },
    "define": {"S": "Q@K.T/sqrt(2)", "A": "softmax(S, axis=1)"},
    "find": [{"vjp": "A", "wrt": ["Q", "K"], "cotangent": "G"}],
}  # fmt: skip
STEPS = {
    "given": {"a": 0.9, "b": -0.4, "s0": 0.5, "x1": 1, "x2": -0.6, "x3": 0.8, "t": 0.3},
    "define": {
        "s1": "a*s0 + b*x1", "s2": "a*s1 + b*x2", "s3": "a*s2 + b*x3",
        "L": "(s1 - t)**2 + (s2 - t)**2 + (s3 - t)**2",
    },
    "find": [{"gradient": "L", "wrt": ["a", "b"]}],
}  # fmt: skip
LAYER = {
    "given": {"x": [0.6, 0.9], "W": [[0.3, 0.2], [0.1, 0.5], [-0.4, 0.7]], "b": [0.05, 0.1, -0.5]},
    "define": {"z": "W@x + b"},
    "find": [{"value": "z"}],
}
NET = {
    "given": {
        "x": [0.6, -0.4], "W": [[0.3, -0.2], [-0.5, 0.1], [0.25, 0.45]], "b": [0.1, -0.15, 0.05],
        "V": [[0.4, -0.6, 0.2], [-0.3, 0.5, 0.7]], "t": [1, 0],
    },
    "define": {
        "z": "W@x + b", "h": "relu(z)", "s": "V@h", "y": "sigmoid(s)",
        "L": "-mean(t*log(y) + (1 - t)*log(1 - y))",
    },
    "find": [{"gradient": "L", "wrt": ["V", "W", "x"]}],
}  # fmt: skip
MAPS = {
    "given": {"x": {"shape": [5]}, "d": {"shape": [5]}},
    "define": {"F": "x[0]*x"},
    "find": [{"vjp": "F", "wrt": "x", "cotangent": "d"}],
}
LOGITS = {
    "given": {"u": [0.5, 1.5, -0.7], "t": [0, 1, 0]},
    "define": {"H": "logsumexp(u)", "C": "cross_entropy(u, t)", "q": "u/H"},
    "find": [{"value": ["H", "q"]}, {"gradient": "C", "wrt": "u"}],
}
CAUSES = (
    (GRAPH, "dL_db", 12.536, "missing_derivative"),
    (NEURON, "s", 0.07, "missing_term"),
    (NEURON, "L", 1.5761, "index_shift"),
    (FORM, "dh_dA", [[0.25, -0.75], [-0.75, 2.25]], "missing_derivative"),
    (COLUMNS, "c", [[0.25, -0.25], [-1.2, 1.2], [0.85, -0.85]], "wrong_axis"),
    (TRIPLET, "dL_da", [2.2, -4.2, 1.0], "sign"),
    (TRIPLET, "dk_dp", "a", "missing_derivative"),
    (ATTENTION, "dL_dQ", [[0.6293, 0.1202], [0.5798, -0.4243]], "missing_derivative"),
    (ATTENTION, "S", [[0.115, -0.31], [0.205, 0.3]], "factor"),
    (STEPS, "dL_db", -1.0636, "missing_path"),
    (NET, "dL_dV", "outer((y - t)/2, ones(3))", "missing_derivative"),
    (NET, "dL_dh", "sum(V, axis=0)/2", "missing_derivative"),
    (NET, "dL_dh", "V[0]*(y[0] - t[0])/2", "missing_sum"),
    (NET, "dL_dh", "(V.T@(y - t)/2)*step(z)", "extra_derivative"),
    (MAPS, "dL_dx[0]", "d[0]*x[0] + d[1]*x[1] + d[2]*x[2] + d[3]*x[3]", "missing_term"),
    (LOGITS, "H", 0.2624, "wrong_operand"),
    (LOGITS, "q", [0.94558, 2.83673, -1.32381], "wrong_operand"),
    (LOGITS, "dC_du", [0.0465, -0.0709, 0.0052], "extra_derivative"),
)


@pytest.mark.parametrize(("problem", "quantity", "answer", "kind"), CAUSES)
def test_the_plainest_cause_is_named_first(problem, quantity, answer, kind):
    """Of causes that fit as well, the one that a step of the derivation has comes first."""
    one = judge(problem, quantity, answer)

    assert one.verdict == "wrong"
    assert one.finding.kind == kind


def test_one_digit_that_explains_all_entries_is_named_alone():
    """A slip behind every wrong entry comes before two slips that have one entry each."""
    one = judge(LAYER, "z", [0.39, 0.56, -0.18])

    assert one.finding.kind == "transcription"
    assert one.finding.message == "`x` was copied wrongly: `0.8` for `0.9`"


def test_a_quantity_is_not_taken_from_itself():
    """No step is altered into a difference of equals, which is 0 whatever they are."""
    one = judge(TRIPLET, "dL_da", "2*(a - p)")

    assert one.verdict == "wrong"
    assert "stands where `a` belongs" not in one.finding.message


def test_a_label_put_in_where_the_answer_is_0_is_right():
    """An entry that is 0 at the values given is compared where it is not."""
    right = judge(NET, "dL_dV[0,1]", "(y[0] - 1)*h[1]/2")
    wrong = judge(NET, "dL_dV[0,1]", "(y[0] - 1)*h[1]")

    assert right.verdict == "correct"
    assert wrong.verdict == "wrong"
