"""Values where a closed form is 0/0: the limit where the derivative exists, none where not."""

import json

import numpy as np
import pytest

from symback.explain.evaluating import limiting
from symback.explain.evaluating.surroundings import Surroundings
from symback.explain.solve import solve
from symback.functions import table
from symback.problem.load import load_text

FUNCTIONS = table()


def solved(given, step, verb, **directions):
    """Return the only result of a derivative of one step, and the codes of its notes."""
    request = {verb: "L", **directions}
    if directions:
        request["wrt"] = next(iter(given))
    problem = {"given": given, "define": {"L": step}, "find": [request]}
    solution = solve(load_text(json.dumps(problem), functions=FUNCTIONS), FUNCTIONS)
    (result,) = solution.results
    codes = {note.code for note in solution.notes if note.name in ("", result.name)}
    return np.array(result.value.floats(), dtype=object), codes


@pytest.mark.parametrize(
    ("given", "step", "verb", "value"),
    [
        ({"A": [[1, 2], [2, 4]]}, "det(A)", "gradient", [[4, -2], [-2, 1]]),
        ({"A": [[3, 0], [0, 3]]}, "norm(A, 'nuc')", "gradient", [[1, 0], [0, 1]]),
        ({"x": [0, 0]}, "norm(x)**3", "hessian", [[0, 0], [0, 0]]),
        ({"A": [[0]]}, "det(A)**2", "hessian", [[[[2]]]]),
        (
            {"A": [[1, 0], [0, 1]]},
            "sum(svdvals(A))",
            "hessian",
            [[[[0, 0], [0, 0]], [[0, 0.5], [-0.5, 0]]], [[[0, -0.5], [0.5, 0]], [[0, 0], [0, 0]]]],
        ),
    ],
)
def test_a_derivative_that_exists_has_its_value(given, step, verb, value):
    """Singular matrices, equal singular values and a norm of 0; a note says what it is."""
    found, codes = solved(given, step, verb)

    assert (found == np.array(value)).all()
    assert codes == {"limit"}


@pytest.mark.parametrize(
    ("given", "step", "verb"),
    [
        ({"A": [[2, 0], [0, 2]]}, "eigvalsh(A)[0]", "gradient"),
        ({"A": [[1, 0], [0, 0]]}, "sum(svdvals(A))", "gradient"),
        ({"x": [0, 1]}, "sum(sqrt(x))", "gradient"),
        ({"x": [0, 1]}, "sum(xlogy(x, x))", "gradient"),
        ({"x": 0}, "sin(x)/x", "gradient"),
    ],
)
def test_what_does_not_exist_has_none(given, step, verb):
    """One of two equal eigenvalues, a singular value of 0, a root, a logarithm, a quotient at 0."""
    found, codes = solved(given, step, verb)

    assert None in found.ravel()
    assert codes == {"undefined"}


#: A derivative along a direction: given, the step, verb and direction, the value.
ALONG = [
    (
        {"A": [[1, 2], [2, 4]]},
        "stack([det(A), A[0, 1]**2])",
        ("vjp", {"cotangent": [3, 5]}),
        [[12, 14], [-6, 3]],
    ),
    (
        {"A": [[1, 2], [2, 4]]},
        "stack([det(A), A[0, 1]])",
        ("jvp", {"tangent": [[1, 2], [0, -1]]}),
        [-1, 2],
    ),
    ({"x": [0, 0]}, "norm(x)**3", ("hvp", {"vector": [1, 2]}), [0, 0]),
    (
        {"A": [[1, 2], [2, 4]]},
        "det(A)**2",
        ("hvp", {"vector": [[1, 0], [0, 0]]}),
        [[32, -16], [-16, 8]],
    ),
    ({"x": [[0]], "v": [[2]]}, "det(x)**2", ("hvp", {"vector": "v"}), [[4]]),
]


@pytest.mark.parametrize(("given", "step", "along", "value"), ALONG)
def test_a_derivative_along_a_direction_has_its_value(given, step, along, value):
    """Pulled back, pushed forward and of second order: as gradients, Jacobians and Hessians."""
    verb, directions = along
    found, codes = solved(given, step, verb, **directions)

    assert (found == np.array(value)).all()
    assert codes == {"limit"}


@pytest.mark.parametrize(
    ("given", "step", "along"),
    [
        ({"x": [0, 1]}, "sqrt(x)", ("vjp", {"cotangent": [1, 1]})),
        ({"x": [0, 1]}, "sqrt(x)", ("jvp", {"tangent": [1, 1]})),
        ({"A": [[2, 0], [0, 2]]}, "eigvalsh(A)", ("jvp", {"tangent": [[1, 0], [0, 2]]})),
        ({"x": [0, 1]}, "sum(x**1.5)", ("hvp", {"vector": [1, 1]})),
    ],
)
def test_what_does_not_exist_along_a_direction_has_none(given, step, along):
    """Roots at 0, equal eigenvalues."""
    verb, directions = along
    found, codes = solved(given, step, verb, **directions)

    assert None in found.ravel()
    assert codes == {"undefined"}


@pytest.mark.parametrize(
    ("given", "step", "along"),
    [
        ({"A": [[1, 2], [2, 4]]}, "det(A)", ("gradient", {})),
        *(case[:3] for case in ALONG if np.any(case[3])),
    ],
)
def test_a_limit_that_differences_do_not_confirm_is_none(monkeypatch, given, step, along):
    """Twice the value has a limit as well: it is the differences that tell."""
    both = Surroundings.both

    def doubled(self, line, sign):
        value, function = both(self, line, sign)
        return 2 * value, function

    monkeypatch.setattr(Surroundings, "both", doubled)

    found, codes = solved(given, step, along[0], **along[1])

    assert None in found.ravel()
    assert codes == {"undefined"}


def test_facts_about_a_value_hold_nearby():
    """A symmetric matrix stays one: the form used that; a simplex is not looked at."""
    given = {"A": {"value": [[1, 2], [2, 4]], "assume": "symmetric"}}
    found, codes = solved(given, "det(A)", "gradient")

    assert (found == np.array([[4, -2], [-2, 1]])).all()

    given = {"x": {"value": [0, 0, 1], "assume": "simplex"}}
    found, codes = solved(given, "norm(x[:2])**3", "hessian")

    assert None in found.ravel()
    assert codes == {"undefined"}


def test_a_solution_with_all_values_stays_as_it_is():
    """Nothing is evaluated again where nothing is undefined."""
    problem = {"given": {"x": [1, 2]}, "define": {"L": "prod(x)"}, "find": [{"hessian": "L"}]}
    solution = solve(load_text(json.dumps(problem), functions=FUNCTIONS), FUNCTIONS)

    assert limiting.with_limits(solution, None) is solution
