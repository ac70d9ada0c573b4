"""Mistakes that show only together, or against the habits of people: what is said of them."""

import json
from functools import cache

import pytest

from symback.check.grading import Grader
from symback.functions import table
from symback.problem.load import load_text
from symback.problem.sheet import load_sheet_text

BATCH = {
    "given": {
        "X": [[0.2, 0.9], [-0.5, 0.4], [0.8, -0.3]],
        "W1": [[0.3, -0.6, 0.5], [0.7, 0.2, -0.4]],
        "W2": [[0.5], [-0.8], [0.6]],
        "Y": [[0.4], [-0.1], [0.7]],
    },
    "define": {
        "Z": "X@W1",
        "H": "sigmoid(Z)",
        "O": "H@W2",
        "L": "sum((O-Y)**2)/6",
    },
    "find": [{"gradient": "L", "wrt": ["W1", "W2"]}],
}
NORMAL = {
    "given": {"S": [[2, 0.3], [0.3, 1]], "m": [0.5, -0.2], "x": [1.1, 0.4]},
    "define": {"e": "x-m", "l": "-logdet(S)/2-e@inv(S)@e/2"},
    "find": [{"gradient": "l", "wrt": ["m", "S"]}, {"hessian": "l", "wrt": "m"}],
}
NET = {
    "given": {"w": [0.4, -0.9], "v": [0.5, 0.3], "x": 0.6, "t": 0.2, "lam": 0.1},
    "define": {
        "z": "w*x",
        "h": "silu(z)",
        "y": "v@h",
        "L": "(y-t)**2/2+lam*(w@w)",
    },
    "find": [{"gradient": "L", "wrt": ["w", "v"]}],
}
MAP = {
    "given": {"x": [0.7, -1.3, 2.1], "g": [1.5, -0.6], "A": [[2, 0.5], [0.3, 1.4]]},
    "define": {"F": "[x[0]*x[1], x[2]**2]", "y": "solve(A, F)"},
    "find": [
        {"vjp": "F", "wrt": "x", "cotangent": "g"},
        {"vjp": "y", "wrt": "A", "cotangent": "g"},
    ],
}
NORM = {
    "given": {"x": [0.8, -0.5, 1.6], "g": [0.3, -0.9, 0.5]},
    "define": {"mu": "mean(x)", "c": "x-mu", "s": "sqrt(mean(c**2))", "y": "c/s"},
    "find": [{"vjp": "y", "wrt": "x", "cotangent": "g"}],
}
FREE = {
    "given": {"A": {"shape": ["n", "n"]}, "x": {"shape": ["n"]}, "y": {"shape": ["n"]}},
    "define": {"q": "x@A@x", "d": "logdet(A)", "p": "sum(x*y)/pi"},
    "find": [
        {"gradient": "q", "wrt": "x"},
        {"gradient": "d", "wrt": "A"},
        {"gradient": "p", "wrt": "x"},
        {"hessian": "q", "wrt": "x"},
    ],
}
POOLED = {
    "given": {"x": {"value": [0.7, -1.3, 2.1], "shape": [3]}, "g": [1.5, -0.6, 0.9]},
    "define": {"F": "x*max(x)", "R": "x[0]*relu(x + 2)"},
    "find": [
        {"vjp": "F", "wrt": "x", "cotangent": "g"},
        {"vjp": "R", "wrt": "x", "cotangent": "g"},
    ],
}
COSINE = {
    "given": {"u": [1, 2], "v": [2, -1]},
    "define": {"c": "u@v/(norm(u)*norm(v)) + u[0]"},
    "find": [{"gradient": "c", "wrt": ["u", "v"]}],
}
ATTENTION = {
    "given": {
        "H": [[0.4, -0.2], [0.9, 0.6], [-0.5, 0.3]],
        "W": [[0.7, 0.2], [-0.3, 0.8]],
        "v": [1.1, -0.9],
        "g": [0.5, 0.8],
    },
    "define": {"e": "tanh(H@W)@v", "a": "softmax(e)", "c": "a@H"},
    "find": [{"vjp": "c", "wrt": ["v", "W"], "cotangent": "g"}],
}
GATE = {
    "given": {"x": 0.7, "h": -0.3, "a": 0.9, "u": -1.1, "w": 0.5, "g": 1.4},
    "define": {"z": "sigmoid(a*x+u*h)", "c": "tanh(w*x)", "n": "(1-z)*h+z*c"},
    "find": [{"vjp": "n", "wrt": ["a", "u", "w", "x", "h"], "cotangent": "g"}],
}
COLUMNS = {
    "given": {
        "X": [[0.5, -1.0], [1.5, 0.4], [-0.2, 0.9]],
        "s": [0.6, 0.8],
        "G": [[0.3, -0.2], [-0.5, 0.7], [0.9, 0.1]],
    },
    "define": {"xc": "X-mean(X, axis=0)", "xh": "xc/s"},
    "find": [{"vjp": "xh", "wrt": ["s", "X"], "cotangent": "G"}],
}
SCALARS = {
    "given": {"x": 0.4, "y": 1.7, "g": 0.9},
    "define": {
        "f": "g*asin(x)",
        "h": "g*erf(x)",
        "k": "g*cbrt(y)",
        "p": "g*x**y",
        "r": "x/y",
        "s": "x/(x**2+y)",
    },
    "find": [{"gradient": one, "wrt": ["x"]} for one in "fhrs"]
    + [{"gradient": one, "wrt": ["y"]} for one in "kp"],
}
TWO = {
    "given": {"mu": [0.4, -0.9], "lv": [-0.2, 0.5], "v": [1.2, 0.6], "ep": [0.7, -0.3], "t": 0.8},
    "define": {
        "sd": "exp(lv/2)",
        "z": "mu+sd*ep",
        "o": "v@z",
        "K": "-sum(1+lv-mu**2-exp(lv))/2",
        "L": "(o-t)**2+K",
    },
    "find": [{"gradient": "L", "wrt": ["mu", "lv"]}],
}
SIMPLE = {
    "given": {"x": [1.5, -0.5], "W": [[0.2, -0.4], [0.5, 0.3]], "b": [0.1, 0.3], "v": [0.6, -0.2]},
    "define": {"z": "W@x+b", "h": "sin(z)", "L": "v@h"},
    "find": [{"gradient": "L", "wrt": ["W", "b"]}],
}
SHUFFLED = {
    "given": {"x": {"shape": [4]}, "d": {"shape": [4]}},
    "define": {"F": "x[2]*[x[3], x[0], x[2], x[1]]"},
    "find": [{"vjp": "F", "wrt": "x", "cotangent": "d"}],
}
CROSSING = {
    "given": {"p": 2, "q": -3, "r": 4},
    "define": {"u": "p*q", "v": "q+r", "L": "u*v + v**2"},
    "find": [{"gradient": "L", "wrt": ["p", "q", "r"]}],
}
PROBLEMS = {
    "shuffled": SHUFFLED, "crossing": CROSSING,
    "attention": ATTENTION, "gate": GATE, "columns": COLUMNS, "scalars": SCALARS, "two": TWO,
    "simple": SIMPLE,
    "batch": BATCH, "normal": NORMAL, "net": NET, "map": MAP, "norm": NORM, "free": FREE,
    "pooled": POOLED, "cosine": COSINE,
}  # fmt: skip


