import pytest

from symback.errors import InputError
from symback.problem.load import load_text

HOLD = [
    ("[1, 2]", "positive"),
    ("[0, 2]", "nonnegative"),
    ("-1", "negative"),
    ("[0, -1]", "nonpositive"),
    ("[[1, -1]]", "nonzero"),
    ("[1, 2.0]", "integer"),
    ("[0, 1]", "binary"),
    ("[0.5, 1]", "probability"),
    ("[[0.5, 0.5], [0.1, 0.9]]", "simplex"),
    ("[0.333333, 0.333333, 0.333333]", "simplex"),
    ("[0, 1, 0]", "onehot"),
    ("[0.6, 0.8]", "unit-norm"),
    ("[[1, 2], [2, 3]]", "symmetric"),
    ("[[0, 2], [-2, 0]]", "antisymmetric"),
    ("[[1, 0], [0, 3]]", "diagonal"),
    ("[[1, 0], [2, 3]]", "lower-triangular"),
    ("[[1, 2], [0, 3]]", "upper-triangular"),
    ("[[0, 1], [1, 0]]", "invertible"),
    ("[[2, 1], [1, 2]]", "positive-definite"),
    ("[[0.6, -0.8], [0.8, 0.6]]", "orthogonal"),
    ("[[1, 0], [2, 3]]", "triangular"),
    ("[[1, 2], [0, 3]]", "triangular"),
    ("[[0, 0, 0], [0, 1, 1], [0, 1, 1]]", "positive-semidefinite"),
    ("eye(3)", "symmetric"),
    ("[[pi, 1], [1, pi]]", "symmetric"),
]
FAIL = [
    ("[1, 0]", "positive", "the entry [2] is 0"),
    ("1.5", "integer", "change the one or the other"),
    ("[0.5, 0.6]", "simplex", "its entries sum to 11/10"),
    ("[1, 1]", "onehot", "its entries sum to 2"),
    ("[0.5, 0.5]", "onehot", "the entry [1] is 1/2"),
    ("[-0.5, 1.5]", "simplex", "the entry [1] is -1/2"),
    ("[[1, 0], [2, 1]]", "diagonal", "the entry [2,1] is 2"),
    ("[[1, 2], [3, 4]]", "symmetric", "the entry [1,2] is 2"),
    ("[[1, 2, 3]]", "symmetric", "declare a square matrix, `shape: [n, n]`"),
    ("1", "simplex", "declare a vector, `shape: [n]`"),
    ("[[1, 2], [3, 4]]", "triangular", "change the one or the other"),
    ("[[1, 2], [2, 1]]", "positive-semidefinite", "change the one or the other"),
    ("[[0, 1], [1, 1]]", "positive-semidefinite", "change the one or the other"),
    ("[[1, 2], [2, 4]]", "invertible", "change the one or the other"),
    ("[[1, 2], [2, 1]]", "positive-definite", "change the one or the other"),
    ("[[1, 1], [0, 1]]", "positive-definite", "the entry [1,2] is 1"),
    ("[[0, 0], [0, 1]]", "positive-definite", "change the one or the other"),
    ("[[1, 1], [0, 1]]", "orthogonal", "change the one or the other"),
]


def problem(value, fact, key="assume"):
    """A problem whose value is said to have a property."""
    return f"index_base: 1\ngiven: {{A: {{value: {value}, {key}: {fact}}}}}\nfind: [{{value: A}}]"


@pytest.mark.parametrize(("value", "fact"), HOLD)
def test_facts_that_hold(value, fact):
    """What agrees, or cannot be told from the digits alone, is accepted."""
    assert load_text(problem(value, fact)).given["A"].assume == (fact,)


@pytest.mark.parametrize(("value", "fact", "hint"), FAIL)
def test_facts_that_do_not_hold(value, fact, hint):
    """A contradiction is an error that shows the entry, counted as the file counts."""
    with pytest.raises(InputError) as caught:
        load_text(problem(value, fact))

    (fault,) = caught.value.diagnostics
    assert (fault.code, fault.hint, fault.place.line) == ("E123", hint, 2)


@pytest.mark.parametrize(
    ("value", "structure", "good"),
    [
        ("[[1, 2], [3, 1]]", "toeplitz", True),
        ("[[1, 2], [3, 4]]", "toeplitz", False),
        ("[[1, 2], [2, 3]]", "hankel", True),
        ("[[1, 2], [1, 3]]", "hankel", False),
        ("[[1, 2, 3], [3, 1, 2], [2, 3, 1]]", "circulant", True),
        ("[[1, 2, 3], [3, 1, 2], [2, 1, 1]]", "circulant", False),
        ("[[1, 2], [2, 1]]", "symmetric-toeplitz", True),
        ("[[1, 2], [3, 1]]", "symmetric-toeplitz", False),
    ],
)
def test_structures(value, structure, good):
    """Entries that move together are equal to begin with."""
    text = problem(value, structure, "structure")
    if good:
        assert load_text(text).given["A"].structure == structure
    else:
        with pytest.raises(InputError):
            load_text(text)
