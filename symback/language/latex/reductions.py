"""Reading sums, products and maxima over an index."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

from symback.language.faults import fault
from symback.language.latex.deltas import ZERO, compared, only_where
from symback.language.latex.grammar import Grammar, Range
from symback.language.latex.sums import ARRAY, LAST, REDUCTIONS, reduction
from symback.language.latex.values import IDENTITY, ONE, WHERE, Value, scalar
from symback.language.tree import Binary, Call, Expression, Name, Number, Subscript
from symback.language.walks import walk

#: By how much the bound of an index is off the number that it is compared with.
_SHIFTS = {"<": -1, "\\le": 0, ">": 1, "\\ge": 0}
#: What the entries that a condition leaves out count for.
NEUTRAL = {"sum": ZERO, "prod": ONE}


class Reductions(Grammar):
    """They are kept in index notation until the whole formula has been read."""

    def reduction(self, function: str) -> Value:
        """Read `\\sum_{i=1}^{n}` or `\\max_i` and what it runs over."""
        first = self.index
        self.index += 1
        subscript, superscript, _ = self.scripts()
        if subscript is None:
            return self.over_all(function, first)
        ordered = self.ordered(subscript) if function in NEUTRAL else None
        bounds: list[Expression] = self.one_sided(subscript) if not superscript else []
        letters, start, without = ordered or self.letters(subscript, bool(bounds))
        if start:
            stop = [self.last(superscript)] if superscript else []
            bounds = [self.read(start).tree, *stop]
        elif superscript and not self.words(superscript).isalpha():
            raise fault("E225", "the index begins nowhere", self.since(first))
        if bounds and function not in REDUCTIONS:
            self.refuse(
                f"bounds of `{function}` are not read", "write `\\frac{1}{n} \\sum_{i=1}^{n}`"
            )
        moving = self.moving(letters, bounds)
        if moving is not None:
            whole = bounds[1] not in self.letters_around()
            bounds = [Number(Fraction(self.context.index_base)), bounds[1]] if whole else []
        self.deeper()
        self.context.bound.extend(letters)
        body = self.signed() if function == "sum" else self.multiplied_over(letters)
        limit = self.limited(subscript, letters, body) if ordered else moving
        del self.context.bound[-len(letters) :]
        self.depth -= 1
        own = self.entries.letters(body.ndim or 0)
        tree = self.entries.entry(body.tree, own) if own else body.tree
        if limit and tree is not None:
            tree = only_where(limit, tree, NEUTRAL[function])
        if tree is None or body.ndim is None or (own and function != "sum"):
            raise fault("E225", "what is summed over an index is not a scalar", body.span)
        for letter in reversed(letters):
            tree = reduction(function, letter, tuple(bounds), tree, without)
        if own:
            tree = Call(ARRAY, (tree,), tuple(("index", Name("\\" + letter)) for letter in own))
        return Value(tree, body.ndim, self.since(first), body.row)

    def one_sided(self, part: Range) -> list[Expression]:
        r"""Return the bounds that `i \ge 2` or `i < 3` says; the other is the end of the axis."""
        texts = [token.text for token in self.tokens[part[0] : part[1]]]
        relation = texts[1] if len(texts) == 3 else ""
        if relation not in _SHIFTS or not (texts[0].isalpha() and texts[2].isdecimal()):
            return []
        number = Number(Fraction(int(texts[2]) + _SHIFTS[relation]))
        below = relation in ("<", "\\le")
        return [Number(Fraction(self.context.index_base)), number] if below else [number, LAST]

    def moving(self, letters: list[str], bounds: list[Expression]) -> Expression | None:
        """Return the condition that a bound which is an index says: `\\sum_{i=j}^{n}`."""
        if len(letters) != 1 or len(bounds) != 2:
            return None
        start, stop = bounds
        letter = Name("\\" + letters[0])
        others = self.letters_around()
        first = Number(Fraction(self.context.index_base)), ONE
        if start in others and isinstance(stop, Number | Name) and stop not in others:
            return compared("\\ge", letter, start)
        return compared("\\le", letter, stop) if stop in others and start in first else None

    def letters_around(self) -> set[Expression]:
        """Return the index letters that other sums or the answer have."""
        return {Name("\\" + letter) for letter in (*self.context.bound, *self.context.free)}

    def multiplied_over(self, letters: list[str]) -> Value:
        """Read what a product or maximum runs over: one factor, all if the index is in the last."""
        first = self.index
        body = self.factor()
        if not self.begins_factor():
            return body
        second = self.index
        self.index = first
        body = self.neighbours()
        texts = [token.text for token in self.tokens[second : self.index]]
        if set(letters).isdisjoint(texts) or self.begins_factor():
            self.index = second
            self.refuse("how far this reaches is not clear", "put brackets around it")
        return body

    def over_all(self, function: str, first: int) -> Value:
        """Read what a sum without a subscript runs over: an array, or its only free index."""
        saved, start = self.context, self.index
        self.context = replace(saved, free=[], room=1 if not saved.free and not saved.room else 0)
        value = self.term() if function == "sum" else self.factor()
        letters, self.context = self.context.free, saved
        if value.ndim == 0 and not letters:
            raise fault("E225", "the sum has no index", self.since(first))
        tree: Expression = Call(function, (value.tree,))
        if letters and value.ndim == 0:
            tree = reduction(function, letters[0], (), value.tree)
        elif letters:
            raise fault("E225", "what is summed over an index is not a scalar", self.since(start))
        return scalar(tree, self.since(first))

    def ordered(self, part: Range) -> tuple[list[str], Range | None, Expression | None] | None:
        r"""Read `i<j`: the letters that are summed over, all that no other sum or answer has."""
        texts = [token.text for token in self.tokens[part[0] : part[1]]]
        if len(texts) != 3 or texts[1] not in WHERE or texts[0] == texts[2]:
            return None
        if not all(len(text) == 1 and text.isalpha() for text in texts[::2]):
            return None
        known = (*self.context.bound, *self.context.free)
        found = [text for text in texts[::2] if text not in known]
        if len(found) == 2 and self.context.takes(found[1]):
            found = found[:1]
        left_out = texts[1] == "\\ne" and len(found) < 2
        return (found, None, None) if found and not left_out else None

    def limited(self, part: Range, letters: list[str], body: Value) -> Expression:
        """Return the condition under a sum, 1 where two indices compare so."""
        for letter in letters:
            if Name("\\" + letter) not in walk(body.tree):
                message = f"the index `{letter}` belongs to no sum"
                hint = "write a number, or `\\sum_` over it"
                raise fault("E225", message, body.span, hint)
        first, relation, second = (token.text for token in self.tokens[part[0] : part[1]])
        span = self.tokens[part[0]].span
        one, two = (self.context.index(letter, span) for letter in (first, second))
        return compared(relation, one, two)

    def compared_indices(self, part: Range) -> Expression | None:
        """Return what is 1 where two index letters compare as said in a range, None for others."""
        tokens = self.tokens[part[0] : part[1]]
        if len(tokens) != 3 or tokens[1].text not in (*WHERE, "="):
            return None
        letters = [token.text for token in (tokens[0], tokens[2])]
        if not all(letter in self.context.bound or self.may_be_index(letter) for letter in letters):
            return None
        one, two = (self.context.index(letter, tokens[0].span) for letter in letters)
        relation = tokens[1].text
        return Subscript(IDENTITY, (one, two)) if relation == "=" else compared(relation, one, two)

    def may_be_index(self, letter: str) -> bool:
        """Tell whether a letter that no sum binds can only be an index."""
        context = self.context
        free = letter in context.free or context.takes(letter)
        return len(letter) == 1 and free and letter not in context.names

    def last(self, part: Range) -> Expression:
        """Read the upper bound; a letter that is not declared is the length of the axis."""
        texts = [token.text for token in self.tokens[part[0] : part[1]]]
        known = texts[0] in self.context.names or texts[0] in self.context.bound
        if not (texts[0].isalpha() and len(texts[0]) == 1) or known:
            return self.read(part).tree
        if texts[1:] == ["-", "1"]:
            return Binary("-", Name(texts[0]), ONE)
        return Name(texts[0]) if len(texts) == 1 else self.read(part).tree

    def letters(
        self, part: Range, bounded: bool = False
    ) -> tuple[list[str], Range | None, Expression | None]:
        """Read the subscript of a sum: its letters, where the first begins, what is left out."""
        texts = [token.text for token in self.tokens[part[0] : part[1]]]
        if bounded:
            return texts[:1], None, None
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
