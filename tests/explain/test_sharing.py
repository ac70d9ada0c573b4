"""Parts that forms have in common."""

from symback.calculus.program import Program
from symback.explain.sharing import share
from symback.functions import table
from symback.language import parse, write


def test_of_two_equal_steps_the_second_is_the_first():
    """Equal error signals do not get each other's names, which would define neither."""
    steps = [("dL_da", parse("2*x*y/z + z")), ("dL_db", parse("2*x*y/z + z"))]

    _, _, forms = share(Program(table()), [parse("dL_da + dL_db")], steps)

    assert [write(form) for form in forms] == ["2*x*y/z + z", "dL_da"]
