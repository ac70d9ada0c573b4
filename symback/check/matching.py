"""Names of a person's own: which quantity of the problem each most probably stands for."""

from __future__ import annotations

import re
from dataclasses import replace

import numpy as np

from symback.check.answers.claims import Claim
from symback.check.answers.judging import Judge
from symback.check.answers.verdicts import CORRECT, WRONG
from symback.check.derivation.truth import Quantity
from symback.check.diagnosis.case import case_of
from symback.check.diagnosis.diagnosis import Diagnostician

#: Names that people give to error signals.
SIGNAL = re.compile(r"(delta|δ|err(or)?|sigma|d|e|g|grad)_?(\d*|out(put)?|hid(den)?|o|h)$")
#: Ways to name the gradient of a value `x`.
GRADIENTS = ("d{}", "d_{}", "grad_{}", "{}_grad", "g_{}", "g{}", "{}_bar", "delta_{}", "nabla_{}")


def match(claim: Claim, judge: Judge, diagnostician: Diagnostician | None) -> None:
    """Set the quantity that a name stands for, if it stands for one.

    With a diagnostician a name for an error signal may be one that a mistake has made wrong.
    """
    if claim.own is None or claim.tree is None:
        return
    named = _by_name(claim.own, judge, claim.answer.part)
    claim.quantity = named
    if named is not None and not _is_ours(claim, judge):
        return
    candidates = _candidates(judge)
    for quantity in candidates:
        claim.quantity = quantity
        verdict = judge.judge(claim)
        if verdict.verdict != WRONG or verdict.gap:
            return
    claim.quantity = named
    if (
        named is not None
        or diagnostician is None
        or not SIGNAL.match(claim.own)
        or _is_unnamed(claim, judge)
    ):
        return
    claim.quantity = _explained(claim, judge, diagnostician, candidates)
    claim.guessed = claim.quantity is not None


def _is_ours(claim: Claim, judge: Judge) -> bool:
    """Tell whether the solution shown gives the name to something else than its letters say."""
    shown = any(line.name == claim.own for line in judge.truth.solution.backward)
    return shown and judge.judge(claim).verdict == WRONG


def _is_unnamed(claim: Claim, judge: Judge) -> bool:
    """Tell whether a formula is right for the cotangent of a part of a step without a name."""
    for chain in judge.truth.chains:
        for line in chain.main.lines:
            if line.of is not None and "#" in line.name:
                meant = replace(claim, quantity=Quantity(line.name, chain))
                if judge.judge(meant).verdict == CORRECT:
                    return True
    return False


def _by_name(own: str, judge: Judge, part: str | None) -> Quantity | None:
    """Return the cotangent whose step is in the name: `dW1`, `grad_W1`, `W1_grad`."""
    for chain in judge.truth.chains:
        for line in chain.main.lines:
            if line.of is None or "#" in line.name:
                continue
            if own in {form.format(line.of) for form in GRADIENTS}:
                return Quantity(line.name, chain)
    return None


def _candidates(judge: Judge) -> list[Quantity]:
    """Return the cotangents of steps, those of linear steps first, then what else has a name."""
    found = []
    for chain in judge.truth.chains:
        lines = [line for line in chain.main.lines if "#" not in line.name]
        found += [Quantity(line.name, chain) for line in lines if line.of is not None]
        found += [Quantity(line.name, chain) for line in lines if line.of is None]
    return found


def _explained(
    claim: Claim, judge: Judge, diagnostician: Diagnostician, candidates: list[Quantity]
) -> Quantity | None:
    """Return the cotangent that one mistake leads from to the answer."""
    assert claim.tree is not None
    shape = next((np.shape(v) for v in judge.values(claim.tree) if v is not None), None)
    steps = judge.truth.problem.define
    best: tuple[float, Quantity] | None = None
    for quantity in candidates:
        line = quantity.chain.main.lines[quantity.chain.main.index[quantity.name]]
        if line.of not in steps:
            continue
        value = judge.true_values(quantity)[0]
        if value is None or np.shape(value) != shape:
            continue
        claim.quantity = quantity
        verdict = judge.judge(claim)
        case = case_of(claim, verdict, judge)
        fits = diagnostician.explain(case, judge) if case is not None else []
        if fits and (best is None or fits[0].rank < best[0]):
            best = (fits[0].rank, quantity)
    claim.quantity = None
    return best[1] if best is not None else None
