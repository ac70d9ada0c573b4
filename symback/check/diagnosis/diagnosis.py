"""What is wrong with an answer: the smallest alteration of the true derivation that gives it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import partial
from itertools import islice
from time import process_time

import numpy as np

from symback.check.answers.claims import Claim
from symback.check.answers.follow import Student
from symback.check.answers.judging import Judge, Verdict
from symback.check.answers.verdicts import CORRECT, WRONG, Finding
from symback.check.derivation.memory import Memory
from symback.check.derivation.symmetric import where_symmetric
from symback.check.derivation.truth import Quantity, TrueValues
from symback.check.diagnosis.aligned import told_apart
from symback.check.diagnosis.bank import Bank, Selection
from symback.check.diagnosis.case import LIKELY, Case, case_of
from symback.check.diagnosis.contributions import many_terms, scaled_terms
from symback.check.diagnosis.elsewhere import other_entries
from symback.check.diagnosis.entries import PARTIAL, by_entries
from symback.check.diagnosis.halfway import halfway
from symback.check.diagnosis.pairs import FEWEST_PAIRS, PAIR_SECONDS, Pairs
from symback.check.diagnosis.plain import plain_fits
from symback.check.diagnosis.plain_factors import ODD, constant_fits
from symback.check.diagnosis.products import multiplied, ordered
from symback.check.diagnosis.readings import misread_values, ways_to_read
from symback.check.diagnosis.rearranged import rearranged
from symback.check.diagnosis.repairing import beside, is_doubtful, repaired
from symback.check.diagnosis.rewritten import Rewritten
from symback.check.diagnosis.right import RightFormulas
from symback.check.diagnosis.speech import Speaker, unexplained
from symback.check.diagnosis.term_slips import slipped_terms
from symback.check.diagnosis.transcription import copied
from symback.check.diagnosis.vanishing import not_by_chance
from symback.check.mistakes.alterations import Change
from symback.check.mistakes.changing import Fixed
from symback.check.mistakes.fits import Fit, excess, is_before, is_common
from symback.functions.values.arrays import Array

#: Banks of altered values kept for the next sheets, where some lines are as one person has them.
MAX_BANKS = 200
#: An explanation of at most the first rank is not looked for further, of the second not in terms
#: and entries; the third, with one of the whole, tells more than two others; the last is single.
CERTAIN, TELLING, COMMON, SINGLE = 1.0, 2.0, 5.0, 10.0
#: How many times as many values may be compared with an answer that one of them is exactly; how
#: many alterations of a whole value there are, about.
EXACT, OUTER = 30, 10


class Diagnostician:
    """Explains wrong answers about one problem; what it derives is kept for the next sheet."""

    def __init__(self, truth: TrueValues) -> None:
        self.truth = truth
        self.speaker = Speaker(truth)
        self.right = RightFormulas(truth)
        self._banks: dict[tuple[int, str], Bank] = {}
        self._personal: Memory[Bank] = Memory(MAX_BANKS)
        self._paired: dict[Bank, Pairs] = {}
        self._slips: dict[Bank, Rewritten] = {}
        self._symmetric: Diagnostician | None = None

    def bank(self, quantity: Quantity, fixed: Sequence[Fixed] = ()) -> Bank:
        """Return the values of a quantity under every alteration, with some lines as `fixed`."""
        key = (id(quantity.chain), quantity.name)
        if key not in self._banks:
            self._banks[key] = Bank(self.truth, quantity.chain, quantity.name)
        if not fixed:
            return self._banks[key]
        known = tuple(
            tuple((name, value.tobytes()) for name, value in sorted(one.items())) for one in fixed
        )
        return self._personal.get((key, known), lambda: self._banks[key].with_lines(fixed))

    def diagnose(self, claim: Claim, verdict: Verdict, judge: Judge) -> Finding:
        """Return what is wrong with an answer, `unknown` if no alteration gives it."""
        assert claim.quantity is not None
        fits = list(misread_values(claim, judge))
        for one in () if fits else ways_to_read(claim, judge):
            again = verdict if one.tree == claim.tree else judge.judge(one)
            found = self._fits(one, again, judge)
            if found and (not fits or found[0].rank < fits[0].rank):
                fits = found
            if fits and fits[0].rank <= SINGLE:
                break
        finding = self.speaker.finding(fits, claim.quantity, self.right.formula(claim.quantity))
        if not fits:
            return replace(finding, message=unexplained(case_of(claim, verdict, judge), verdict))
        return finding

    def _fits(self, claim: Claim, verdict: Verdict, judge: Judge) -> list[Fit]:
        """Return the explanations of an answer, the most telling first."""
        if verdict.verdict != WRONG:
            return []
        case = case_of(claim, verdict, judge)
        fits = self.explain(case, judge) if case is not None else []
        if case is not None and not fits and (wide := case.on_diagonal()) is not None:
            fits = self.explain(wide, judge)
        if case is not None and not fits and (turned := case.turned()) is not None:
            fits = [Fit("transposed", 21, also=(fit,)) for fit in self.explain(turned, judge)[:1]]
        if case is not None and (not fits or fits[0].rank > CERTAIN):
            fits = sorted([*fits, *self._after(case, judge)], key=lambda fit: fit.rank)
        if not claim.numeric and is_doubtful(fits):
            fits = beside(fits, repaired(claim, judge))
        if not claim.numeric:
            fits = told_apart(fits, claim, case, judge)
        if case is not None and not fits:
            fits = list(self._rewritten(case, judge, 2))
        fits = fits if case is None else not_by_chance(fits, claim, case)
        if not fits and case is not None and not (claim.numeric or case.vanishes()):
            bank = self.bank(case.quantity)
            fits = list(halfway(claim, case, judge, bank, self._pairs_of(bank)))
            fits = fits or [
                *many_terms(case, judge, self.truth, self.right.component),
                *rearranged(case, judge, bank),
            ]
        if not fits and not claim.numeric:
            fits = list(self._if_symmetric(claim, judge))
            near = case.near_the_values() if case is not None else None
            fits = fits or (self.explain(near, judge) if near is not None else [])
        return ordered(fits, claim)

    def _if_symmetric(self, claim: Claim, judge: Judge) -> Iterator[Fit]:
        """Explain an answer where square matrices are symmetric, as many people take them."""
        if judge.student.stated or (truth := self._symmetric_truth()) is None:
            return
        other = Judge(truth, Student(truth))
        verdict = other.judge(claim)
        if verdict.verdict == CORRECT:
            yield Fit("assumed_symmetric", LIKELY)
            return
        case = case_of(claim, verdict, other)
        if case is None or self._symmetric is None:
            return
        fits = [*plain_fits(case, truth)]
        fits += self._symmetric._single(case, other, self._symmetric.bank(case.quantity))
        for fit in sorted(fits, key=lambda fit: fit.rank)[:1]:
            yield replace(fit, also=(*fit.also, Fit("assumed_symmetric", LIKELY)))

    def _symmetric_truth(self) -> TrueValues | None:
        """Return the truth at points where matrices are symmetric, None if none can be."""
        if self._symmetric is None and (truth := where_symmetric(self.truth)) is not None:
            self._symmetric = Diagnostician(truth)
        return None if self._symmetric is None else self._symmetric.truth

    def accident(self, claim: Claim, verdict: Verdict, judge: Judge) -> str:
        """Say how an answer can be right after a wrong one: by which second mistake."""
        note = f"right, though {verdict.because} before it is wrong"
        case = case_of(claim, verdict, judge) if claim.quantity is not None else None
        if not claim.numeric:
            return f"right, but only because two mistakes cancel: in {verdict.because} and here"
        fits = sorted(self._after(case, judge), key=lambda fit: fit.rank) if case else []
        if not fits or fits[0].rank > LIKELY or claim.quantity is None:
            return note
        second = self.speaker.message(fits[0], claim.quantity)
        return f"{note}: two mistakes cancel, here {second}"

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
        bank = self.bank(case.quantity, fixed)
        for fit in [*plain_fits(other, self.truth), *self._single(other, judge, bank)]:
            fit.detail["after"] = True
            yield fit

    def explain(self, case: Case, judge: Judge) -> list[Fit]:
        """Return the explanations that fit, the most telling first."""
        fits = list(plain_fits(case, self.truth))
        fits += list(self._single(case, judge, self.bank(case.quantity)))
        if not any(fit.rank <= CERTAIN for fit in fits):
            fits += list(copied(case, judge))
        if not any(fit.rank <= TELLING for fit in fits):
            fits += [
                *constant_fits(case, self.truth),
                *scaled_terms(case, judge, self.truth, self.right.component),
            ]
            fits += [
                *by_entries(case, self.truth, self.right.component),
                *other_entries(case, judge),
            ]
        if not any(fit.rank <= SINGLE for fit in fits):
            fits += list(multiplied(case, judge, self.truth))
        composed: list[Fit] = []
        if not any(fit.rank <= SINGLE for fit in fits):
            composed = list(self._composed(case, judge))
            most = TELLING if fits else COMMON
            fits += [fit for fit in composed if is_common(fit.changes[0], most)]
        fits = fits or [*slipped_terms(case, judge, self.truth)]
        fits = fits or [*self._rewritten(case, judge, 1)]
        fits = fits or [*self._pairs(case, judge)] or composed
        return sorted(fits, key=lambda fit: fit.rank)

    def _single(self, case: Case, judge: Judge, bank: Bank) -> Iterator[Fit]:
        points = sorted(case.got)
        most, budget = case.least_telling(), case.budget()
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
            if how == 2 or (how and not case.is_wrong_everywhere()):
                if how == 2:
                    yield Fit(change.alteration.kind, change.alteration.rank, (change,))
                    continue
                detail = {"at": case.wrong()}
                yield Fit(change.alteration.kind, rank + PARTIAL, (change,), detail=detail)

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
        points = sorted(case.got)
        end, budget = process_time() + PAIR_SECONDS, case.budget()
        select = _selection(case, judge, points[0])
        for change, chosen, tried in bank.multiples(case, points[0], select):
            if process_time() > end or OUTER * tried > budget:
                return
            outer = self._outer(case, judge, bank, change, chosen)
            if outer is not None:
                rank = change.alteration.rank + 10 + excess(outer)
                yield Fit(change.alteration.kind, rank, (change,), (outer,))

    def _pairs(self, case: Case, judge: Judge) -> Iterator[Fit]:
        """Try two alterations in two places, the most common ones first."""
        if case.budget() < FEWEST_PAIRS:
            return
        bank = self.bank(case.quantity)
        pairs = self._pairs_of(bank)
        for first, second, _ in pairs.fitting(case, partial(_selection, case, judge)):
            early, late = (first, second) if is_before(first, second) else (second, first)
            kinds = [Fit(c.alteration.kind, c.alteration.rank, (c,)) for c in (early, late)]
            yield replace(kinds[0], rank=kinds[0].rank + 20, also=(kinds[1],))
            return

    def _rewritten(self, case: Case, judge: Judge, count: int) -> Iterator[Fit]:
        """Try one slip, or two, in the formula of a quantity whose number is asked for."""
        got, true = case.shapes()
        if case.numeric and got == true and case.budget() >= FEWEST_PAIRS**count:
            bank = self.bank(case.quantity)
            slips = self._slips.setdefault(bank, Rewritten(bank))
            yield from islice(slips.fitting(case, _selection(case, judge, max(case.got)), count), 1)

    def _pairs_of(self, bank: Bank) -> Pairs:
        return self._paired.setdefault(bank, Pairs(bank))

    def _outer(
        self, case: Case, judge: Judge, bank: Bank, change: Change, first: Array
    ) -> Fit | None:
        """Return the plain alteration that leads from an altered value to the answer."""
        points = sorted(case.got)
        inner = Case(
            {points[0]: case.got[points[0]]}, {points[0]: first}, case.allowed, case.quantity,
            case.numeric,
        )  # fmt: skip
        if not any(fit.rank < ODD for fit in plain_fits(inner, self.truth, uniform=True)):
            return None
        true: dict[int, Array] = {}
        for k in points:
            value = judge.selected(bank.value(change, k), case.quantity, k)
            if value is None or value.shape != case.got[k].shape:
                return None
            true[k] = value
        whole = Case(case.got, true, case.allowed, case.quantity, case.numeric)
        return next(iter(plain_fits(whole, self.truth, uniform=True)), None)


def _selection(case: Case, judge: Judge, point: int) -> Selection:
    """Return what takes the entries that an answer is about from a whole value at a point."""
    return lambda value: judge.selected(value, case.quantity, point)
