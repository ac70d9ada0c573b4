"""Grading a sheet: answer by answer, each in the light of those before it."""

from __future__ import annotations

from collections.abc import Hashable, Mapping, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from itertools import count
from typing import Any, TypeAlias

import numpy as np

from symback.check.answers.claims import Claim, read_claim
from symback.check.answers.follow import Student
from symback.check.answers.judging import Judge, Verdict
from symback.check.answers.little import kind_of_invisible
from symback.check.answers.verdicts import (
    CORRECT,
    EARNING,
    FOLLOW,
    PASSING,
    ROUNDING,
    UNREAD,
    WRONG,
    Finding,
    Judgement,
    Report,
)
from symback.check.derivation.running import evaluated, quiet
from symback.check.derivation.truth import Quantity, TrueValues
from symback.check.diagnosis.diagnosis import Diagnostician
from symback.check.matching import match
from symback.errors import SymbackError
from symback.explain.solution import Solution
from symback.functions.entry import Function
from symback.functions.values.arrays import Array
from symback.language import names, write
from symback.problem.answers import Answer, Written
from symback.problem.model import Problem
from symback.problem.sheet import Sheet

#: What later answers are to know of one: what it says, its values, whether it is right.
Record: TypeAlias = tuple[Claim, list[Array | None], bool]
#: Answers remembered with what was before them on their sheets.
MAX_REMEMBERED = 20_000


@dataclass(frozen=True, slots=True)
class _Graded:
    """A graded answer, and what later answers of the sheet are to know of it."""

    number: int
    judgement: Judgement
    record: Record | None = None
    guessed: bool = False
    """Whether it is about a name of the person's own, whose meaning was guessed."""


