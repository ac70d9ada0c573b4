"""The meaning of what students write, against NumPy: read nearly always, and never wrongly."""

import math

import numpy as np

from symback.errors import SymbackError
from symback.functions import table
from symback.language.latex import Wanted, read_wanted
from symback.numeric import FLOAT64, evaluate
from tests.language.latex import more_written, written
from tests.language.latex.written import VALUES

#: Share of the formulas that are read.
READ = 0.95
ARRAYS = {name: np.asarray(value) for name, value in VALUES.items()}
MEANINGS = {
    **ARRAYS,
    **{"np": np, "math": math, "O": np.outer, "N": np.linalg.norm},
    **{"inv": np.linalg.inv, "det": np.linalg.det},
    "sig": lambda z: 1 / (1 + np.exp(-z)),
    "relu": lambda z: np.maximum(z, 0),
}


def reading(text, true):
    """Return the value of a formula as it is read, None where it is refused."""

    def fits(tree):
        """Tell whether a reading has the shape wanted."""
        return evaluate(tree, ARRAYS, table(), FLOAT64).shape == true.shape

    ndim = {name: value.ndim for name, value in ARRAYS.items()}
    names = {"L", "delta_1", *(name for name in ARRAYS if name.startswith("dL_"))}
    lengths = {name: value.shape for name, value in ARRAYS.items()}
    wanted = Wanted((), true.ndim, names, strict=True, lengths=lengths, fits=fits)
    try:
        return evaluate(read_wanted(text, ARRAYS, ndim.get, 1, wanted), ARRAYS, table(), FLOAT64)
    except SymbackError:
        return None


def test_what_students_write_means_what_they_mean():
    """Hundreds of formulas have the values that NumPy gives, and few are refused."""
    both = (*written.WRITTEN.split("\n"), *more_written.WRITTEN.split("\n"))
    lines = [line.split(" || ") for line in both if line]
    true = {text: np.asarray(eval(code, MEANINGS), dtype=float) for text, code in lines}
    found = {text: reading(text, value) for text, value in true.items()}
    got = {text: value for text, value in found.items() if value is not None}

    wrong = [
        text
        for text, value in got.items()
        if value.shape != true[text].shape or not np.allclose(value, true[text])
    ]

    assert len(found) >= 500
    assert wrong == []
    assert len(got) / len(found) >= READ


def test_a_wrong_reading_would_be_seen():
    """The negative control: a transpose that is read as none is another value."""
    value = reading(r"W_1^\top \delta_1", np.zeros(3))

    assert np.allclose(value, ARRAYS["W1"].T @ ARRAYS["delta_1"])
    assert not np.allclose(value, ARRAYS["delta_1"][:3])
