"""What notebooks show."""

from base64 import b64decode
from xml.etree import ElementTree

from symback.render.mimebundle import mimebundle
from tests.solved import GRAPH, solved


def test_a_solution_has_mathematics_a_picture_and_plain_text():
    """HTML and Markdown carry the graph as SVG; LaTeX and text are for exports and consoles."""
    bundle = mimebundle(solved(GRAPH))

    assert bundle.keys() == {"text/plain", "text/html", "text/markdown", "text/latex"}
    data = bundle["text/markdown"].rpartition("base64,")[2].rstrip(")\n")
    assert ElementTree.fromstring(b64decode(data)).tag.endswith("svg")
    assert bundle["text/plain"].startswith("A computational graph")
    assert r"\documentclass" not in bundle["text/latex"]
