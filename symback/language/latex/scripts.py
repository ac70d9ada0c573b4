"""Moving over tokens, and reading symbols with their accents, subscripts and superscripts."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import NoReturn

from symback.errors import Span
from symback.language.faults import excess, fault
from symback.language.latex.alternatives import READINGS, Taken
from symback.language.latex.entries import Entries
from symback.language.latex.signs import Token
from symback.language.latex.symbols import Context, Piece, Symbol, spellings
from symback.language.latex.tables import ACCENTS, FONTS, LETTERS
from symback.language.tokens import MAX_NAME
from symback.language.tree import Binary, Expression, Name, Slice

MAX_DEPTH = 60
MAX_SUBSCRIPT = 40

#: Signs for a whole axis among subscripts.
_WHOLE = frozenset((":", "\\cdot", "\\bullet"))

Range = tuple[int, int]


class Scanner:
    """The tokens of one formula, the range being read, the brackets open around it.

    `loose` tells that a vector of ones or an identity without a size has been read, `beside` that
    the next factor stands behind another.
    """

    def __init__(self, tokens: list[Token], context: Context) -> None:
        self.tokens = tokens
        self.context = context
        self.entries = Entries(context.ndim)
        self.index = 0
        self.end = len(tokens) - 1
        self.depth = 0
        self.open = [""]
        self.loose = self.beside = False
        self.taken: Taken = {}
        self.asked: dict[str, tuple[str, ...]] = {}

    # ---- places ------------------------------------------------------------------------------

    @property
    def peek(self) -> str:
        """The next token, empty at the end of the range."""
        return self.tokens[self.index].text if self.index < self.end else ""

    @property
    def here(self) -> Span:
        """Where the next token stands."""
        return self.tokens[self.index].span

    def since(self, first: int) -> Span:
        """From token `first` to the last one read."""
        return Span(self.tokens[first].start, self.tokens[max(first, self.index - 1)].end)

    def take(self, text: str) -> None:
        """Step over one token, which must be `text`."""
        if self.peek != text:
            found = f"found `{self.peek}`" if self.peek else "found the end"
            raise fault("E221", f"`{text}` is expected, {found}", self.here)
        self.index += 1

    def refuse(self, message: str, hint: str | None = None) -> NoReturn:
        """Raise E221 at the next token."""
        raise fault("E221", message, self.here, hint)

    @contextmanager
    def within(self, part: Range) -> Iterator[None]:
        """Read the tokens of `part`, all of them, then go on where the reader was."""
        saved = self.index, self.end
        self.index, self.end = part
        self.open.append("")
        self.deeper()
        yield
        if self.index < self.end:
            self.refuse(f"`{self.peek}` is not understood here")
        self.depth -= 1
        self.open.pop()
        self.index, self.end = saved

    def deeper(self) -> None:
        """Enter a group; raise LimitError E492 beyond 60 of them."""
        self.depth += 1
        if self.depth > MAX_DEPTH:
            raise excess("E492", f"the formula is nested more than {MAX_DEPTH} deep", self.here)

    def way(self, kind: str, ways: tuple[str, ...] = ()) -> str:
        """Return how something ambiguous is to be read, empty where that is not said."""
        self.asked[kind] = ways or READINGS[kind].ways
        return self.taken.get(kind, "")

    # ---- groups ------------------------------------------------------------------------------

    def argument(self) -> Range:
        """Step over `{...}` or one token (with the group of its command); return its inside."""
        first = self.index
        text = self.peek
        if text == "{":
            self.index = self.closing(first)
            return first + 1, self.index - 1
        if text in ("", "}", "_", "^", "&", "\\\\"):
            self.refuse("an argument is missing")
        if len(text) > 1 and text[0].isdigit():
            self.refuse(f"`{text}` without braces counts as its first digit", f"write `{{{text}}}`")
        while self.peek in FONTS or self.peek in ACCENTS:
            self.index += 1
        if self.index == self.end:
            self.refuse("an argument is missing")
        self.index = self.closing(self.index) if self.peek == "{" else self.index + 1
        return first, min(self.index, self.end)

    def closing(self, first: int) -> int:
        """Return the index behind the brace that closes the one at `first`."""
        level = 0
        for index in range(first, self.end):
            level += {"{": 1, "}": -1}.get(self.tokens[index].text, 0)
            if level == 0:
                return index + 1
        raise fault("E221", "`{` is not closed", self.tokens[first].span, "add `}`")

    def words(self, part: Range) -> str:
        """Return the tokens of `part` joined, without braces; `\\_` is an underscore."""
        texts = (token.text for token in self.tokens[part[0] : part[1]])
        return "".join("_" if text == "\\_" else text for text in texts if text not in "{}")

    def plain(self, part: Range) -> str:
        """Return the word in `part`, empty if anything but letters, digits and `_` is there."""
        word = self.words(part)
        return word if word.replace("_", "").isalnum() else ""

    # ---- symbols -----------------------------------------------------------------------------

    def begins_symbol(self) -> bool:
        """Tell whether a letter comes next, perhaps under an accent or in a font."""
        text = self.peek
        return text.isalpha() or text in LETTERS or text in ACCENTS or text in FONTS

    def grouped_letter(self) -> bool:
        """Tell whether braces around one letter come next, with a script behind: `{\\bf W}_2`."""
        if self.peek != "{":
            return False
        stop = self.closing(self.index)
        inside = [token.text for token in self.tokens[self.index + 1 : stop - 1]]
        letters = [text for text in inside if text not in FONTS]
        after = self.tokens[stop].text
        return len(letters) == 1 and after in ("_", "^") and self.is_letter(letters[0])

    @staticmethod
    def is_letter(text: str) -> bool:
        """Tell whether a token is a letter, Latin or Greek."""
        return text.isalpha() or text in LETTERS

    def symbol(self) -> Symbol:
        """Read a letter with all that belongs to it; its exponent is left for the caller."""
        first = self.index
        letters, endings, pieces = self.letter()
        subscript, superscript, primes = self.scripts()
        layers = 0
        if superscript and (stop := self.layer(superscript)):
            pieces += (self.words((superscript[0], stop)).strip("()[]"),)
            superscript = (stop, superscript[1]) if stop < superscript[1] else None
            layers = len(pieces)
        elif superscript and self.words(superscript) == "*":
            endings, superscript = tuple(end + "_star" for end in endings), None
        if subscript:
            pieces += self.pieces(subscript)
        span = self.since(first)
        return Symbol(letters, span, endings, pieces, layers, superscript, primes)

    def letter(self) -> tuple[tuple[str, ...], tuple[str, ...], tuple[Piece, ...]]:
        """Read the letter alone: its spellings, the endings by accents, subscripts inside."""
        text = self.peek
        if text in ACCENTS or text in FONTS or text == "{":
            self.index += text != "{"
            part = self.argument()
            word = self.plain(part)
            if text in FONTS and len(word) > 1:
                return (word,), ("",), ()
            with self.within(part):
                inner = self.symbol()
            if inner.exponent or inner.primes:
                self.refuse("an exponent inside an accent is not read")
            added = ACCENTS.get(text, ("",))
            endings = tuple(old + new for old in inner.endings for new in added)
            return inner.letters, endings, inner.pieces
        letters = spellings(text, self.context.names)
        if not (text in LETTERS or text.isalpha()):
            self.refuse(f"a name is expected, found `{text}`")
        self.index += 1
        return self.run(letters), ("",), ()

    def run(self, letters: tuple[str, ...]) -> tuple[str, ...]:
        """Extend a plain letter to a declared name of several characters, such as `W1`."""
        first = self.index - 1
        last, word, best = first, "", first + 1
        names = self.context.names
        while last < self.end and len(word) < MAX_NAME and self.tokens[last].text.isalnum():
            if last > first and self.tokens[last].start != self.tokens[last - 1].end:
                break
            word += self.tokens[last].text
            last += 1
            if word in names and len(word) > 1:
                best = last
        if best == first + 1:
            return letters
        word = "".join(token.text for token in self.tokens[first:best])
        if all(token.text in names for token in self.tokens[first:best]):
            span = Span(self.tokens[first].start, self.tokens[best - 1].end)
            message = f"`{word}` is a name and also a product of names"
            raise fault("E223", message, span, f"write `\\mathrm{{{word}}}` for the name")
        self.index = best
        return (word,)

    def scripts(self) -> tuple[Range | None, Range | None, int]:
        """Read `_`, `^` and primes in any order: the inside of the two, the number of primes."""
        found: dict[str, Range] = {}
        primes = 0
        while self.peek in ("_", "^", "'"):
            mark = self.peek
            self.index += 1
            if mark == "'":
                primes += 1
            elif mark in found:
                self.index -= 1
                self.refuse(f"a second `{mark}` follows the first", "use braces")
            else:
                found[mark] = self.argument()
                above = self.words(found[mark])
                if mark == "^" and above and not above.strip("'"):
                    del found[mark]
                    primes += len(above)
        return found.get("_"), found.get("^"), primes

    def layer(self, part: Range) -> int:
        """Return what is behind the number of a layer, `(2)` or `[2]`: nothing or `T`; else 0."""
        for stop in range(part[0] + 3, part[1] + 1):
            word = self.words((part[0], stop))
            if word[:1] + word[-1:] in ("()", "[]") and word[1:-1].isalnum():
                return stop if self.words((stop, part[1])) in ("", "\\top", "T") else 0
        return 0

    def pieces(self, part: Range) -> tuple[Piece, ...]:
        """Return the subscripts in `part`: words, digits, or formulas of index letters."""
        found: list[Piece] = []
        first = part[0]
        if part[1] - first > MAX_SUBSCRIPT:
            self.refuse("the subscript is too long")
        for index in range(part[0], part[1] + 1):
            text = self.tokens[index].text if index < part[1] else ","
            if text not in _WHOLE and text != ",":
                continue
            if first < index or (text == "," and not isinstance((found or [""])[-1], Slice)):
                found.append(self.piece((first, index)))
            found += [Slice()] if text in _WHOLE else []
            first = index + 1
        return tuple(found)

    def piece(self, part: Range) -> Piece:
        """Return one subscript."""
        word = "".join(_spelled(token.text) for token in self.tokens[part[0] : part[1]])
        if word.replace("_", "").isalnum():
            return word
        with self.within(part):
            return self.formula()

    def formula(self) -> Expression:
        """Read a sum of index letters and numbers such as `i + 1`."""
        tree = self.term_of_index()
        while self.peek in ("+", "-"):
            op = self.peek
            self.index += 1
            tree = Binary(op, tree, self.term_of_index())
        return tree

    def term_of_index(self) -> Expression:
        """Read one index letter, a declared size, or a number."""
        text, span = self.peek, self.here
        if not text.isalnum():
            what = f"`{text}` is not read in a subscript" if text else "a subscript is missing"
            self.refuse(what)
        self.index += 1
        if text in self.context.names and text not in self.context.bound:
            return Name(text, span)
        return self.context.index(text, span)


def _spelled(text: str) -> str:
    """Return a token as it stands in the name of a declared value."""
    if text in ("{", "}") or text in FONTS:
        return ""
    if text in LETTERS:
        return LETTERS[text][0]
    return {"\\_": "_", "\\max": "max", "\\min": "min", "*": "star"}.get(text, text)
