"""A wrong answer to be explained: its values at the points, beside the right ones."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from symback.check.answers.claims import Claim, slack
from symback.check.answers.judging import Judge, Verdict
from symback.check.derivation.comparing import close, close_to_each, shaped
from symback.check.derivation.truth import Quantity
from symback.functions.values.arrays import Array

#: An explanation that fits by chance more often than this is none.
CHANCE = 0.1
#: Significant digits of a number below which it says little, and from which on it says much.
FEWEST_DIGITS, FEW_DIGITS, MANY_DIGITS = 1.5, 2.5, 4.5
#: Explanations of a number that says little are of at most this rank.
LIKELY = 4.0

#: What is so small beside the truth is 0.
NOTHING = 1e-13


@dataclass
class Case:
    """An answer to be explained: its values and the right ones where both are known."""

    got: dict[int, Array]
    true: dict[int, Array]
    allowed: Array | None
    quantity: Quantity
    numeric: bool

    def digits(self) -> float:
        """Return how many significant digits the wrong entries of a number have in all."""
        last = max(self.got)
        got, true = self.got[last], self.true[last]
        allowed = self.allowed if self.allowed is not None else np.zeros(())
        if allowed.shape not in ((), got.shape):
            return 0.0
        allowed = np.broadcast_to(allowed, got.shape)
        wrong = np.ones(got.shape, dtype=bool)
        if got.shape == true.shape:
            wrong = ~close(got, true, allowed)
        size = np.abs(got[wrong]) / np.maximum(2 * allowed[wrong], 1e-9)
        return float(np.log10(np.maximum(size, 1.0)).sum())

    def budget(self) -> float:
        """Return how many values may be compared before one fits by chance, one time in ten."""
        return float("inf") if not self.numeric else CHANCE * 10.0 ** min(self.digits(), 300.0)

    def least_telling(self) -> float:
        """Return the rank up to which alterations count: few digits fit too many of them."""
        if not self.numeric:
            return float("inf")
        if self.vanishes():
            return LIKELY
        digits = self.digits()
        if digits < FEW_DIGITS:
            return 1.0 if digits < FEWEST_DIGITS else 2.0
        return 3.0 if digits < MANY_DIGITS else 6.0

    def vanishes(self) -> bool:
        """Tell whether the answer is 0 at every point, but for the digits of float64."""
        return all(
            np.abs(got).max(initial=0.0) <= NOTHING * np.abs(self.true[k]).max(initial=0.0)
            for k, got in self.got.items()
        )

    def of_wrong_entries(self) -> Case | None:
        """Return the entries that are wrong at some point by themselves, None if all are."""
        places = self.wrong()
        first = min(self.got)
        if not places or len(places) == self.got[first].size:
            return None
        at = tuple(np.array(places).T)
        if any(got.shape != self.got[first].shape for got in self.got.values()):
            return None
        allowed = self.allowed
        if allowed is not None and allowed.shape == self.got[first].shape:
            allowed = allowed[at]
        got = {k: x[at] for k, x in self.got.items()}
        true = {k: x[at] for k, x in self.true.items()}
        return Case(got, true, allowed, self.quantity, self.numeric)

    def wrong(self) -> tuple[tuple[int, ...], ...]:
        """Return the places, counted from 0, of the entries that are wrong at some point."""
        found: set[tuple[int, ...]] = set()
        for k, got in self.got.items():
            if got.shape == self.true[k].shape:
                places = np.argwhere(~close(got, self.true[k], self.allowed))
                found |= {tuple(int(i) for i in place) for place in places}
        return tuple(sorted(found))

    def is_wrong_everywhere(self) -> bool:
        """Tell whether every entry is wrong at some point: what explains some explains nothing."""
        return len(self.wrong()) == self.got[min(self.got)].size

    def near_the_values(self) -> Case | None:
        """Return what is at the values given, and at the point near them, by itself."""
        last = sorted(self.got)[-2:]
        if self.numeric or len(last) < 2 or self.vanishes():
            return None
        got, true = ({k: values[k] for k in last} for values in (self.got, self.true))
        return Case(got, true, None, self.quantity, False)

    def on_diagonal(self) -> Case | None:
        """Return a vector as the diagonal of the square matrix asked for, None for others."""
        if any(x.ndim != 1 or self.true[k].shape != 2 * x.shape for k, x in self.got.items()):
            return None
        got = {k: np.diag(x) for k, x in self.got.items()}
        return Case(got, self.true, None, self.quantity, self.numeric)

    def turned(self) -> Case | None:
        """Return a matrix of the transposed shape turned, None for others."""
        if any(x.ndim != 2 or self.true[k].shape != x.shape[::-1] for k, x in self.got.items()):
            return None
        got = {k: x.T for k, x in self.got.items()}
        allowed = self.allowed
        if allowed is not None and allowed.ndim == 2:
            allowed = allowed.T
        return Case(got, self.true, allowed, self.quantity, self.numeric)

    def shapes(self) -> tuple[tuple[int, ...], tuple[int, ...]]:
        """Return the shapes of the answer and of the quantity at one point."""
        first = min(self.got)
        return self.got[first].shape, self.true[first].shape

    def is_exactly(self, point: int, value: Array | None) -> bool:
        """Tell whether a value is the answer to all digits, not just to those written."""
        return replace(self, allowed=None).fits(point, value) == 2

    def fits(self, point: int, value: Array | None) -> int:
        """Return 2 if a value is the answer at a point, 1 if it is where the answer is wrong."""
        if value is None:
            return 0
        got, true = self.got[point], self.true[point]
        value = np.asarray(value, dtype=float)
        if not value.ndim and got.ndim and got.shape == true.shape:
            value = np.full(got.shape, float(value))
        if value.shape != got.shape or not np.isfinite(value).all():
            return 0
        equal = close(got, value, self.allowed)
        if equal.all():
            return 2
        if true.shape != got.shape or not got.ndim:
            return 0
        wrong = ~close(got, true, self.allowed)
        return int(wrong.any() and equal[wrong].all())

    def fits_each(self, point: int, values: Array) -> Array:
        """Return what `fits` does for every member of a stack of finite values."""
        got, true = self.got[point], self.true[point]
        if values.ndim == 1 and got.ndim and got.shape == true.shape:
            values = np.broadcast_to(
                values.reshape(-1, *(1 for _ in got.shape)), (len(values), *got.shape)
            )
        if values.shape[1:] != got.shape:
            return np.zeros(len(values), dtype=int)
        equal = close_to_each(got, values, self.allowed).reshape(len(values), got.size)
        how = 2 * equal.all(axis=1).astype(int)
        if true.shape == got.shape and got.ndim:
            wrong = ~close(got, true, self.allowed).ravel()
            if wrong.any():
                how = np.maximum(how, equal[:, wrong].all(axis=1))
        return np.asarray(how)


def case_of(claim: Claim, verdict: Verdict, judge: Judge) -> Case | None:
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
