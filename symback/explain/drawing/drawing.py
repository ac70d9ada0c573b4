"""A computational graph as something to be drawn: ready labels, no shapes, no algebra."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, TypeAlias

NodeKind: TypeAlias = Literal["given", "step", "output"]


@dataclass(frozen=True, slots=True)
class GraphNode:
    """One quantity; `name` is unique in a drawing, all the other texts are shown as they stand.

    The formula is the right-hand side of the step, empty for what is given. `value_text` and
    `gradient_text` may have several lines (matrices); an empty text is left out. Without numbers
    the gradient is a formula, which has `gradient_latex`, too.
    """

    name: str
    label_text: str
    label_latex: str
    formula_text: str = ""
    formula_latex: str = ""
    value_text: str = ""
    gradient_text: str = ""
    kind: NodeKind = "step"
    group: str | None = None
    """What the node is folded into in a large drawing; None: told from its name."""
    gradient_latex: str = ""


@dataclass(frozen=True, slots=True)
class GraphEdge:
    """`target` uses `source`; the slope is the local derivative ∂target/∂source.

    If `back` it says instead what happens to the gradient that comes back, a bullet in it.
    """

    source: str
    target: str
    slope_text: str = ""
    slope_latex: str = ""
    back: bool = False


@dataclass(frozen=True, slots=True)
class Drawing:
    """A directed graph without cycles, its nodes in the order of the file."""

    title: str
    nodes: tuple[GraphNode, ...]
    edges: tuple[GraphEdge, ...]
    scalar: str = ""
    """Label of what the gradients are those of; empty: of the only output."""

    @property
    def differentiated(self) -> str:
        """What stands above the line in `∂L/∂x`."""
        outputs = [node.label_text for node in self.nodes if node.kind == "output"]
        return self.scalar or (outputs[0] if len(outputs) == 1 else "")
