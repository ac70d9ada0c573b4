"""Arrays read block by block."""

import pytest

from tests.notation.printed import printed

#: Variables, an expression in x, the form of its VJP.
BLOCKS = [
    ("x:6 g:3", "avg_pool(x, 2)", "kron(g, ones(2))/2"),
    ("x:4,6 g:2,3", "avg_pool(x, 2)", "kron(g, ones(2, 2))/4"),
    ("x:4,7 g:2,3", "avg_pool(x, 2)", "pad(kron(g, ones(2, 2)), [(0, 0), (0, 1)])/4"),
    ("x:7 w:2 g:3", "conv1d(x, w, stride=2)", "pad(kron(g, w), [(0, 1)])"),
    ("x:6 g:3", "max_pool(x, 2)",
     "reshape(g[:, None]*(reshape(x, (3, 2)) == result[:, None]), (6,))"),
    ("x:4,6 g:2,3", "max(reshape(x, (2, 2, 3, 2)), axis=(1, 3))",
     "reshape(g[:, None, :, None]*(reshape(x, (2, 2, 3, 2)) == result[:, None, :, None]), (4, 6))"),
    ("x:6 g:3", "max_pool(x, 3, 2, 1)",
     "(triu(tril(ones(6, 5), 1), -1)[:, ::2]*(x[:, None] == result)) @ g"),
    ("x:6 g:4", "max_pool(x, 3, 1)",
     "(triu(tril(ones(6, 4)), -2)*(x[:, None] == result)) @ g"),
    ("x:6 g:3", "avg_pool(x, 3, 2, 1)", "(triu(tril(ones(6, 5), 1), -1)[:, ::2] @ g)/3"),
    ("x:5,5 g:5,5", "avg_pool(x, 3, 1, 1)",
     "conv2d(g, ones(3, 3), padding=1)/9"),
    ("x:6 g:3 w:2", "reshape(x, (3, 2)) @ w", "kron(g, w)"),
    ("x:2,6 g:2,2,3", "reshape(x, (2, 2, 3))", "reshape(g, (2, 6))"),
    ("x:n,4 g:n,2,2", "reshape(x, (n, 2, 2))", "reshape(g, (n, 4))"),
    ("x:2,3 g:3,2", "reshape(x, (3, 2))", "reshape(g, (2, 3))"),
]  # fmt: skip


@pytest.mark.parametrize(("variables", "expression", "form"), BLOCKS)
def test_blocks_are_reshaped_or_kronecker_products(variables, expression, form):
    """No conditions written out."""
    assert printed("vjp", variables, expression, "x") == {"dL_dx": form}