@cache
def grader(name):
    """Derive a problem once for all its answers."""
    return Grader(load_text(json.dumps(PROBLEMS[name]), "problem.yaml", table()), table())


def graded(name, *answers):
    """Grade a list of answers to the problem of a name."""
    sheet = load_sheet_text(json.dumps({"answers": list(answers)}))
    return grader(name).grade(sheet).answers


MISTAKES = [
    ("net", "dL_dw", "(y-t)*x*v*(h+sigmoid(z)*(1-h))+lam*w", "factor",
     "in `dL_dw` `w` is in `w @ w` twice: the factor 2 is left out"),
    ("net", "dL_dz", "(y-t)*v*sigmoid(z)", "missing_term",
     "in `dL_dz` a term is missing in the derivative of `silu(z)`: "
     "it is `h + sigmoid(z)*(1 - h)`, not `sigmoid(z)`"),
    ("map", "dL_dx", "[x[1], x[0], 2*x[2]]", "missing_derivative",
     "in `dL_dF` the cotangent `g` is left out, as if it were ones"),
    ("map", "b.dL_dA", "-outer(A.T@g, y)", "wrong_operand",
     "in `dL_dA` the inverse is left out: `solve(A.T, g)`, not `A.T @ g`"),
    ("norm", "dL_dx", "g/s", "missing_path",
     "in `dL_dmu` and `dL_ds` everything is missing, as if these were constants"),
    ("free", "dd_dA", "1/A", "elementwise_inverse",
     "the inverse of a matrix is not the inverse of its entries"),
    ("free", "d2q_dx_dx", "diag((A+A.T)@x)", "missing_derivative",
     "`dq_dx` stands there, it should be differentiated once more"),
    ("normal", "d2l_dm_dm", "-S", "wrong_operand",
     "in `d2l_dm_dm` the inverse is left out: `inv(S)`, not `S`; and this is right for symmetric "
     "matrices only"),
    ("normal", "dl_dm", "inv(S)@e", "assumed_symmetric", None),
    ("batch", "dL_dW1", "X.T@(((Y-O)@W2.T)*H)/6", "function_for_derivative",
     "in `dL_dZ` the value `H` stands where the derivative of `sigmoid(Z)` belongs; and a factor "
     "1/2 too many and the sign is wrong"),
]  # fmt: skip


