"""Arrays read at a flat position: reshaped before or after what is done with them."""

import pytest

from tests.notation.printed import printed

#: Variables, an expression in x, steps, the form of its VJP by x.
REGROUPED = [
    ("x:4,2 g:2,4", "reshape(x - mean(x, axis=1, keepdims=True), (2, 4))", {},
     {"dL_dx": "S - mean(S, axis=1, keepdims=True)", "S": "reshape(g, (4, 2))"}),
    ("x:2,4 g:2,4", "reshape(y - mean(y, axis=1, keepdims=True), (2, 4))",
     {"y": "reshape(x, (4, 2))"},
     {"dL_dx": "reshape(S - mean(S, axis=1, keepdims=True), (2, 4))", "S": "reshape(g, (4, 2))"}),
    ("x:n,4,l g:n,4,l", "reshape(y - mean(y, axis=2, keepdims=True), (n, 4, l))",
     {"y": "reshape(x, (n, 2, 2*l))"},
     {"dL_dx": "reshape(dL_dy, (n, 4, l))", "dL_dy": "T - mean(T, axis=2, keepdims=True)",
      "T": "reshape(g, (n, 2, 2*l))"}),
    ("x:2,12 g:2,4,3", "reshape(x**2, (2, 4, 3))", {}, {"dL_dx": "2*(x*reshape(g, (2, 12)))"}),
]  # fmt: skip


@pytest.mark.parametrize(("variables", "expression", "steps", "forms"), REGROUPED)
def test_flat_positions_are_reshaped_arrays(variables, expression, steps, forms):
    """No conditions on positions are written out."""
    found = printed("vjp", variables, expression, "x", steps)
    assert {name: found.get(name) for name in forms} == forms


def test_group_normalisation_is_that_of_a_layer():
    """The cotangent of the reshaped array has the form that it has without groups."""
    steps = {"y": "reshape(x, (n, 2, 2*l))"}
    text = "reshape((y - mean(y, axis=2, keepdims=True))/std(y, axis=2, keepdims=True), (n, 4, l))"
    found = printed("vjp", "x:n,4,l g:n,4,l", text, "x", steps)
    assert found["dL_dx"] == "reshape(dL_dy, (n, 4, l))"
    assert "einsum" not in found["dL_dy"]
    assert "arange" not in found["dL_dy"]


def test_what_is_summed_after_reshaping_is_reshaped_as_a_whole():
    """The weight of each channel after a normalisation by groups."""
    steps = {"y": "reshape(x, (2, 2, 6))"}
    text = "reshape(y/sum(y**2, axis=2, keepdims=True), (2, 4, 3))*w[:, None]"
    found = printed("vjp", "x:2,4,3 w:4 g:2,4,3", text, "w", steps)
    assert found == {
        "dL_dw": "sum(g*reshape(y/norm(y, axis=2, keepdims=True)**2, (2, 4, 3)), axis=(0, 2))"
    }


@pytest.mark.parametrize(
    ("variables", "expression", "form"),
    [
        (
            "x:n A:n,n",
            "kron(x, A @ x)",
            'reshape(einsum("i,jk->ijk", x, A) + einsum("l,jl,ik->ijk", x, A, eye(n)), (n*n, n))',
        ),
        ("x:3 b:2", "kron(x, b)", "kron(eye(3), b[:, None])"),
    ],
)
def test_a_block_may_be_numbered_by_an_axis(variables, expression, form):
    """In the Jacobian of a Kronecker product the blocks of an axis belong to those of another."""
    assert printed("jacobian", variables, expression, "x")["dresult_dx"] == form
