"""What files of the project are shown as, each made only once: tests look at it in many ways."""

from functools import cache

from symback.render.drawing.fold import fold
from symback.render.drawn import drawing_of
from symback.render.html import html
from symback.render.latex.document import latex_of
from symback.render.paged import page_of
from tests.solved import solved

_END = "\\end{document}\n"


@cache
def drawing(path):
    """The graph of a problem as `symback graph` draws it."""
    return fold(drawing_of(solved(path)))


@cache
def page(path):
    """A problem as plain data for a page."""
    return page_of(solved(path))


@cache
def page_text(path):
    """The page of a problem."""
    return html(page(path))


@cache
def latex(path):
    """A problem as a document in LaTeX."""
    return latex_of([solved(path)])


def latex_together(paths):
    """Several problems as one document, each on pages of its own."""
    start = latex(paths[0]).partition("\\begin{document}")[0] + "\\begin{document}\n"
    bodies = [latex(path).removeprefix(start).removesuffix(_END) for path in paths]
    return start + "\n\\clearpage\n".join(bodies) + _END
