"""Lengths in `shape`: dimension names, and the sizes that values give them."""

from __future__ import annotations

from collections.abc import Mapping

from symback.errors import Place
from symback.language import fold, names, parse
from symback.language.tree import Binary, Expression, Name, Negate, Number
from symback.problem.faults import Faults
from symback.problem.model import Shape
from symback.tensor.dims import Dim, dim

MAX_LENGTH = 1 << 24


def length(tree: Expression) -> int | str | None:
    """Return the length that an expression states: an integer, or the text of a polynomial.

    None if it is not made of integers, names, `+`, `-` and `*`, or is negative or too large.
    """
    value = _polynomial(tree)
    if isinstance(value, int):
        return value if 0 <= value <= MAX_LENGTH else None
    return None if value is None else str(value)


def _polynomial(tree: Expression) -> Dim | None:
    def combine(node: Expression, parts: list[Dim | None]) -> Dim | None:
        if any(part is None for part in parts):
            return None
        known = [part for part in parts if part is not None]
        match node:
            case Number(value=value):
                return int(value) if value.denominator == 1 else None
            case Name(id=name):
                return dim(name)
            case Negate():
                return -known[0]
            case Binary(op="+"):
                return known[0] + known[1]
            case Binary(op="-"):
                return known[0] - known[1]
            case Binary(op="*"):
                return known[0] * known[1]
        return None

    return fold(tree, combine)


class Dims:
    """The dimensions of one file and what its values say about them."""

    def __init__(self, sizes: Mapping[str, int | None] | None = None) -> None:
        self.sizes: dict[str, int | None] = dict(sizes or {})
        self._sources: dict[str, str] = {}
        self._later: list[tuple[str, int, str, Place | None]] = []

    def declare(self, shape: Shape) -> None:
        """Note the names that occur in a shape."""
        for entry in shape:
            if isinstance(entry, str):
                for name in sorted(names(parse(entry))):
                    self.sizes.setdefault(name, None)

    def match(
        self, name: str, shape: Shape, actual: Shape, place: Place | None, faults: Faults
    ) -> None:
        """Compare the declared shape of `name` with the one of its value."""
        if len(shape) != len(actual):
            message = f"`{name}` has {_axes(len(shape))} in `shape`, its value {_axes(len(actual))}"
            faults.add("E121", message, place, f"the value has the shape {show(actual)}")
            return
        for declared, found in zip(shape, actual, strict=True):
            if isinstance(declared, int) and declared != found:
                message = f"`{name}` has the shape {show(shape)}, its value {show(actual)}"
                faults.add("E121", message, place, f"write `shape: {_listed(actual)}`")
                return
            if isinstance(declared, str) and isinstance(found, int):
                self._bind(name, declared, found, place, faults)

    def _bind(self, name: str, text: str, found: int, place: Place | None, faults: Faults) -> None:
        if not text.isidentifier():
            self._later.append((text, found, name, place))
            return
        known = self.sizes.get(text)
        if known is None:
            self.sizes[text] = found
            self._sources[text] = name
        elif known != found:
            first = f"in `{self._sources[text]}`" if text in self._sources else "elsewhere"
            message = f"the dimension `{text}` is {known} {first} and {found} in `{name}`"
            faults.add("E122", message, place, "use two names, or values that agree")

    def settle(self, faults: Faults) -> None:
        """Solve what expressions such as `n + 1` say, once the plain names are known."""
        for text, found, name, place in self._later:
            tree = _polynomial(parse(text))
            free = [n for n in names(parse(text)) if self.sizes.get(n) is None]
            if tree is None or isinstance(tree, int):
                continue
            if len(free) == 1:
                self._solve(free[0], text, found, name)
            value = tree.at(_known(self.sizes))
            if value != found:
                what = "is not determined" if value is None else f"is {value}"
                message = f"the length `{text}` of `{name}` {what}, its value has {found}"
                faults.add("E122", message, place, "use two names, or values that agree")

    def _solve(self, free: str, text: str, found: int, name: str) -> None:
        tree = _polynomial(parse(text))
        if tree is None or isinstance(tree, int):
            return
        known = _known(self.sizes)
        at_zero, at_one = (tree.at({**known, free: size}) for size in (0, 1))
        if at_zero is not None and at_one is not None and at_one != at_zero:
            size, rest = divmod(found - at_zero, at_one - at_zero)
            if rest == 0 and size >= 0:
                self.sizes[free] = size
                self._sources[free] = name


def _known(sizes: Mapping[str, int | None]) -> dict[str, int]:
    return {name: size for name, size in sizes.items() if size is not None}


def _axes(count: int) -> str:
    return "no axes" if count == 0 else "1 axis" if count == 1 else f"{count} axes"


def show(shape: Shape) -> str:
    """Return a shape as people write it: `(3, n)`, `()` for a scalar."""
    return "(" + ", ".join(map(str, shape)) + ("," if len(shape) == 1 else "") + ")"


def _listed(shape: Shape) -> str:
    return "[" + ", ".join(map(str, shape)) + "]"
