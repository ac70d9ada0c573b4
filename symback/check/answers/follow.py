"""What a person has written so far, and what follows from it for the quantities after it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

import numpy as np

from symback.check.answers.claims import Claim, is_written, slack
from symback.check.derivation.memory import key_of
from symback.check.derivation.passes import Script
from symback.check.derivation.running import Point, evaluated, quiet, value_with
from symback.check.derivation.truth import Quantity, TrueValues
from symback.errors import SymbackError
from symback.functions.values.arrays import Array
from symback.language import operands, rebuild, substitute
from symback.language.tree import Expression, Name, Number

Values = dict[str, Array]


@dataclass
class Stated:
    """One quantity as the person has it: values at the points, and the number as written."""

    formula: list[Array | None] | None = None
    number: Array | None = None
    allowed: Array | None = None
    right_formula: bool = True
    right_number: bool = True
    tree: Expression | None = None


@dataclass
class Student:
    """The answers read so far, by the names of quantities and the person's own names."""

    truth: TrueValues
    part: str | None = None
    stated: dict[str, Stated] = field(default_factory=dict)
    aliases: dict[str, str] = field(default_factory=dict)

    def ranks(self) -> dict[str, int]:
        """Return the number of axes of the person's own names."""
        found = {}
        for name in self.aliases:
            one = self.stated[self.aliases[name]]
            known = [*(one.formula or ()), one.number]
            found[name] = next((np.ndim(x) for x in known if x is not None), 0)
        return found

    def formulas(self) -> dict[str, Expression]:
        """Return the formulas of the person's own names, in names of the problem alone."""
        found: dict[str, Expression] = {}
        for alias, name in self.aliases.items():
            tree = self.stated[name].tree
            if tree is not None:
                found[alias] = substitute(tree, found)
        return found

    def true_names(self) -> dict[str, Expression]:
        """Return what the person's own names stand for, quantities of the problem as they are."""
        found: dict[str, Expression] = {}
        for alias, name in self.aliases.items():
            tree = self.stated[name].tree
            if not name.startswith("own#"):
                found[alias] = Name(name)
            elif tree is not None:
                found[alias] = substitute(tree, found)
        return found

    def mistaken(self) -> set[str]:
        """Return the quantities that the person has wrong."""
        stated = self.stated.items()
        return {n for n, one in stated if not (one.right_formula and one.right_number)}

    def points(self) -> list[Point]:
        """Return the points at which formulas are compared."""
        return self.truth.all_points()

    def environment(self, point: int, numbers: bool, true: bool = False) -> Values:
        """Return what every name means at a point.

        With `numbers` the latest number as written counts where there is one; with `true` only
        the person's own names have values of theirs.
        """
        at = self.points()[point]
        values: Values = dict(at.values)
        chains = self.truth.chains
        ordered = [c for c in chains if c.part != self.part] + [
            c for c in chains if c.part == self.part
        ]
        for chain in ordered:
            values.update(at.environment(chain.main, self.truth.functions))
        for name, one in self.stated.items():
            if true and not name.startswith("own#"):
                continue
            found = self._meaning(one, point, numbers)
            if found is not None:
                values[name] = found
            elif name in values and not numbers and not self._is_true(one):
                del values[name]
        for alias, name in self.aliases.items():
            if name in values:
                values[alias] = values[name]
        return values

    def _meaning(self, one: Stated, point: int, numbers: bool) -> Array | None:
        given = self.points()[point].given
        if one.number is not None and given and (numbers or not self._is_true(one)):
            return one.number
        return one.formula[point] if one.formula is not None else None

    def _is_true(self, one: Stated) -> bool:
        """Tell whether a name stands for a formula, or for the truth to the digits written."""
        return one.formula is not None or one.right_number

    def overrides(self, script: Script, point: int, numbers: bool, without: str) -> Values:
        """Return the lines of a script that the person has, as the person has them."""
        found: Values = {}
        for name, one in self.stated.items():
            if name in script.index and name != without:
                value = self._meaning(one, point, numbers)
                if value is not None:
                    found[name] = value
        return found

    def evaluate(self, tree: Expression, values: Mapping[str, Array]) -> Array | None:
        """Return a formula's value, None where it makes no sense."""
        try:
            with quiet():
                return evaluated(tree, values, self.truth.functions)
        except SymbackError:
            return None

    def implied(self, quantity: Quantity, point: int, overrides: Values) -> Array | None:
        """Return the value that a quantity has when earlier ones are as the person has them."""
        used = quantity.chain.main.relevant(quantity.name, overrides)
        key = key_of({name: overrides[name] for name in used})
        whole = None if key is None else (id(quantity.chain), quantity.name, point, key)
        return self.truth.implied.get(whole, lambda: self.computed(quantity, point, overrides))

    def computed(
        self, quantity: Quantity, point: int, overrides: Values, script: Script | None = None
    ) -> Array | None:
        """Return what `implied` does, never from memory, perhaps by another script of the chain."""
        script = script or quantity.chain.main
        values = self.points()[point].environment(script, self.truth.functions)
        with quiet():
            return value_with(script, quantity.name, values, overrides, self.truth.functions)

    def as_stated(self, tree: Expression, values: Mapping[str, Array]) -> Array | None:
        """Return a formula's value with inner results taken as the person has written them."""
        known = [
            (name, one)
            for name, one in self.stated.items()
            if one.number is not None and one.allowed is not None
        ]
        table = dict(values)

        def visit(node: Expression, root: bool) -> Expression:
            if isinstance(node, Name | Number):
                return node
            parts = [visit(part, False) for part in operands(node)]
            found = rebuild(node, parts) if parts else node
            if root:
                return found
            value = self.evaluate(found, table)
            for name, one in known:
                if value is not None and one.number is not None and one.allowed is not None:
                    fits = value.shape == one.number.shape and value.ndim
                    if fits and (np.abs(value - one.number) <= one.allowed).all():
                        table[f"#{name}"] = one.number
                        return Name(f"#{name}")
            return found

        return self.evaluate(visit(tree, True), table)

    def record(self, claim: Claim, values: list[Array | None], right: bool) -> None:
        """Keep an answer for those after it."""
        if claim.quantity is not None and claim.quantity.items is not None:
            if not right:
                self._record_entries(claim.quantity, claim, values)
            return
        name = claim.quantity.name if claim.quantity is not None else f"own#{claim.own}"
        one = self.stated.setdefault(name, Stated())
        if claim.own is not None:
            self.aliases[claim.own] = name
        if claim.numeric and claim.tree is not None:
            number = next((x for x in reversed(values) if x is not None), None)
            if number is not None:
                one.number = number
                one.allowed = slack(claim.tree, claim.answer.tolerance, number)
                one.right_number = right
            if claim.quantity is None and not is_written(claim.tree):
                one.formula, one.tree = values, claim.tree
            return
        one.formula, one.right_formula, one.tree = values, right, claim.tree

    def _record_entries(self, quantity: Quantity, claim: Claim, values: list[Array | None]) -> None:
        """Keep wrong entries: the rest of the quantity is as it was."""
        place = []
        for item in quantity.items or ():
            if not isinstance(item, Number):
                return
            place.append(int(item.value))
        changed: list[Array | None] = []
        for k, point in enumerate(self.points()):
            known = self.stated.get(quantity.name)
            whole = None if known is None else self._meaning(known, k, claim.numeric)
            if whole is None:
                whole = np.asarray(self.truth.value(quantity, point))
            entry = values[k]
            if entry is None or whole.dtype == object or np.ndim(entry):
                changed.append(None)
                continue
            new = np.array(whole, dtype=float)
            try:
                new[tuple(place)] = entry
            except IndexError:
                return
            changed.append(new)
        one = self.stated.setdefault(quantity.name, Stated())
        if not claim.numeric:
            one.formula, one.right_formula = changed, False
        elif changed and changed[-1] is not None:
            one.number, one.right_number = changed[-1], False


