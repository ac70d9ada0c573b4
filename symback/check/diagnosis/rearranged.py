"""A path or a factor left out, and the entries of what is left in another order."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import numpy as np

from symback.check.answers.judging import Judge
from symback.check.derivation.comparing import close
from symback.check.diagnosis.bank import Bank
from symback.check.diagnosis.case import Case
from symback.check.diagnosis.plain import reordered
from symback.check.mistakes.fits import Fit
from symback.functions.values.arrays import Array

#: Alterations of at most this rank are tried.
LIKELY = 4.0
#: How much less telling two mistakes are than one.
TWICE = 22.0


def rearranged(case: Case, judge: Judge, bank: Bank) -> Iterator[Fit]:
    """Yield the alteration that gives the entries of an answer, and how these are exchanged."""
    first = min(case.got)
    got = np.sort(case.got[first], axis=None)
    for change, value in bank.entries(first):
        chosen = judge.selected(value, case.quantity, first)
        if change.alteration.rank > LIKELY or chosen is None:
            continue
        if chosen.shape != case.got[first].shape or not got.any():
            continue
        if not close(np.sort(chosen, axis=None), got).all():
            continue
        true: dict[int, Array] = {}
        for k in case.got:
            there = judge.selected(bank.value(change, k), case.quantity, k)
            if there is None or there.shape != case.got[k].shape:
                break
            true[k] = there
        else:
            for order in reordered(replace(case, true=true)):
                rank = change.alteration.rank + TWICE
                yield Fit(change.alteration.kind, rank, (change,), also=(order,))
                return
