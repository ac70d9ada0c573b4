"""Formulas in SymPy: the same numbers as the evaluator, and refusals that say why."""

from __future__ import annotations

import numpy as np
import pytest
import sympy

from symback.errors import InputError, LimitError
from symback.functions import table
from symback.language import parse
from symback.numeric import FLOAT64, evaluate
from symback.numeric.symbolic import Symbols, packed, symbols_of, sympy_of

VALUES = {
    "x": np.array([0.5, -1.25, 2.0]),
    "A": np.array([[2.0, 0.5, 0.25], [0.125, 3.0, 1.0], [0.5, 0.75, 4.0]]),
    "b": np.array([1.0, 2.0, 3.0]),
    "a": np.array(0.75),
    "n": 3,
}
FORMULAS = [
    "a*x + b/2 - 1", "A @ x", "x @ A @ b", "A.T", "A[0, 1:]", "x[-1]**2", "sum(x*b)", "mean(A)",
    "sum(A, axis=-1)", "outer(x, b)", "(x > 0)*b", "relu(x)", "sigmoid(x)", "exp(-x**2)", "abs(x)",
    "softmax(x)", "log_softmax(A, axis=0)", "logsumexp(A, axis=1)", "max(A, axis=0)", "min(x)",
    "inv(A)", "det(A)", "logdet(A)", "solve(A, b)", "trace(A)", "norm(x)", "eye(n) + A", "pi*a",
    "einsum('ij,j->i', A, x)", "concat([x, b])", "[x[0], a]", "cumsum(x)", "kron(x, b)", "diag(x)",
    "where(x > 0, x, a)", "var(x)", "reshape(A, [n*n])", "tanh(a)", "maximum(x, 0)",
]  # fmt: skip


@pytest.mark.parametrize("text", FORMULAS)
def test_it_evaluates_to_the_same(text):
    """With the values put in for the symbols, SymPy finds what the evaluator finds."""
    tree = parse(text)
    names = {name: x for name, x in VALUES.items() if name != "n"}
    symbols = {name: symbols_of(name, x.shape) for name, x in names.items()}
    numbers = {
        symbols[name][place]: x[place] for name, x in names.items() for place in np.ndindex(x.shape)
    }

    found = sympy_of(tree, {**symbols, "n": 3}, table())

    got = np.array([float(one.xreplace(numbers)) for one in found.flat])
    expected = evaluate(tree, VALUES, table(), FLOAT64)
    assert found.shape == expected.shape
    assert got.reshape(found.shape) == pytest.approx(expected, rel=1e-12)


def test_symbols_are_named_by_their_place():
    """Scalars by name alone; everything is real; matrices and arrays are SymPy's own."""
    entries = [sympy.Symbol("W[0,0]", real=True), sympy.Symbol("W[0,1]", real=True)]

    assert str(packed(symbols_of("x", ()))) == "x"
    assert packed(symbols_of("W", (1, 2))) == sympy.Matrix([entries])
    assert packed(symbols_of("T", (1, 1, 2))).shape == (1, 1, 2)


@pytest.mark.parametrize(
    ("text", "function"),
    [("expm(A)", "expm"), ("svdvals(A)", "eigvalsh"), ('norm(A, "nuc")', "eigvalsh")],
)
def test_what_sympy_does_not_have_is_refused(text, function):
    """A function of whole matrices that stays numeric, alone or inside of a definition."""
    with pytest.raises(InputError, match=f"`{function}` has no form in SymPy"):
        sympy_of(parse(text), {"A": symbols_of("A", (2, 2))}, table())


def test_arrays_of_too_many_symbols_are_refused():
    """SymPy would be lost in them."""
    with pytest.raises(LimitError, match="too many entries"):
        symbols_of("A", (100, 100))


def test_steps_are_put_in():
    """Names with a formula are replaced, as deep as it goes; sizes come from the dimensions."""
    symbols = Symbols(
        {"x": (), "y": (), "z": ()}, {"y": parse("2*x"), "z": parse("y**2")}, {"n": 3}
    )

    assert (
        packed(sympy_of(parse("z + n"), symbols, table()))
        == 4 * sympy.Symbol("x", real=True) ** 2 + 3
    )
    assert set(symbols) == {"x", "y", "z", "n"} and len(symbols) == 4


def test_too_deep_to_be_written_out():
    """Thousands of steps inside each other are a limit, not a crash."""
    formulas = {f"h{k}": parse(f"h{k - 1} + 1") for k in range(1, 2000)}
    symbols = Symbols(dict.fromkeys(("h0", *formulas), ()), formulas, {})

    with pytest.raises(LimitError, match="too many steps"):
        _ = symbols["h1999"]
