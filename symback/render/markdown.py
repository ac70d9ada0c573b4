r"""Solutions in Markdown with `$` mathematics, as GitHub and notebooks show it.

Markdown reads a backslash before punctuation as an escape, also inside mathematics: the formulas
are written without any such pair (`\cr` for a new row, `\lbrace` for a brace).
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from symback.explain.drawing.drawing import Drawing
from symback.explain.solution import Solution
from symback.explain.telling.story import story_of
from symback.render.chapters import Chapter, Chapters, Equation, Item, Remark
from symback.render.drawing.caption import caption
from symback.render.drawing.mermaid import mermaid
from symback.render.visible import one_line

_PUNCTUATION = re.compile(r"([\\`*_\[\]#<>~$&|]|^[-+=](?=[\s=-])|(?<=^\d)[.)])")
_PLAIN = {
    r"\\": r"\cr ", r"\,": r"\thinspace ", r"\;": r"\thickspace ", r"\:": r"\medspace ",
    r"\!": r"\negthinspace ", r"\ ": r"\space ", r"\{": r"\lbrace ", r"\}": r"\rbrace ",
    r"\|": r"\Vert ", r"\_": r"\textunderscore ", r"\%": r"\text{percent}", "*": r"\ast ",
    "<": r"\lt ", ">": r"\gt ",
}  # fmt: skip
_PAIR = re.compile(r"\\[A-Za-z]+|\\.|[*<>]", re.DOTALL)
_INLINE = re.compile(r"\$([^$]+)\$")


def markdown_of(
    solutions: Solution | Sequence[Solution],
    digits: int | None = None,
    brief: bool = False,
    failures: Sequence[str] = (),
    drawing: bool = True,
) -> str:
    """Return solutions under each other; the graph as a Mermaid block if `drawing`.

    `failures` are sentences about expectations that do not hold.
    """
    given = [solutions] if isinstance(solutions, Solution) else list(solutions)
    blocks = [block for one in given for block in _blocks(one, digits, brief, drawing)]
    if failures:
        blocks.append("## Expected otherwise")
        blocks.append("\n".join(f"- {prose(failure)}" for failure in failures))
    return "\n\n".join(blocks) + "\n"


def _blocks(solution: Solution, digits: int | None, brief: bool, drawing: bool) -> list[str]:
    problem = solution.problem
    blocks = [f"# {prose(problem.title or problem.file)}"]
    blocks += [prose(remark) for remark in (problem.source, problem.note) if remark]
    for chapter in Chapters(story_of(solution), digits).all(brief):
        blocks += _chapter(chapter, drawing)
    return blocks


def _chapter(chapter: Chapter, drawing: bool) -> list[str]:
    own = prose(chapter.own_title)
    own = f" {own}" if own and chapter.title == "Part" else f", part {own}" if own else ""
    items = [text for item in chapter.items for text in _item(item, drawing)]
    return [f"## {chapter.title}{own}", *items] if items else []


def _item(item: Item, drawing: bool) -> list[str]:
    if isinstance(item, str):
        return [_INLINE.sub(lambda found: f"${mathematics(found[1])}$", item)]
    if isinstance(item, Remark):
        return [prose(item.text)]
    if isinstance(item, Drawing):
        blocks = [f"```mermaid\n{mermaid(item).rstrip()}\n```", caption(item, "after ∂")]
        return [block for block in blocks if block] if drawing else []
    return [f"$$\n{mathematics(_equations(item))}\n$$"] if item else []


def _equations(equations: Sequence[Equation]) -> str:
    """Return one equation, or several with their first signs under each other."""
    mark = " &" if len(equations) > 1 else " "
    rows = [
        one.left + mark + " ".join(f"{sign} {side}" for sign, side in one.right)
        for one in equations
    ]
    if len(rows) == 1:
        return rows[0]
    return "\\begin{aligned}\n" + " \\cr\n".join(rows) + "\n\\end{aligned}"


def mathematics(latex: str) -> str:
    """Return a formula without characters that Markdown or HTML would take for their own."""
    return _PAIR.sub(lambda found: _PLAIN.get(found.group(), found.group()), latex)


def prose(text: str) -> str:
    """Return text of a file so that it appears as it stands."""
    return _PUNCTUATION.sub(r"\\\1", one_line(text))
