"""From formulas to tensors: shapes as in NumPy, faults with their place."""

import pytest

from symback.errors import InputError
from tests.tensor.forms import k, m, n, program, tensor

SHAPES = [
    ("A @ x", (n,)),
    ("X @ A", (m, n)),
    ("x + a", (n,)),
    ("X + x", (m, n)),
    ("x[:, None] + z", (n, m)),
    ("X.T", (n, m)),
    ("x[1:]", (n - 1,)),
    ("x[:, None]", (n, 1)),
    ("sum(X, axis=0)", (n,)),
    ("sum(X, axis=1, keepdims=True)", (m, 1)),
    ("kron(x, z)", (m * n,)),
    ("concat([x, z])", (m + n,)),
    ("stack([x, y])", (2, n)),
    ("reshape(X, (-1,))", (m * n,)),
    ("T[0, :, ::2]", (3, 2)),
    ("T[..., 0]", (2, 3)),
    ("T[1, ..., None]", (3, 4, 1)),
    ("x[...]", (n,)),
    ('einsum("...i,i->...", X, x)', (m,)),
    ('einsum("...ij,jk->...ik", T, T[0].T)', (2, 3, 3)),
    ('einsum("...ij,...->...ij", T, [[1], [2]])', (2, 2, 3, 4)),
    ("[x[0], x[1], a]", (3,)),
    ("zeros(n, k)", (n, k)),
    ("conv1d(x, u)", (n - 3,)),
    ("pad(x, [(1, 2)])", (n + 3,)),
    ("logsumexp(T, axis=1)", (2, 4)),
]
FAULTS = [
    ("x + z", "E301", "z"),
    ("A @ z", "E301", "A @ z"),
    ("x*sin(X @ z)", "E301", "X @ z"),
    ("trace(x)", "E301", "trace(x)"),
    ("X[0, 0, 0]", "E301", "X[0, 0, 0]"),
    ("X[..., 0, ...]", "E301", "X[..., 0, ...]"),
    ('einsum("...i->i", X)', "E301", 'einsum("...i->i", X)'),
    ('einsum("...i,...->i...", M, x)', "E301", 'einsum("...i,...->i...", M, x)'),
    ("reshape(M, (5, 2))", "E301", "reshape(M, (5, 2))"),
    ("sum(X, axis=2)", "E301", "sum(X, axis=2)"),
    ("x + unknown", "E303", "unknown"),
    ("nosuch(x)", "E303", "nosuch(x)"),
    ("x/0", "E304", "x/0"),
]


@pytest.mark.parametrize(("text", "shape"), SHAPES)
def test_shapes_are_those_of_numpy(text, shape):
    """Broadcasting, products, slices, reductions, joins, for sizes that are names too."""
    assert tensor(text).shape == shape


@pytest.mark.parametrize(("text", "code", "place"), FAULTS)
def test_a_fault_names_its_place(text, code, place):
    """The span is the smallest expression that is wrong."""
    with pytest.raises(InputError) as caught:
        tensor(text)

    (diagnostic,) = caught.value.diagnostics
    span = diagnostic.span

    assert diagnostic.code == code
    assert span is not None
    assert text[span.start : span.end] == place


def test_a_step_is_known_by_its_name():
    """A formula that a step is equal to is that step."""
    within = program()
    step = within.define("h", tensor("tanh(A @ x)", within))

    assert tensor("tanh(A @ x)", within) is step
