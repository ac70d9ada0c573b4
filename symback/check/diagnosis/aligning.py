"""Where two formulas differ: their parts laid side by side, told apart by their values."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from collections.abc import Sequence as Parts
from itertools import permutations

from symback.check.derivation.comparing import close
from symback.check.diagnosis.differences import (
    OPPOSITE,
    PLAIN,
    SUMS,
    Difference,
    Found,
    cost,
    cost_of,
    is_alike,
    is_power,
    numbers,
    placed,
    taken,
    whole,
)
from symback.check.diagnosis.spelling import cycled, factors_in, is_product, spelled, terms_in
from symback.functions.values.arrays import Array
from symback.language import is_sum
from symback.language.tree import (
    Binary,
    Call,
    Compare,
    Expression,
    Literal,
    Name,
    Sequence,
    Slice,
    Subscript,
    Transpose,
)

#: Values of a formula at the points.
Valued = Callable[[Expression], "Parts[Array | None]"]
#: Pairs of parts compared at most, and terms or factors without a partner that are paired.
MOST_PAIRS, MOST_OPEN = 600, 3


class Alignment:
    """Lays formulas side by side; `written` and `right` tell the values of parts of each.

    `meanings` are the formulas of names, which are opened where that helps.
    """

    def __init__(self, written: Valued, right: Valued, meanings: dict[str, Expression]) -> None:
        self._written = written
        self._right = right
        self._meanings = meanings
        self._found: dict[tuple[Expression, Expression], Found] = {}

    def differences(self, written: Expression, right: Expression) -> Found:
        """Return the least differences that lead from one formula to the other."""
        key = (written, right)
        if key not in self._found:
            self._found[key] = (whole(written, right),)
            if self.equal(written, right):
                self._found[key] = ()
            elif len(self._found) < MOST_PAIRS:
                self._found[key] = min(self._ways(written, right), key=cost_of)
        return self._found[key]

    def equal(self, written: Expression, right: Expression) -> bool:
        """Tell whether two formulas have the same values."""
        if isinstance(written, Literal | Slice) or isinstance(right, Literal | Slice):
            return written == right
        pairs = zip(self._written(written), self._right(right), strict=True)
        return all(
            a is not None and b is not None and a.shape == b.shape and bool(close(a, b).all())
            for a, b in pairs
        )

    def _ways(self, a: Expression, b: Expression) -> Iterator[Found]:
        yield (whole(a, b),)
        for x, y in self._opened(a, b):
            yield self.differences(x, y)
        if is_sum(a) or is_sum(b):
            yield self._sums(a, b)
        elif is_product(a) or is_product(b):
            yield self._products(a, b)
        yield from self._operations(a, b)

    def _opened(self, a: Expression, b: Expression) -> Iterator[tuple[Expression, Expression]]:
        """Yield both with one of them spelled out: a step by its formula, `solve` by `inv`."""
        if isinstance(b, Name) and b.id in self._meanings and not is_alike(a, b):
            yield a, self._meanings[b.id]
        if isinstance(a, Name) and a.id in self._meanings and not is_alike(b, a):
            yield self._meanings[a.id], b
        if (x := spelled(a)) is not a or spelled(b) is not b:
            yield x, spelled(b)
        if (turned := cycled(b)) is not None:
            yield a, turned

    def _sums(self, a: Expression, b: Expression) -> Found:
        mine, theirs = self._unpaired(list(terms_in(a)), list(terms_in(b)))
        return self._paired(mine, theirs, "missing_term", "extra_term")

    def _products(self, a: Expression, b: Expression) -> Found:
        (x, mine), (y, theirs) = factors_in(a), factors_in(b)
        if not x or not y:
            return (whole(a, b),)
        over, under = ([one for one, up in mine if up is way] for way in (True, False))
        above, below = ([one for one, up in theirs if up is way] for way in (True, False))
        over, above = self._unpaired(over, above)
        under, below = self._unpaired(under, below)
        found = numbers(x, y, a)
        found += (*self._crossed(over, below, "over"), *self._crossed(under, above, "under"))
        found += self._paired(over, above, "missing_derivative", "extra_derivative")
        return found + self._paired(under, below, "missing_divisor", "extra_divisor")

    def _crossed(
        self, mine: list[Expression], theirs: list[Expression], kind: str
    ) -> Iterator[Difference]:
        """Take factors away that are on the other side of the bar, and yield what they lack."""
        for one in list(mine):
            for other in list(theirs):
                found = self.differences(one, other)
                inside = all(slip.written is not one for slip in found)
                if inside and cost_of(found) <= PLAIN and one in mine:
                    mine.remove(one)
                    theirs.remove(other)
                    yield from (Difference(kind, one, other), *found)

    def _unpaired(
        self, mine: list[Expression], theirs: list[Expression]
    ) -> tuple[list[Expression], list[Expression]]:
        """Return the parts that have no equal on the other side."""
        left = []
        rest = list(theirs)
        for one in mine:
            equal = next((other for other in rest if self.equal(one, other)), None)
            if equal is None:
                left.append(one)
            else:
                rest.remove(equal)
        return left, rest

    def _paired(
        self, mine: list[Expression], theirs: list[Expression], missing: str, extra: str
    ) -> Found:
        """Return the least differences between parts in some order; some may have no partner."""
        lost = {id(one): Difference(missing, None, one, cost(one)) for one in theirs}
        added = {id(one): Difference(extra, one, None, cost(one)) for one in mine}
        best: Found = (*lost.values(), *added.values())
        if not mine or not theirs or max(len(mine), len(theirs)) > MOST_OPEN:
            return best
        rows = [*mine, *[None] * len(theirs)]
        for order in set(permutations(rows, len(theirs))):
            found: Found = ()
            for one, other in zip(order, theirs, strict=True):
                found += (lost[id(other)],) if one is None else self.differences(one, other)
            used = {id(one) for one in order}
            found += tuple(added[id(one)] for one in mine if id(one) not in used)
            best = min(best, found, key=cost_of)
        return best

    def _operations(self, a: Expression, b: Expression) -> Iterator[Found]:
        """Yield the differences of operands where the operations are the same, or nearly."""
        match a, b:
            case Transpose(x), Transpose(y):
                yield self.differences(x, y)
            case Transpose(x), _:
                yield (Difference("transposed", a, b), *self.differences(x, b))
            case _, Transpose(y):
                yield (Difference("transposed", a, b), *self.differences(a, y))
            case Subscript(x, items), Subscript(y, others):
                shifted = () if items == others else (Difference("index_shift", a, b),)
                yield (*shifted, *self.differences(x, y))
            case Compare(op, x, y), Compare(other, z, w):
                other_way = (Difference("wrong_branch", a, b),) if op == OPPOSITE[other] else ()
                if op == other or other_way:
                    yield (*other_way, *self.differences(x, z), *self.differences(y, w))
            case Sequence(x), Sequence(y) if len(x) == len(y):
                yield self._both(x, y)
            case Binary(), Binary():
                yield from self._binaries(a, b)
        yield from self._powers(a, b)
        yield from self._calls(a, b)

    def _powers(self, a: Expression, b: Expression) -> Iterator[Found]:
        """Yield the differences where one side alone is a power."""
        match a, b:
            case Binary("**", base, _), _ if not is_power(b):
                yield (Difference("power_rule", a, b), *self.differences(base, b))
            case _, Binary("**", base, _) if not is_power(a):
                yield (Difference("power_rule", a, b), *self.differences(a, base))

    def _binaries(self, a: Binary, b: Binary) -> Iterator[Found]:
        kinds = {("*", "@"): "elementwise_product", ("@", "*"): "matrix_product"}
        if a.op == b.op == "**":
            found = self.differences(a.right, b.right)
            powers = (Difference("power_rule", a, b),) if found else ()
            yield (*powers, *self.differences(a.left, b.left))
        elif a.op == b.op or (a.op, b.op) in kinds:
            kind = kinds.get((a.op, b.op))
            other = (Difference(kind, a, b),) if kind else ()
            yield (*other, *self._both((a.left, a.right), (b.left, b.right)))
        if a.op == b.op == "@":
            yield from self._swapped(a, b, (a.left, a.right), (b.left, b.right))
        yield from self._shorter(a, b)

    def _shorter(self, a: Binary, b: Binary) -> Iterator[Found]:
        """Yield the differences where a product of matrices has one more, or one less."""
        for one, lost in ((b.left, b.right), (b.right, b.left)) if b.op == "@" else ():
            missing = Difference("missing_derivative", None, lost, cost(lost))
            yield (missing, *self.differences(a, one))
        for one, added in ((a.left, a.right), (a.right, a.left)) if a.op == "@" else ():
            extra = Difference("extra_derivative", added, None, cost(added))
            yield (extra, *self.differences(one, b))

    def _swapped(
        self, a: Expression, b: Expression, mine: Parts[Expression], theirs: Parts[Expression]
    ) -> Iterator[Found]:
        yield (Difference("swapped_operands", a, b), *self._both(mine[::-1], theirs))

    def _both(self, mine: Parts[Expression], theirs: Parts[Expression]) -> Found:
        pairs = zip(mine, theirs, strict=True)
        return tuple(found for x, y in pairs for found in self.differences(x, y))

    def _calls(self, a: Expression, b: Expression) -> Iterator[Found]:
        match a, b:
            case Call(f, mine, own), Call(g, theirs, others) if len(mine) == len(theirs):
                found = tuple(placed(one, mine) for one in self._both(mine, theirs))
                if f != g:
                    found = (Difference(taken(f, g), Name(f), Name(g)), *found)
                elif own != others:
                    found = (Difference("wrong_axis", a, b), *found)
                yield found
                if f == g == "outer":
                    yield from self._swapped(a, b, mine, theirs)
        if isinstance(b, Call) and len(b.arguments) == 1:
            kind = "missing_sum" if b.function in SUMS else "wrong_operand"
            yield (Difference(kind, a, b), *self.differences(a, b.arguments[0]))
        if isinstance(a, Call) and len(a.arguments) == 1:
            kind = "extra_sum" if a.function in SUMS else "wrong_operand"
            yield (Difference(kind, a, b), *self.differences(a.arguments[0], b))
