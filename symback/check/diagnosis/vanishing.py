"""Answers that are 0 everywhere: many slips give 0 by chance, few are made."""

from __future__ import annotations

from collections.abc import Sequence

from symback.check.answers.claims import Claim
from symback.check.diagnosis.case import Case
from symback.check.diagnosis.repairing import ANSWER
from symback.check.mistakes.fits import Fit
from symback.language import names, walk
from symback.language.tree import Expression, Number

#: What is left out where nothing is left: all paths, or what is 0 on the other side of a kink.
LEFT_OUT = frozenset({"missing_path", "wrong_branch"})


def is_hidden(claim: Claim, case: Case) -> bool:
    """Tell whether a formula is 0 everywhere without having the number 0 for it."""
    if not case.vanishes() or claim.tree is None:
        return False
    return bool(names(claim.tree)) and not _has_zero(claim.tree)


def not_by_chance(fits: Sequence[Fit], claim: Claim, case: Case) -> list[Fit]:
    """Return the explanations, of an answer that is 0 everywhere those that say why it is 0."""
    if not case.vanishes():
        return list(fits)
    hidden = is_hidden(claim, case)
    kept = [fit for fit in fits if _is_written(fit) or (not hidden and _leaves_nothing(fit))]
    for fit in kept:
        fit.detail["vanishes"] = True
    return kept


def _is_written(fit: Fit) -> bool:
    """Tell whether an explanation is of the formula as it is written."""
    return any(change.script.level == ANSWER for change in fit.changes)


def _leaves_nothing(fit: Fit) -> bool:
    """Tell whether an explanation leaves something out, or has 0 for it."""
    if fit.also or not fit.changes:
        return not fit.also
    return fit.kind in LEFT_OUT or any(map(_has_zero, (change.new for change in fit.changes)))


def _has_zero(tree: Expression | None) -> bool:
    return tree is not None and any(
        isinstance(node, Number) and not node.value for node in walk(tree)
    )
