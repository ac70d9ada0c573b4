"""Other values for given names, as `--set x=0.5` states them."""

from __future__ import annotations

from collections.abc import Mapping

from symback.problem.faults import Faults
from symback.problem.nodes import Entries, Node, Scalar, Source
from symback.problem.yaml_source import read_yaml


def with_overrides(
    entries: list[tuple[Scalar, Node]], overrides: Mapping[str, str], faults: Faults
) -> list[tuple[Scalar, Node]]:
    """Return the entries of `given` with other values; shapes, facts and notes stay.

    A name that is not given is noted as E613.
    """
    nodes = {name: _read(name, text, faults) for name, text in overrides.items()}
    known = {key.text for key, _ in entries}
    for name in sorted(set(overrides) - known):
        source = Source("--set", f"{name}={overrides[name]}")
        hint = faults.near(name, known) or "the given names are " + ", ".join(sorted(known)[:12])
        faults.add("E613", f"`{name}` is not given", source.place(0, len(name)), hint)
    changed = []
    for key, node in entries:
        new = nodes.get(key.text)
        changed.append((key, node if new is None else _replaced(node, new)))
    return changed


def _read(name: str, text: str, faults: Faults) -> Node | None:
    return read_yaml(text, f"--set {name}", faults)


def _replaced(node: Node, new: Node) -> Node:
    """Return the declaration `node` with the value `new`."""
    if not isinstance(node, Entries) or [key.text for key, _ in node.entries] == ["file"]:
        return new
    kept = [(key, value) for key, value in node.entries if key.text != "value"]
    key = Scalar(node.source, node.start, node.start + 1, "value")
    return Entries(node.source, node.start, node.end, ((key, new), *kept), node.flow)
