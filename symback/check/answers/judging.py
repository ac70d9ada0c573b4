"""The verdict on one answer: right, rounded, following from earlier ones, or wrong."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import partial

import numpy as np

from symback.check.answers.at_kinks import NOTE, by_a_convention, on_a_kink
from symback.check.answers.carried import spread
from symback.check.answers.claims import Claim, is_written, slack
from symback.check.answers.follow import Student, Values, by_closed_form, listed, reached, subsets
from symback.check.answers.inserted import Inserted, right_with_numbers
from symback.check.answers.little import has_invisible_numbers, little_off
from symback.check.answers.named import with_names
from symback.check.answers.narrow import narrow_gap, right_exactly
from symback.check.answers.rounding import Compared, roundings
from symback.check.answers.verdicts import CORRECT, FOLLOW, ROUNDING, WRONG
from symback.check.derivation.comparing import same, selected
from symback.check.derivation.running import evaluated, quiet
from symback.check.derivation.truth import Quantity, TrueValues
from symback.functions.values.arrays import Array
from symback.language import names, substitute
from symback.language.tree import Expression

#: An answer that is not defined at some points must be right at so many others.
FEWEST_POINTS = 2
#: What is as near as this to the truth at some point may be right but for roundings.
NEARLY = 1e-6
Values_at = list[Array | None]
Explained = tuple[str, str, Array | None]


@dataclass
class Verdict:
    """A verdict, what it rests on, and the values of the answer at the points."""

    verdict: str
    values: Values_at
    because: str = ""
    accidental: bool = False
    note: str = ""
    gap: str = ""
    """Where a formula is wrong that is right at every point compared."""
    little: str = ""
    """By how little a formula is off that is right in float64."""


class Judge:
    """Compares the answers of one person with the truth and with what they imply."""

    def __init__(self, truth: TrueValues, student: Student) -> None:
        self.truth = truth
        self.student = student
        self.points = truth.all_points()

    def judge(self, claim: Claim) -> Verdict:
        """Return the verdict on an answer about a known quantity."""
        return self._number(claim) if claim.numeric else self._formula(claim)

    def true_values(self, quantity: Quantity) -> Values_at:
        """Return the true value at every point, of the entries that are asked for."""
        return [
            self.selected(np.asarray(self.truth.value(quantity, point)), quantity, k)
            for k, point in enumerate(self.points)
        ]

    def selected(self, value: Array | None, quantity: Quantity, point: int) -> Array | None:
        """Return the entries of a whole value that a quantity asks for."""
        if value is None or quantity.items is None or value.dtype == object:
            return None if value is None or value.dtype == object else value
        sizes = self.points[point].values
        return selected(value, quantity.items, sizes, self.truth.functions)

    def values(self, tree: Expression, true: bool = False) -> Values_at:
        """Return the values of a formula at the points, names as the person has them."""
        return [
            self.student.evaluate(tree, self.student.environment(k, numbers=False, true=true))
            for k in range(len(self.points))
        ]

    def agree(self, got: Values_at, expected: Values_at) -> bool:
        """Tell whether values agree at every point where both are known, and at one at least."""
        pairs = [(g, e) for g, e in zip(got, expected, strict=True) if e is not None]
        known = [(g, e) for g, e in pairs if g is not None]
        if not known or len(known) < len(pairs):
            return False
        defined = [(g, e) for g, e in known if np.isfinite(g).all()]
        if len(defined) < min(len(known), FEWEST_POINTS):
            return False
        return all(same(g, e) for g, e in defined)

    def _formula(self, claim: Claim) -> Verdict:
        assert claim.tree is not None and claim.quantity is not None
        expected = self.true_values(claim.quantity)
        got = self.values(claim.tree)
        known = [e if g is not None else None for g, e in zip(got, expected, strict=True)]
        right = any(g is not None for g in got) and self.agree(got, known)
        true = self.values(claim.tree, true=True)
        meant = self.agree(true, expected)
        alike = meant or self._agree_off_kinks(true, expected)
        if alike and (nearly := self._nearly(claim, got)):
            return nearly
        if right or self._agree_off_kinks(got, known):
            note = "" if right else NOTE
            because = self._guilty(claim) if right and not meant else ""
            return Verdict(CORRECT, got, because, accidental=bool(because), note=note)
        if meant or self._right_exactly(claim, true, expected):
            guilty = self._guilty(claim)
            follows = meant or guilty
            return Verdict(FOLLOW if follows else CORRECT, got if follows else expected, guilty)
        quantity, points = claim.quantity, range(len(self.points))
        main, name = quantity.chain.main, quantity.name
        overrides = [self.student.overrides(main, k, False, name) for k in points]
        unseen = has_invisible_numbers(claim.tree, self.truth)
        for chosen in self._relevant([] if unseen else overrides):
            taken = ({n: v for n, v in one.items() if n in chosen} for one in overrides)
            values = (self.student.implied(quantity, k, one) for k, one in enumerate(taken))
            implied = [self.selected(value, quantity, k) for k, value in enumerate(values)]
            if self.agree(got, implied) or self.agree(true, implied):
                return Verdict(FOLLOW, got, self._because(claim.quantity, chosen))
        return self._with_numbers(claim, expected) or Verdict(WRONG, got)

    def _right_exactly(self, claim: Claim, got: Values_at, expected: Values_at) -> bool:
        """Tell whether a formula is right but for roundings of float64, where that is likely."""
        assert claim.quantity is not None
        pairs = zip(got, expected, strict=True)
        known = [(g, e) for g, e in pairs if g is not None and e is not None]
        nearly = any(same(g, e, np.asarray(NEARLY)) for g, e in known)
        return nearly and right_exactly(self.truth, claim.quantity, self._true_tree(claim))

    def _nearly(self, claim: Claim, got: Values_at) -> Verdict | None:
        """Return the verdict on a formula that is right at all points in float64 alone."""
        assert claim.quantity is not None
        tree = self._true_tree(claim)
        if gap := narrow_gap(self.truth, claim.quantity, tree):
            return Verdict(WRONG, got, gap=gap)
        little = little_off(self.truth, claim.quantity, tree)
        return Verdict(WRONG, got, little=little) if little else None

    def _true_tree(self, claim: Claim) -> Expression:
        """Return the formula of an answer with names as the problem means them."""
        assert claim.tree is not None
        return substitute(claim.tree, self.student.true_names())

    def _with_numbers(self, claim: Claim, expected: Values_at) -> Verdict | None:
        """Return the verdict on an answer that is right with values put in for names."""
        assert claim.tree is not None and claim.quantity is not None
        own = self.student.formulas()
        tree = substitute(claim.tree, own)
        found = right_with_numbers(tree, claim.quantity, self.truth)
        if found is None:
            return None if claim.numeric else self._with_own_numbers(claim)
        rounded = found is Inserted.ROUNDED
        because = "the rounded numbers in it" if rounded else ""
        return Verdict(ROUNDING if rounded else CORRECT, expected, because)

    def _with_own_numbers(self, claim: Claim) -> Verdict | None:
        """Return the verdict on an answer that has wrong numbers of answers before in it."""
        assert claim.tree is not None
        if self.truth.given is None:
            return None
        values = self.student.environment(len(self.points) - 1, numbers=True)
        wrong = {name: values[name] for name in self.student.mistaken() if name in values}
        tree = with_names(claim.tree, wrong)
        found = None if tree is None else self._formula(replace(claim, tree=tree))
        return found if found and found.verdict == FOLLOW else None

    def _agree_off_kinks(self, got: Values_at, expected: Values_at) -> bool:
        """Tell whether an answer differs at the values given alone, which are on a kink."""
        pairs = zip(self.points, expected, strict=True)
        off = [None if point.given else e for point, e in pairs]
        return on_a_kink(self.truth) and any(e is not None for e in off) and self.agree(got, off)

    def fixed(self, quantity: Quantity, numbers: bool) -> list[Values]:
        """Return the lines that the person has wrong, and those after them, at every point."""
        script = quantity.chain.main
        needed = {line.name for line in script.leading_to(quantity.name)}
        if not self.student.mistaken() & needed - {quantity.name}:
            return []
        return [
            {
                name: value
                for name, value in self.student.overrides(
                    script, k, numbers and point.given, quantity.name
                ).items()
                if name in needed
            }
            for k, point in enumerate(self.points)
        ]

    def _guilty(self, claim: Claim) -> str:
        assert claim.tree is not None
        wrong = self.student.mistaken()
        used = {self.student.aliases.get(n, n) for n in names(claim.tree)}
        return listed(sorted(wrong & used))

    def _because(self, quantity: Quantity, chosen: list[str]) -> str:
        script = quantity.chain.main
        used = reached(script, quantity.name, [n for n in chosen if n in script.index])
        wrong = [name for name in used if name in self.student.mistaken()]
        return listed(wrong or used)

    def _relevant(self, overrides: list[Values]) -> Iterator[list[str]]:
        if any(overrides):
            yield from (list(names) for names in subsets(overrides, self.student.mistaken()))

    def _number(self, claim: Claim) -> Verdict:
        assert claim.tree is not None and claim.quantity is not None
        values: Values_at = [None] * len(self.points)
        with quiet():
            sizes = self.points[-1].values if self.points else {}
            number = evaluated(claim.tree, sizes, self.truth.functions)
        number = np.asarray(number, dtype=float)
        allowed = slack(claim.tree, claim.answer.tolerance, number)
        if self.truth.given is None:
            values = [number] * len(self.points)
            right = self.agree(values, self.true_values(claim.quantity))
            return Verdict(CORRECT, values) if right else Verdict(WRONG, values)
        values[-1] = number
        expected = self.true_values(claim.quantity)[-1]
        if expected is not None and same(number, expected, allowed):
            because = self._contradicted(claim.quantity, number, allowed)
            return Verdict(CORRECT, values, because, accidental=bool(because))
        compared = Compared(number, expected, allowed)
        for verdict, because, value in self._explanations(claim, compared):
            if value is not None and same(number, value, allowed):
                return Verdict(verdict, values, because)
        chosen = partial(self.selected, quantity=claim.quantity, point=len(self.points) - 1)
        if by_a_convention(self.truth, claim.quantity, chosen, number, allowed):
            return Verdict(CORRECT, values, note=NOTE)
        if because := self._unrounded(claim.quantity, number, allowed):
            return Verdict(FOLLOW, values, because)
        inserted = None if is_written(claim.tree) else self._with_numbers(claim, values)
        return inserted or Verdict(WRONG, values)

    def _contradicted(self, quantity: Quantity, number: Array, allowed: Array) -> str:
        """Say which wrong answers before a right number lead to another one."""
        fixed = self.fixed(quantity, True)
        if not fixed:
            return ""
        implied = self.student.implied(quantity, len(self.points) - 1, fixed[-1])
        value = self.selected(implied, quantity, len(self.points) - 1)
        if value is None or same(number, value, allowed):
            return ""
        script = quantity.chain.main
        used = reached(script, quantity.name, [n for n in fixed[-1] if n in script.index])
        return listed([name for name in used if name in self.student.mistaken()])

    def _unrounded(self, quantity: Quantity, number: Array, allowed: Array) -> str:
        """Say which wrong numbers a number follows from, as they were before being rounded."""
        point = len(self.points) - 1
        given = self.student.overrides(quantity.chain.main, point, True, quantity.name)
        wrong = {n: v for n, v in given.items() if n in self.student.mistaken()}
        for chosen in self._relevant([wrong]) if wrong else ():
            taken = {n: wrong[n] for n in chosen}
            off = self.selected(spread(self.student, quantity, point, taken), quantity, point)
            value = self.selected(self.student.implied(quantity, point, taken), quantity, point)
            if off is None or value is None or np.shape(allowed) not in ((), off.shape):
                continue
            if same(number, value, allowed + off):
                return self._because(quantity, list(chosen))
        return ""

    def _explanations(self, claim: Claim, number: Compared) -> Iterator[Explained]:
        """Yield values that earlier answers or roundings lead to, the most innocent first."""
        quantity = claim.quantity
        assert quantity is not None and claim.tree is not None
        point = len(self.points) - 1
        wrong = self.student.mistaken()
        all_given = self.student.overrides(quantity.chain.main, point, True, quantity.name)
        innocent = {n: v for n, v in all_given.items() if n not in wrong}

        def value(overrides: Values) -> Array | None:
            return self.selected(self.student.implied(quantity, point, overrides), quantity, point)

        for chosen in self._relevant([innocent]):
            found = value({n: innocent[n] for n in chosen})
            yield ROUNDING, "the rounded " + self._because(quantity, chosen), found
        mistaken = all_given.keys() - innocent.keys()
        for chosen in self._relevant([all_given] if mistaken else [{}]):
            because = self._because(quantity, chosen)
            yield FOLLOW, because, value({n: all_given[n] for n in chosen})
        for because, whole in by_closed_form(self.student, quantity, point, wrong):
            yield FOLLOW, because, self.selected(whole, quantity, point)
        yield from self._own_formula(quantity, point)
        for because, found in roundings(self.truth, quantity, innocent, claim.tree, number):
            yield ROUNDING, because, self.selected(found, quantity, point)

    def _own_formula(self, quantity: Quantity, point: int) -> Iterator[Explained]:
        """Yield what the person's own formula for the quantity gives."""
        own = self.student.stated.get(quantity.name)
        if own is not None and own.tree is not None:
            for numbers in (True, False):
                known = self.student.environment(point, numbers)
                verdict = ROUNDING if own.right_formula and not numbers else FOLLOW
                yield verdict, "your formula", self.student.evaluate(own.tree, known)
                yield verdict, "your formula", self.student.as_stated(own.tree, known)