THREE = [
    ("batch", "dL_dW1", "X.T@(((Y-O)@W2.T)*H)*2/3", {"function_for_derivative"}),
    ("norm", "dL_dx", "(2*g+mean(g)+y*mean(g*y))/s", {"sign"}),
    ("net", "dL_dw", "3*(y-t)*x*v*(h+sigmoid(z)*(1-h))-lam*w", {"factor", "sign"}),
]


@pytest.mark.parametrize(("problem", "quantity", "answer", "kinds"), THREE)
def test_three_mistakes_are_named_together(problem, quantity, answer, kinds):
    """One of the kinds is that of the finding, whose sentence has all."""
    (one,) = graded(problem, {quantity: answer})

    assert one.verdict == "wrong"
    assert one.finding.kind in kinds
    assert "; and " in one.finding.message


@pytest.mark.parametrize(
    ("first", "second", "note"),
    [
        (
            {"dL_dO": "2*(O-Y)/3"},
            {"dL_dW2": "H.T@dL_dO/2"},
            "right, but only because two mistakes cancel: in `dL_dO` and here",
        ),
        (
            {"dL_dO": [[-0.1452], [0.08698], [-0.243]]},
            {"dL_dH": [[-0.0363, 0.05808, -0.04356], [0.02175, -0.03479, 0.0261],
                       [-0.06075, 0.0972, -0.0729]]},
            "right, though `dL_dO` before it is wrong: two mistakes cancel, here a factor 1/2 too "
            "many",
        ),
        ({"dL_dO": "2*(O-Y)/3"}, {"dL_dW2": "H.T@(O-Y)/3"}, ""),
    ],
)  # fmt: skip
def test_a_value_right_by_accident_is_said_to_be_so(first, second, note):
    """The answer before it is wrong, and what follows from that is not what is written."""
    wrong, one = graded("batch", first, second)

    assert ("wrong", "correct", note) == (wrong.verdict, one.verdict, one.note)


def test_a_divisor_that_is_no_quantity_is_no_reason_to_stop():
    """`pi` stands under a fraction bar, and has no value among those of the steps."""
    (one,) = graded("free", {"dp_dx": "y**2/pi"})

    assert (one.verdict, one.finding.kind) == ("wrong", "power_rule")


