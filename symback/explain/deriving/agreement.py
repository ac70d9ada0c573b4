"""Values that must be computed first: whether they agree with what is declared of them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from symback.errors import SymbackError
from symback.functions.entry import Function
from symback.language import names, walk
from symback.language.tree import Call, Number
from symback.numeric import solve_values
from symback.numeric.value import fractions
from symback.problem.arrays import read_array
from symback.problem.dims import Dims
from symback.problem.facts import check_facts
from symback.problem.faults import Faults
from symback.problem.model import ArrayFile, Given, Problem, Value, tree_of

#: Facts about larger arrays are taken on trust.
MAX_ENTRIES = 10_000


def agreed(problem: Problem, functions: Mapping[str, Function]) -> Problem:
    """Return the problem with the sizes that computed values give its dimensions.

    Raises: InputError with every contradiction between a declaration and such a value: E121 and
    E122 about shapes, E123 about facts.
    """
    claims = [one for one in problem.given.values() if one.shape or one.facts]
    later = [one for one in claims if _is_computed(one)]
    if not later:
        return problem
    faults = Faults()
    dims = Dims(problem.dims)
    found = {one.name: _entries(one, problem, functions) for one in later}
    for one in later:
        entries = found[one.name]
        if entries is not None and one.shape is not None:
            dims.match(one.name, one.shape, entries.shape, one.place, faults)
    dims.settle(faults)
    for one in later:
        entries = found[one.name]
        if entries is not None and entries.size <= MAX_ENTRIES:
            computed = replace(one, value=_numbers(fractions(entries)), shape=entries.shape)
            check_facts(computed, problem.index_base, faults)
    faults.stop()
    return replace(problem, dims=dims.sizes)


def _is_computed(given: Given) -> bool:
    if given.value is None or isinstance(given.value, ArrayFile):
        return given.value is not None and bool(given.facts)
    return _calls(given.value)


def _calls(value: Value) -> bool:
    """Whether a function is called in a value."""
    if isinstance(value, tuple):
        return any(map(_calls, value))
    return not isinstance(value, Number) and any(isinstance(node, Call) for node in walk(value))


def _entries(given: Given, problem: Problem, functions: Mapping[str, Function]) -> Any:
    """Return the array of a value; None where it cannot be computed, which is noted later."""
    if isinstance(given.value, ArrayFile):
        return read_array(given.value)
    assert given.value is not None
    tree = tree_of(given.value)
    sizes = {name: size for name, size in problem.dims.items() if size is not None}
    if not names(tree) <= {*sizes, "pi"}:
        return None
    try:
        return solve_values(sizes, [(given.name, tree)], [given.name], functions)[
            given.name
        ].entries
    except SymbackError:
        return None


def _numbers(entries: Any) -> Value:
    """Return nested fractions as the value of a file."""
    if isinstance(entries, list):
        return tuple(map(_numbers, entries))
    return Number(entries)
