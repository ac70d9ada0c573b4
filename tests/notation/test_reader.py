"""Reading tensors back: what is written denotes the tensor, and is what people write."""

import pytest

from symback.calculus.reverse import pull_back
from symback.language import parse, size, write
from symback.notation.derivation import Derivation
from symback.tensor.poly import number
from tests.notation.printed import printed
from tests.tensor.forms import program, tensor

ROUND_TRIPS = [
    "A @ x", "A.T @ x", "x @ A @ y", "A @ B.T", "outer(x, y)", "x*y", "x/y", "X*x", "X*z[:, None]",
    "sum(X, axis=0)", "sum(X, axis=1)", "mean(x)", "trace(A)", "trace(A @ B)", "diag(x)", "diag(A)",
    "tril(A)", "triu(A, 1)", "cumsum(x)", "flip(x)", "roll(u, 1)", "x[1:]", "x[:-1]", "u[::2]",
    "u[1:3]", "x[0]", "A[0]", "A[:, 0]", "A[1:, :2]", "pad(x, [(1, 2)])", "reshape(M, (4, 3))",
    "reshape(X, (-1,))", "kron(x, z)", "concat([x, z])", "stack([x, y])",
    "[u[2], u[3], u[0]]", "einsum(\"ijk->kj\", T)", "einsum(\"ijk,jl->ilk\", T, M)", "conv1d(x, u)",
    "conv1d(u, v[:2], stride=2)", "max_pool(u, 2)", "softmax(x)", "softmax(X, axis=0)", "x**3",
    "norm(x)", "norm(X, axis=1)", "var(x)", "sum(x**2)/n", "inv(A) @ x", "det(A)*inv(A).T",
    "exp(-x**2/2)", "x > 0", "where(x > 0, x, 0*x)", "sum(X, axis=1, keepdims=True)",
    "sum(T, axis=1, keepdims=True)", "T*M", "T @ M.T", "eye(n)", "onehot(1, n)",
    "ones(n, m)", "zeros(3)", "a*ones(2, 2)", "sum(M[:2])", "outer(ones(m), x)", "A + A.T",
    "mean(tril(A), axis=0)", "mean(cumsum(x))", "tril(A).T @ x/n", "a - b", "-x", "X @ x[:, None]",
    "(x - mean(x))/std(x)", "(X - Y) @ S", "S @ (X - Y).T", "A*z[0]*outer(x, y)",
    "(B.T*exp(A.T) + exp(B.T)*A.T)[:, :, None]*ones(n, n, 4)", "matrix_power(A, 5) @ x",
    "matrix_power(A, 3).T @ y", "x @ matrix_power(A, 4) @ y",
]  # fmt: skip


@pytest.mark.parametrize("text", ROUND_TRIPS)
def test_what_is_written_denotes_the_tensor(text):
    """Formula to tensor to formula to tensor: the same object and shape."""
    within = program()
    value = tensor(text, within)

    written = write(Derivation(within).read(value))
    again = tensor(written, within)

    assert again.shape == value.shape
    assert again is value, written


@pytest.mark.parametrize("text", ROUND_TRIPS)
def test_the_shortest_form_denotes_the_tensor_and_is_no_longer(text):
    """Simplifying keeps the value's shape and never lengthens."""
    within = program()
    derivation = Derivation(within)
    value = tensor(text, within)

    best = derivation.read(derivation.shortest(value))

    assert size(best) <= size(derivation.read(value))
    assert tensor(write(best), within).shape == value.shape


