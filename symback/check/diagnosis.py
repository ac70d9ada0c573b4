"""What is wrong with an answer: the smallest alteration of the true derivation that gives it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from functools import partial
from time import process_time

import numpy as np

from symback.check.alterations import Change
from symback.check.bank import Bank
from symback.check.case import Case
from symback.check.changing import Fixed
from symback.check.claims import Claim, slack
from symback.check.comparing import shaped
from symback.check.contributions import scaled_terms
from symback.check.entries import PARTIAL, by_entries
from symback.check.fits import Fit
from symback.check.judging import Judge, Verdict
from symback.check.pairs import MOST_LIKELY, PAIR_SECONDS, Pairs
from symback.check.plain import plain_fits
from symback.check.products import multiplied
from symback.check.repairing import repaired
from symback.check.speech import UNKNOWN, Speaker
from symback.check.transcription import copied
from symback.check.truth import Quantity, TrueValues
from symback.check.verdicts import Finding
from symback.functions.values_arrays import Array
from symback.language.tree import Expression, Number, Subscript

#: Banks of altered values kept for the next sheets.
MAX_BANKS = 200
#: Significant digits of a number below which it says little, and from which on it says much.
FEWEST_DIGITS, FEW_DIGITS, MANY_DIGITS = 1.5, 2.5, 4.5
#: An explanation of at most this rank is not looked for further.
CERTAIN = 1.0
#: One of at most this rank is not looked for among terms and entries.
TELLING = 2.0
#: How many times as many values may be compared with an answer that one of them is exactly.
EXACT = 30
#: Explanations of a number that says little are of at most this rank.
LIKELY = 4.0
#: How many alterations of a whole value there are, about.
OUTER = 10


class Diagnostician:
    """Explains wrong answers about one problem; what it derives is kept for the next sheet."""

    def __init__(self, truth: TrueValues) -> None:
        self.truth = truth
        self.speaker = Speaker(truth)
        self._banks: dict[tuple[object, ...], Bank] = {}
        self._paired: dict[Bank, Pairs] = {}

    def formula(self, quantity: Quantity) -> Expression | None:
        """Return the right formula, as short as the solution has it."""
        if quantity.items is not None and (found := self._component(quantity)) is not None:
            return found
        scripts = sorted(
            quantity.chain.scripts,
            key=lambda s: ("solution", "closed", "steps", "operations", "rows").index(s.level),
        )
        for script in scripts:
            if quantity.name in script.index:
                line = script.lines[script.index[quantity.name]]
                if len(line.parts) == 1:
                    tree = line.parts[0].tree
                    return Subscript(tree, quantity.items) if quantity.items else tree
        return None

    def _component(self, quantity: Quantity) -> Expression | None:
        """Return the formula of one entry of a result, as the solution has it."""
        place = []
        for item in quantity.items or ():
            if not isinstance(item, Number) or item.value.denominator != 1:
                return None
            place.append(int(item.value))
        for result in self.truth.solution.results:
            if result.name == quantity.name and result.part in (None, quantity.chain.part):
                for component in result.components:
                    if list(component.index) == place:
                        return component.formula
        return None

    def bank(self, quantity: Quantity, fixed: Sequence[Fixed] = ()) -> Bank:
        """Return the values of a quantity under every alteration, with some lines as `fixed`."""
        known = (
            tuple((name, value.tobytes()) for name, value in sorted(values.items()))
            for values in fixed
        )
        key = (id(quantity.chain), quantity.name, *known)
        if key not in self._banks:
            if len(self._banks) >= MAX_BANKS:
                self._paired.pop(self._banks.pop(next(iter(self._banks))), None)
            self._banks[key] = Bank(self.truth, quantity.chain, quantity.name, fixed)
        return self._banks[key]

    def diagnose(self, claim: Claim, verdict: Verdict, judge: Judge) -> Finding:
        """Return what is wrong with an answer, `unknown` if no alteration gives it."""
        assert claim.quantity is not None
        case = self.case(claim, verdict, judge)
        fits = self.explain(case, judge) if case is not None else []
        if case is not None and not fits and (wide := case.on_diagonal()) is not None:
            fits = self.explain(wide, judge)
        if case is not None and not fits and (turned := case.turned()) is not None:
            fits = [Fit("transposed", 21, also=(fit,)) for fit in self.explain(turned, judge)[:1]]
        if case is not None and (not fits or fits[0].rank > CERTAIN):
            fits = sorted([*fits, *self._after(case, judge)], key=lambda fit: fit.rank)
        if not fits and not claim.numeric:
            fits = sorted(repaired(claim, judge, self.truth), key=lambda fit: fit.rank)
        formula = self.formula(claim.quantity)
        finding = self.speaker.finding(fits, claim.quantity, formula)
        if not fits:
            return replace(finding, message=unexplained(case, verdict))
        return finding

    def _after(self, case: Case, judge: Judge) -> Iterator[Fit]:
        """Explain an answer by what the person's own earlier answers imply."""
        fixed = judge.fixed(case.quantity, case.numeric)
        if not any(fixed):
            return
        true: dict[int, Array] = {}
        for k in case.got:
            implied = judge.student.implied(case.quantity, k, fixed[k])
            value = judge.selected(implied, case.quantity, k)
            if value is None or not np.isfinite(value).all():
                return
            true[k] = np.asarray(value, dtype=float)
        other = replace(case, true=true)
        fits = [*plain_fits(other, self.truth)]
        bank = self.bank(case.quantity, fixed)
        fits += list(self._single(other, judge, bank))
        for fit in fits:
            fit.detail["after"] = True
            yield fit

    def case(self, claim: Claim, verdict: Verdict, judge: Judge) -> Case | None:
        """Return what is to be explained, None if nothing is known at any point."""
        assert claim.quantity is not None
        expected = judge.true_values(claim.quantity)
        got: dict[int, Array] = {}
        true: dict[int, Array] = {}
        for k, (ours, theirs) in enumerate(zip(verdict.values, expected, strict=True)):
            if ours is not None and theirs is not None and np.isfinite(ours).all():
                whole = np.asarray(theirs, dtype=float)
                found = shaped(ours, whole.shape)
                got[k] = np.asarray(ours, dtype=float) if found is None else found
                true[k] = whole
        allowed = None
        if claim.numeric and claim.tree is not None and got:
            last = got[max(got)]
            allowed = slack(claim.tree, claim.answer.tolerance, last)
        if not got:
            return None
        return Case(got, true, allowed, claim.quantity, claim.numeric)

    def explain(self, case: Case, judge: Judge) -> list[Fit]:
        """Return the explanations that fit, the most telling first."""
        fits = list(plain_fits(case, self.truth))
        fits += list(self._single(case, judge, self.bank(case.quantity)))
        if not any(fit.rank <= CERTAIN for fit in fits):
            fits += list(copied(case, judge))
        if not any(fit.rank <= TELLING for fit in fits):
            fits += list(scaled_terms(case, judge, self.truth))
            fits += list(by_entries(case, self.truth, self._component))
        if not fits:
            fits = list(multiplied(case, judge, self.truth))
        if not fits:
            fits = list(self._composed(case, judge))
        if not fits:
            fits = list(self._pairs(case, judge))
        return sorted(fits, key=lambda fit: fit.rank)

    def _single(self, case: Case, judge: Judge, bank: Bank) -> Iterator[Fit]:
        points = sorted(case.got)
        most, budget = self._least_telling(case), case.budget()
        select = _selection(case, judge, points[0])
        for change, how, tried in bank.fitting(case, points[0], select):
            rank = change.alteration.rank
            if rank > most and tried > budget:
                value = bank.value(change, points[0])
                if value is None or not case.is_exactly(points[0], select(value)):
                    continue
                if rank > TELLING and tried > EXACT * budget:
                    continue
            how = self._confirmed(case, judge, bank, change, how)
            if how:
                if how == 2:
                    yield Fit(change.alteration.kind, change.alteration.rank, (change,))
                    continue
                detail = {"at": case.wrong()}
                yield Fit(change.alteration.kind, rank + PARTIAL, (change,), detail=detail)

    @staticmethod
    def _least_telling(case: Case) -> float:
        """Return the rank up to which alterations count: few digits fit too many of them."""
        if not case.numeric:
            return float("inf")
        if not any(got.any() for got in case.got.values()):
            return LIKELY
        digits = case.digits()
        if digits < FEW_DIGITS:
            return 1.0 if digits < FEWEST_DIGITS else 2.0
        return 3.0 if digits < MANY_DIGITS else 6.0

    def _confirmed(self, case: Case, judge: Judge, bank: Bank, change: Change, how: int) -> int:
        for k in sorted(case.got)[1:]:
            value = judge.selected(bank.value(change, k), case.quantity, k)
            how = min(how, case.fits(k, value))
            if not how:
                break
        return how

    def _composed(self, case: Case, judge: Judge) -> Iterator[Fit]:
        """Try an alteration together with a plain one of the whole: a factor, a transpose."""
        bank = self.bank(case.quantity)
        if OUTER * len(bank) > case.budget():
            return
        points = sorted(case.got)
        end = process_time() + PAIR_SECONDS
        for change, chosen in bank.multiples(case, points[0], _selection(case, judge, points[0])):
            if process_time() > end:
                return
            outer = self._outer(case, judge, bank, change, chosen)
            if outer is not None:
                yield Fit(change.alteration.kind, change.alteration.rank + 10, (change,), (outer,))

    def _pairs(self, case: Case, judge: Judge) -> Iterator[Fit]:
        """Try two alterations in two places, the most common ones first."""
        if case.budget() < MOST_LIKELY**2 / 2:
            return
        bank = self.bank(case.quantity)
        pairs = self._paired.setdefault(bank, Pairs(bank))
        for first, second, _ in pairs.fitting(case, partial(_selection, case, judge)):
            early, late = (first, second) if _before(first, second) else (second, first)
            kinds = [Fit(c.alteration.kind, c.alteration.rank, (c,)) for c in (early, late)]
            yield replace(kinds[0], rank=kinds[0].rank + 20, also=(kinds[1],))
            return

    def _outer(
        self, case: Case, judge: Judge, bank: Bank, change: Change, first: Array
    ) -> Fit | None:
        """Return the plain alteration that leads from an altered value to the answer."""
        points = sorted(case.got)
        inner = Case(
            {points[0]: case.got[points[0]]}, {points[0]: first}, case.allowed, case.quantity,
            case.numeric,
        )  # fmt: skip
        if not any(True for _ in plain_fits(inner, self.truth, uniform=True)):
            return None
        true: dict[int, Array] = {}
        for k in points:
            value = judge.selected(bank.value(change, k), case.quantity, k)
            if value is None or value.shape != case.got[k].shape:
                return None
            true[k] = value
        whole = Case(case.got, true, case.allowed, case.quantity, case.numeric)
        return next(iter(plain_fits(whole, self.truth, uniform=True)), None)


def unexplained(case: Case | None, verdict: Verdict) -> str:
    """Say what can be said of an answer that no mistake explains."""
    if case is None:
        if any(value is not None for value in verdict.values):
            return "the answer is not defined, or far too large"
        return "the shapes in the formula do not fit together"
    got, true = case.shapes()
    if got != true:
        return f"the answer has the shape {list(got)}, the quantity {list(true)}"
    return UNKNOWN


def _selection(case: Case, judge: Judge, point: int) -> Callable[[Array], Array | None]:
    """Return what takes the entries that an answer is about from a whole value at a point."""
    return lambda value: judge.selected(value, case.quantity, point)


def _before(a: Change, b: Change) -> bool:
    return a.script.index[a.line.name] < b.script.index[b.line.name]
