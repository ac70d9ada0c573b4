"""Slips in the answer's own formula, found by the one rewrite that makes it right."""

import pytest

from tests.check.judged import judge

SCALAR = {"given": {"x": 0.7, "y": 0.4}}
VECTOR = {"given": {"x": [0.3, -0.8, 1.1], "v": [0.5, 0.2, -0.4]}}
MATRIX = {"given": {"A": [[2, 0.3], [-0.4, 1.5]], "x": [0.7, -1.2]}}
SYMMETRIC = {
    "given": {"S": {"value": [[2, 0.3], [0.3, 1.5]], "assume": ["positive-definite"],
                    "structure": "symmetric"}},
}  # fmt: skip
#: What is given, what is differentiated and how, a wrong answer, the kind of its slip.
SLIPS = [
    (SCALAR, "exp(-x**2/2)", "gradient", "-x*exp(-x**2/3)", "transcription"),
    (SCALAR, "x*asin(x)", "hessian", "(2 - x**2)/(1 - x**2)**(3/3)", "transcription"),
    (SCALAR, "polygamma(3, x)", "gradient", "polygamma(5, x)", "index_shift"),
    (SCALAR, "exp(sin(x))", "gradient", "cos(x)*log(sin(x))", "wrong_derivative"),
    (SCALAR, "log(exp(x) + exp(y))", "gradient", "1/(1 + exp(-x))", "missing_term"),
    (SCALAR, "2**x", "gradient", "2**x*exp(2)", "wrong_derivative"),
    (SCALAR, "x/(1 + x)", "hessian", "-2*(1 + x)**3", "quotient_rule"),
    (VECTOR, "x/sum(x)", "jacobian", "eye(3)/sum(x) - outer(x, ones(3))/x**2", "missing_sum"),
    (VECTOR, "v@leaky_relu(x, 0.1)", "gradient", "where(x > 0, v, 0.1)", "missing_derivative"),
    (MATRIX, "A@(x*x)", "jacobian", "2*A*diag(x)", "elementwise_product"),
    (SYMMETRIC, "logdet(S)", "gradient", "2*inv(S) + diag(diag(inv(S)))", "sign"),
]  # fmt: skip


def problem_of(given, value, verb):
    """Return a problem that asks for one derivative by the last thing that is used."""
    wrt = next(name for name in ("S", "x") if name in given["given"])
    return {**given, "define": {"r": value}, "find": [{verb: "r", "wrt": wrt}]}, wrt


@pytest.mark.parametrize(("given", "value", "verb", "answer", "kind"), SLIPS)
def test_a_slip_in_the_answer_is_named(given, value, verb, answer, kind):
    """What one rewrite of the formula mends is called by what was lost or taken for it."""
    problem, wrt = problem_of(given, value, verb)

    one = judge(problem, f"d2r_d{wrt}2" if verb == "hessian" else f"dr_d{wrt}", answer)

    assert one.verdict == "wrong"
    assert one.finding.kind == kind


def test_a_rewrite_that_does_not_make_an_answer_right_is_none():
    """Beside the slips above: an answer that no single rewrite mends stays unknown."""
    problem, _ = problem_of(SCALAR, "exp(-x**2/2)", "gradient")

    one = judge(problem, "dr_dx", "atan(y)*exp(-x**3/5) + cosh(x*y)")

    assert one.verdict == "wrong"
    assert one.finding.kind == "unknown"


def test_a_dropped_summand_is_shown_as_the_problem_has_it():
    """The inverse of A for that of A + t*B: the whole sum is what belongs there."""
    problem = {
        "given": {"A": [[2, 0.3], [-0.4, 1.5]], "B": [[0.5, 1], [0.2, -0.6]], "t": 0.3},
        "define": {"r": "inv(A + t*B)"},
        "find": [{"jacobian": "r", "wrt": "t"}],
    }

    one = judge(problem, "dr_dt", "-inv(A)@B@inv(A + t*B)")

    assert one.finding.kind == "missing_term"
    assert one.finding.message == "`A` should be `A + t*B`"


def test_rows_one_place_off_are_shifted():
    """The cotangent in the next row; in a matrix of zeros that looks like another order."""
    problem = {
        "given": {"X": {"shape": [4, 2]}, "g": [0.7, -1.2]},
        "define": {"r": "X[1]"},
        "find": [{"vjp": "r", "wrt": "X", "cotangent": "g"}],
    }

    one = judge(problem, "dL_dX", "outer(onehot(2, 4), g)")

    assert one.finding.kind == "index_shift"


def test_a_gradient_that_one_operation_has_no_formula_for_is_not_0():
    """Eigenvalues of a matrix of a size with a name: only the whole gradient has a formula."""
    problem = {
        "given": {"A": {"value": [[2, 0.3], [0.3, 1.5]], "shape": ["n", "n"]}},
        "define": {"r": "sum(eigvalsh(A)**2)"},
        "find": [{"gradient": "r", "wrt": "A"}],
    }

    assert judge(problem, "dr_dA", "A + A.T").verdict == "correct"
    assert judge(problem, "dr_dA", "0*A").verdict == "wrong"
    assert judge(problem, "dr_dA", "A").finding.kind == "missing_term"


def test_operations_are_said_with_norms_as_the_problem_has_them():
    """A norm is not spelled out as the root of a sum."""
    problem, _ = problem_of(VECTOR, "x@v/(norm(x)*norm(v))", "gradient")

    one = judge(problem, "dr_dx", "v/(norm(x)*norm(v)) + r*x/norm(x)**2")

    assert one.finding.kind == "quotient_rule"
    assert "sqrt(sum(" not in one.finding.message


def test_constant_answers_have_shapes_of_their_own():
    """Rows of an altered Jacobian of different shapes, and matrices of other sizes, are left."""
    trace = {
        "given": {"A": {"value": [[-0.2, -2.2], [1.6, 1.3]], "shape": ["k", "k"]}},
        "define": {"r": "trace(A)*eye(k)"},
        "find": [{"jacobian": "r", "wrt": "A"}],
    }
    product = {
        "given": {"A": {"shape": [4, 3]}, "S": {"shape": [3, 3], "structure": "symmetric"}},
        "define": {"r": "norm(A@S)**2"},
        "find": [{"gradient": "r", "wrt": "S"}],
    }

    one = judge(trace, "dr_dA", "-einsum('ij,kl->ijkl', eye(k), eye(k))")
    other = judge(product, "dr_dS", "2*(A.T@A@S + S@A.T@A) - diag(diag(2*A.T@A*S))")

    assert one.finding.kind == "sign"
    assert other.verdict == "wrong"
