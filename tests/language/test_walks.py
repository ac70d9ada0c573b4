"""Counting, walking and substituting."""

import ast

import pytest
from hypothesis import given

from symback.language import fold, names, operands, parse, rebuild, size, substitute, walk, write
from symback.language.tree import Binary, Name, Slice

from .trees import expressions

COUNTED = (
    ast.Name,
    ast.Constant,
    ast.BinOp,
    ast.Call,
    ast.UnaryOp,
    ast.Subscript,
    ast.Attribute,
)


def python_size(text):
    """Count the nodes of Python's own tree that the length of a formula counts."""
    return sum(isinstance(node, COUNTED) for node in ast.walk(ast.parse(text, mode="eval")))


@given(expressions)
def test_size_is_the_count_over_python_s_tree(tree):
    """The length of a formula does not depend on whose parser counts."""
    text = write(tree).replace("lambda", "lam")

    assert python_size(text) == size(tree)


@pytest.mark.parametrize(
    ("text", "length"),
    [("x", 1), ("outer(d, h)", 4), ("W.T @ d", 4), ("-x/2", 4), ("A[:, 1:3]", 4), ("[x, y]", 2)],
)
def test_size_of_small_formulas(text, length):
    """A call counts for itself and its function, lists and slices not at all."""
    assert length == size(parse(text))


@given(expressions)
def test_walk_yields_operands_first_and_rebuild_is_the_inverse_of_operands(tree):
    """The last node is the root; rebuilding any node from its operands changes nothing."""
    nodes = list(walk(tree))

    assert tree is nodes[-1]
    assert all(rebuild(node, operands(node)) == node for node in nodes)


def test_substitute_replaces_names_all_at_once():
    """Swapping two names does not chain, and functions keep theirs."""
    tree = parse("x*f(y, axis=x) + x[y:]")

    swapped = substitute(tree, {"x": Name("y"), "y": Name("x"), "f": Name("g")})

    assert write(swapped) == "y*f(x, axis=y) + y[x:]"


def test_substitute_keeps_what_does_not_change():
    """Untouched parts are the same objects."""
    tree = parse("f(x) + g(y)")

    assert tree.left is substitute(tree, {"y": Name("z")}).left


def test_shared_parts_are_folded_once():
    """Sixty doublings are sixty steps, not 2**60."""
    tree = Name("x")
    for _ in range(60):
        tree = Binary("+", tree, tree)

    assert size(tree) == 2**61 - 1
    assert {"x"} == fold(tree, lambda node, parts: {node.id} if not parts else parts[0])


def test_names_are_those_of_values():
    """Functions and keywords are not among them."""
    assert {"x", "n"} == names(parse("f(x[1:n], axis=1)"))
    assert operands(Slice()) == ()
