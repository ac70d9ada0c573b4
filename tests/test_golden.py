"""What solving each problem prints, in each format, as it was last read and accepted.

Problems of `problems/` have a file a format. Regressions have one as text, since their numbers
and forms matter; all of them together have one in Markdown, and one of sums of the other formats.
"""

import re
from hashlib import sha256
from pathlib import Path

import pytest

from symback.explain.telling.why import why
from symback.language import write
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
from symback.render.why_text import why_of
from tests.shown import drawing, latex, page_text
from tests.solved import loaded, solved
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


def body(path):
    """The document of a problem without the preamble that all share."""
    return latex(path).partition("\\begin{document}\n")[2]


def reasons(path):
    """One derivative explained: of those whose form is longest the last."""
    found = [one for one in solved(path).results if one.kind not in ("value", "graph")]
    if not found:
        return ""
    longest = max(reversed(found), key=lambda one: len(write(one.closed_form)))
    return why_of(why(loaded(path), longest.name, solution=solved(path)), 100)


FORMATS = {
    "solve.json": lambda path: document(solved(path)) + "\n",
    "solve.txt": lambda path: text_of(solved(path), 100),
    "solve_80.txt": lambda path: text_of(solved(path), 80),
    "solve.tex": body,
    "solve.md": lambda path: markdown_of([solved(path)]),
    "solve.html": page,
    "why.txt": reasons,
    "graph.txt": lambda path: boxes(drawing(path), 100),
    "graph.svg": lambda path: short(svg(drawing(path))),
    "graph.tikz": lambda path: tikz(drawing(path)),
    "graph.dot": lambda path: dot(drawing(path)),
    "graph.mmd": lambda path: mermaid(drawing(path)),
}
REGRESSIONS = [path for path in PROBLEMS if "regressions" in path]
CASES = [
    (path, form)
    for path in PROBLEMS
    for form in FORMATS
    if form == "solve.txt" or path not in REGRESSIONS
]
READ = ("solve.txt", "solve.md")


def sums():
    """A line a regression and format, which changes with every character of it."""
    return "".join(
        f"{Path(path).stem} {form} {sha256(write_form(path).encode()).hexdigest()[:12]}\n"
        for path in REGRESSIONS
        for form, write_form in FORMATS.items()
        if form not in READ
    )


TOGETHER = {
    "solve.md": lambda: markdown_of([solved(path) for path in REGRESSIONS]),
    "sums.txt": sums,
}


def golden_file(path, form):
    """Where the output of a problem in a format is kept."""
    return GOLDEN / Path(path).relative_to("problems").with_suffix("") / form


def compare(golden, text, update):
    """Compare a text with what is kept of it; write it first if it is to be updated."""
    if update:
        golden.parent.mkdir(parents=True, exist_ok=True)
        golden.write_text(text, "utf-8")

    assert golden.read_text("utf-8") == text


@pytest.mark.parametrize(("path", "form"), CASES)
def test_output_is_golden(path, form, update_golden):
    """Each format is exactly what was last read and accepted."""
    compare(golden_file(path, form), FORMATS[form](path), update_golden)


@pytest.mark.parametrize("form", TOGETHER)
def test_regressions_are_golden_in_all_formats(form, update_golden):
    """What is not kept of each regression is kept of all of them together."""
    compare(GOLDEN / "regressions" / form, TOGETHER[form](), update_golden)


def test_every_golden_file_is_claimed():
    """No golden file is left of a problem or a format that is gone."""
    claimed = {golden_file(path, form) for path, form in CASES}
    claimed |= {GOLDEN / "regressions" / form for form in TOGETHER}

    assert {path for path in GOLDEN.rglob("*") if path.is_file()} <= claimed
