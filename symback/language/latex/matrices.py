"""Reading matrices, vectors and cases between `\\begin` and `\\end`."""

from __future__ import annotations

from typing import Protocol

from symback.language.faults import fault
from symback.language.latex.deltas import BESIDE
from symback.language.latex.scripts import Range
from symback.language.latex.sides import ALIGNED
from symback.language.latex.signs import Token
from symback.language.latex.tables import FONTS, MATRICES
from symback.language.latex.unsized import sized
from symback.language.latex.values import Value
from symback.language.tree import Call, Compare, Expression, Sequence, Subscript, Transpose

MAX_ENTRIES = 1_000

_OPPOSITE = {"<": ">=", ">=": "<", ">": "<=", "<=": ">", "==": "!=", "!=": "=="}
_TURNED = {"<": ">", ">": "<", "<=": ">=", ">=": "<=", "==": "==", "!=": "!="}
_OTHERWISE = frozenset(("otherwise", "else", "elsewhere", "sonst", "ansonsten"))


class Source(Protocol):
    """What is needed of the reader."""

    tokens: list[Token]
    index: int
    end: int

    def argument(self) -> Range:
        """Step over a group and return its inside."""

    def words(self, part: Range) -> str:
        """Return the signs in a range, joined."""

    def read(self, part: Range) -> Value:
        """Read a range as one value."""

    def comparison(self, part: Range) -> Value:
        """Read a range as a condition, in which an equals sign compares."""

    def compared_indices(self, part: Range) -> Expression | None:
        """Return what is 1 where two index letters compare as said in a range, None for others."""


def environment(source: Source) -> Value:
    """Read one environment: a matrix, a vector or a case distinction."""
    first = source.index
    source.index += 1
    kind = source.words(source.argument())
    if kind == "array":
        source.argument()
    start = source.index
    stop = _end(source, first)
    source.index = stop + 1
    if kind != source.words(source.argument()):
        raise fault("E221", f"`{kind}` is not closed", source.tokens[first].span)
    rows = _rows(source, start, stop)
    if kind == "cases":
        return _cases(source, rows, first)
    filled = [part for row in rows for part in row if part[0] < part[1]]
    if kind in ALIGNED and len(filled) == 1:
        return source.read(filled[0])
    if kind not in MATRICES:
        raise fault("E220", f"the environment `{kind}` is not read", source.tokens[first].span)
    return _matrix(source, rows, first)


def _end(source: Source, first: int) -> int:
    level = 0
    for index in range(first, source.end):
        level += {"\\begin": 1, "\\end": -1}.get(source.tokens[index].text, 0)
        if level == 0:
            return index
    raise fault("E221", "`\\begin` has no `\\end`", source.tokens[first].span)


def _rows(source: Source, start: int, stop: int) -> list[list[Range]]:
    """Return the cells between `start` and `stop`, row by row."""
    rows: list[list[Range]] = [[]]
    level, cell = 0, start
    for index in range(start, stop):
        text = source.tokens[index].text
        level += {"{": 1, "\\begin": 1, "}": -1, "\\end": -1}.get(text, 0)
        if level == 0 and text in ("&", "\\\\"):
            rows[-1].append((cell, index))
            cell = index + 1
            if text == "\\\\":
                rows.append([])
    if cell < stop or rows[-1]:
        rows[-1].append((cell, stop))
    return [row for row in rows if row]


def _matrix(source: Source, rows: list[list[Range]], first: int) -> Value:
    token = source.tokens[first]
    if not rows or len({len(row) for row in rows}) > 1:
        raise fault("E221", "the rows of the matrix differ in length", token.span)
    if len(rows) * len(rows[0]) > MAX_ENTRIES:
        raise fault("E221", f"a matrix has at most {MAX_ENTRIES} entries here", token.span)
    cells = [[source.read(cell) for cell in row] for row in rows]
    blocks = _blocks(cells, token)
    if blocks is not None:
        return blocks
    for value in (value for row in cells for value in row):
        if value.ndim != 0:
            raise fault("E224", "an entry of the matrix is not a scalar", value.span)
    if len(rows[0]) == 1:
        return Value(Sequence(tuple(row[0].tree for row in cells)), 1, token.span)
    if len(rows) == 1:
        return Value(Sequence(tuple(value.tree for value in cells[0])), 1, token.span, True)
    lines = (Sequence(tuple(value.tree for value in row)) for row in cells)
    return Value(Sequence(tuple(lines)), 2, token.span)


