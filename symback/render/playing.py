"""What a page needs to compute itself again: sliders, and all steps under names of their own."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from fractions import Fraction
from math import isfinite
from typing import Any

from symback.explain.solution import Line, Solution
from symback.explain.telling.page import Live, PageInput
from symback.language import names, substitute
from symback.language.tree import Expression, Name, Number, Subscript
from symback.numeric.value import Value
from symback.problem.facts import implied
from symback.render.formulas import Formulas

#: Values with more entries get no sliders; a page has at most so many sliders.
MAX_ENTRIES, MAX_SLIDERS = 6, 16
#: Larger problems are not computed in the page.
MAX_NUMBERS, MAX_STEPS = 5000, 600
#: Where sliders end, but for values beyond.
LOW, HIGH = -2.0, 2.0

_FIXED = frozenset(
    ("integer", "simplex", "unit-norm", "symmetric", "antisymmetric", "orthogonal", "triangular")
)
_LEAST = {"positive": 0.01, "nonnegative": 0.0, "probability": 0.01}
_MOST = {"negative": -0.01, "nonpositive": 0.0, "probability": 0.99}


@dataclass(slots=True)
class Quantities:
    """Names within one page: those of the problem, and others where parts use a name differently.

    `steps` are formulas in these names, in any order.
    """

    steps: dict[str, Expression] = field(default_factory=dict)
    _keys: dict[tuple[str | None, str], str] = field(default_factory=dict)
    _latest: dict[str, str] = field(default_factory=dict)

    def key(self, name: str, part: str | None = None) -> str:
        """Return the key of a name as a part of the problem means it."""
        return self._keys.get((part, name)) or self._latest.get(name, name)

    def define(self, name: str, formula: Expression, part: str | None = None) -> str:
        """Add a step and return its key; the same formula again keeps the key."""
        tree = self.own(formula, part)
        known = self.key(name, part)
        if self.steps.get(known) == tree or tree == Name(known):
            return known
        key = name if name not in self.steps else f"{part or ''}.{name}"
        while key in self.steps:
            key += "'"
        self.steps[key] = tree
        self._keys[part, name] = key
        self._latest[name] = key
        return key

    def own(self, formula: Expression, part: str | None = None) -> Expression:
        """Return a formula with keys for names."""
        renamed = {
            name: Name(key) for name in names(formula) if (key := self.key(name, part)) != name
        }
        return substitute(formula, renamed) if renamed else formula


def live_of(solution: Solution, steps: Mapping[str, Expression], formulas: Formulas) -> Live | None:
    """Return what is needed to compute the page again; None where that is too much or unknown."""
    dims = [(name, size) for name, size in solution.problem.dims.items() if size is not None]
    inputs = [PageInput(name, name, (), (float(size),)) for name, size in dims]
    left = MAX_SLIDERS
    for line in solution.given:
        numbers = _numbers(line.value)
        if numbers is None or line.value is None:
            return None
        found = _input(line, line.value.shape, numbers, solution, formulas)
        if len(found.labels) > left:
            found = PageInput(found.name, found.label, found.shape, found.values)
        left -= len(found.labels)
        inputs.append(found)
    known = [one.name for one in inputs]
    count = sum(len(one.values) for one in inputs)
    if left == MAX_SLIDERS or count > MAX_NUMBERS or len(steps) > MAX_STEPS:
        return None
    return Live(tuple(inputs), tuple(_ordered(steps, known)))


def _numbers(value: Value | None) -> tuple[float, ...] | None:
    """Return the entries in row order; None unless all are finite."""
    flat: list[Any] = [None if value is None else value.floats()]
    while any(isinstance(one, list) for one in flat):
        flat = [one for many in flat for one in (many if isinstance(many, list) else [many])]
    good = all(one is not None and isfinite(one) for one in flat)
    return tuple(float(one) for one in flat) if good else None


def _input(
    line: Line,
    shape: tuple[int, ...],
    numbers: tuple[float, ...],
    solution: Solution,
    formulas: Formulas,
) -> PageInput:
    given = solution.problem.given[line.name]
    label = formulas.text_name(line.name)
    if _FIXED.intersection(implied(given.assume)) or given.structure or len(numbers) > MAX_ENTRIES:
        return PageInput(line.name, label, shape, numbers)
    labels = [formulas.text(_entry(line.name, shape, k)) for k in range(len(numbers))]
    low = max([_LEAST[one] for one in given.assume if one in _LEAST], default=LOW)
    high = min([_MOST[one] for one in given.assume if one in _MOST], default=HIGH)
    largest = 2 * max(map(abs, numbers), default=0.0)
    low = min(low, -largest) if low == LOW else low
    high = max(high, largest) if high == HIGH else high
    return PageInput(line.name, label, shape, numbers, tuple(labels), low, high)


def _entry(name: str, shape: tuple[int, ...], number: int) -> Expression:
    place: list[int] = []
    for length in reversed(shape):
        number, k = divmod(number, length)
        place.insert(0, k)
    if not place:
        return Name(name)
    return Subscript(Name(name), tuple(Number(Fraction(k)) for k in place))


def _ordered(
    steps: Mapping[str, Expression], known: Iterable[str]
) -> Iterable[tuple[str, Expression]]:
    """Yield the steps that can be computed, each after what it uses."""
    waiting = {name: names(tree) - {"pi"} for name, tree in steps.items()}
    users: dict[str, list[str]] = {}
    for name, used in waiting.items():
        for one in used:
            users.setdefault(one, []).append(name)
    missing = {name: len(used) for name, used in waiting.items()}
    ready = [name for name, count in missing.items() if not count]
    for done in known:
        ready += _freed(done, users, missing)
    for name in ready:
        yield name, steps[name]
        ready += _freed(name, users, missing)


def _freed(done: str, users: Mapping[str, list[str]], missing: dict[str, int]) -> list[str]:
    """Return the steps for which nothing else was missing."""
    freed = []
    for user in users.get(done, ()):
        missing[user] -= 1
        if not missing[user]:
            freed.append(user)
    return freed
