"""Reading sums, products and maxima over an index."""

from __future__ import annotations

from symback.language.faults import fault
from symback.language.latex.grammar import Grammar, Range
from symback.language.latex.sums import ARRAY, reduction
from symback.language.latex.values import ONE, Value, scalar
from symback.language.tree import Binary, Call, Expression, Name


class Reductions(Grammar):
    """They are kept in index notation until the whole formula has been read."""

    def reduction(self, function: str) -> Value:
        """Read `\\sum_{i=1}^{n}` or `\\max_i` and what it runs over."""
        first = self.index
        self.index += 1
        subscript, superscript, _ = self.scripts()
        if subscript is None:
            value = self.term() if function == "sum" else self.factor()
            if value.ndim == 0:
                raise fault("E225", "the sum has no index", self.since(first))
            return scalar(Call(function, (value.tree,)), self.since(first))
        letters, start, without = self.letters(subscript)
        bounds: list[Expression] = []
        if start:
            stop = [self.last(superscript)] if superscript else []
            bounds = [self.read(start).tree, *stop]
        elif superscript and not self.words(superscript).isalpha():
            raise fault("E225", "the index begins nowhere", self.since(first))
        self.deeper()
        self.context.bound.extend(letters)
        body = self.signed() if function == "sum" else self.factor()
        if function != "sum" and self.begins_factor():
            self.refuse("how far this reaches is not clear", "put brackets around it")
        del self.context.bound[-len(letters) :]
        self.depth -= 1
        own = self.entries.letters(body.ndim or 0)
        tree = self.entries.entry(body.tree, own) if own else body.tree
        if tree is None or body.ndim is None or (own and function != "sum"):
            raise fault("E225", "what is summed over an index is not a scalar", body.span)
        for letter in reversed(letters):
            tree = reduction(function, letter, tuple(bounds), tree, without)
        if own:
            tree = Call(ARRAY, (tree,), tuple(("index", Name("\\" + letter)) for letter in own))
        return Value(tree, body.ndim, self.since(first), body.row)

    def last(self, part: Range) -> Expression:
        """Read the upper bound; a letter that is not declared is the length of the axis."""
        texts = [token.text for token in self.tokens[part[0] : part[1]]]
        if not (texts[0].isalpha() and len(texts[0]) == 1) or texts[0] in self.context.names:
            return self.read(part).tree
        if texts[1:] == ["-", "1"]:
            return Binary("-", Name(texts[0]), ONE)
        return Name(texts[0]) if len(texts) == 1 else self.read(part).tree

    def letters(self, part: Range) -> tuple[list[str], Range | None, Expression | None]:
        """Read the subscript of a sum: its letters, where the first begins, what is left out."""
        texts = [token.text for token in self.tokens[part[0] : part[1]]]
        if (
            texts[1:2] == ["\\ne"]
            and len(texts) == 3
            and texts[2] != texts[0]
            and texts[2].isalnum()
        ):
            (letter,), _, _ = self.letters((part[0], part[0] + 1))
            return [letter], None, self.context.index(texts[-1], self.tokens[part[1] - 1].span)
        if "=" in texts:
            mark = texts.index("=")
            texts, start = texts[:mark], (part[0] + mark + 1, part[1])
        else:
            start = None
        letters = [text for text in texts if text != ","]
        known = letters and all(len(text) == 1 and text.isalpha() for text in letters)
        if not known or (start and len(letters) > 1) or len(set(letters)) < len(letters):
            span = self.tokens[part[0]].span
            raise fault("E225", "the subscript of this sum is not read", span, "write `i=1`")
        return letters, start, None
