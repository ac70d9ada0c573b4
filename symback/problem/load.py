"""Loading a problem file: text to nodes to a checked `Problem`, all faults reported at once."""

from __future__ import annotations

import re
import sys
from collections.abc import Collection, Mapping
from pathlib import Path

from symback.errors import Diagnostic, InputError, Place
from symback.problem.cycles import check_cycles
from symback.problem.facts import check_facts
from symback.problem.faults import Faults
from symback.problem.fields import read_fields, without_rests
from symback.problem.formulas import Reader
from symback.problem.given import GivenReader
from symback.problem.model import Problem, Request, Step
from symback.problem.names import Scope, check_clashes, check_name, uses
from symback.problem.nodes import Entries, Items, Node, Scalar, is_broken
from symback.problem.overrides import with_overrides
from symback.problem.requests import read_request
from symback.problem.yaml_source import MAX_BYTES, read_yaml

_PAIR = re.compile(r"(?P<name>[^\W\d]\w*)\s*=?\s*(?P<value>.*)")
_TEXTS = ("title", "source", "note")


def load(
    path: str | Path, functions: Collection[str] = (), overrides: Mapping[str, str] | None = None
) -> Problem:
    """Return the problem in a file; `-` is standard input.

    `functions` are the names that formulas may call; without them calls are not checked.
    `overrides` are texts of values that replace given ones.
    Raises: InputError with every fault, LimitError for a file beyond the limits, OSError.
    """
    name = str(path)
    text = read_text(name)
    folder = None if name == "-" else Path(name).parent
    return load_text(text, name, functions, folder, overrides)


def read_text(name: str) -> str:
    """Return the UTF-8 text of a file, or of standard input for `-`; at most 1 MiB and a byte.

    Raises: InputError E105 for bytes that are not UTF-8, OSError.
    """
    if name == "-":
        content = sys.stdin.buffer.read(MAX_BYTES + 1)
    else:
        with open(name, "rb") as file:
            content = file.read(MAX_BYTES + 1)
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        if error.start > MAX_BYTES - 4:
            return content.decode("utf-8-sig", "replace")
        before = content[: error.start].decode("utf-8", "replace")
        line = before.count("\n") + 1
        column = len(before) - before.rfind("\n")
        place = Place(name, line, column)
        hint = "save the file as UTF-8"
        fault = Diagnostic("E105", "the file is not UTF-8 text", hint, place=place)
        raise InputError(fault) from error


def load_text(
    text: str,
    file: str = "<text>",
    functions: Collection[str] = (),
    folder: Path | None = None,
    overrides: Mapping[str, str] | None = None,
) -> Problem:
    """Return the problem that `text` states; `folder` is where its value files are.

    Raises: InputError with every fault of the text, LimitError beyond the limits.
    """
    faults = Faults()
    root = read_yaml(text, file, faults)
    problem = Problem(file)
    if root is not None:
        problem = _Loader(file, faults, folder, overrides or {}).problem(root, functions)
    elif not len(faults):
        hint = "begin with `given:`, or see `symback new`"
        faults.add("E104", "the file is empty", Place(file, 1, 1), hint)
    faults.stop()
    return problem


def _pairs_hint(node: Node, section: str) -> str:
    """Return how the names under `given` or `define` are written, in the words found there."""
    form = "value" if section == "given" else "expression"
    if isinstance(node, Items):
        return f"write lines `name: {form}` without dashes or brackets"
    found = _PAIR.match(node.text) if isinstance(node, Scalar) else None
    if found is None:
        return f"write lines `name: {form}` under it, indented by two spaces"
    value = found["value"] or ("{shape: []}" if section == "given" else "...")
    return f"write `{found['name']}: {value}` on a line under it, indented by two spaces"


