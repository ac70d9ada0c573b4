"""The `...` of einsum's labels: what it stands for, in letters of its own."""

from __future__ import annotations

from collections.abc import Sequence
from string import ascii_letters

DOTS = "..."
#: Letters in the order in which they are taken: those first that have a small form.
_LETTERS = "nmsthaeoprijkluvx" + ascii_letters


def without_dots(labels: str, ranks: Sequence[int]) -> tuple[str, str]:
    """Return labels with letters for `...`, and these letters; `ranks` are those of the operands.

    Axes under dots are matched from the last one: "...ij,...jk->...ik" of matrices and stacks of
    them is "ij,njk->nik". Labels that do not fit the operands are left to those who read them.
    """
    plain = labels.replace(" ", "")
    if DOTS not in plain:
        return plain, ""
    inputs, arrow, output = plain.partition("->")
    terms = inputs.split(",")
    counts = [
        max(rank - len(term) + len(DOTS), 0) if DOTS in term else 0
        for term, rank in zip(terms, ranks, strict=False)
    ]
    free = [c for c in dict.fromkeys(_LETTERS) if c not in plain]
    letters = "".join(free[: max(counts, default=0)])
    spelled = [
        term.replace(DOTS, letters[len(letters) - count :], 1)
        for term, count in zip(terms, counts, strict=False)
    ]
    spelled += terms[len(spelled) :]
    return ",".join(spelled) + arrow + output.replace(DOTS, letters, 1), letters
