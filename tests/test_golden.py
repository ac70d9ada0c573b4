"""What solving each problem prints, in each format, as it was last read and accepted."""

import re
from hashlib import sha256
from pathlib import Path

import pytest

from symback.render.drawing.boxes import boxes
from symback.render.drawing.dot import dot
from symback.render.drawing.mermaid import mermaid
from symback.render.drawing.svg import svg
from symback.render.drawing.tikz import tikz
from symback.render.html.script import SCRIPT
from symback.render.html.style import STYLE
from symback.render.json_document import document
from symback.render.markdown import markdown_of
from symback.render.text import text_of
from tests.shown import drawing, latex, page_text
from tests.solved import solved
from tests.test_problems import PROBLEMS

GOLDEN = Path(__file__).parent / "golden" / "problems"
#: Outlines of glyphs: long, and the same wherever the same formula stands.
OUTLINE = re.compile(r'<path d="([^"]{40,})"/>')


def short(picture):
    """A picture with the sums of its outlines in their stead."""
    return OUTLINE.sub(
        lambda path: f"<path d={sha256(path[1].encode()).hexdigest()[:12]}/>", picture
    )


def page(path):
    """The page of a problem without the style and the script that all pages share."""
    text = page_text(path).replace(STYLE, "").replace(SCRIPT, "")
    return short(re.sub(r"'sha256-[^']*'", "'sha256'", text))


FORMATS = {
    "solve.json": lambda path: document(solved(path)) + "\n",
    "solve.txt": lambda path: text_of(solved(path), 100),
    "solve_80.txt": lambda path: text_of(solved(path), 80),
    "solve.tex": lambda path: latex(path),
    "solve.md": lambda path: markdown_of([solved(path)]),
    "solve.html": page,
    "graph.txt": lambda path: boxes(drawing(path), 100),
    "graph.svg": lambda path: short(svg(drawing(path))),
    "graph.tikz": lambda path: tikz(drawing(path)),
    "graph.dot": lambda path: dot(drawing(path)),
    "graph.mmd": lambda path: mermaid(drawing(path)),
}
#: Regressions are pinned as text alone: their numbers and forms matter, not how they are set.
CASES = [
    (path, form)
    for path in PROBLEMS
    for form in FORMATS
    if form == "solve.txt" or "regressions" not in path
]


def golden_file(path, form):
    """Where the output of a problem in a format is kept."""
    return GOLDEN / Path(path).relative_to("problems").with_suffix("") / form


@pytest.mark.parametrize(("path", "form"), CASES)
def test_output_is_golden(path, form, update_golden):
    """Each format is exactly what was last read and accepted."""
    text = FORMATS[form](path)
    golden = golden_file(path, form)
    if update_golden:
        golden.parent.mkdir(parents=True, exist_ok=True)
        golden.write_text(text, "utf-8")

    assert golden.read_text("utf-8") == text


def test_every_golden_file_is_claimed():
    """No golden file is left of a problem or a format that is gone."""
    claimed = {golden_file(path, form) for path, form in CASES}

    assert {path for path in GOLDEN.rglob("*") if path.is_file()} <= claimed
