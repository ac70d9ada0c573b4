"""What the texts in a drawing mean, in a sentence."""

from __future__ import annotations

from symback.explain.drawing.drawing import Drawing

#: Stands for the gradient that comes back, in a local derivative.
BULLET = "•"


def caption(drawing: Drawing, mark: str) -> str:
    """Return what the boxes and edges show; `mark` says how to tell gradients: "in red"."""
    values = any(node.value_text for node in drawing.nodes)
    gradients = any(node.gradient_text for node in drawing.nodes)
    inside = " its value" if values else ""
    if gradients:
        inside += f" and, {mark}, its gradient" if values else f", {mark}, its gradient"
    parts = [f"in each box{inside}"] if inside else []
    if any(edge.slope_text for edge in drawing.edges):
        back = any(edge.back and BULLET in edge.slope_text for edge in drawing.edges)
        dot = f", where {BULLET} is the gradient that comes back" if back else ""
        parts.append(f"on the edges local derivatives{dot}")
    text = "; ".join(parts)
    return f"{text[:1].upper()}{text[1:]}." if text else ""
