"""Grading a sheet: answer by answer, each in the light of those before it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from fractions import Fraction
from typing import Any

import numpy as np

from symback.check.claims import Claim, read_claim
from symback.check.diagnosis import Diagnostician
from symback.check.follow import Student
from symback.check.judging import Judge, Verdict
from symback.check.matching import match
from symback.check.running import evaluated
from symback.check.truth import Truth
from symback.check.verdicts import (
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
from symback.explain.solution import Solution
from symback.functions.entry import Function
from symback.language import write
from symback.language.tree import Expression
from symback.problem.answers import Answer
from symback.problem.model import Problem
from symback.problem.sheet import Sheet


class Grader:
    """Grades sheets of one problem, which is derived once."""

    def __init__(self, problem: Problem, functions: Mapping[str, Function]) -> None:
        self.problem = problem
        self.truth = Truth(problem, functions)
        self.diagnostician = Diagnostician(self.truth)

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
        answers = tuple(self._one(answer, student) for answer in sheet.answers)
        return Report(self.problem.file, sheet.file, answers, sheet.student, sheet.title)

    def _one(self, answer: Answer, student: Student) -> Judgement:
        student.part = answer.part
        judge = Judge(self.truth, student)
        claim = read_claim(self.truth, answer, student.ranks())
        if claim.fault is not None:
            return self._unread(claim)
        if claim.quantity is None:
            match(claim, judge, self.diagnostician)
        if claim.quantity is None:
            return self._used(claim, judge)
        verdict = self._verdict(claim, judge)
        if verdict is None:
            return self._unread(claim)
        judgement = self._judgement(claim, verdict, judge)
        student.record(claim, verdict.values, verdict.verdict in PASSING)
        return judgement

    def _verdict(self, claim: Claim, judge: Judge) -> Verdict | None:
        from symback.errors import Diagnostic, SymbackError

        try:
            verdict = judge.judge(claim)
        except SymbackError as error:
            claim.fault = error.diagnostics[0]
            return None
        if claim.numeric and all(value is None for value in verdict.values):
            message = "the shapes in the formula do not fit together"
            claim.fault = Diagnostic("E503", message)
            return None
        return verdict

    def _used(self, claim: Claim, judge: Judge) -> Judgement:
        """A name of the person's own that stands for nothing of the problem: just used."""
        from symback.check.claims import slack

        assert claim.tree is not None
        values = judge.values(claim.tree)
        judge.student.record(claim, values, True)
        del slack
        return Judgement(
            claim.shown, CORRECT, got=_text(claim), of=Fraction(0), written=_written(claim)
        )

    def _unread(self, claim: Claim) -> Judgement:
        fault = claim.fault
        assert fault is not None
        message = fault.message + (f": {fault.hint}" if fault.hint else "")
        finding = Finding("unknown", message)
        name = claim.quantity.name if claim.quantity is not None else None
        return Judgement(
            claim.shown,
            UNREAD,
            None,
            message,
            self._expected(claim),
            _written(claim),
            Fraction(0),
            self._worth(claim),
            name,
            _written(claim),
        ) if finding else _never()

    def _judgement(self, claim: Claim, verdict: Verdict, judge: Judge) -> Judgement:
        finding = None
        note = ""
        if verdict.verdict == WRONG:
            finding = self.diagnostician.diagnose(claim, verdict, judge)
        elif verdict.verdict == ROUNDING:
            finding = Finding("rounding", f"right but for {verdict.because}", verdict.because)
        elif verdict.verdict == FOLLOW:
            note = f"follows from {verdict.because}" if verdict.because else "follows from before"
        elif verdict.accidental:
            note = "right, but only because two mistakes cancel"
        worth = self._worth(claim)
        assert claim.quantity is not None
        return Judgement(
            claim.shown,
            verdict.verdict,
            finding,
            note,
            self._expected(claim),
            _text(claim),
            worth if verdict.verdict in EARNING else Fraction(0),
            worth,
            claim.quantity.name,
            _written(claim),
            self.diagnostician.formula(claim.quantity),
        )

    def _worth(self, claim: Claim) -> Fraction:
        points = claim.answer.points
        if points is None:
            return Fraction(1)
        return Fraction(float(evaluated(points, {}, {}))).limit_denominator(1000)

    def _expected(self, claim: Claim) -> Any:
        """Return the right answer: numbers for numbers, a formula for a formula."""
        if claim.quantity is None:
            return None
        if claim.numeric and self.truth.given is not None:
            value = self.truth.value(claim.quantity, self.truth.given)
            judge = Judge(self.truth, Student(self.truth))
            found = judge.selected(np.asarray(value), claim.quantity, len(judge.points) - 1)
            return None if found is None else _plain(found)
        formula = self.diagnostician.formula(claim.quantity)
        return None if formula is None else write(formula)


def _never() -> Judgement:
    raise AssertionError


def _plain(value: Any) -> Any:
    found = np.asarray(value, dtype=float).tolist()
    return found


def _text(claim: Claim) -> Any:
    tree: Expression | None = claim.tree
    if tree is None:
        return _written(claim)
    if claim.numeric:
        try:
            return _plain(evaluated(tree, {}, {}))
        except Exception:
            return write(tree)
    return write(tree)


def _written(claim: Claim) -> str:
    written = claim.answer.written
    return written if isinstance(written, str) else _nested(written)


def _nested(written: Any) -> str:
    if isinstance(written, str):
        return written
    return "[" + ", ".join(_nested(one) for one in written) + "]"
