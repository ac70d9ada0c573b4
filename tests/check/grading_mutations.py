"""Answers made by machine: true ones in shuffled forms, and wrong ones by altering derivations."""

from collections import Counter
from fractions import Fraction

from symback.check.derivation.comparing import same
from symback.check.derivation.running import quiet
from symback.check.derivation.truth import Quantity
from symback.check.diagnosis.bank import Bank
from symback.check.mistakes.changing import altered_value
from symback.language import operands, rebuild, substitute
from symback.language.tree import Binary, Call, Negate, Number, Sequence, Slice, Transpose
from symback.numeric import FLOAT64, evaluate

__all__ = ["altered_answers", "cotangents", "inlined", "is_true", "shuffled"]


def inlined(script, target, changed=(), keep=1.0, rng=None):
    """Write a line out in names of the forward pass; lines in `changed` as they are there."""
    changed = dict(changed)
    forms = {}
    for line in script.lines[: script.index[target] + 1]:
        chosen = changed.get(line.name, line)
        trees = [substitute(part.tree, forms) for part in chosen.parts]
        tree = trees[0]
        for other in trees[1:]:
            tree = Binary("+", tree, other)
        named = "#" not in line.name and line.of is None and line.name != target
        kept = named and not _rests_on(script, line.name, changed)
        if kept and (rng is None or rng.random() < keep):
            continue
        forms[line.name] = tree
    return forms[target]


def _rests_on(script, name, changed):
    return any(line.name in changed for line in script.leading_to(name))


def altered_answers(grader, quantity, count, rng, used=None):
    """Yield alterations and the answers that come of them, at random places.

    With `used`, a counter, those come first that were used least until now, and of these those
    whose kind was.
    """
    bank = Bank(grader.truth, quantity.chain, quantity.name)
    point = grader.truth.all_points()[0]
    changes = [c for c, _ in bank.entries(0) if c.script.rows is None]
    rng.shuffle(changes)
    used = Counter() if used is None else used
    for _ in range(min(count, len(changes))):
        change = min(changes, key=lambda c: (used[c.alteration], used[c.alteration.kind]))
        changes.remove(change)
        used.update((change.alteration, change.alteration.kind))
        with quiet():
            assert altered_value(grader.truth, change, quantity.name, point) is not None
        yield change, inlined(change.script, quantity.name, change.altered)


def is_true(grader, quantity, tree):
    """Whether a formula gives the true values of a quantity at every random point."""
    truth = grader.truth
    environments = [
        point.environment(quantity.chain.main, truth.functions) for point in truth.points
    ]
    values = (evaluate(tree, known, truth.functions, FLOAT64) for known in environments)
    return all(same(x, known[quantity.name]) for x, known in zip(values, environments, strict=True))


def cotangents(grader):
    """Return the gradients of one problem's given values and steps."""
    problem = grader.problem
    return [
        Quantity(line.name, chain)
        for chain in grader.truth.chains
        for line in chain.main.lines
        if (line.of in problem.given or line.of in problem.define) and line.of != chain.scalar
    ]


def shuffled(tree, rng):
    """Rewrite a formula by identities that every tensor has."""
    parts = [shuffled(part, rng) for part in operands(tree)]
    if not parts:
        return tree
    new = rebuild(tree, parts)
    match new:
        case Binary("+", left, right) if rng.random() < 0.5:
            return Binary("+", right, left)
        case Binary("-", left, right) if rng.random() < 0.5:
            return Negate(Binary("-", right, left))
        case Binary("*", left, right) if rng.random() < 0.5:
            return Binary("*", right, left)
        case Binary("/", left, Number(value)) if value and rng.random() < 0.5:
            return Binary("*", Number(1 / value), left)
        case Binary("/", left, right) if rng.random() < 0.3:
            return Binary("*", left, Binary("/", Number(Fraction(1)), right))
        case Call("outer", (left, right)) if rng.random() < 0.5:
            return Transpose(Call("outer", (right, left)))
        case Call("sigmoid", (inner,)) if rng.random() < 0.5:
            return Binary("-", Number(Fraction(1)), Call("sigmoid", (Negate(inner),)))
    if isinstance(new, Sequence | Slice) or rng.random() < 0.9:
        return new
    return Negate(Negate(new))
