"""Graded sheets as files: which renderer writes them, and what the files are called."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from symback.check.answers.verdicts import Report, Sheet
from symback.explain.solution import Solution
from symback.render.grades import sheets as feedback
from symback.render.grades.documents import document, table
from symback.render.grades.terminal import WIDTH, text_of

ENDINGS = {
    "text": ".txt",
    "json": ".json",
    "csv": ".csv",
    "markdown": ".md",
    "latex": ".tex",
    "html": ".html",
}


@dataclass(frozen=True, slots=True)
class Written:
    """Graded sheets of a problem in one of the formats."""

    solution: Solution
    problem: str
    form: str

    def text(self, sheets: Sequence[Sheet], width: int = WIDTH, colour: bool = False) -> str:
        """Return sheets as one document; width and colour are those of a terminal."""
        match self.form:
            case "json":
                return "".join(document(one, self.problem) + "\n" for one in sheets)
            case "csv":
                return table(sheets)
            case "markdown":
                return feedback.markdown_of(self.solution, sheets)
            case "latex":
                return feedback.latex_of(self.solution, sheets)
            case "html":
                return feedback.html_of(self.solution, sheets)
        return text_of(self.solution, sheets, width, colour)

    def files(self, sheets: Sequence[Sheet]) -> Iterator[tuple[str, str]]:
        """Yield name and text of a file for each sheet that has been graded."""
        taken: set[str] = set()
        for sheet in sheets:
            if isinstance(sheet, Report):
                stem = "answers" if sheet.sheet == "-" else Path(sheet.sheet).stem
                name, number = stem, 1
                while name in taken:
                    number += 1
                    name = f"{stem}-{number}"
                taken.add(name)
                yield name + ENDINGS[self.form], self.text([sheet])
