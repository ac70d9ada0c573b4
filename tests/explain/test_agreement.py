"""Values that are computed or read from a file, against what is declared of them."""

import numpy as np
import pytest

import symback
from symback.errors import InputError


def faults(given):
    """Codes and messages of what is wrong with one given value."""
    try:
        symback.loads(f"given: {{{given}}}\ndefine: {{L: sum(A)}}\n").solve()
    except InputError as error:
        return [(one.code, one.message) for one in error.diagnostics]
    return []


@pytest.mark.parametrize(
    ("given", "code"),
    [
        ("A: {value: eye(3), shape: [2, 2]}", "E121"),
        ("A: {value: ones(2), shape: [2, 2]}", "E121"),
        ("A: {value: 'ones(2, 3)', shape: [n, n]}", "E122"),
        ("A: {value: eye(3), shape: [n, n]}, x: {value: [1, 2], shape: [n]}", "E122"),
        ("A: {value: 'ones(2, 3)', assume: symmetric}", "E123"),
        ("A: {value: 'tril(ones(2, 2))', assume: symmetric}", "E123"),
        ("A: {value: [[1, sqrt(2)], [1.4142, 1]], structure: symmetric}", "E123"),
        ("A: {shape: [3], structure: toeplitz}", "E123"),
        ("A: {shape: [], structure: diagonal}", "E123"),
        ("A: {shape: [m, n], assume: [positive, invertible]}", "E123"),
    ],
)
def test_contradictions_are_faults(given, code):
    """Shape, dimensions and facts are compared with the value, however it is written."""
    assert [found for found, _ in faults(given)] == [code]


def test_values_that_agree_give_dimensions_their_sizes():
    """A constant expression says how long the axes are, as a list does."""
    solution = symback.loads(
        "given: {A: {value: eye(3), shape: [n, n], assume: symmetric}}\ndefine: {L: n*sum(A)}\n"
    ).solve()

    assert solution.results["dL_dA"].value.tolist() == [[3.0] * 3] * 3
    assert solution.values["L"] == 9


def test_facts_about_a_file_are_checked(tmp_path):
    """A file is believed no more than a list."""
    np.save(tmp_path / "A.npy", np.array([[1.0, 2.0], [3.0, 4.0]]))
    problem = tmp_path / "p.yaml"
    problem.write_text(
        "given: {A: {value: {file: A.npy}, assume: symmetric}}\ndefine: {L: sum(A)}\n"
    )

    with pytest.raises(InputError, match="`A` is said to be symmetric, its value is not"):
        symback.load(problem).solve()
