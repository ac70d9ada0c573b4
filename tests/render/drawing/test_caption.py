"""The sentence under a drawing."""

from dataclasses import replace

from symback.explain.drawing.drawing import Drawing, GraphEdge
from symback.render.drawing.caption import caption
from tests.render.drawing import samples


def test_it_says_what_is_there():
    """Values, gradients, slopes; the bullet only where there is one."""
    drawing = samples.exercise()
    edge = GraphEdge("a", "b", "Wᵀ•", back=True)

    assert caption(drawing, "in red") == (
        "In each box its value and, in red, its gradient; on the edges local derivatives."
    )
    assert caption(replace(drawing, edges=(edge,)), "in red").endswith(
        "local derivatives, where • is the gradient that comes back."
    )
    assert caption(replace(drawing, nodes=(), edges=()), "in red") == ""
    assert caption(Drawing("", (replace(drawing.nodes[0], value_text=""),), ()), "after ∂") == (
        "In each box, after ∂, its gradient."
    )
