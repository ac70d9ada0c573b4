"""What solving each problem prints, in each format for people, as it was last read and accepted."""

from pathlib import Path

import pytest

from symback.render.latex_document import latex_of
from symback.render.markdown import markdown_of
from symback.render.text import text_of
from tests.test_problems import PROBLEMS, every_problem, solved

GOLDEN = Path(__file__).parent / "golden" / "problems"
FORMATS = {
    "solve.txt": lambda solution: text_of(solution, 100),
    "solve.tex": lambda solution: latex_of([solution]),
    "solve.md": lambda solution: markdown_of([solution]),
}


@pytest.mark.parametrize("form", FORMATS)
@every_problem
def test_output_is_golden(path, form, update_golden):
    """Each format is exactly what was last read and accepted."""
    golden = GOLDEN / Path(path).relative_to("problems").with_suffix("") / form
    text = FORMATS[form](solved(path))
    if update_golden:
        golden.parent.mkdir(parents=True, exist_ok=True)
        golden.write_text(text, "utf-8")

    assert golden.read_text("utf-8") == text


def test_every_golden_file_is_claimed():
    """No golden file is left of a problem or a format that is gone."""
    claimed = {
        GOLDEN / Path(path).relative_to("problems").with_suffix("") / form
        for path in PROBLEMS
        for form in FORMATS
    }

    assert {path for path in GOLDEN.rglob("*") if path.is_file()} <= claimed