def reached(script: Script, target: str, chosen: Iterable[str]) -> list[str]:
    """Return those of the chosen lines that `target` rests on with no other one between."""
    return sorted(script.relevant(target, chosen), key=script.index.__getitem__)


def subsets(overrides: list[Values], wrong: Iterable[str]) -> Iterator[Iterable[str]]:
    """Yield which earlier answers to rely on: the wrong ones, all, each alone, all but one."""
    names = list(dict.fromkeys(name for values in overrides for name in values))
    mistaken = [name for name in names if name in set(wrong)]
    if mistaken and len(mistaken) < len(names):
        yield mistaken
    yield names
    if len(names) > 1:
        for name in reversed(names):
            yield [name]
        for name in reversed(names):
            yield [other for other in names if other != name]


def by_closed_form(
    student: Student, quantity: Quantity, point: int, mistaken: set[str]
) -> Iterator[tuple[str, Array | None]]:
    """Yield what follows from wrong answers that the quantity's form uses, and its operands do not.

    The derivative of log(1 + exp(-m)) is written with s = sigmoid(-m), if there is such a step.
    """
    needed = {line.name for line in quantity.chain.main.leading_to(quantity.name)}
    for script in quantity.chain.scripts[1:]:
        if quantity.name in script.index:
            used = {line.name for line in script.leading_to(quantity.name)}
            if because := (used - needed) & mistaken:
                given = student.overrides(script, point, True, quantity.name)
                found = student.computed(quantity, point, given, script)
                yield listed(sorted(because)), found


def listed(names: list[str]) -> str:
    """Return names for a sentence: `a`, `b` and `c`."""
    shown = [f"`{name.removeprefix('own#')}`" for name in names]
    return " and ".join([", ".join(shown[:-1]), shown[-1]] if len(shown) > 1 else shown)
