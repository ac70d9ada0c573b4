r"""From index notation to arrays: `\sum_i a_i b_i` becomes `sum(a*b)`, with bounds its terms.

While a formula is read, a component `a_i` is a Subscript with indices as written, an index letter
is the name `\i`, and a sum is a call of `\sum` whose keywords are its letter and its bounds.
"""

from __future__ import annotations

from fractions import Fraction
from types import MappingProxyType

from symback.errors import Span
from symback.language.faults import excess, fault
from symback.language.latex.bounds import (
    Lengths,
    bound,
    but_own,
    counts_from_one,
    covers,
    integer,
    length_of,
)
from symback.language.tree import (
    Binary,
    Call,
    Compare,
    Expression,
    Literal,
    Name,
    Negate,
    Number,
    Sequence,
    Slice,
    Subscript,
    Transpose,
)
from symback.language.walks import fold, operands, rebuild

MAX_TERMS = 1_000
#: An array by its entry: the index letters are keywords.
ARRAY = "\\array"
#: The end of an axis, as the bound of a sum.
LAST = Name("\\last")

#: Reductions over an index letter: how the terms are joined where the bounds are numbers.
REDUCTIONS = {"sum": "+", "prod": "*", "max": "maximum", "min": "minimum"}

_ELEMENTWISE = (Binary, Compare, Negate)


def reduction(
    function: str,
    letter: str,
    bounds: tuple[Expression, ...],
    body: Expression,
    without: Expression | None = None,
) -> Call:
    """Return the stand-in for a reduction of `body` over an index letter, one place left out."""
    keywords = (("index", Name("\\" + letter)), *zip(("start", "stop"), bounds, strict=False))
    keywords += (("without", without),) if without is not None else ()
    return Call("\\" + function, (body,), keywords)


