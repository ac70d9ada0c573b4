"""Named dimensions get their sizes where no form is known without, and a note says so."""

import pytest

from symback.errors import InputError
from symback.explain.solve import solve
from symback.functions import table
from symback.problem.load import load_text

FUNCTIONS = table()
MATRIX = "A: {value: [[2, 1], [1, 3]], shape: [n, n]}"
VECTOR = "x: {value: [1, 2, 4], shape: [m]}"


def solved(given, formula, wrt):
    """The gradient of a formula and the codes of all notes."""
    text = f"given: {{{given}}}\ndefine: {{L: '{formula}'}}\nfind: [{{gradient: L, wrt: {wrt}}}]\n"
    solution = solve(load_text(text, "f", FUNCTIONS), FUNCTIONS)
    return solution.results[0].value.floats(), [note.code for note in solution.notes]


@pytest.mark.parametrize(
    ("formula", "expected"),
    [
        ("sum(x[::2]**2)", [2, 0, 8]),
        ("m*sum(x[::m-1])", [3, 0, 3]),
        ("sum(roll(x, m)*x)", [2, 4, 8]),
        ("sum(max_pool(x, m))", [0, 0, 1]),
        ("sum(cross(x, arange(m)))", [-1, 2, -1]),
        ("sum(conv1d(x, arange(2), stride=2))", [0, 1, 0]),
    ],
)
def test_known_sizes_are_put_in(formula, expected):
    """Strides, steps, windows and shifts are solved at the sizes of the values."""
    assert solved(VECTOR, formula, "x") == (expected, ["sizes"])


def test_known_sizes_are_put_in_for_what_is_derived_entry_by_entry():
    """The Jacobian of a matrix function is known for matrices of a known size."""
    text = f"given: {{{MATRIX}}}\nfind: [{{jacobian: 'expm(A)', wrt: A}}]\n"
    solution = solve(load_text(text, "f", FUNCTIONS), FUNCTIONS)

    assert [note.code for note in solution.notes] == ["sizes"]
    assert solution.results[0].value.entries.shape == (2, 2, 2, 2)


def test_sizes_are_left_alone_where_a_form_exists():
    """No note without need."""
    assert solved(MATRIX, "trace(A)/n", "A") == ([[0.5, 0], [0, 0.5]], [])


@pytest.mark.parametrize(
    ("formula", "message"),
    [
        ("eigvalsh(S)[0]", "in the derivative of `eigvalsh`: its matrix must be of a known size"),
        ("sum(S[::2])", "a slice with step 2 needs an axis of known length, not d"),
        ("sum(roll(S, d, axis=0))", "`shift` of `roll` must be an integer, or one for each axis"),
    ],
)
def test_unknown_sizes_are_an_error_with_a_place(formula, message):
    """Without a value there is nothing to put in."""
    with pytest.raises(InputError) as caught:
        solved("S: {shape: [d, d]}", formula, "S")

    (fault,) = caught.value.diagnostics
    assert (fault.code, fault.message) == ("E311", message)
    assert fault.place.line in (2, 3)


def test_other_faults_are_not_cured():
    """Two dimensions that happen to be equal are still two dimensions."""
    with pytest.raises(InputError, match="E301"):
        solved(f"{VECTOR}, y: {{value: [1, 1, 1], shape: [k]}}", "sum(x + y)", "x")
