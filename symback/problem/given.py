"""Reading `given`: values with their shapes, and declarations."""

from __future__ import annotations

from pathlib import Path

from symback.errors import LimitError, SymbackError
from symback.language.tree import Call, Expression, Number
from symback.language.walks import walk
from symback.problem.arrays import open_values
from symback.problem.dims import Dims, length, show
from symback.problem.faults import Faults
from symback.problem.fields import read_fields
from symback.problem.formulas import Reader
from symback.problem.keys import FACTS, STRUCTURES
from symback.problem.model import ArrayFile, Given, Shape, Value
from symback.problem.nodes import Entries, Items, Node, Scalar, is_broken

MAX_AXES = 16


class GivenReader:
    """Reads the entries of one `given`, and collects the dimensions that they name."""

    def __init__(self, reader: Reader, folder: Path | None) -> None:
        self.dims = Dims()
        self._reader = reader
        self._faults: Faults = reader.faults
        self._folder = folder

    def read(self, name: str, node: Node) -> Given:
        """Return one entry; what cannot be read is noted and left out of it."""
        if isinstance(node, Entries) and [key.text for key, _ in node.entries] != ["file"]:
            return self._mapping(name, node)
        value = self._value(name, node)
        return Given(name, value, self._shape_of(value, node), node=node)

    def _mapping(self, name: str, node: Entries) -> Given:
        fields = read_fields(node, "given", self._faults) or {}
        if "value" not in fields and "shape" not in fields:
            hint = "add a `value` or a `shape`; `shape: []` declares a scalar"
            message = f"`{name}` has neither `value` nor `shape`"
            self._faults.add("E112", message, node.place(), hint)
        value, actual = None, None
        if "value" in fields:
            value = self._value(name, fields["value"])
            actual = self._shape_of(value, fields["value"])
        shape = self._shape(fields["shape"]) if "shape" in fields else None
        if shape is not None:
            self.dims.declare(shape)
            if actual is not None:
                place = fields["value"].place()
                self.dims.match(name, shape, actual, place, self._faults)
        texts = {key: self._reader.text(fields[key], key) for key in _TEXTS if key in fields}
        facts = self._facts(fields["assume"]) if "assume" in fields else ()
        structure = self._structure(fields.get("structure"))
        shape = actual if shape is None else shape
        return Given(name, value, shape, facts, structure, **texts, node=fields.get("value", node))

    def _value(self, name: str, node: Node) -> Value | ArrayFile | None:
        if isinstance(node, Entries):
            return self._file(node)
        return self._reader.value(node, name)

    def _file(self, node: Entries) -> Value | ArrayFile | None:
        keys = [key.text for key, _ in node.entries]
        if keys != ["file"]:
            message = "a value is a number, a list, an expression or `{file: NAME}`"
            self._faults.add("E111", message, node.place())
            return None
        file = node.entries[0][1]
        text = self._reader.text(file, "file")
        if text is None:
            return None
        try:
            return open_values(text, self._folder)
        except SymbackError as error:
            for diagnostic in error.diagnostics:
                self._faults.note(diagnostic.at(file.place()), isinstance(error, LimitError))
            return None

    def _shape_of(self, value: Value | ArrayFile | None, node: Node) -> Shape | None:
        """Return the shape that a value has; None where it must be evaluated first."""
        if isinstance(value, ArrayFile):
            return value.shape
        if isinstance(value, tuple):
            return self._regular(value, node)
        if value is None or any(isinstance(part, Call) for part in walk(value)):
            return None
        return ()

    def _regular(self, value: Value, node: Node) -> Shape | None:
        """Return the shape of a nested list; note the first entry that differs from its sisters."""
        if not isinstance(value, tuple):
            return ()
        nodes = node.items if isinstance(node, Items) else (node,) * len(value)
        first = self._regular(value[0], nodes[0])
        if first is None:
            return None
        for entry, entry_node in zip(value[1:], nodes[1:], strict=True):
            if isinstance(entry, Number) and first == ():
                continue
            shape = self._regular(entry, entry_node)
            if shape is None:
                return None
            if shape != first:
                message = f"this entry has the shape {show(shape)}, those before it {show(first)}"
                hint = "the lists of one array have the same length"
                self._faults.add("E120", message, entry_node.place(), hint)
                return None
        return (len(value), *first)

    def _shape(self, node: Node) -> Shape | None:
        if is_broken(node):
            return None
        if isinstance(node, Entries):
            self._faults.add("E111", "`shape` is a list of lengths", node.place())
            return None
        nodes = node.items if isinstance(node, Items) else (node,)
        if len(nodes) > MAX_AXES:
            message = f"an array has at most {MAX_AXES} axes"
            self._faults.add("E111", message, node.place())
            return None
        lengths = [self._length(entry) for entry in nodes]
        shape = tuple(entry for entry in lengths if entry is not None)
        return shape if len(shape) == len(lengths) else None

    def _length(self, node: Node) -> int | str | None:
        tree: Expression | None = None
        if isinstance(node, Scalar):
            tree = self._reader.tree(node, "shape")
            if tree is None:
                return None
            found = length(tree)
            if found is not None:
                return found
        hint = "write `3`, `n` or `n + 1`"
        message = "a length is an integer or made of dimension names"
        self._faults.add("E117", message, node.place(), hint)
        return None

    def _facts(self, node: Node) -> tuple[str, ...]:
        if isinstance(node, Entries):
            self._faults.add("E111", "`assume` is a list of facts", node.place())
            return ()
        nodes = node.items if isinstance(node, Items) else (node,)
        words = [self._word(entry, "assume", FACTS) for entry in nodes]
        return tuple(word for word in words if word is not None)

    def _structure(self, node: Node | None) -> str | None:
        return None if node is None else self._word(node, "structure", STRUCTURES)

    def _word(self, node: Node, key: str, known: tuple[str, ...]) -> str | None:
        text = self._reader.text(node, key)
        if text is None or text.replace("_", "-") in known:
            return text and text.replace("_", "-")
        hint = self._faults.near(text, known) or "known are " + ", ".join(known)
        self._faults.add("E118", f"`{key}` does not know `{text}`", node.place(), hint)
        return None


_TEXTS = ("latex", "note")
