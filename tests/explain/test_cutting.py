"""Formulas nested deep are cut: long products and deep nests cost and print what is linear."""

import json
from math import prod

import pytest

from symback.explain.naming.cutting import MAX_DEPTH, cut
from symback.explain.solve import solve
from symback.functions import table
from symback.language import parse, write
from symback.language.tree import Name
from symback.problem.load import load_text
from symback.render.text import text_of

FUNCTIONS = table()


def solved(given, formula, **request):
    """Solve for the gradient of one formula."""
    find = [{"gradient": "L", **request}]
    problem = {"given": given, "define": {"L": formula}, "find": find}
    return solve(load_text(json.dumps(problem), functions=FUNCTIONS), FUNCTIONS)


def length(solution):
    """Return how many characters the forms of a solution have."""
    lines = [*solution.backward, *solution.results]
    return sum(len(write(getattr(line, "formula", None) or line.closed_form)) for line in lines)


def parts_of(text):
    """Return what is left of a formula that is cut, and its parts."""
    parts = {}

    def give(tree):
        name = f"p{len(parts)}"
        parts[name] = write(tree)
        return Name(name)

    return write(cut(parse(text), give)), parts


def test_a_long_product_is_cut_from_its_beginning():
    """Each part has the one before it as its first factor; matrices stay in their order."""
    names = [f"A{k}" for k in range(MAX_DEPTH + 2)]

    left, parts = parts_of(" @ ".join(names))

    assert parts["p0"] == " @ ".join(names[:12])
    assert parts["p1"] == " @ ".join(["p0", *names[12:23]])
    assert left == " @ ".join(["p1", *names[23:]])


@pytest.mark.parametrize(
    "text",
    [
        " + ".join(f"x{k}*y" for k in range(200)),
        "*".join(f"x{k}" for k in range(MAX_DEPTH)),
        "*".join("xy" * 1000),
    ],
)
def test_what_is_not_deep_is_left(text):
    """A sum is as deep as its terms, and a name multiplied again is a power of it."""
    assert parts_of(text) == (write(parse(text)), {})


@pytest.mark.parametrize("count", [20, 40, 160])
def test_the_gradient_of_a_product_is_right(count):
    """By one name in all factors, with names of the user's like those of parts."""
    values = {"x": 1, "c": 2, "k": 3}
    factors = [f"(x + c/{k + 1})" for k in range(count)]
    numbers = [1 + 2 / (k + 1) for k in range(count)]

    solution = solved(values, "*".join(factors), wrt="x")

    expected = sum(prod(numbers[:k] + numbers[k + 1 :]) for k in range(count))
    assert solution.results[0].value.floats() == pytest.approx(expected, rel=1e-12)


@pytest.mark.parametrize(
    "formula",
    [
        lambda n: "*".join(f"(x + {k})" for k in range(1, n + 1)),
        lambda n: "x*trace(" + " @ ".join(f"A{k}" for k in range(n)) + ")",
        lambda n: "(" * n + "x" + "".join(f" + {k})*sin(x - {k})" for k in range(n)),
    ],
)
def test_forms_grow_no_faster_than_formulas(formula):
    """Twice the factors, or levels, give about twice the text."""
    given = {"x": {"shape": []}, **{f"A{k}": {"shape": ["n", "n"]} for k in range(80)}}
    short, long = (length(solved(given, formula(n), wrt=["x", "A0"])) for n in (40, 80))

    assert long < 2.7 * short


def test_cotangents_of_parts_are_written_as_derivatives():
    """The text has ∂L/∂c, and tells nothing about paths."""
    given = {f"x{k}": k + 1 for k in range(40)}

    text = text_of(solved(given, "*".join(given)), 100)

    assert "∂L/∂c = " in text
    assert "dL_d" not in text
    assert "paths" not in text
