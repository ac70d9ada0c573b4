"""Reading scalars and lists of the file as expressions and values, with every fault noted."""

from __future__ import annotations

from dataclasses import replace

from symback.errors import Diagnostic, LimitError, Span, SymbackError
from symback.language import parse
from symback.language.tree import Expression, Number, Sequence
from symback.problem.faults import Faults, shortened
from symback.problem.fields import was_cut
from symback.problem.indices import from_one
from symback.problem.model import Formula, Value
from symback.problem.nodes import Entries, Items, Node, Scalar, is_broken
from symback.problem.numbers import GROUPED, NOT_FINITE, TOO_LONG, is_decimal, meaning
from symback.problem.powers import bound_powers


class Reader:
    """Reads the nodes of one file; what cannot be read is noted and comes out as None."""

    def __init__(self, faults: Faults, index_base: int = 0) -> None:
        self.faults = faults
        self.index_base = index_base

    def text(self, node: Node, key: str) -> str | None:
        """Return the text of a scalar, as written."""
        if is_broken(node):
            return None
        if not isinstance(node, Scalar):
            self.faults.add("E111", f"`{key}` is a text", node.place(), "write it on one line")
            return None
        return node.text

    def formula(self, node: Node, key: str) -> Formula | None:
        """Return an expression; a list is a vector of expressions, of one text."""
        if isinstance(node, Scalar):
            tree = self.tree(node, key)
            if tree is None:
                return None
            return Formula(node.text, tree, ((0, len(node.text) + 1, node),), node)
        if isinstance(node, Entries):
            self.faults.add("E111", f"`{key}` is an expression", node.place(), _quote(node))
            return None
        return self._vector(node, key)

    def _vector(self, node: Items, key: str) -> Formula | None:
        """Parse each entry by itself, for its faults, then all of them as one text."""
        pieces: list[str] = []
        origin: list[tuple[int, int, Scalar]] = []
        if not self._compose(node, key, pieces, origin):
            return None
        text = "".join(pieces)
        tree = self._parse(text, node)
        return None if tree is None else Formula(text, tree, tuple(origin), node)

    def _compose(
        self, node: Items, key: str, pieces: list[str], origin: list[tuple[int, int, Scalar]]
    ) -> bool:
        good = self._not_empty(node, key)
        pieces.append("[")
        for count, item in enumerate(node.items):
            pieces.append(", " if count else "")
            if isinstance(item, Items):
                good = self._compose(item, key, pieces, origin) and good
            elif isinstance(item, Entries):
                message = f"an entry of `{key}` is an expression"
                self.faults.add("E111", message, item.place(), _quote(item))
                good = False
            else:
                good = self.tree(item, key) is not None and good
                start = sum(map(len, pieces))
                origin.append((start, start + len(item.text) + 1, item))
                pieces.append(item.text)
        pieces.append("]")
        return good

    def tree(self, node: Scalar, key: str) -> Expression | None:
        """Return the tree of one scalar, numbers with the digits as written."""
        if is_broken(node):
            return None
        found = meaning(node)
        if isinstance(found, Number):
            return replace(found, span=Span(0, len(node.text)))
        if found is None or not node.text.strip():
            hint = "write a number or an expression behind it"
            self.faults.add("E111", f"`{key}` has no value", node.place(), hint)
            return None
        if self._refused(node):
            return None
        return self._parse(node.text, node)

    def _refused(self, node: Scalar) -> bool:
        """Note texts that other readers of YAML take for numbers."""
        text = node.text.strip()
        if is_decimal(text) and node.style == "plain":
            limit = Diagnostic("E107", TOO_LONG, place=node.place())
            self.faults.note(limit, limit=True)
        elif NOT_FINITE.fullmatch(text):
            hint = "infinity and NaN are not values"
            self.faults.add("E115", f"`{text}` is not a finite number", node.place(), hint)
        elif GROUPED.fullmatch(text):
            hint = f"write `{text.replace('_', '')}`"
            self.faults.add("E115", f"`{text}` is not a number", node.place(), hint)
        else:
            return False
        return True

    def _parse(self, text: str, node: Node) -> Expression | None:
        try:
            tree = parse(text)
            if "**" in text:
                bound_powers(tree)
            return from_one(tree) if self.index_base == 1 else tree
        except SymbackError as error:
            limit = isinstance(error, LimitError)
            for diagnostic in error.diagnostics:
                place = node.place(diagnostic.span)
                if not limit and isinstance(node, Scalar) and was_cut(node):
                    message = f"YAML cuts this expression to `{shortened(text)}`"
                    hint = "an expression with brackets inside a YAML list or mapping: quote it"
                    diagnostic = Diagnostic("E114", message, hint, diagnostic.span)
                self.faults.note(diagnostic.at(place), limit)
            return None

    def value(self, node: Node, key: str) -> Value | None:
        """Return a number, an expression, or nested tuples of them for a list."""
        if isinstance(node, Scalar):
            tree = self.tree(node, key)
            return None if tree is None else _unpacked(tree)
        if isinstance(node, Entries):
            message = f"an entry of `{key}` is a number, an expression or a list"
            self.faults.add("E111", message, node.place())
            return None
        if not self._not_empty(node, key):
            return None
        read = [self.value(item, key) for item in node.items]
        entries = tuple(entry for entry in read if entry is not None)
        return entries if len(entries) == len(read) else None

    def _not_empty(self, node: Items, key: str) -> bool:
        if not node.items:
            hint = "write its entries, or declare it by `shape`"
            self.faults.add("E116", f"a list in `{key}` is empty", node.place(), hint)
        return bool(node.items)


def _unpacked(tree: Expression) -> Value:
    if isinstance(tree, Sequence):
        return tuple(_unpacked(item) for item in tree.items)
    return tree


def _quote(node: Entries) -> str:
    raw = node.source.text[node.start : node.end]
    return f"quote it: `'{raw}'`" if node.flow and "\n" not in raw else "write it on one line"