class Grader:
    """Grades sheets of one problem, which is derived once.

    Sheets that begin with the same answers share the verdicts on these.
    """

    def __init__(self, problem: Problem, functions: Mapping[str, Function]) -> None:
        self.problem = problem
        self.truth = TrueValues(problem, functions)
        self.diagnostician = Diagnostician(self.truth)
        self._graded: dict[tuple[int, Hashable, bool], _Graded] = {}
        self._numbers = count(1)

    @property
    def solution(self) -> Solution:
        """The solved problem, knowing the axes of every cotangent that a sheet may be about."""
        ranks = dict(self.truth.solution.ranks)
        for chain in self.truth.chains:
            for line in chain.main.lines:
                if line.of in ranks and "#" not in line.name:
                    ranks[line.name] = ranks[line.of]
        return replace(self.truth.solution, ranks=ranks)

    def grade(self, sheet: Sheet) -> Report:
        """Return the verdicts on every answer of a sheet."""
        student = Student(self.truth)
        base = self.problem.index_base
        before = 0
        found: list[_Graded] = []
        for place, answer in enumerate(sheet.answers):
            student.part = answer.part
            graded = self._remembered(answer, student, before, guess=True)
            if graded.guessed:
                records = [one.record for one in found if one.record is not None]
                used = self._remembered(answer, student, before, guess=False)
                if self._is_used_rightly([*records, used.record], sheet.answers[place + 1 :]):
                    graded = used
            if graded.record is not None:
                student.record(*graded.record)
            before = graded.number
            found.append(graded)
        shown = tuple(one.judgement for one in found)
        return Report(self.problem.file, sheet.file, shown, sheet.student, sheet.title, base)

    def _remembered(self, answer: Answer, student: Student, before: int, guess: bool) -> _Graded:
        """Return a graded answer, graded anew only where none before it was the same."""
        key = (before, _content(answer), guess)
        graded = self._graded.get(key)
        if graded is None:
            graded = self._one(answer, student, guess)
            if len(self._graded) >= MAX_REMEMBERED:
                self._graded.clear()
            self._graded[key] = graded
        return graded

    def _is_used_rightly(self, records: Sequence[Record | None], later: Sequence[Answer]) -> bool:
        """Tell whether a later answer is right in which the last name stands for what it says.

        Then that name is no wrong answer about some quantity, but a value on the way.
        """
        student = Student(self.truth)
        for record in filter(None, records):
            student.record(*record)
        used = {records[-1][0].own} if records[-1] is not None else set()
        judge = Judge(self.truth, student)
        for answer in later:
            student.part = answer.part
            claim = read_claim(self.truth, answer, student.ranks())
            if claim.fault is not None or claim.tree is None:
                continue
            uses = not used.isdisjoint(names(claim.tree))
            if claim.quantity is None:
                student.record(claim, judge.values(claim.tree), True)
                used |= {claim.own} if uses else set()
            elif uses and judge.judge(claim).verdict == CORRECT:
                return True
        return False

    def _one(self, answer: Answer, student: Student, guess: bool) -> _Graded:
        judge = Judge(self.truth, student)
        claim = read_claim(self.truth, answer, student.ranks())
        verdict = None
        if claim.fault is None:
            try:
                if claim.quantity is None:
                    match(claim, judge, self.diagnostician if guess else None)
                if claim.quantity is None:
                    return self._used(claim, judge)
                verdict = judge.judge(claim)
            except SymbackError as error:
                claim.fault = error.diagnostics[0]
        number = next(self._numbers)
        if verdict is None:
            return _Graded(number, self._unread(claim))
        judgement = self._judged(claim, verdict, judge)
        record = claim, verdict.values, verdict.verdict in PASSING
        return _Graded(number, judgement, record, claim.guessed)

    def _used(self, claim: Claim, judge: Judge) -> _Graded:
        """A name of the person's own that stands for nothing of the problem: just used."""
        assert claim.tree is not None
        judgement = Judgement(
            claim.shown, CORRECT, got=_shown(claim), of=Fraction(0), written=_written(claim)
        )
        return _Graded(next(self._numbers), judgement, (claim, judge.values(claim.tree), True))

    def _unread(self, claim: Claim) -> Judgement:
        """An answer that is not understood; the note says why."""
        fault = claim.fault
        assert fault is not None
        return Judgement(
            claim.shown,
            UNREAD,
            note=fault.message + (f": {fault.hint}" if fault.hint else ""),
            expected=self._expected(claim),
            got=_written(claim),
            of=_worth(claim),
            name=claim.quantity.name if claim.quantity is not None else None,
            written=_written(claim),
            place=_place(claim),
        )

    def _judged(self, claim: Claim, verdict: Verdict, judge: Judge) -> Judgement:
        finding, note = None, verdict.note
        assert claim.quantity is not None
        if verdict.gap:
            finding = self._narrow(claim.quantity, verdict.gap)
        elif verdict.little:
            finding = self._little(claim, verdict.little)
        elif verdict.verdict == WRONG:
            finding = self.diagnostician.diagnose(claim, verdict, judge)
        elif verdict.verdict == ROUNDING:
            finding = Finding("rounding", f"right but for {verdict.because}", verdict.because)
        elif verdict.verdict == FOLLOW:
            note = f"follows from {verdict.because or 'what is before'}"
        elif verdict.accidental:
            note = self.diagnostician.accident(claim, verdict, judge)
        worth = _worth(claim)
        return Judgement(
            claim.shown,
            verdict.verdict,
            finding,
            note,
            expected=self._expected(claim),
            got=_shown(claim),
            points=worth if verdict.verdict in EARNING else Fraction(0),
            of=worth,
            name=claim.quantity.name,
            written=_written(claim),
        )

    def _narrow(self, quantity: Quantity, gap: str) -> Finding:
        """Say that a branch is taken at another place than it should."""
        message = f"a branch begins or ends at another place than it should: {gap}"
        return self._known(quantity, "wrong_branch", message)

    def _little(self, claim: Claim, little: str) -> Finding:
        """Say that a formula is nearly right, and whether a term or a factor is to blame."""
        assert claim.quantity is not None and claim.tree is not None
        kind = kind_of_invisible(claim.tree) or "unknown"
        return self._known(claim.quantity, kind, f"nearly right, but not equal: {little}")

    def _known(self, quantity: Quantity, kind: str, message: str) -> Finding:
        """Return what the verdict itself has shown to be wrong."""
        formula = self.diagnostician.right.formula(quantity)
        finding = self.diagnostician.speaker.finding([], quantity, formula)
        return replace(finding, kind=kind, where=quantity.name, message=message)

    def _expected(self, claim: Claim) -> Any:
        """Return the right answer: numbers for numbers, a formula for a formula."""
        if claim.quantity is None:
            return None
        if claim.numeric and self.truth.given is not None:
            judge = Judge(self.truth, Student(self.truth))
            found = judge.true_values(claim.quantity)[-1]
            return None if found is None else np.asarray(found, dtype=float).tolist()
        formula = self.diagnostician.right.formula(claim.quantity)
        return None if formula is None else write(formula)


def _content(answer: Answer) -> Hashable:
    """Return all that the verdict on an answer depends on, besides the answers before it."""
    said = (answer.part, answer.quantity, answer.means, answer.written)
    return (*said, answer.points, answer.tolerance)


def _worth(claim: Claim) -> Fraction:
    points = claim.answer.points
    if points is None:
        return Fraction(1)
    with quiet():
        return Fraction(float(evaluated(points, {}, {}))).limit_denominator(1000)


def _shown(claim: Claim) -> Any:
    """Return the answer as read: numbers where it is made of numbers alone, else its formula."""
    if claim.tree is None:
        return _written(claim)
    if claim.numeric:
        try:
            with quiet():
                return np.asarray(evaluated(claim.tree, {}, {}), dtype=float).tolist()
        except SymbackError:
            return write(claim.tree)
    return write(claim.tree)


def _written(claim: Claim) -> str:
    return _nested(claim.answer.written)


def _place(claim: Claim) -> tuple[int, int] | None:
    """Return which characters of a formula in LaTeX are not understood."""
    latex, span = claim.answer.latex, claim.fault.span if claim.fault is not None else None
    if latex is None or span is None or not 0 <= span.start < len(latex):
        return None
    shift = _written(claim).index(latex)
    return span.start + shift, max(span.start + 1, span.end) + shift


def _nested(written: Written) -> str:
    if isinstance(written, str):
        return written
    return "[" + ", ".join(_nested(one) for one in written) + "]"
