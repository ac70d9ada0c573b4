"""What is said about values: also about expressions that have no name."""

import symback


def test_kinks_of_expressions_in_find_are_noted():
    """A value on a kink is a matter of note wherever the expression stands."""
    text = "given: {o: 0}\nfind: [{gradient: abs(o), wrt: o}]\n"

    solution = symback.loads(text).solve()
    assert solution.notes == ("L: `abs` has a kink there: abs'(0) = 0",)
    assert symback.loads(text.replace("o: 0", "o: 1")).solve().notes == ()