class _Loader:
    """Reads the top level of one file; the sections have readers of their own."""

    def __init__(
        self, file: str, faults: Faults, folder: Path | None, overrides: Mapping[str, str]
    ) -> None:
        self.file = file
        self.overrides = overrides
        self.faults = faults
        self.folder = folder
        self.reader = Reader(faults)

    def problem(self, root: Node, functions: Collection[str]) -> Problem:
        """Return what could be read of the problem, after noting everything that is wrong."""
        fields = read_fields(root, "problem", self.faults)
        if fields is None:
            return Problem(self.file)
        base = self._index_base(fields.get("index_base"))
        self.reader = Reader(self.faults, base)
        texts = {key: self.reader.text(fields[key], key) for key in _TEXTS if key in fields}
        given_reader = GivenReader(Reader(self.faults), self.folder)
        given_keys = self._keys(fields.get("given"), "given")
        given_keys = with_overrides(given_keys, self.overrides, self.faults)
        given = {key.text: given_reader.read(key.text, node) for key, node in given_keys}
        given_reader.dims.settle(self.faults)
        for entry in given.values():
            check_facts(entry, base, self.faults)
        step_keys = self._keys(fields.get("define"), "define")
        define = self._steps(step_keys)
        if "define" not in fields and "find" not in fields and "given" in fields:
            hint = "add `define:` with formulas, `find:` with what is asked"
            self.faults.add("E112", "there is neither `define` nor `find`", root.place(), hint)
        find = self._requests(fields.get("find"), define)
        problem = Problem(
            self.file,
            **texts,
            index_base=base,
            given=given,
            define=define,
            find=find,
            dims=given_reader.dims.sizes,
        )
        keys = {key.text: key for key, _ in given_keys}, {key.text: key for key, _ in step_keys}
        self._check_names(problem, keys, functions)
        return problem

    def _index_base(self, node: Node | None) -> int:
        if node is None or is_broken(node):
            return 0
        if isinstance(node, Scalar) and node.text in ("0", "1"):
            return int(node.text)
        self.faults.add("E111", "`index_base` is 0 or 1", node.place())
        return 0

    def _keys(self, node: Node | None, section: str) -> list[tuple[Scalar, Node]]:
        """Return the entries of `given` or `define` that have a proper name."""
        if node is None or is_broken(node):
            return []
        if not isinstance(node, Entries) or not node.entries:
            what = "values" if section == "given" else "expressions"
            message = f"`{section}` is a mapping of names to {what}"
            self.faults.add("E111", message, node.place(), _pairs_hint(node, section))
            return []
        known = [self._is_own(key, value, section) for key, value in node.entries]
        entries = [entry for entry, own in zip(node.entries, known, strict=True) if own]
        return [entry for entry in without_rests(entries) if check_name(entry[0], self.faults)]

    def _is_own(self, key: Scalar, value: Node, section: str) -> bool:
        """Whether an entry belongs to its section; note a section that was indented too far."""
        if key.text not in ("given", "define", "find") or isinstance(value, Scalar):
            return True
        hint = "begin the line at the left margin"
        self.faults.add(
            "E110", f"`{key.text}` does not belong under `{section}`", key.place(), hint
        )
        return False

    def _steps(self, entries: list[tuple[Scalar, Node]]) -> dict[str, Step]:
        steps: dict[str, Step] = {}
        for key, node in entries:
            step = self._step(key.text, node)
            if step is not None:
                steps[key.text] = step
        return steps

    def _step(self, name: str, node: Node) -> Step | None:
        if not isinstance(node, Entries):
            formula = self.reader.formula(node, name)
            return None if formula is None else Step(name, formula)
        fields = read_fields(node, "step", self.faults) or {}
        formula = self.reader.formula(fields["value"], name) if "value" in fields else None
        texts = {key: self.reader.text(fields[key], key) for key in fields if key != "value"}
        return None if formula is None else Step(name, formula, **texts)

    def _requests(self, node: Node | None, define: dict[str, Step]) -> tuple[Request, ...]:
        if node is None:
            return (Request("gradient"),) if define else ()
        if is_broken(node):
            return ()
        if not isinstance(node, Items) or not node.items:
            message = "`find` is a list of entries"
            hint = "write `- gradient: L`, a dash before every entry"
            self.faults.add("E111", message, node.place(), hint)
            return ()
        found = [read_request(entry, self.reader) for entry in node.items]
        return tuple(request for request in found if request is not None)

    def _check_names(
        self,
        problem: Problem,
        keys: tuple[dict[str, Scalar], dict[str, Scalar]],
        functions: Collection[str],
    ) -> None:
        given, steps = keys
        check_clashes(given, steps, problem.dims, self.faults)
        scope = Scope(given, steps, problem.dims, functions)
        for use in uses(problem):
            scope.check(use, self.faults)
        check_cycles(problem.define, scope.declared, self.faults)