def test_a_ratio_beyond_all_numbers_is_no_factor():
    """The answer is so much larger than an altered value that its square has no float."""
    (one,) = graded("net", {"dL_dw": "exp(300*(w + 2))*1e150"})

    assert (one.verdict, one.finding.kind) == ("wrong", "unknown")


@pytest.mark.parametrize(("problem", "quantity", "answer", "kind", "message"), MISTAKES)
def test_the_sentence_names_the_mistake(problem, quantity, answer, kind, message):
    """One or several at once, each said in its place."""
    (one,) = graded(problem, {quantity.split(".")[-1]: answer})

    assert ("wrong", kind) == (one.verdict, one.finding.kind)
    assert message in (None, one.finding.message)


@pytest.mark.parametrize(
    ("problem", "quantity", "answer", "kind"),
    [
        ("attention", "dL_de", "a*(H@g) - a@(H@g)", "missing_derivative"),
        ("attention", "dL_de", "a*(2*(H@g)) - a*(a@(H@g))/3", "factor"),
        ("attention", "dL_da", [0.0202, 0.2886, -0.0018], "extra_derivative"),
        ("gate", "dL_dw", "g*(1-z)*(1-c**2)*x", "wrong_operand"),
        ("gate", "dL_dh", 0.81615, "wrong_operand"),
        ("columns", "dL_ds", "-sum(G*xc, axis=0)/s", "quotient_rule"),
        ("columns", "dL_ds", [2.0, -0.6375], "quotient_rule"),
        ("scalars", "df_dx", "g/(1-x**2)", "wrong_derivative"),
        ("scalars", "dh_dx", "2*g/sqrt(pi)*exp(x**2)", "sign"),
        ("scalars", "dk_dy", "g/3*y**(2/3)", "power_rule"),
        ("scalars", "dp_dy", "g*x**y", "wrong_base"),
        ("scalars", "dr_dx", "1/x", "wrong_operand"),
        ("scalars", "ds_dx", "(x**2 - y)/(x**2 + y)**2", "quotient_rule"),
        ("scalars", "ds_dx", "-(y - x**2)/(x**2 + y)**2", "sign"),
        ("scalars", "df_dx", "-g/sqrt(1 - x**2)", "sign"),
        ("two", "dL_dlv", "(o-t)*v*ep*sd", "missing_path"),
        ("two", "dL_dmu", "2*v + mu", "missing_derivative"),
        ("simple", "dL_dz", "v*cos(W@x)", "missing_term"),
        ("shuffled", "dL_dx", "x[2]*d", "missing_path"),
        ("crossing", "dL_dq", -4, "missing_path"),
        ("crossing", "dL_dp", 2, "wrong_operand"),
        ("crossing", "dL_dr", "v*2", "missing_path"),
    ],
)
def test_slips_in_one_operation_have_their_names(problem, quantity, answer, kind):
    """A factor lost in one term, an operand for what it lacks to 1, a sign in an exponent."""
    (one,) = graded(problem, {quantity: answer})

    assert (one.verdict, one.finding.kind) == ("wrong", kind)


@pytest.mark.parametrize(
    ("quantity", "answer", "verdict"),
    [
        ("dL_dF", "g", "correct"),
        ("dL_dx", "g*x[2] + (g@x)*onehot(2, 3)", "correct"),
        ("dL_dx", "g*x[2] + (g@x)*onehot(1, 3)", "wrong"),
        ("dL_dR", "g", "correct"),
    ],
)
def test_the_entry_that_is_the_largest_may_be_named(quantity, answer, verdict):
    """A branch may be resolved at the values given by saying which entry it takes."""
    (one,) = graded("pooled", {quantity: answer})

    assert one.verdict == verdict


def test_a_component_may_have_a_part_that_the_solution_gave_a_name():
    """Where a common part of two gradients has a name of its own, the formula still has a value."""
    (one,) = graded("cosine", {"dc_dv[0]": "u[0]/5 - 0.16*v[1]"})

    assert one.verdict == "wrong"
    assert one.finding.repair.endswith("/(norm(v)*norm(u))")
