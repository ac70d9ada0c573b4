"""Equal parts of trees are one node of a graph."""

import pytest

from symback.language import parse, size, write
from symback.language.equal import EqualParts


def test_equal_parts_have_one_number():
    """Parts of different trees are found again; numbers of operands are lower."""
    graph = EqualParts()
    whole = graph.add(parse("sin(a + b)*(a + b)"))

    part = graph.add(parse("a + b"))

    assert part < whole < len(graph.nodes) == 5
    assert graph.uses([whole], ())[part] == 2
    assert graph.sizes({})[whole] == size(parse("sin(a + b)*(a + b)"))


def test_a_named_part_is_written_by_its_name_and_counted_once_below():
    """Its operands are used once, by its formula, and users shrink."""
    graph = EqualParts()
    whole = graph.add(parse("sin(a + b)*(a + b)"))
    part, a = graph.add(parse("a + b")), graph.add(parse("a"))
    names = {part: "s"}

    assert write(graph.tree(whole, names)) == "sin(s)*s"
    assert write(graph.tree(part, names)) == "a + b"
    assert graph.uses([whole], names)[a] == 1
    assert graph.sizes(names)[whole] == size(parse("sin(s)*s"))


@pytest.mark.parametrize(
    ("left", "right"),
    [
        ("x[1:]", "x[:1]"),
        ("sum(x, axis=0)", "sum(x, keepdims=0)"),
        ("x < y", "x <= y"),
        ("x[True]", "x[1]"),
        ("f([a, b])", "f((a, b))"),
    ],
)
def test_parts_that_differ_have_different_numbers(left, right):
    """Ends of slices, keywords, operators, literals and brackets all count."""
    graph = EqualParts()

    assert graph.add(parse(left)) != graph.add(parse(right))


def test_a_chain_that_doubles_is_looked_at_once():
    """A tree of a million nodes that is a graph of forty takes no time."""
    tree = parse("x")
    for _ in range(20):
        tree = parse("y + y").__class__("+", tree, tree)
    graph = EqualParts()

    root = graph.add(tree)

    assert len(graph.nodes) == 21
    assert graph.uses([root], ())[graph.add(parse("x"))] == 2**20