#: Scalar, variable, the form in which its gradient is written.
GRADIENTS = [
    ("sum((X @ x - z)**2)", "x", "2*(X.T @ (X @ x - z))"),
    ("x @ A @ x", "x", "(A + A.T) @ x"),
    ("x @ S @ x", "x", "2*(S @ x)"),
    ("logdet(A)", "A", "inv(A).T"),
    ("trace(A @ B)", "A", "B.T"),
    ("norm(x)", "x", "x/norm(x)"),
    ("logsumexp(x)", "x", "softmax(x)"),
    ("mean(x)", "x", "ones(n)/n"),
    ("sum(X)", "X", "ones(m, n)"),
    ("sum(relu(x))", "x", "step(x)"),
    ("sum(cumsum(x)*y)", "x", "flip(cumsum(flip(y)))"),
    ("sum(flip(x)*y)", "x", "flip(y)"),
    ("sum(tril(A)*B)", "A", "tril(B)"),
    ("sum(x[1:]*y[1:])", "x", "pad(y[1:], [(1, 0)])"),
    ("trace(A)**3", "A", "3*trace(A)**2*eye(n)"),
    ("trace(A @ A @ A @ A)", "A", "4*matrix_power(A, 3).T"),
    ("sum(X @ A) - sum(exp(X @ A))", "A", "X.T @ (1 - exp(X @ A))"),
    ("det(X.T @ X) + x @ A @ y", "A", "outer(x, y)"),
    ("sum(maximum(0, 1 - x)**2)", "x", "-(2*maximum(0, 1 - x))"),
    ("sum((x - (y @ x)/(y @ y)*y)**2)", "x", "2*(x - (x @ y)*y/(y @ y))"),
    ("x @ exp(A) @ y", "A", "outer(x, y)*exp(A)"),
    ("trace(S @ (X - Y).T @ (X - Y))", "X", "2*(X - Y) @ S"),
    ("sum(x**0.5*exp(-x/2))", "x", "(1 - x)*exp(-x/2)/(2*sqrt(x))"),
    ("trace(inv(S) @ A @ inv(S) @ B.T)", "A", "inv(S) @ B @ inv(S)"),
]


@pytest.mark.parametrize(("text", "name", "form"), GRADIENTS)
def test_gradients_are_written_like_this(text, name, form):
    """No longer than the textbook's form, and equal to it."""
    within = program()
    derivation = Derivation(within)
    base = within.leaves[name]
    value = pull_back(within, tensor(text, within), number(1), {base: None})[base]

    written = derivation.read(derivation.shortest(value))

    assert size(written) <= size(parse(form)), write(written)
    assert tensor(write(written), within) is tensor(form, within)


def test_a_part_of_a_symmetric_matrix_is_not_read_either_way():
    """Other rows than columns are taken: the product keeps its transpose."""
    within = program()
    value = tensor("S[:2, 1:].T @ S[:2, 1:]", within)

    assert write(Derivation(within).read(value)) in (
        "S[:2, 1:].T @ S[:2, 1:]",
        "S[1:, :2] @ S[:2, 1:]",
    )


@pytest.mark.parametrize(
    ("axis", "total"),
    [("0", "axis=0"), ("1", "axis=1, keepdims=True"), ("-1", "axis=2, keepdims=True")],
)
def test_stacks_are_read_along_their_own_axes(axis, total):
    """A sum over any axis of products of three axes needs no other order of these."""
    steps = {"s": f"softmax(T, axis={axis})"}
    forms = printed("gradient", "T:a,b,c", "sum(tanh(s))", "T", steps)

    assert forms["dresult_dT"] == f"s*(T1 - sum(s*T1, {total}))"
    assert forms["T1"] == "1 - tanh(s)**2"


def test_a_matrix_of_one_column_keeps_its_axis():
    """A product that is a vector is no matrix, whose transpose would be another."""
    expression = "sum(tanh(softmax(q @ X.T) @ C))"

    found = printed("gradient", "q:5,1 X:3,1 C:3,2", expression, "X")

    assert found["dresult_dX"].endswith("[:, None]")


def test_parts_that_get_a_name_count_once_in_short_forms_too():
    """(w @ p)*p - t*p repeats p three times, which is no reason to multiply out."""
    loss = "(w @ sigmoid(W @ sigmoid(V @ x)) - t)**2/2"

    found = printed("gradient", "w:k t: W:k,m V:m,n x:n", loss, "w")

    assert found["dresult_dw"] == "p*(w @ p - t)"


def test_parts_that_get_a_name_do_not_lead_a_search_astray():
    """(g*s - sum(X*g))/s**2 repeats s = sum(X), and hides that X/s has a name."""
    divided = "X/sum(X, axis=1, keepdims=True)"

    found = printed("vjp", "X:m,n g:m,n", divided, "X")

    assert found == {
        "dL_dX": "(g - sum(result*g, axis=1, keepdims=True))/sum(X, axis=1, keepdims=True)"
    }


def test_a_block_of_zeros_has_its_shape():
    """No entry of z is at the place of the joined array that x[0] has."""
    steps = {"s": "kron(concat([z, z]), z)", "t": "concat([cos(s), x])[::2]"}

    found = printed("hessian", "x:2 z:2", "sum(sin(t))", "x, z", steps)

    assert found["d2result_dx_dz"] == "zeros(2, 2)"
