"""Answer sheets: what a person derived, kept as written until it is judged."""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path

from symback.errors import Place
from symback.problem.answers import Answer
from symback.problem.faults import Faults
from symback.problem.fields import read_fields
from symback.problem.formulas import Reader
from symback.problem.keys import ANSWER
from symback.problem.load import read_text
from symback.problem.nodes import Entries, Items, Node, Scalar, is_broken
from symback.problem.requests import read_amount, read_tolerance, split_part
from symback.problem.yaml_source import read_yaml

_KEYS = frozenset(key.name for key in ANSWER)
_SHEET_TEXTS = ("title", "student", "note")


@dataclass(frozen=True, slots=True)
class Sheet:
    """All answers of one person, in the order of derivation."""

    file: str
    answers: tuple[Answer, ...]
    title: str | None = None
    student: str | None = None
    note: str | None = None


def load_sheet(path: str | Path) -> Sheet:
    """Return the answer sheet in a file; `-` is standard input.

    Raises: InputError with every fault of form, LimitError beyond the limits, OSError.
    """
    return load_sheet_text(read_text(str(path)), str(path))


def load_sheet_text(text: str, file: str = "<text>") -> Sheet:
    """Return the answer sheet that `text` holds; answers that make no sense are no faults."""
    faults = Faults()
    root = read_yaml(text, file, faults)
    sheet = Sheet(file, ())
    if root is not None:
        sheet = _SheetReader(faults).sheet(root, file)
    elif not len(faults):
        hint = "begin with `answers:`"
        faults.add("E104", "the file is empty", Place(file, 1, 1), hint)
    faults.stop()
    return sheet


class _SheetReader:
    """Reads the three forms in which answers may be listed."""

    def __init__(self, faults: Faults) -> None:
        self._faults = faults
        self._reader = Reader(faults)

    def sheet(self, root: Node, file: str) -> Sheet:
        """Return the sheet, after noting every fault of form."""
        fields = read_fields(root, "sheet", self._faults) or {}
        texts = {key: self._reader.text(fields[key], key) for key in _SHEET_TEXTS if key in fields}
        answers = self._answers(fields["answers"]) if "answers" in fields else []
        return Sheet(file, tuple(answers), **texts)

    def _answers(self, node: Node) -> list[Answer]:
        if isinstance(node, Items):
            return [answer for item in node.items for answer in self._item(item, None)]
        if not isinstance(node, Entries):
            if not is_broken(node):
                hint = "write `- dL_dx: 2*x`, a dash before every answer"
                self._faults.add("E111", "`answers` is a list", node.place(), hint)
            return []
        found: list[Answer] = []
        for key, value in node.entries:
            if isinstance(value, Items) and any(isinstance(x, Entries) for x in value.items):
                found += [a for item in value.items for a in self._item(item, key.text)]
            else:
                found.append(self._answer(key, value, None))
        return found

    def _item(self, node: Node, part: str | None) -> list[Answer]:
        """Return the answers of one entry of a list: mostly one."""
        if not isinstance(node, Entries):
            if not is_broken(node):
                hint = "write `- dL_dx: 2*x`"
                message = "an answer has a quantity and a value"
                self._faults.add("E111", message, node.place(), hint)
            return []
        if not any(key.text in _KEYS for key, _ in node.entries):
            return [self._answer(key, value, part) for key, value in node.entries]
        fields = read_fields(node, "answer", self._faults) or {}
        if "quantity" not in fields or "answer" not in fields:
            return []
        key = fields["quantity"]
        if self._reader.text(key, "quantity") is None or not isinstance(key, Scalar):
            return []
        means = self._reader.text(fields["means"], "means") if "means" in fields else None
        amount, tolerance = fields.get("points"), fields.get("tolerance")
        points = None if amount is None else read_amount(amount, "points", self._reader)
        allowed = None if tolerance is None else read_tolerance(tolerance, self._reader)
        answer = self._answer(key, fields["answer"], part)
        return [replace(answer, means=means, points=points, tolerance=allowed)]

    def _answer(self, key: Scalar, node: Node, part: str | None) -> Answer:
        prefix, quantity = split_part(key)
        if isinstance(node, Entries):
            hint = "quote it" if node.flow else "write a number, a list or an expression"
            self._faults.add("E111", "an answer is no mapping", node.place(), hint)
        return Answer(quantity, node, prefix or part)
