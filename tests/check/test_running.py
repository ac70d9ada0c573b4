"""Values of lines with some of them altered."""

import numpy as np

from symback.check.derivation.passes import Line, Part, Script
from symback.check.derivation.running import Point, value_with
from symback.functions import table
from symback.language import parse

LINES = (
    Line("a", (Part(parse("2*x")),)),
    Line("b", (Part(parse("a*x")), Part(parse("x**2")), Part(parse("sin(a)")))),
)


def test_parts_that_rest_on_the_same_are_not_computed_again():
    """With what is known of the parts of a line, the same value comes out as without."""
    script, functions = Script(LINES), table()
    point = Point({"x": np.array([0.5, -1.2])})
    values = point.environment(script, functions)
    altered = {"a": Line("a", (Part(parse("3*x")),))}

    found = value_with(script, "b", values, altered, functions, point.known)

    assert len(point.known) == 3
    assert np.array_equal(found, value_with(script, "b", values, altered, functions))
    assert not np.allclose(found, values["b"])
