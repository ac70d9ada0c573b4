"""Numbers are real: what is complex is refused, and the reason said."""

import numpy as np
import pytest

from symback.errors import InputError
from symback.functions import names
from symback.problem.load import load_text
from tests.solved import solved

WRITTEN = [
    "given: {x: 2}\ndefine: {L: 1j*x}",
    "given: {x: 2}\ndefine: {L: x**2 + 2.5J}",
    "given: {x: 2}\ndefine: {L: (3 - 4j)*x}",
    "given: {z: 1+2j}\ndefine: {L: z**2}",
    "given: {z: [1, 2j]}\ndefine: {L: sum(z**2)}",
]
CALLED = ["conj(x)*x", "real(x)", "imag(x)", "complex(x, x)", "sum(eigvals([[0, x], [-x, 0]]))"]
#: A step that has no real value at -2, and what is said of it.
VALUES = [
    ("sqrt(x)", "`sqrt` has no finite real value at -2"),
    ("log(x)", "`log` has no finite real value at -2"),
    ("acos(x)", "`acos` has no finite real value at -2"),
    ("x**(1/3)", "the value is complex"),
    ("x**x*x**(1/2)", "the value is complex"),
    ("logdet([[x]])", "the value is complex"),
]


@pytest.mark.parametrize("text", WRITTEN)
def test_imaginary_numbers_are_refused(text):
    """In formulas and in values."""
    with pytest.raises(InputError) as caught:
        load_text(text, "f.yaml", names())

    (diagnostic,) = caught.value.diagnostics
    assert diagnostic.message == "numbers are real: there is no imaginary unit"
    assert diagnostic.hint == "real and imaginary parts need names of their own"


@pytest.mark.parametrize("call", CALLED)
def test_functions_of_complex_numbers_are_refused(call):
    """The hint says why, and what to write."""
    with pytest.raises(InputError) as caught:
        load_text(f"given: {{x: 2}}\ndefine: {{L: '{call}'}}", "f.yaml", names())

    (diagnostic,) = caught.value.diagnostics
    assert diagnostic.code == "E233"
    assert "numbers are real" in diagnostic.hint


def test_arrays_of_complex_numbers_are_refused(tmp_path):
    """Also where all their imaginary parts are 0."""
    np.save(tmp_path / "z.npy", np.array([1 + 0j, 2]))

    with pytest.raises(InputError) as caught:
        load_text("given: {z: {file: z.npy}}\nfind: [{value: z}]", "f.yaml", names(), tmp_path)

    assert caught.value.diagnostics[0].message == "`z.npy` holds complex numbers"


@pytest.mark.parametrize(("formula", "reason"), VALUES)
def test_a_step_without_real_value_says_so(formula, reason):
    """Its value is missing, with a note of the step that has the reason."""
    found = solved(f"given: {{x: -2}}\ndefine: {{L: '{formula}'}}\nfind: [{{value: L}}]")

    assert ("L", reason) in [(note.name, note.message) for note in found.notes]
    assert found.results[0].value.floats() is None


def test_eigenvalues_are_those_of_the_symmetric_part():
    """A rotation has complex ones; half of the sum with its transpose has 0 twice."""
    found = solved("given: {A: [[0, 1], [-1, 0]]}\ndefine: {w: eigvalsh(A)}\nfind: [{value: w}]")

    assert found.results[0].value.floats() == [0, 0]
