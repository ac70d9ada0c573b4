"""Answers read as mathematics: which quantity, and the formula or the numbers claimed for it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from functools import partial

import numpy as np

from symback.check.derivation.comparing import same, selected
from symback.check.derivation.running import evaluated, quiet
from symback.check.derivation.truth import Quantity, TrueValues
from symback.errors import Diagnostic, SymbackError
from symback.functions.values.arrays import Array
from symback.language import names, parse, walk, write
from symback.language.latex import Wanted, read_wanted
from symback.language.tree import Call, Expression, Name, Negate, Number, Sequence, Subscript
from symback.problem.answers import Answer, answer_reference, answer_value
from symback.problem.indices import from_one
from symback.problem.model import Tolerance, Value

#: What a formula may name besides quantities.
CONSTANTS = frozenset({"pi"})
#: Names that can only be meant as derivatives.
DERIVATIVE = re.compile(r"d2?[^_]+_d[^_]+")
#: Names of second derivatives with a power, d2L_dw2 for d2L_dw_dw.
SQUARED = re.compile(r"(d2.+)_d([^_].*?)\^?2")


@dataclass
class Claim:
    """One answer: what it is about, and what it says.

    `own` is the person's own name where the problem has no such quantity; `fault` says why the
    answer is not understood.
    """

    answer: Answer
    quantity: Quantity | None = None
    own: str | None = None
    tree: Expression | None = None
    numeric: bool = False
    fault: Diagnostic | None = None
    guessed: bool = False
    """Whether the quantity was found by a mistake that leads from it to the answer."""

    @property
    def shown(self) -> str:
        """The quantity as written, with the part that it belongs to."""
        part, name = self.answer.part, self.answer.quantity
        return f"{part}.{name}" if part else name


def read_claim(truth: TrueValues, answer: Answer, own: dict[str, int]) -> Claim:
    """Read one answer; `own` are the axes of the names that the person has introduced."""
    claim = Claim(answer)
    try:
        _set_quantity(truth, claim)
        claim.tree = _tree(truth, claim, own)
    except SymbackError as error:
        claim.fault = error.diagnostics[0]
    if claim.fault is not None or claim.tree is None:
        return claim
    used = names(claim.tree) - CONSTANTS
    dims = set(truth.problem.dims)
    claim.numeric = not used - dims if truth.given is not None else not used
    unknown = [
        name
        for name in sorted(used - dims - own.keys())
        if name not in truth.program.tensors and truth.find(name, answer.part) is None
    ]
    calls = (node for node in walk(claim.tree) if isinstance(node, Call))
    foreign = next((c.function for c in calls if c.function not in truth.functions), None)
    if foreign is not None:
        hint = "`symback functions` lists the functions"
        claim.fault = Diagnostic("E501", f"there is no function `{foreign}`", hint)
    elif unknown:
        message = f"`{unknown[0]}` is not a name of the problem, nor of an answer before"
        claim.fault = Diagnostic("E501", message, f"write `- {unknown[0]}: ...` before it")
    return claim


def _set_quantity(truth: TrueValues, claim: Claim) -> None:
    answer = claim.answer
    base = truth.problem.index_base
    if answer.means is not None:
        tree = parse(answer.means)
        tree = from_one(tree) if base == 1 else tree
        claim.quantity = resolve(truth, tree, answer.part)
        claim.own = answer.quantity
        if claim.quantity is None:
            message = f"`{answer.means}` is not a quantity of the problem"
            claim.fault = Diagnostic("E502", message)
        return
    tree = answer_reference(answer, base).tree
    claim.quantity = resolve(truth, tree, answer.part)
    if claim.quantity is None and isinstance(tree, Name) and not DERIVATIVE.match(tree.id):
        claim.own = tree.id
    elif claim.quantity is None:
        message = f"`{answer.quantity}` is not a quantity of the problem"
        claim.fault = Diagnostic("E502", message)


def resolve(truth: TrueValues, tree: Expression, part: str | None) -> Quantity | None:
    """Return the quantity that a name or component stands for, None for an unknown name."""
    items: tuple[Expression, ...] | None = None
    if isinstance(tree, Subscript):
        items, tree = tree.items, tree.value
    if not isinstance(tree, Name):
        return None
    name = tree.id
    if name in truth.problem.given:
        name = next(
            (
                r.name.split("[")[0]
                for r in truth.solution.results
                if r.wrt and r.wrt[0].split("[")[0] == name and part in (None, r.part)
            ),
            name,
        )
    found = truth.find(name, part)
    if found is None and (squared := SQUARED.fullmatch(name)) is not None:
        found = truth.find("{0}_d{1}_d{1}".format(*squared.groups()), part)
    return None if found is None else Quantity(found.name, found.chain, items)


def _tree(truth: TrueValues, claim: Claim, own: dict[str, int]) -> Expression:
    answer = claim.answer
    if answer.latex is None:
        return _sequence(answer_value(answer, truth.problem.index_base))
    ranks = {name: len(value.shape) for name, value in truth.program.tensors.items()}
    ranks |= truth.solution.ranks
    ranks |= dict.fromkeys(truth.problem.dims, 0)
    ranks |= own
    known = {*ranks, *truth.problem.dims, *truth.names()}
    for chain in truth.chains:
        for line in chain.main.lines:
            if line.of is not None and line.of in ranks and "#" not in line.name:
                ranks[line.name] = ranks[line.of]
    base = truth.problem.index_base
    return read_wanted(answer.latex, known, ranks.get, base, _wanted(truth, claim))


def _wanted(truth: TrueValues, claim: Claim) -> Wanted:
    """Return what an answer in LaTeX is to be: its axes, its left side, the size of identities."""
    written = answer_reference(claim.answer, truth.problem.index_base).tree
    names = {write(written)}
    quantity = claim.quantity
    known = truth.given.environment(truth.chains[0].main, truth.functions) if truth.given else {}
    lengths = {name: value.shape for name, value in known.items()}
    agree, dims = partial(_agree, truth), truth.problem.dims
    if quantity is None:
        return Wanted(names=names, lengths=lengths, agree=agree, dims=dims)
    name = Name(quantity.name)
    names.add(write(Subscript(name, quantity.items) if quantity.items else name))
    shapes = [np.asarray(truth.value(quantity, point)).shape for point in truth.all_points()]
    fits, right = (partial(one, truth, quantity) for one in (_fits, _is_right))
    if quantity.items or not shapes:
        return Wanted((), 0, names, None, False, lengths, fits, right, dims, agree)
    size = None
    if all(len(shape) == 2 and shape[0] == shape[1] for shape in shapes):
        size = _size(truth, [shape[0] for shape in shapes])
    return Wanted((), len(shapes[0]), names, size, True, lengths, fits, right, dims, agree)


def _fits(truth: TrueValues, quantity: Quantity, tree: Expression) -> bool:
    """Tell whether a formula has the shape of a quantity; one with other names may have."""
    if not names(tree) <= _names(truth):
        return True
    return all(
        found is not None and found.shape == true.shape
        for found, true in _compared(truth, quantity, tree)
    )


def _is_right(truth: TrueValues, quantity: Quantity, tree: Expression) -> bool:
    """Tell whether a formula is right for a quantity at all points, numbers at those given."""
    if not names(tree) <= _names(truth):
        return False
    compared = _compared(truth, quantity, tree)
    if not names(tree) - CONSTANTS:
        found, true = [*compared][-1] if truth.given else (None, np.zeros(()))
        return found is not None and found.shape == true.shape and _rounded(tree, found, true)
    return all(found is not None and same(found, true) for found, true in compared)


def _agree(truth: TrueValues, one: Expression, other: Expression) -> bool:
    """Tell whether two formulas have the same value at all points, as far as names are known.

    A number must be the value at the points given, to the digits written.
    """
    if not names(one) | names(other) <= _names(truth):
        return True
    values = [*zip(_values(truth, one), _values(truth, other), strict=True)]
    if names(one) and names(other):
        return all(a is None or b is None or same(a, b) for a, b in values)
    a, b = values[-1] if truth.given else (None, None)
    if a is None or b is None:
        return True
    return a.shape == b.shape and (_rounded(one, a, b) or _rounded(other, b, a))


def _rounded(tree: Expression, found: Array, true: Array) -> bool:
    """Tell whether a number is another one to the digits written."""
    return bool(np.all(np.abs(found - true) <= slack(tree, None, true)))


def _names(truth: TrueValues) -> set[str]:
    """Return the names whose values are known without a sheet."""
    return {*truth.problem.given, *truth.problem.dims, *truth.names(), *CONSTANTS}


def _compared(
    truth: TrueValues, quantity: Quantity, tree: Expression
) -> Iterator[tuple[Array | None, Array]]:
    """Yield the value of a formula, None without one, and that of a quantity, at all points."""
    for point, found in zip(truth.all_points(), _values(truth, tree), strict=True):
        true: Array | None = np.asarray(truth.value(quantity, point))
        if quantity.items is not None and true is not None:
            true = selected(true, quantity.items, point.values, truth.functions)
        yield found, np.asarray(true)


def _values(truth: TrueValues, tree: Expression) -> Iterator[Array | None]:
    """Yield the value of a formula at all points, None where it has none."""
    chains = {id(chain): chain for chain in truth.names().values()}.values()
    for point in truth.all_points():
        values = dict(point.values)
        for chain in chains:
            values.update(point.environment(chain.main, truth.functions))
        try:
            with quiet():
                yield evaluated(tree, values, truth.functions)
        except SymbackError:
            yield None


def _size(truth: TrueValues, lengths: list[int]) -> Expression | None:
    """Return the length of an axis that has these lengths at the points."""
    points = truth.all_points()
    for name in truth.program.dims:
        if all(p.values[name] == k for p, k in zip(points, lengths, strict=True)):
            return Name(name)
    return Number(Fraction(lengths[0])) if len(set(lengths)) == 1 else None


def _sequence(value: Value) -> Expression:
    return Sequence(tuple(map(_sequence, value))) if isinstance(value, tuple) else value


def slack(tree: Expression, tolerance: Tolerance | None, value: Array) -> Array:
    """Return how far each entry of numbers may be off: half a unit of the last digit written."""
    size = np.abs(np.asarray(value, dtype=float))
    tiny = 1e-9 * size + 1e-12
    if tolerance is not None:
        allowed = np.zeros_like(size)
        if tolerance.relative is not None:
            allowed = allowed + size * float(evaluated(tolerance.relative, {}, {}))
        if tolerance.absolute is not None:
            allowed = allowed + float(evaluated(tolerance.absolute, {}, {}))
        return np.asarray(allowed + tiny)
    units = _units(tree)
    found = np.asarray(units, dtype=float) if units is not None else np.zeros(())
    if found.shape not in ((), size.shape):
        found = np.zeros_like(size)
    return np.asarray(found * (1 + 1e-9) + tiny)


def _units(tree: Expression) -> object:
    match tree:
        case Sequence(items):
            return [_units(item) for item in items]
        case Negate(operand):
            return _units(operand)
        case Number(value=value, text=text):
            return half_unit(text, value)
    return 0.0


def is_written(tree: Expression) -> bool:
    """Tell whether numbers are written out, not computed from others."""
    match tree:
        case Sequence(items):
            return all(map(is_written, items))
        case Negate(operand):
            return is_written(operand)
    return isinstance(tree, Number)


def half_unit(text: str, value: Fraction) -> float:
    """Return half a unit of the last digit written; 0 for an integer."""
    mantissa, _, exponent = text.lower().partition("e")
    if "." not in mantissa and not exponent:
        return 0.0
    decimals = len(mantissa.partition(".")[2])
    return 0.5 * 10.0 ** (int(exponent or 0) - decimals)
