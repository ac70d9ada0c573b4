"""What solving each problem prints, in each format, as it was last read and accepted."""

from pathlib import Path

import pytest

from symback.render.json_document import document
from symback.render.latex_document import latex_of
from symback.render.markdown import markdown_of
from symback.render.text import text_of
from tests.test_problems import PROBLEMS, solved

GOLDEN = Path(__file__).parent / "golden" / "problems"
FORMATS = {
    "solve.json": lambda solution: document(solution) + "\n",
    "solve.txt": lambda solution: text_of(solution, 100),
    "solve_80.txt": lambda solution: text_of(solution, 80),
    "solve.tex": lambda solution: latex_of([solution]),
    "solve.md": lambda solution: markdown_of([solution]),
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
    text = FORMATS[form](solved(path))
    golden = golden_file(path, form)
    if update_golden:
        golden.parent.mkdir(parents=True, exist_ok=True)
        golden.write_text(text, "utf-8")

    assert golden.read_text("utf-8") == text


def test_every_golden_file_is_claimed():
    """No golden file is left of a problem or a format that is gone."""
    claimed = {golden_file(path, form) for path, form in CASES}

    assert {path for path in GOLDEN.rglob("*") if path.is_file()} <= claimed
