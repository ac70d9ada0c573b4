"""What is said about a graded answer, in the notation of its problem: text, LaTeX, HTML alike."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from fractions import Fraction

from symback.check.answers.verdicts import (
    CORRECT,
    FOLLOW,
    ROUNDING,
    UNREAD,
    WRONG,
    Judgement,
    Report,
    Ungraded,
)
from symback.errors import SymbackError
from symback.explain.solution import Solution
from symback.language import fold, parse, rebuild, write
from symback.language.tree import Expression, Number, Slice, Subscript
from symback.render.formulas import Formulas

#: Signs of the verdicts, and what they are called for a person.
SIGNS = {CORRECT: "✓", ROUNDING: "≈", FOLLOW: "→", WRONG: "✗", UNREAD: "?"}
WORDS = {
    CORRECT: "right",
    ROUNDING: "right but for rounding",
    FOLLOW: "follows from an earlier mistake",
    WRONG: "wrong",
    UNREAD: "not understood",
}
#: Explanations of one answer that are named besides the first.
OTHERWISE = "or, as well: "


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of a sentence: plain words, or a formula with the text it was written as."""

    text: str
    formula: Expression | None = None


def pieces(sentence: str) -> Iterator[Piece]:
    """Cut a sentence at its backticks: every second stretch is a formula."""
    for k, text in enumerate(sentence.split("`")):
        if not text:
            continue
        yield Piece(text, _parsed(text) if k % 2 else None)


def _parsed(text: str) -> Expression | None:
    try:
        return parse(text)
    except SymbackError:
        return None


def remarks(one: Judgement) -> list[str]:
    """Return the sentences about one answer, formulas between backticks."""
    found = []
    if one.finding is not None:
        found.append(one.finding.message)
        if one.finding.others:
            kinds = ", ".join(kind.replace("_", " ") for kind in one.finding.others)
            found.append(OTHERWISE + kinds)
        if one.finding.repair is not None and one.verdict == WRONG:
            left, equals, right = one.finding.repair.partition(" = ")
            right = f"`{left}` = `{right}`" if equals else f"`{left}`"
            found.append("right: " + right)
    elif one.note:
        found.append(one.note)
    return found


def score(points: Fraction) -> str:
    """Return points as people write them."""
    return str(points.numerator) if points.denominator == 1 else f"{float(points):g}"


def title_of(report: Report, solution: Solution) -> str:
    """Return whose sheet it is, else what it is called."""
    return report.student or report.title or solution.problem.title or report.sheet


@dataclass(frozen=True, slots=True)
class Mistake:
    """What several sheets have wrong in the same way: an example of it, and how many they are."""

    example: Judgement
    kind: str
    sheets: int

    @property
    def sentence(self) -> str:
        """What is wrong, with formulas between backticks; empty where that is not known."""
        finding = self.example.finding
        known = finding is not None and finding.kind not in ("unknown", UNREAD)
        return finding.message if known and finding is not None else ""

    @property
    def word(self) -> str:
        """The kind for a person."""
        return {"unknown": "wrong", UNREAD: WORDS[UNREAD]}.get(
            self.kind, self.kind.replace("_", " ")
        )


def common(reports: Iterable[Report]) -> list[Mistake]:
    """Return every mistake, the most frequent first, with what is said of it most often."""
    found: dict[tuple[str, str], dict[str, Judgement]] = {}
    counts: Counter[tuple[str, str]] = Counter()
    messages: Counter[tuple[str, str, str]] = Counter()
    for report in reports:
        seen = set()
        for one in report.answers:
            kind = _kind(one)
            if kind is None:
                continue
            key, message = (about(one), kind), one.finding.message if one.finding else ""
            seen.add(key)
            found.setdefault(key, {}).setdefault(message, replace(one, quantity=key[0]))
            messages[*key, message] += 1
        counts.update(seen)
    ranked = sorted(counts.items(), key=lambda item: (-item[1], item[0]))
    return [
        Mistake(max(found[key].items(), key=lambda item: messages[*key, item[0]])[1], key[1], count)
        for key, count in ranked
    ]


def about(one: Judgement) -> str:
    """Return the quantity of the problem that an answer is about, else its own name."""
    part, dot, written = one.quantity.rpartition(".")
    own = one.name is not None and written.partition("[")[0] != one.name
    return f"{part}{dot}{one.name}" if own else one.quantity


def _kind(one: Judgement) -> str | None:
    if one.verdict == WRONG and one.finding is not None:
        return one.finding.kind
    return UNREAD if one.verdict == UNREAD else None


def reason(sheet: Ungraded) -> str:
    """Return why a sheet could not be graded, in one clause."""
    first = sheet.faults[0]
    where = f"line {first.place.line}: " if first.place is not None and first.place.text else ""
    return where + first.message


def counted(sentence: str, base: int) -> str:
    """Return a sentence whose formulas count indices from `base`, as the problem file does."""
    if not base:
        return sentence
    return "".join(
        piece.text if piece.formula is None else f"`{write(fold(piece.formula, _from_one))}`"
        for piece in pieces(sentence)
    )


def _from_one(node: Expression, parts: list[Expression]) -> Expression:
    found = rebuild(node, parts) if parts else node
    if isinstance(found, Subscript):
        return replace(found, items=tuple(map(_next, found.items)))
    return found


def _next(item: Expression) -> Expression:
    match item:
        case Number(value):
            return Number(value + 1)
        case Slice(Number(value), stop, step):
            return Slice(Number(value + 1), stop, step)
    return item


def in_text(sentence: str, formulas: Formulas) -> str:
    """Return a sentence with its formulas in Unicode."""
    return "".join(
        piece.text if piece.formula is None else formulas.text(piece.formula)
        for piece in pieces(sentence)
    )
