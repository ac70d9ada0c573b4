"""Mistakes found by laying an answer beside the right formula: a few small differences."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from fractions import Fraction

from symback.check.answers.claims import Claim
from symback.check.answers.judging import Judge
from symback.check.derivation.passes import Script
from symback.check.diagnosis.aligning import Alignment
from symback.check.diagnosis.case import Case
from symback.check.diagnosis.differences import Difference, Found, cost_of
from symback.check.diagnosis.phrases import is_seed
from symback.check.diagnosis.repairing import answer_scene
from symback.check.diagnosis.tidying import tidied
from symback.check.diagnosis.vanishing import is_hidden
from symback.check.mistakes.alterations import Alteration, Change, Scene
from symback.check.mistakes.fits import Fit
from symback.functions import table
from symback.functions.values.arrays import Array
from symback.language import fold, names, rebuild, size, substitute
from symback.language.tree import Call, Expression, Subscript

#: Points at which parts of formulas are compared.
POINTS = 4
#: More differences than this are none; longer formulas are not laid side by side.
MOST_DIFFERENCES, MOST_SIZE = 3, 120
#: What is written for something longer than this is no slip.
LONGEST = 4
#: How much less telling two differences are than one.
TWICE = 20.0
#: Something altogether else is less telling than whatever explains it.
STRANGE = 6.0
#: An explanation of at least this rank is less telling than one small difference.
WEAK = 3.9
#: Factors that people forget, or have twice.
USUAL = (2, Fraction(1, 2), None)
#: The kinds of differences: what is said of each, how telling it is.
SLIPS = {
    "sign": ("sign", "the sign of `{new}` is wrong", 3.0),
    "factor": ("factor", "`{new}` stands where the factor `{old}` belongs", 4.0),
    "missing_factor": ("factor", "the factor `{old}` is missing", 4.0),
    "extra_factor": ("factor", "the factor `{new}` is too many", 4.0),
    "missing_number": ("factor", "the divisor `{old}` is missing", 4.0),
    "extra_number": ("factor", "the divisor `{new}` is too many", 4.0),
    "transcription": ("transcription", "", 4.6),
    "power_rule": ("power_rule", "the exponent in `{new}` is wrong", 4.0),
    "transposed": ("transposed", "a transpose is lost or added in `{new}`", 4.0),
    "swapped_operands": ("swapped_operands", "the operands of `{new}` are exchanged", 4.5),
    "elementwise_product": (
        "elementwise_product", "an elementwise product stands in `{new}` for one of matrices", 3.0
    ),
    "matrix_product": (
        "matrix_product", "a product of matrices stands in `{new}` for an elementwise one", 4.0
    ),
    "index_shift": ("index_shift", "the index in `{new}` is wrong", 4.4),
    "place": ("index_shift", "", 4.4),
    "product": ("matrix_product", "", 4.0),
    "index_order": ("index_order", "", 4.0),
    "wrong_axis": ("wrong_axis", "the axis in `{new}` is wrong", 3.0),
    "wrong_branch": ("wrong_branch", "the branches of `{new}` are exchanged", 2.0),
    "sum_for_mean": ("sum_for_mean", "", 3.0),
    "missing_sum": ("missing_sum", "the sum of `{new}` is left out", 3.0),
    "extra_sum": ("wrong_axis", "`{new}` should not be summed", 3.0),
    "wrong_derivative": ("wrong_derivative", "", 4.7),
    "wrong_operand": ("wrong_operand", "", 5.0),
    "other": ("wrong_operand", "", STRANGE),
    "over": ("quotient_rule", "`{new}` belongs under the fraction bar", 5.8),
    "under": ("quotient_rule", "`{new}` belongs above the fraction bar", 5.8),
    "missing_term": ("missing_term", "the term `{old}` is missing", 4.0),
    "extra_term": ("extra_term", "the term `{new}` is too many", 4.5),
    "missing_derivative": ("missing_derivative", "the factor `{old}` is left out", 5.9),
    "extra_derivative": ("extra_derivative", "the factor `{new}` is too many", 5.9),
    "missing_divisor": ("missing_derivative", "the divisor `{old}` is left out", 5.9),
    "extra_divisor": ("extra_derivative", "the divisor `{new}` is too many", 5.9),
}  # fmt: skip
#: What factors and divisors without names are.
NUMBERS = {
    "missing_derivative": "missing_factor",
    "extra_derivative": "extra_factor",
    "missing_divisor": "missing_number",
    "extra_divisor": "extra_number",
}
TABLE = {name: Alteration(*slip) for name, slip in SLIPS.items()}


def told_apart(fits: list[Fit], claim: Claim, case: Case | None, judge: Judge) -> list[Fit]:
    """Put the differences of an answer from the right formula where they say more."""
    hidden = case is not None and is_hidden(claim, case)
    if not hidden and not _is_weak(fits):
        return fits
    found = next(aligned(claim, judge), None)
    if found is None or not fits or hidden:
        return fits if found is None else [found, *fits]
    best = fits[0]
    better = len(found.also) < len(best.also)
    if not found.also and not best.also:
        better = found.kind not in ("factor", best.kind)
    if any(fit.changes[0].alteration is TABLE["other"] for fit in (found, *found.also)):
        better = False
    return [found, *fits] if better else fits


def _is_weak(fits: Sequence[Fit]) -> bool:
    """Tell whether the best explanation may well be less than what the formula itself shows."""
    if not fits:
        return True
    best = fits[0]
    if best.detail.get("after") or (best.detail.get("answer") and not best.also):
        return False
    if best.kind == "factor" and not best.changes:
        return best.detail.get("ratio") not in USUAL
    return bool(best.also) or best.rank >= WEAK or "at" in best.detail


def aligned(claim: Claim, judge: Judge) -> Iterator[Fit]:
    """Yield the few differences between an answer and the right formula, if that is all."""
    assert claim.tree is not None and claim.quantity is not None
    scene = answer_scene(claim, judge)
    if scene is None or size(claim.tree) > MOST_SIZE:
        return
    best: Found | None = None
    for script, right in _formulas(claim):
        alignment = Alignment(
            _written(judge), _right(judge, script), _meanings(script, claim.quantity.name)
        )
        found = alignment.differences(_plain(claim.tree), _plain(right))
        if _is_telling(found, right, claim.tree) and (
            best is None or cost_of(found) < cost_of(best)
        ):
            best = found
    if best is not None:
        yield _fit(_merged(best), scene)


def _merged(found: Found) -> Found:
    """Tell a factor left out and another one too many as one for the other."""
    lost = [one for one in found if one.kind == "missing_derivative"]
    more = [one for one in found if one.kind == "extra_derivative"]
    if len(lost) != 1 or len(more) != 1:
        return found
    one = replace(more[0], kind="other", right=lost[0].right)
    return (*(each for each in found if each not in (*lost, *more)), one)


def _formulas(claim: Claim) -> Iterator[tuple[Script, Expression]]:
    """Yield the right formulas of a quantity, each with the script that it is from."""
    quantity = claim.quantity
    assert quantity is not None
    for script in quantity.chain.scripts:
        if script.rows is None and script.level in ("solution", "closed", "steps"):
            if quantity.name not in script.index:
                continue
            parts = script.lines[script.index[quantity.name]].parts
            if len(parts) == 1 and size(parts[0].tree) <= MOST_SIZE:
                seeds = {
                    line.name: line.parts[0].tree for line in script.lines if is_seed(line, script)
                }
                tree = tidied(substitute(parts[0].tree, seeds))
                yield script, Subscript(tree, quantity.items) if quantity.items else tree


def _plain(tree: Expression) -> Expression:
    """Return a formula with the usual names of its functions."""
    functions = table()

    def combine(node: Expression, parts: list[Expression]) -> Expression:
        node = rebuild(node, parts) if parts else node
        if isinstance(node, Call) and node.function in functions:
            return Call(functions[node.function].name, node.arguments, node.keywords)
        return node

    return fold(tree, combine)


def _meanings(script: Script, target: str) -> dict[str, Expression]:
    """Return the formulas of the steps of a script, but for that of the quantity asked for."""
    return {
        line.name: line.parts[0].tree for line in script.lines
        if len(line.parts) == 1 and line.name != target and "#" not in line.name
    }  # fmt: skip


def _written(judge: Judge) -> Callable[[Expression], Sequence[Array | None]]:
    """Return what tells the values of parts of an answer."""
    known: dict[Expression, Sequence[Array | None]] = {}
    own = judge.student.formulas()
    environments = [judge.student.environment(k, numbers=False) for k in _points(judge)]

    def values(tree: Expression) -> Sequence[Array | None]:
        if tree not in known:
            opened = substitute(tree, own) if own else tree
            known[tree] = [judge.student.evaluate(opened, one) for one in environments]
        return known[tree]

    return values


def _right(judge: Judge, script: Script) -> Callable[[Expression], Sequence[Array | None]]:
    """Return what tells the values of parts of the right formula."""
    known: dict[Expression, Sequence[Array | None]] = {}
    functions = judge.truth.functions
    environments = [judge.points[k].environment(script, functions) for k in _points(judge)]

    def values(tree: Expression) -> Sequence[Array | None]:
        if tree not in known:
            known[tree] = [judge.student.evaluate(tree, one) for one in environments]
        return known[tree]

    return values


def _points(judge: Judge) -> range:
    return range(min(POINTS, len(judge.points)))


def _is_telling(found: Found, right: Expression, written: Expression) -> bool:
    """Tell whether differences are few, and small beside the whole."""
    if not 1 <= len(found) <= MOST_DIFFERENCES:
        return False
    for one in found:
        sides = [size(side) for side in (one.written, one.right) if side is not None]
        whole = one.written is not None and size(one.written) >= size(written) > LONGEST
        if one.kind == "other" and (whole or min(sides) > LONGEST):
            return False
    lost = [one for one in found if one.kind == "other" or one.written is None]
    more = [one.written for one in found if one.written and one.kind.startswith("extra")]
    return (
        2 * sum(size(one.right) for one in lost if one.right is not None) <= size(right) + 2
        and 2 * sum(map(size, more)) <= size(written) + 2
    )


def _fit(found: Found, scene: Scene) -> Fit:
    alone = len(found) == 1
    first, *rest = sorted((_one(one, scene, alone) for one in found), key=lambda fit: fit.rank)
    first.also = tuple(rest)
    first.rank += TWICE * bool(rest)
    return first


def _one(difference: Difference, scene: Scene, alone: bool) -> Fit:
    """Return one difference in words of its own, or by what stands there and what belongs there."""
    sides = [one for one in (difference.right, difference.written) if one is not None]
    alteration, line = TABLE[_named(difference)], scene.line
    both = len(sides) == 2 and (alone or not alteration.sentence)
    change = Change(alteration, scene.script, line, line.parts, sides[0], sides[-1])
    detail = {"answer": True} if both else {}
    return Fit(alteration.kind, alteration.rank, (change,), detail=detail)


def _named(difference: Difference) -> str:
    """Return the entry of a difference: of a factor that has no names in it, that of a number."""
    side = difference.right or difference.written
    plain = side is not None and not names(side)
    return NUMBERS.get(difference.kind, difference.kind) if plain else difference.kind
