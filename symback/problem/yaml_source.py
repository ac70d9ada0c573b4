"""Reading YAML into nodes that keep the exact text and the place of every key and value.

PyYAML only cuts the text into events. What an event means is decided here: YAML 1.2, one
document, no tags, anchors, aliases or merge keys, no key twice, and bounded sizes.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from symback.errors import Diagnostic, LimitError
from symback.problem.faults import Faults
from symback.problem.nodes import Entries, Items, Node, Scalar, Source
from symback.problem.repair import Repair

MAX_BYTES = 1 << 20
MAX_EVENTS = 200_000
MAX_DEPTH = 64
MAX_REPAIRS = 20

_CONTROL = re.compile(
    "[\0-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff\ufeff\ufffe\uffff]"
)


def read_yaml(text: str, file: str, faults: Faults) -> Node | None:
    """Return the root node of a YAML text, None for an empty one; faults of form are noted.

    A line that YAML cannot read is reported, taken out, and the rest read on.
    Raises: LimitError E106 beyond 1 MiB, 200,000 events or a nesting of 64.
    """
    text = text.removeprefix("\ufeff")
    source = Source(file, text)
    if len(text) > MAX_BYTES or len(text.encode("utf-8", "replace")) > MAX_BYTES:
        raise _excess("the file is larger than 1 MiB", source, 0, "keep large values in a file")
    control = _CONTROL.search(text)
    if control:
        _note_control(source, control, faults)
        text = _CONTROL.sub(" ", text)
    repair = Repair(text)
    for _ in range(MAX_REPAIRS):
        builder = _Builder(source, faults, repair)
        error = builder.run(repair.text)
        if error is None:
            builder.report()
            return builder.root
        if not repair.take_out(error, source, faults):
            break
    return None


def _note_control(source: Source, control: re.Match[str], faults: Faults) -> None:
    message = f"the control character U+{ord(control.group()):04X} is not text"
    hint = 'remove it; in a quoted text write it as an escape, "\\x1b"'
    faults.add("E105", message, source.place(control.start(), control.end()), hint)


def _excess(message: str, source: Source, start: int, hint: str) -> LimitError:
    return LimitError(Diagnostic("E106", message, hint, place=source.place(start, start + 1)))


def _events(text: str) -> Iterator[Any]:
    import yaml

    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    yield from yaml.parse(text, Loader=loader)


class _Open:
    """A list or mapping whose end has not been read; `key` waits for its value."""

    __slots__ = ("event", "key", "nodes", "pairs", "seen")

    def __init__(self, event: Any) -> None:
        self.event = event
        self.nodes: list[Node] = []
        self.pairs: list[tuple[Scalar, Node]] = []
        self.seen: set[str] = set()
        self.key: Scalar | None = None


class _Builder:
    """Turns events into nodes with a stack of its own, checking limits before anything grows."""

    def __init__(self, source: Source, faults: Faults, repair: Repair) -> None:
        self.source = source
        self.root: Node | None = None
        self._repair = repair
        self._faults = faults
        self._waiting: list[tuple[str, str, int, int, str]] = []
        self._stack: list[_Open] = []
        self._documents = 0

    def run(self, text: str) -> Exception | None:
        """Read all events; return PyYAML's error where it stopped."""
        from yaml import YAMLError

        try:
            for count, event in enumerate(_events(text)):
                if count >= MAX_EVENTS:
                    hint = "keep large values in a file: `{file: W1.npy}`"
                    message = f"the file has more than {MAX_EVENTS} YAML events"
                    raise _excess(message, self.source, event.start_mark.index, hint)
                if not self._take(event):
                    break
        except YAMLError as error:
            return error
        return None

    def report(self) -> None:
        """Note the faults found on the way: only those of the last, complete reading count."""
        for code, message, start, end, hint in self._waiting:
            self._faults.add(code, message, self.source.place(start, end), hint)

    def _fault(self, code: str, message: str, event: Any, hint: str) -> None:
        start, end = event.start_mark.index, event.end_mark.index
        self._waiting.append((code, message, start, end, hint))

    def _take(self, event: Any) -> bool:
        """Take one event; False ends the reading."""
        match type(event).__name__:
            case "DocumentStartEvent":
                self._documents += 1
                if self._documents > 1:
                    hint = "put every problem into a file of its own"
                    self._fault("E104", "a file holds one YAML document", event, hint)
                    return False
            case "ScalarEvent":
                self._scalar(event)
            case "AliasEvent":
                self._refuse_alias(event)
            case "SequenceStartEvent" | "MappingStartEvent":
                self._open(event)
            case "SequenceEndEvent" | "MappingEndEvent":
                self._close(event)
        return True

    def _scalar(self, event: Any) -> None:
        start, end = event.start_mark.index, event.end_mark.index
        style = event.style if event.style in ("'", '"', "|", ">") else "plain"
        if self._refuse_marks(event) or self._repair.covers(start):
            style = "broken"
        flow = bool(self._stack) and bool(self._stack[-1].event.flow_style)
        self._add(Scalar(self.source, start, end, event.value, style, flow))

    def _refuse_alias(self, event: Any) -> None:
        start, end = event.start_mark.index, event.end_mark.index
        raw = self.source.text[start:end]
        message = f"`{raw}` is a YAML alias, which problem files do not have"
        self._fault("E103", message, event, f"quote it: `'{raw}'`, or write the value again")
        self._add(Scalar(self.source, start, end, raw, "broken"))

    def _refuse_marks(self, event: Any) -> bool:
        """Note an anchor or a tag; return whether there was one."""
        if event.anchor is None and (event.tag is None or event.tag == "!"):
            return False
        kind = "tag" if event.tag else "anchor"
        message = f"this is a YAML {kind}, which problem files do not have"
        self._fault("E103", message, event, "quote the text, or leave the mark out")
        return True

    def _open(self, event: Any) -> None:
        if len(self._stack) >= MAX_DEPTH:
            message = f"lists and mappings are nested more than {MAX_DEPTH} deep"
            hint = "a value has few axes; keep large values in a file"
            raise _excess(message, self.source, event.start_mark.index, hint)
        self._refuse_marks(event)
        self._stack.append(_Open(event))

    def _close(self, event: Any) -> None:
        top = self._stack.pop()
        start, end = top.event.start_mark.index, event.end_mark.index
        flow = bool(top.event.flow_style)
        if type(event).__name__ == "SequenceEndEvent":
            self._add(Items(self.source, start, end, tuple(top.nodes), flow))
        else:
            self._add(Entries(self.source, start, end, tuple(top.pairs), flow))

    def _add(self, node: Node) -> None:
        if not self._stack:
            self.root = node
            return
        top = self._stack[-1]
        if type(top.event).__name__ == "SequenceStartEvent":
            top.nodes.append(node)
        elif top.key is None:
            top.key = self._key(node, top)
        else:
            if top.key.style != "broken":
                top.pairs.append((top.key, node))
            top.key = None

    def _key(self, node: Node, top: _Open) -> Scalar:
        """Return the key to use; one that is refused is marked broken and its value dropped."""
        broken = Scalar(self.source, node.start, node.end, "", "broken")
        span = (node.start, node.end)
        if not isinstance(node, Scalar):
            hint = "quote a key with brackets"
            self._waiting.append(("E101", "a key is a text", *span, hint))
            return broken
        if node.style == "plain" and node.text == "<<":
            hint = "write the entries out"
            self._waiting.append(("E103", "merge keys are not part of problem files", *span, hint))
            return broken
        if node.text in top.seen:
            hint = "remove or rename one of them"
            self._waiting.append(("E102", f"the key `{node.text}` occurs twice", *span, hint))
            return broken
        top.seen.add(node.text)
        return node
