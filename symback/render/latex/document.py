r"""Solutions as a LaTeX document for amsmath: derivation, reasons, drawing, answers, numbers."""

from __future__ import annotations

from collections.abc import Sequence

from symback.explain.drawing.drawing import Drawing
from symback.explain.solution import Solution
from symback.explain.telling.story import story_of
from symback.render.chapters import Chapter, Chapters, Equation, Item, Remark
from symback.render.drawing.caption import BULLET, caption
from symback.render.drawing.tikz import tikz
from symback.render.latex.prose import tex_text
from symback.render.latex.width import broken, tex_width

#: Width of a line of the document, in em of its font and in points.
LINE_EM, LINE_PT = 39.0, 445.0
#: Heads wider than this share of the line stand on a line of their own.
WIDEST_HEAD = 0.45
#: Pieces estimated wider than this share of their room are measured by TeX itself.
SAFE = 0.8

#: For pieces that may be wider than the line after its left side (#1), and for tall drawings.
#: A drawing may shrink by a third to stay on its page, and further only where no page holds it.
_MACROS = r"""\providecommand{\symbackfit}[2]{{%
  \sbox0{$\displaystyle #1=\qquad\qquad$}\sbox2{$\displaystyle #2$}%
  \dimen0=\dimexpr\linewidth-\wd0\relax
  \ifdim\wd2>\dimen0 \resizebox{\dimen0}{!}{\usebox2}\else\usebox2\fi}}
\providecommand{\symbackdraw}[1]{\par{\sbox0{#1}%
  \ifdim\wd0>\linewidth \sbox0{\resizebox{\linewidth}{!}{\usebox0}}\fi
  \dimen0=.85\textheight \dimen2=\dimexpr\pagegoal-\pagetotal-5\baselineskip\relax
  \ifdim\dimen2>.7\ht0 \ifdim\dimen2<\dimen0 \dimen0=\dimen2\fi\fi
  \ifdim\ht0>\dimen0 \sbox0{\resizebox{!}{\dimen0}{\usebox0}}\fi
  \begin{center}\usebox0\end{center}}}
"""
_PREAMBLE = rf"""\documentclass[11pt, fleqn]{{article}}
\usepackage[a4paper, margin=26mm]{{geometry}}
\usepackage{{amsmath, amssymb, graphicx, tikz}}
\allowdisplaybreaks
\setlength{{\parindent}}{{0pt}}
\setlength{{\mathindent}}{{1.5em}}
\setlength{{\jot}}{{5pt}}
\setlength{{\abovedisplayskip}}{{6pt}}
\setlength{{\belowdisplayskip}}{{8pt}}
\setlength{{\emergencystretch}}{{3em}}
\raggedright
{_MACROS}\begin{{document}}
"""
#: A displayed formula that begins a paragraph has an empty line above it.
_CLOSER = r"\vspace{-0.7\baselineskip}"
_FRAGMENT = rf"""% needs: \usepackage{{amsmath, amssymb, graphicx, tikz}} \allowdisplaybreaks
{_MACROS}"""


def latex_of(
    solutions: Solution | Sequence[Solution],
    fragment: bool = False,
    digits: int | None = None,
    brief: bool = False,
    failures: Sequence[str] = (),
) -> str:
    r"""Return one document for one or several solutions; without preamble as a `fragment`.

    `failures` are sentences about expectations that do not hold.
    """
    given = [solutions] if isinstance(solutions, Solution) else list(solutions)
    bodies = [_body(solution, digits, brief) for solution in given]
    bodies += [_list("Expected otherwise", failures)] if failures else []
    if fragment:
        text = "\n\\bigskip\n".join(bodies)
        return f"{_FRAGMENT}\\begingroup\\raggedright\n{text}\\par\\endgroup\n"
    text = "\n\\clearpage\n".join(bodies)
    return f"{_PREAMBLE}{text}\\end{{document}}\n"


def _body(solution: Solution, digits: int | None, brief: bool) -> str:
    problem = solution.problem
    lines = [rf"\section*{{{tex_text(problem.title or problem.file)}}}"]
    for remark in (problem.source, problem.note):
        lines += [tex_text(remark) + r"\par"] if remark else []
    for chapter in Chapters(story_of(solution), digits).all(brief):
        lines += _chapter(chapter)
    return "\n".join(lines) + "\n"


def _chapter(chapter: Chapter) -> list[str]:
    own = tex_text(chapter.own_title)
    own = f" {own}" if own and chapter.title == "Part" else f", part {own}" if own else ""
    lines = [rf"\subsection*{{{chapter.title}{own}}}"]
    if isinstance(chapter.items[0], tuple):
        lines.append(_CLOSER)
    for item in chapter.items:
        lines += _item(item)
    return lines


def _item(item: Item) -> list[str]:
    if isinstance(item, str):
        return [item]
    if isinstance(item, Remark):
        return [tex_text(item.text) + r"\par"]
    if isinstance(item, Drawing):
        picture = rf"\symbackdraw{{{tikz(item, width=LINE_PT).rstrip()}}}"
        said = caption(item, "in red").replace(BULLET, r"$\bullet$")
        return [picture, rf"{{\small {said}\par}}"] if said else [picture]
    return aligned(item) if item else []


def _list(title: str, entries: Sequence[str]) -> str:
    items = "\n".join(rf"\item {tex_text(entry)}" for entry in entries)
    return f"\\subsection*{{{title}}}\n\\begin{{itemize}}\n{items}\n\\end{{itemize}}\n"


def aligned(equations: Sequence[Equation]) -> list[str]:
    """Return equations under each other, their first signs aligned, broken to the line."""
    heads = {one.left: tex_width(one.left) for one in equations}
    short = [head for head, width in heads.items() if width <= WIDEST_HEAD * LINE_EM]
    widest = max(short, key=lambda head: heads[head], default="")
    rows: list[str] = []
    for one in equations:
        rows += _rows(one, widest, heads[one.left] > heads.get(widest, 0.0))
    body = " \\\\\n".join(rows)
    return [r"\begin{align*}", body, r"\end{align*}"]


def _rows(equation: Equation, head: str, alone: bool) -> list[str]:
    """Return the lines of one equation to the right of `head`: as many sides on each as fit."""
    room = LINE_EM - tex_width(head) - 2.5
    rows: list[str] = []
    current, used = "", 0.0
    for sign, side in equation.right:
        width = tex_width(side) + 1.4
        if current and used + width <= room * SAFE:
            current += f" {sign} {side}"
            used += width
            continue
        if current:
            rows.append(current)
        pieces = broken(side, room * SAFE)
        rows += [f"&{sign} {_safe(pieces[0], head, room)}"] if len(pieces) > 1 else []
        rows += [rf"&\qquad {_safe(one, head, room)}" for one in pieces[1:-1]]
        last = _safe(pieces[-1], head, room)
        current = rf"&\qquad {last}" if len(pieces) > 1 else f"&{sign} {last}"
        used = tex_width(pieces[-1]) + 2.4
    rows += [current] if current else []
    if alone:
        return [rf"&{equation.left}", *rows]
    return [equation.left + " " + rows[0], *rows[1:]] if rows else [equation.left]


def _safe(piece: str, head: str, room: float) -> str:
    """Let TeX shrink a piece that may be too wide."""
    if tex_width(piece) <= room * SAFE:
        return piece
    return rf"\symbackfit{{{head}}}{{{piece}}}"
