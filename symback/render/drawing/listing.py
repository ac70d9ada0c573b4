"""A drawing as an indented list: what is left where no picture fits."""

from __future__ import annotations

import textwrap

from rich.cells import cell_len

from symback.explain.drawing.drawing import Drawing, GraphEdge, GraphNode
from symback.render.visible import without_controls


def listing(drawing: Drawing, width: int = 80) -> str:
    """Name every node with value and gradient, and under it what uses it."""
    nodes = {node.name: node for node in drawing.nodes}
    users: dict[str, list[GraphEdge]] = {}
    for edge in drawing.edges:
        users.setdefault(edge.source, []).append(edge)
    top = drawing.differentiated
    lines: list[str] = []
    for node in drawing.nodes:
        lines += _node(node, top, width)
        for edge in users.get(node.name, ()):
            lines += _wrapped(_use(edge, nodes), width, "  → ", "      ")
    return "\n".join(lines) + "\n" if lines else ""


def _node(node: GraphNode, top: str, width: int) -> list[str]:
    """Name, formula, value and gradient; matrices stay upright, side by side where they fit."""
    text = node.label_text + (f" = {node.formula_text}" if node.formula_text else "")
    pieces = [f"{text} = {node.value_text}" if node.value_text else text]
    if node.gradient_text:
        name = f"∂{top}/∂{node.label_text}"
        same = node.gradient_text == name
        pieces.append(name if same else f"{name} = {node.gradient_text}")
    if all("\n" not in piece for piece in pieces):
        if cell_len("   ".join(pieces)) <= width:
            return _wrapped("   ".join(pieces), width, "", "    ")
        first, *rest = pieces
        own = [line for piece in rest for line in _wrapped(piece, width, "    ", "      ")]
        return [*_wrapped(first, width, "", "    "), *own]
    blocks = [_upright(piece) for piece in pieces]
    beside = _beside(blocks)
    if max(map(cell_len, beside)) <= width:
        return beside
    return [*blocks[0], *("    " + line for block in blocks[1:] for line in block)]


def _upright(piece: str) -> list[str]:
    """Lines of a piece; those of a matrix stand under its first row."""
    first, *rest = _clean_lines(piece)
    if not rest:
        return [first]
    indent = " " * (cell_len(first) - cell_len(first[first.rindex("⎡") :] if "⎡" in first else ""))
    return [first, *(indent + line for line in rest)]


def _beside(blocks: list[list[str]]) -> list[str]:
    rows = []
    for k in range(max(map(len, blocks))):
        row = ""
        for place, block in enumerate(blocks):
            start = sum(max(map(cell_len, one)) + 3 for one in blocks[:place])
            if k < len(block):
                row += " " * (start - cell_len(row)) + block[k]
        rows.append(row)
    return rows


def _clean_lines(text: str) -> list[str]:
    """Lines of a text without control characters and tabs."""
    return [without_controls(line).replace("\t", " ") for line in text.split("\n")]


def _use(edge: GraphEdge, nodes: dict[str, GraphNode]) -> str:
    target, source = nodes[edge.target].label_text, nodes[edge.source].label_text
    if not edge.slope_text or edge.slope_text == f"∂{target}/∂{source}":
        return target
    if edge.back:
        return f"{target}   ← {edge.slope_text}"
    return f"{target}   ∂{target}/∂{source} = {edge.slope_text}"


def _wrapped(text: str, width: int, first: str, rest: str) -> list[str]:
    flat = without_controls(text.replace("\n", " ").replace("\t", " "))
    return textwrap.wrap(
        flat,
        max(width, 20),
        initial_indent=first,
        subsequent_indent=rest,
        replace_whitespace=False,
    )