class Lowering:
    """Rewrites a formula in components into one in arrays."""

    def __init__(
        self,
        index_base: int,
        elementwise: frozenset[str],
        span: Span,
        lengths: Lengths = MappingProxyType({}),
    ) -> None:
        self.base = index_base
        self.lengths = lengths
        self.elementwise = elementwise
        self.span = span
        self.count = 0

    def lower(
        self, node: Expression, labels: tuple[str, ...] = (), known: dict[str, int] | None = None
    ) -> Expression:
        """Return `node` as an array whose axes are `labels`, with some index letters known.

        Raises: InputError E225 for what index notation says and arrays cannot.
        """
        known = known or {}
        if labels and not _letters(node) & set(labels):
            labels = ()
        if isinstance(node, Name) and node.id.startswith("\\"):
            return self.letter(node, known)
        if isinstance(node, Subscript):
            return self.component(node, labels, known)
        if isinstance(node, Call) and node.function == ARRAY:
            return self.array(node, labels, known)
        if isinstance(node, Call) and node.function.startswith("\\"):
            return self.reduce(node, labels, known)
        if labels and not self.entrywise(node):
            raise self.refusal("a function of a whole array stands inside a sum over its entries")
        if isinstance(node, Binary):
            return self.chain(node, labels, known)
        return rebuild(node, [self.lower(part, labels, known) for part in operands(node)])

    def array(self, node: Call, labels: tuple[str, ...], known: dict[str, int]) -> Expression:
        """Return an array that is given by its entry."""
        if labels:
            raise self.refusal("a sum of arrays stands inside a sum over entries")
        letters = tuple(letter.id for _, letter in node.keywords if isinstance(letter, Name))
        return self.lower(node.arguments[0], letters, known)

    def chain(self, node: Binary, labels: tuple[str, ...], known: dict[str, int]) -> Expression:
        """Return a chain of operators, which may be long, by a loop along its left sides."""
        spine = [node]
        while isinstance(spine[-1].left, Binary) and (spine[-1].left.op != "@" or not labels):
            spine.append(spine[-1].left)
        tree = self.lower(spine[-1].left, labels, known)
        for link in reversed(spine):
            tree = rebuild(link, (tree, self.lower(link.right, labels, known)))
        return tree

    def entrywise(self, node: Expression) -> bool:
        """Tell whether `node` acts entry by entry, so that its operands may have labels."""
        if isinstance(node, Binary):
            return node.op != "@"
        if isinstance(node, Call):
            return node.function in self.elementwise
        return isinstance(node, _ELEMENTWISE)

    def refusal(self, message: str) -> Exception:
        """Return the error for the formula as a whole."""
        return fault("E225", message, self.span, "write it in vectors and matrices")

    def letter(self, node: Name, known: dict[str, int]) -> Expression:
        """Return the number that an index letter stands for."""
        if node.id not in known:
            raise self.refusal(f"the index `{node.id[1:]}` is used as a number")
        return Number(Fraction(known[node.id]))

    # ---- components --------------------------------------------------------------------------

    def component(
        self, node: Subscript, labels: tuple[str, ...], known: dict[str, int]
    ) -> Expression:
        """Return `A_{i2}` as `A[:, 1]`, its axes in the order of `labels`."""
        axes: list[str] = []
        items: list[Expression] = []
        for item in node.items:
            place = integer(item, known)
            if isinstance(item, Slice):
                items.append(item)
                continue
            if place is not None:
                items.append(self.shifted(place))
                continue
            if not isinstance(item, Name) or item.id not in labels:
                raise self.refusal("an index formula needs a sum with bounds that are numbers")
            axes.append(item.id)
            items.append(Slice())
        value = self.lower(node.value)
        while items and isinstance(items[-1], Slice):
            items.pop()
        array = Subscript(value, tuple(items)) if items else value
        return self.aligned(array, axes, labels)

    def shifted(self, place: int) -> Number:
        """Return the 0-based index."""
        if place < self.base:
            raise self.refusal(f"indices count from {self.base}")
        return Number(Fraction(place - self.base))

    def aligned(self, array: Expression, axes: list[str], labels: tuple[str, ...]) -> Expression:
        """Return `array` with its axes in the order of `labels` and new ones after the first."""
        if len(axes) == 2 and axes[0] == axes[1]:
            array, axes = Call("diag", (array,)), axes[:1]
        if len(axes) == 2 and labels.index(axes[0]) > labels.index(axes[1]):
            array, axes = Transpose(array), axes[::-1]
        if axes != sorted(axes, key=labels.index) or len(set(axes)) < len(axes):
            raise self.refusal("the order of these indices is not read")
        spread = labels[labels.index(axes[0]) :] if axes else ()
        if len(spread) == len(axes):
            return array
        items = tuple(Slice() if label in axes else Literal(None) for label in spread)
        return Subscript(array, items)

    # ---- reductions --------------------------------------------------------------------------

    def reduce(self, node: Call, labels: tuple[str, ...], known: dict[str, int]) -> Expression:
        """Return a sum, product, maximum or minimum over an index letter."""
        settings = dict(node.keywords)
        letter = _index(node)
        if settings.get("stop") == LAST:
            length = length_of(node.arguments[0], letter, self.lengths)
            settings["stop"] = Number(Fraction(length - 1 + self.base)) if length else LAST
        start, stop = (bound(settings.get(key), known) for key in ("start", "stop"))
        if start is not None and stop is not None:
            return self.terms(node, (letter, start, stop), labels, known)
        if "start" in settings and not covers(start, settings.get("stop"), self.base):
            raise self.refusal("the bounds of this sum are neither numbers nor all there are")
        body = node.arguments[0]
        if letter not in _letters(body):
            raise self.refusal(f"nothing inside the sum depends on `{letter[1:]}`")
        function = node.function[1:]
        inner = [letter]
        if not labels:
            while isinstance(body, Call) and body.function == node.function and _whole(body):
                inner.append(_index(body))
                body = body.arguments[0]
        array = self.lower(body, (*labels, *inner), known)
        if "without" in settings:
            return self.but_one(node, array, labels, known)
        axis = (("axis", Negate(Number(Fraction(1)))),) if labels else ()
        return Call(function, (array,), axis)

    def but_one(
        self, node: Call, array: Expression, labels: tuple[str, ...], known: dict[str, int]
    ) -> Expression:
        """Return a reduction of an array without the entry at one place."""
        without = dict(node.keywords)["without"]
        if labels and labels[-1:] == (getattr(without, "id", ""),):
            letters = _letters(node.arguments[0]) - {_index(node)}
            own = without in [Name(letter) for letter in letters]
            return but_own(node.function[1:], array, own, self.refusal)
        place = bound(without, known)
        if place is None or labels:
            raise self.refusal("which term is left out is not a number")
        here = self.shifted(place)
        after = Slice(Number(here.value + 1))
        parts = (Subscript(array, (Slice(None, here),)), Subscript(array, (after,)))
        return Call(node.function[1:], (Call("concat", (Sequence(parts),)),))

    def terms(
        self,
        node: Call,
        bounds: tuple[str, int, int],
        labels: tuple[str, ...],
        known: dict[str, int],
    ) -> Expression:
        """Return the terms written out, for bounds that are numbers."""
        letter, start, stop = bounds
        self.count += max(0, stop - start)
        if self.count >= MAX_TERMS:
            raise excess("E493", f"sums are written out up to {MAX_TERMS} terms", self.span)
        if stop < start:
            raise self.refusal("the sum has no terms")
        body, op = node.arguments[0], REDUCTIONS[node.function[1:]]
        if self.base == 0 and start == 1 and counts_from_one(body, letter, stop, self.lengths):
            start, stop = 0, stop - 1
        total = self.lower(body, labels, {**known, letter: start})
        for place in range(start + 1, stop + 1):
            term = self.lower(body, labels, {**known, letter: place})
            total = _joined(op, total, term)
        return total


def _joined(op: str, left: Expression, right: Expression) -> Expression:
    """Return `left op right`; a sum on the right is added term by term."""
    if op not in ("+", "*"):
        return Call(op, (left, right))
    rest: list[Binary] = []
    while op == "+" and isinstance(right, Binary) and right.op in ("+", "-"):
        rest.append(right)
        right = right.left
    tree = Binary(op, left, right)
    for link in reversed(rest):
        tree = Binary(link.op, tree, link.right)
    return tree


def _index(node: Call) -> str:
    letter = dict(node.keywords).get("index")
    return letter.id if isinstance(letter, Name) else ""


def _whole(node: Call) -> bool:
    """Tell whether a reduction runs over a letter without bounds, and depends on it."""
    return len(node.keywords) == 1 and _index(node) in _letters(node.arguments[0])


def _letters(node: Expression) -> frozenset[str]:
    """Return the index letters that `node` depends on from outside."""

    def combine(part: Expression, inner: list[frozenset[str]]) -> frozenset[str]:
        if isinstance(part, Name):
            return frozenset({part.id}) if part.id.startswith("\\") else frozenset()
        found = frozenset[str]().union(*inner)
        if isinstance(part, Call) and part.function == ARRAY:
            return found - {name.id for _, name in part.keywords if isinstance(name, Name)}
        if not isinstance(part, Call):
            return found
        without = dict(part.keywords).get("without") if part.function[:1] == "\\" else None
        left_out = {without.id} if isinstance(without, Name) else set[str]()
        return (found | left_out) - {_index(part)}

    return fold(node, combine)