def _blocks(cells: list[list[Value]], token: Token) -> Value | None:
    """Return the matrix that row vectors above each other are, or columns side by side."""
    values = [value for row in cells for value in row]
    if len(values) < 2 or any(value.ndim != 1 for value in values):
        return None
    stances = {value.row for value in values}
    rows = Call("stack", (Sequence(tuple(value.tree for value in values)),))
    if len(cells) == len(values) and stances == {True}:
        return Value(rows, 2, token.span)
    return Value(Transpose(rows), 2, token.span) if len(cells) == 1 and stances == {False} else None


def _cases(source: Source, rows: list[list[Range]], first: int) -> Value:
    """Return `where(condition, a, b)` for cases of which the last is all that the others leave."""
    span = source.tokens[first].span
    if len(rows) < 2 or any(len(row) != 2 for row in rows):
        raise fault("E221", "two or more cases with their conditions are read", span)
    parts = [[_without_comma(source, part) for part in row] for row in rows]
    tests = [_condition(source, condition) for _, condition in parts]
    found = [source.read(value) for value, _ in parts]
    if None in tests[:-1] or not _covered(tests):
        which = "second case is not all that the first leaves"
        if len(rows) > 2:
            which = "last case is not all that the others leave"
        raise fault("E223", f"the {which}", span)
    value = found[-1]
    ndim = max(one.ndim or 0 for one in found)
    for test, one in reversed([*zip(tests[:-1], found[:-1], strict=True)]):
        left, right = sized(one, value), sized(value, one)
        assert test is not None
        value = Value(Call("where", (test, left.tree, right.tree)), ndim, span, one.row)
    return value


def _covered(tests: list[Expression | None]) -> bool:
    """Tell whether one of several conditions always holds, perhaps but for a single place."""
    if tests[-1] is None:
        return True
    if len(tests) == 2 and tests[0] is not None and _complements(tests[0], tests[1]):
        return True
    said: set[str] = set()
    for test in tests:
        if not isinstance(test, Compare) or not isinstance(tests[0], Compare):
            return False
        same = (test.left, test.right) == (tests[0].left, tests[0].right)
        turned = (test.right, test.left) == (tests[0].left, tests[0].right)
        if not same and not turned:
            return False
        said |= set((test.op if same else _TURNED[test.op]).replace("==", "="))
    return {"<", ">"} <= said and "!" not in said


def _without_comma(source: Source, part: Range) -> Range:
    """Return a cell without the comma or stop that ends it."""
    start, stop = part
    ends = stop > start and source.tokens[stop - 1].text in (",", ".", ";")
    return (start, stop - 1) if ends else part


def _condition(source: Source, part: Range) -> Expression | None:
    """Return the comparison in `part`, None for `otherwise`; words such as `if` are skipped."""
    start, stop = part
    source.index, saved = start, source.index
    while source.index < stop and source.tokens[source.index].text in FONTS:
        source.index += 1
        word = source.words(source.argument())
        if word.rstrip(".,;:") in _OTHERWISE:
            source.index = saved
            return None
        start = source.index
    source.index = saved
    return source.compared_indices((start, stop)) or source.comparison((start, stop)).tree


def _complements(test: Expression, last: Expression | None) -> bool:
    """Tell whether a comparison, of values or of indices, holds where another one does not."""
    if isinstance(test, Compare):
        opposite = Compare(_OPPOSITE[test.op], test.left, test.right)
        return last is None or last == opposite
    if not isinstance(test, Subscript) or test.value not in BESIDE:
        return False
    return last is None or last == Subscript(BESIDE[test.value], test.items)
