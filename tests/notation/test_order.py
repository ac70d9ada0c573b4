"""Terms stand in the order of the problem, whatever its names are."""

import pytest

import symback


def gradient(text, name):
    """The closed form of one gradient."""
    return symback.loads(text).solve().results[name].closed_form


@pytest.mark.parametrize(("data", "weight", "factor"), [("X", "w", "lam"), ("A", "x", "c")])
def test_terms_follow_the_given_values(data, weight, factor):
    """The term of the data comes before that of what is declared after it."""
    text = f"""given: {{{data}: {{shape: [m, n]}}, y: {{shape: [m]}}, {weight}: {{shape: [n]}},
  {factor}: {{shape: []}}}}
define: {{L: 'sum(({data} @ {weight} - y)**2)/2 + {factor}/2*sum({weight}**2)'}}
find: [{{gradient: L, wrt: {weight}}}]
"""

    first, second = gradient(text, f"dL_d{weight}").split(" + ")
    assert first == f"{data}.T @ ({data} @ {weight} - y)"
    assert sorted(second.split("*")) == sorted([factor, weight])


@pytest.mark.parametrize("names", [("h1", "h2", "h3"), ("c", "b", "a"), ("p", "z", "k")])
def test_error_signals_follow_the_steps(names):
    """Steps through time are added up in their order, in which their names do not count."""
    one, two, three = names
    text = f"""given: {{s: {{shape: [m]}}, W: {{shape: [m, m]}}, x: {{shape: [3, m]}}}}
define:
  {one}: tanh(W @ s + x[0])
  {two}: tanh(W @ {one} + x[1])
  {three}: tanh(W @ {two} + x[2])
  L: sum({three}**2)
find: [{{gradient: L, wrt: W}}]
"""

    terms = gradient(text, "dL_dW").split(" + ")
    assert [term.split(", ")[1] for term in terms] == ["s)", f"{one})", f"{two})"]


def test_entries_are_counted_up():
    """Of entries of one name the lower place comes first, 9 before 10; plain numbers are last."""
    text = "given: {x: {shape: [12]}}\ndefine:\n  L: x[10]*x[0] + x[0] + x[9]*x[0] + 2*x[0]**2\n"

    component = symback.loads(text).solve().results["dL_dx"].components[(0,)]
    assert component == "4*x[0] + x[9] + x[10] + 1"
