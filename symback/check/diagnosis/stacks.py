"""Values that a quantity has under many alterations, by shape, so that all are compared at once."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

import numpy as np

from symback.check.diagnosis.case import Case
from symback.functions.values.arrays import Array


class Stacks:
    """Altered values at one point, by their places in the order of the alterations."""

    def __init__(self, values: Iterable[Array | None]) -> None:
        groups: dict[tuple[int, ...], list[tuple[int, Array]]] = {}
        seen: set[tuple[tuple[int, ...], bytes]] = set()
        self.distinct: list[int] = []
        """How many different values there are up to each place."""
        for k, value in enumerate(values):
            if value is not None and np.isfinite(found := np.asarray(value, dtype=float)).all():
                groups.setdefault(found.shape, []).append((k, found))
                with np.errstate(over="ignore"):
                    seen.add((found.shape, found.astype(np.float32).tobytes()))
            self.distinct.append(len(seen))
        self._groups = [
            ([k for k, _ in group], np.stack([value for _, value in group]))
            for group in groups.values()
        ]

    def fits(self, case: Case, point: int) -> list[tuple[int, int]]:
        """Return the places of values that fit an answer at a point, and how: as `Case.fits`."""
        found = [
            (places[k], int(how[k]))
            for places, stack in self._groups
            for how in [case.fits_each(point, stack)]
            for k in np.flatnonzero(how)
        ]
        return sorted(found)

    def members(self) -> Iterator[tuple[int, Array]]:
        """Yield the places and values that are kept."""
        for places, stack in self._groups:
            yield from zip(places, stack, strict=True)

    def multiples(self, case: Case, point: int) -> list[int]:
        """Return the places of values that an answer may be a multiple of, or of the transpose.

        Only a first sieve: it keeps whatever may fit, and some that do not.
        """
        got = case.got[point]
        allowed = np.zeros(()) if case.allowed is None else case.allowed
        if not got.size or allowed.shape not in ((), got.shape):
            return [k for places, _ in self._groups for k in places]
        found = []
        for places, stack in self._groups:
            if stack.shape[1:] != got.shape:
                continue
            kept = _multiple(got, stack, allowed)
            if stack.ndim == 3 and stack.shape[1] == stack.shape[2]:
                kept |= _multiple(got, np.swapaxes(stack, 1, 2), allowed)
            found += [places[k] for k in np.flatnonzero(kept)]
        return sorted(found)


def _multiple(got: Array, stack: Array, allowed: Array) -> Array:
    """Tell of each member of a stack whether one number times it may be `got`."""
    count = len(stack)
    flat, wanted = stack.reshape(count, got.size), got.ravel()
    slack = np.broadcast_to(allowed, got.shape).ravel()
    big = np.abs(flat).argmax(axis=1)
    largest = flat[np.arange(count), big]
    with np.errstate(all="ignore"):
        ratio = wanted[big] / largest
        doubt = np.abs(slack[big] / largest)
        off = np.abs(wanted - ratio[:, None] * flat)
        size = np.abs(wanted).max()
        limit = 2 * (slack + doubt[:, None] * np.abs(flat)) + 1e-6 * size + 1e-12
        return np.asarray((off <= limit).all(axis=1) | (largest == 0))
