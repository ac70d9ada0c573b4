"""Ways to read a wrong answer with values put in: with names for them, and as it is."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from symback.check.answers.claims import Claim
from symback.check.answers.judging import Judge
from symback.check.answers.named import misread, with_names
from symback.check.answers.verdicts import PASSING
from symback.check.mistakes.fits import Fit
from symback.functions.values.arrays import Array
from symback.language import names

#: How telling it is that a formula is right but for one value with a slip in its digits.
MISREAD = 1.0


def ways_to_read(claim: Claim, judge: Judge) -> Iterator[Claim]:
    """Yield an answer with names for the values put in, then as it is, then with more names."""
    assert claim.tree is not None
    known = _known(claim, judge)
    found = [with_names(claim.tree, known), claim.tree, with_names(claim.tree, known, plain=True)]
    for k, tree in enumerate(found):
        if tree is not None and tree not in found[:k]:
            used = names(tree) - judge.truth.problem.dims.keys()
            yield replace(claim, tree=tree, numeric=claim.numeric and not used)


def misread_values(claim: Claim, judge: Judge) -> Iterator[Fit]:
    """Yield the value put in that was copied wrongly, where all is right but for it."""
    assert claim.tree is not None
    for tree, name, wrong, right in misread(claim.tree, _known(claim, judge)):
        used = names(tree) - judge.truth.problem.dims.keys()
        mended = replace(claim, tree=tree, numeric=claim.numeric and not used)
        if judge.judge(mended).verdict in PASSING:
            detail = {"name": name, "slips": [f"`{wrong}` for `{right}`"]}
            yield Fit("transcription", MISREAD, detail=detail)
            return


def _known(claim: Claim, judge: Judge) -> dict[str, Array]:
    """Return the values given, those that the person has found, and those of the other steps."""
    assert claim.quantity is not None
    known = dict(judge.truth.around.known)
    if judge.truth.given is not None:
        values = judge.student.environment(len(judge.points) - 1, numbers=True)
        steps = [line.name for line in claim.quantity.chain.main.lines if "#" not in line.name]
        found = sorted(steps, key=lambda name: name not in judge.student.stated)
        known |= {n: values[n] for n in found if n in values and n != claim.quantity.name}
    return known
