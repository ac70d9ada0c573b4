"""The canonical form: equal formulas are the same object, different ones are not."""

import pytest

from symback.tensor.indices import affine, combine, constant, difference, labels, shift, substitute
from tests.tensor.forms import program, tensor

EQUAL = [
    ("x + y", "y + x"),
    ("x*y", "y*x"),
    ("2*x - x", "x"),
    ("x - x", "0*x"),
    ("((pad(u, [(0, 2)]) + pad(v, [(0, 2)]))**2)[5]", "0"),
    ("(A @ B).T", "B.T @ A.T"),
    ("A @ (B @ x)", "(A @ B) @ x"),
    ("trace(A @ B)", "trace(B @ A)"),
    ("trace(A @ B)", "sum(A*B.T)"),
    ("x @ A @ y", "y @ A.T @ x"),
    ("sum(A @ x)", "sum(A, axis=0) @ x"),
    ("sum(X, axis=0)", 'einsum("ij->j", X)'),
    ("outer(x, y)", "x[:, None]*y"),
    ("mean(x)", "sum(x)/n"),
    ("diag(x) @ y", "x*y"),
    ("eye(n) @ x", "x"),
    ("A @ inv(A)", "eye(n)"),
    ("inv(A.T)", "inv(A).T"),
    ("inv(2*A)", "inv(A)/2"),
    ("det(A @ B)", "det(A)*det(B)"),
    ("logdet(A.T)", "logdet(A)"),
    ("sqrt(a*a)", "abs(a)"),
    ("(a + b)*(a - b)/(a + b)", "a - b"),
    ("flip(flip(u))", "u"),
    ("u[::-1]", "flip(u)"),
    ("u[1:][1:]", "u[2:]"),
    ("concat([u, v])[:4]", "u"),
    ("concat([u, v])[4:]", "v"),
    ("pad(u, [(1, 1)])[1:5]", "u"),
    ("transpose(transpose(T, (1, 2, 0)), (2, 0, 1))", "T"),
    ("roll(u, 4)", "u"),
    ("sum(avg_pool(M[:, :2], 2))", "sum(M[:2, :2])/4"),
    ("conv1d(u, [1, 0])", "u[:3]"),
    ("1/(1 + exp(-x))", "sigmoid(x)"),
    ("kron(u[:2], v[:1])", "u[:2]*v[0]"),
]
DIFFERENT = [
    ("A @ B", "B @ A"),
    ("A", "A.T"),
    ("sum(X, axis=0) @ y", "sum(X.T @ X, axis=0) @ y"),
    ("sqrt(a)**2", "abs(a)"),
    ("S @ A", "A @ S"),
    ("sum(M[:2])", "sum(M)"),
    ("u[:3]", "u[1:]"),
]


@pytest.mark.parametrize(("left", "right"), EQUAL)
def test_equal_formulas_are_one_object(left, right):
    """Comparison is identity."""
    within = program()

    assert tensor(left, within) is tensor(right, within)


@pytest.mark.parametrize(("left", "right"), DIFFERENT)
def test_different_formulas_are_different_objects(left, right):
    """What is not equal everywhere stays apart."""
    within = program()

    assert tensor(left, within) is not tensor(right, within)


def test_an_index_is_a_label_where_it_can_be():
    """Only combinations and constants are affine."""
    assert combine(0, {3: 1}) == 3
    assert shift(2, 0) == 2
    assert affine(2) == combine(0, {2: 1, 5: 0}) or affine(2).terms == ((2, 1),)
    assert list(labels(combine(1, {0: 2, 4: -1}))) == [0, 4]
    assert list(labels(constant(3))) == []


def test_labels_are_replaced_by_indices():
    """Substitution multiplies through: 2*i + 1 with i = j - 1 is 2*j - 1."""
    index = combine(1, {0: 2})

    assert substitute(index, {0: combine(-1, {7: 1})}) == combine(-1, {7: 2})
    assert difference(index, index) == constant(0)
