"""Every function that is not elementwise, on random points: proved values, float64, mpmath."""

from __future__ import annotations

import numpy as np
import pytest

from symback.functions import Kind, table
from symback.language import parse, walk
from symback.language.tree import Call
from tests.numeric.oracle import (
    FLOAT_TOLERANCE,
    by_mpmath,
    drawn,
    encloses,
    in_float64,
    solved,
)

X = {"x": ("real", (3, 4))}
V = {"x": ("real", (4,))}
PAIR = {"a": ("real", (3,)), "b": ("real", (3,))}
SQUARE = {"A": ("invertible", (3, 3))}
TWO = {"A": ("invertible", (3, 3)), "B": ("real", (3, 2))}
SPD = {"A": ("spd", (3, 3))}
NORMALISED = {"x": ("real", (3, 4)), "c": ("real", (4,)), "d": ("real", (4,))}
PROBABLE = {"x": ("unit", (3, 4)), "t": ("unit", (3, 4))}
HEADS = {"Q": ("real", (3, 4)), "K": ("real", (5, 4)), "V": ("real", (5, 2))}
IMAGES = {"x": ("real", (2, 3, 5, 6)), "w": ("real", (4, 3, 2, 3))}
SIGNALS = {"x": ("real", (2, 3, 7)), "w": ("real", (4, 3, 2))}

CASES = [
    *((f"{name}(x)", X) for name in ("sum", "mean", "prod", "max", "min", "var", "std")),
    *((f"{name}(x, axis=0)", X) for name in ("sum", "mean", "prod", "max", "min", "var", "std")),
    ("sum(x, (0, 1), True)", X),
    ("mean(x, axis=-1, keepdims=True)", X),
    ("max(x, axis=1, keepdims=True)", X),
    ("prod(x, axis=1, keepdims=True)", X),
    ("var(x, axis=0, ddof=1)", X),
    ("std(x, axis=1, ddof=1, keepdims=True)", X),
    ("logsumexp(x)", X),
    ("logsumexp(x, axis=1)", X),
    ("logsumexp(x, axis=0, keepdims=True)", X),
    ("cumsum(x, axis=0)", X),
    ("cumsum(x, axis=1)", X),
    ("cumprod(x, axis=1)", X),
    ("norm(x)", X),
    ("norm(x, 1)", X),
    ("norm(x, 3.5)", X),
    ('norm(x, "inf")', X),
    ('norm(x, "fro")', X),
    ('norm(x, "nuc")', X),
    ("norm(x, 2, axis=1)", X),
    ("norm(x, 3, axis=0, keepdims=True)", X),
    ("dot(a, b)", PAIR),
    ("dot(A, B)", TWO),
    ("outer(a, b)", PAIR),
    ("cross(a, b)", PAIR),
    ("kron(a, b)", PAIR),
    ("kron(A, B)", TWO),
    ("trace(x)", X),
    ("det(A)", SQUARE),
    ("logabsdet(A)", SQUARE),
    ("logdet(A)", SPD),
    ("inv(A)", SQUARE),
    ("inv(exp(A))", SPD),
    ("det(sin(A))", SQUARE),
    ("solve(A, B)", TWO),
    ("solve(A, B[:, 0])", TWO),
    ("solve(x.T, x[0])", X),
    ("pinv(x)", X),
    ("pinv(x.T)", X),
    *((f"matrix_power(A, {n})", SQUARE) for n in (-2, 0, 1, 5)),
    *((f"{name}(A/2)", SQUARE) for name in ("expm", "cosm", "sinm")),
    ("cholesky(A)", SPD),
    ("cholesky(exp(A/3))", SPD),
    ("eigvalsh(A)", SQUARE),
    ("eigvalsh(sin(A))", SQUARE),
    ("svdvals(x)", X),
    ("svdvals(x.T)", X),
    ("eye(3) + zeros(3, 3) + ones((3, 3))", {}),
    ("onehot(1, 3) + arange(3)", {}),
    ("diag(x)", X),
    ("diag(x)", V),
    *((f"{name}(x{k})", X) for name in ("tril", "triu") for k in ("", ", 1", ", -1")),
    ('einsum("ij,jk->ik", A, B)', TWO),
    ('einsum("ii->i", A)', SQUARE),
    ('einsum("ii->", A)', SQUARE),
    ('einsum("a,ab,bc->c", B[:, 0], A, B)', TWO),
    ('einsum("ij,kl->iljk", A, B)', TWO),
    ("reshape(x, (2, 6))", X),
    ("reshape(x, (-1, 3))", X),
    ("transpose(x)", X),
    ("transpose(x[None], (2, 0, 1))", X),
    ("flip(x)", X),
    ("flip(x, axis=1)", X),
    ("roll(x, 1)", X),
    ("roll(x, -1, axis=1)", X),
    ("concat([x, 2*x], axis=1)", X),
    ("concat([x, x[:1]])", X),
    ("stack([x, 2*x])", X),
    ("stack([x, 2*x], axis=1)", X),
    ("pad(x, [(1, 1), (0, 2)])", X),
    ("broadcast_to(x, (2, 4))", V),
    ("softmax(x)", X),
    ("softmax(x, axis=0)", X),
    ("log_softmax(x)", X),
    ("cross_entropy(x, t)", PROBABLE),
    ("cross_entropy(x[0], t[0])", PROBABLE),
    ("binary_cross_entropy(x, t)", PROBABLE),
    ("mse(x, t)", PROBABLE),
    ("layer_norm(x, c, d)", NORMALISED),
    ("layer_norm(x, c, d, 1e-3)", NORMALISED),
    ("batch_norm(x, c, d)", NORMALISED),
    ("attention(Q, K, V)", HEADS),
    ("dropout(x, t > 0.5, 0.25)", PROBABLE),
    ("conv1d(x[0, 0], w[0, 0])", SIGNALS),
    ("conv1d(x, w, stride=2, padding=1)", SIGNALS),
    ("conv2d(x[0, 0], w[0, 0])", IMAGES),
    ("conv2d(x, w, stride=(2, 1), padding=(1, 2))", IMAGES),
    ("max_pool(x, 2)", X),
    ("max_pool(x, 3)", V),
    ("avg_pool(x, 2)", IMAGES),
    ("avg_pool(x, (2, 3))", IMAGES),
    ("embedding(x, [0, 2, 2])", X),
]


@pytest.mark.parametrize(("text", "domains"), CASES)
def test_proved_values_agree_with_mpmath(text, domains):
    """A proved entry is where mpmath, with other code, finds the value at 60 digits."""
    given = drawn(domains, text)

    expected, actual = by_mpmath(text, **given), solved(text, **given)

    assert expected.shape == actual.shape
    assert actual.proved.all()
    assert all(map(encloses, actual.entries.flat, expected.flat))


@pytest.mark.parametrize(("text", "domains"), CASES)
def test_float64_agrees_with_proved_values(text, domains):
    """float64 arrays give the same value up to rounding."""
    given = drawn(domains, text)

    expected, actual = np.array(solved(text, **given).floats()), in_float64(text, **given)

    assert actual.dtype == float
    np.testing.assert_allclose(actual, expected, rtol=FLOAT_TOLERANCE, atol=FLOAT_TOLERANCE)


def test_every_function_of_arrays_has_a_case():
    """A function that is added to the table needs a line here."""
    called = {node.function for text, _ in CASES for node in walk(parse(text)) if _is_call(node)}

    missing = {f.name for f in table().values() if f.kind is not Kind.ELEMENTWISE} - called

    assert missing == set()


def _is_call(node: object) -> bool:
    return isinstance(node, Call)
