"""The search for the shortest form ends."""

from symback.language import size
from symback.notation.derivation import Derivation
from symback.notation.rewriting import simplify
from tests.tensor.forms import program, tensor


def searched(monkeypatch, most):
    """Return how many forms of a product of sums are read when so many factors may be."""
    monkeypatch.setattr(simplify, "MAX_FACTORS", most)
    within = program()
    derivation = Derivation(within)
    value = tensor("(a + b)*(a - b)*(x @ y + a)*(x @ y - b)/(a*b + x @ y)", within)
    looked_at = []
    read = derivation.reader.length
    derivation.reader.length = lambda form: looked_at.append(form) or read(form)

    found = derivation.shortest(value)

    assert size(derivation.read(found)) <= size(derivation.read(value))
    return len(looked_at)


def test_long_results_are_not_searched_for_long(monkeypatch):
    """What is read in a search is bounded by its length too, not by the number of forms alone."""
    assert searched(monkeypatch, 10) < searched(monkeypatch, 10_000)
