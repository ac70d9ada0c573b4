"""Numbers that follow from earlier ones as these were before they were rounded for the sheet."""

from __future__ import annotations

import numpy as np

from symback.check.answers.follow import Student, Values
from symback.check.derivation.truth import Quantity
from symback.functions.values.arrays import Array

#: Quantities of more entries than this are taken as written.
MAX_ENTRIES = 16


def spread(student: Student, quantity: Quantity, point: int, overrides: Values) -> Array | None:
    """Return how far what follows from earlier numbers may be off because they are rounded.

    To first order: each entry moved by half a unit of its last digit. None where it is not known.
    """
    center = student.implied(quantity, point, overrides)
    if center is None:
        return None
    total = np.zeros(np.shape(center))
    for name, value in overrides.items():
        one = student.stated[name]
        if one.number is None or one.allowed is None or value.size > MAX_ENTRIES:
            continue
        steps = np.broadcast_to(one.allowed, value.shape)
        for place in np.ndindex(value.shape):
            moved = value.astype(float)
            moved[place] += steps[place]
            found = student.implied(quantity, point, {**overrides, name: moved})
            if found is None or np.shape(found) != np.shape(center):
                return None
            total = total + np.abs(found - center)
    return total
