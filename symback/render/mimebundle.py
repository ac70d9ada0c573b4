"""A solution for notebooks: typeset mathematics with the graph as a picture, and plain text."""

from __future__ import annotations

from base64 import b64encode

from symback.explain.solution import Solution
from symback.render.chapters import MAX_NODES
from symback.render.drawing.svg import svg
from symback.render.drawn import drawing_of
from symback.render.html import fragment
from symback.render.latex.document import latex_of
from symback.render.markdown import markdown_of
from symback.render.paged import page_of
from symback.render.text import text_of


def mimebundle(solution: Solution) -> dict[str, str]:
    """Return what Jupyter shows: HTML or Markdown with the graph, LaTeX for export, plain text."""
    text = markdown_of(solution, drawing=False)
    return {
        "text/plain": text_of(solution),
        "text/html": fragment(page_of(solution)),
        "text/markdown": f"{text}\n{_picture(solution)}".rstrip() + "\n",
        "text/latex": latex_of(solution, fragment=True),
    }


def _picture(solution: Solution) -> str:
    """Return the graph as an image that the Markdown carries itself; none of a large graph."""
    if not 1 < len(solution.given) + len(solution.forward) <= MAX_NODES:
        return ""
    data = b64encode(svg(drawing_of(solution)).encode()).decode()
    return f"![computational graph](data:image/svg+xml;base64,{data})"
