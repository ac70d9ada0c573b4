"""E22x, E5xx: hand derivations, LaTeX among them."""

from __future__ import annotations

from symback.problem.catalogue.entry import Entry


def _answer(formula: str) -> str:
    return f"answers:\n  - dL_dx: '${formula}$'\n"


ENTRIES = (
    Entry(
        code="E220",
        title="a LaTeX command that is not read",
        why="Answers use the commands that formulas need; what is not known is never guessed.",
        wrong=_answer(r"\foo x"),
        right=_answer(r"2 x"),
        stage="latex",
    ),
    Entry(
        code="E221",
        title="LaTeX that is not complete",
        why="Braces, brackets and environments are closed, and operators have their operands.",
        wrong=_answer(r"\frac{1}{2"),
        right=_answer(r"\frac{1}{2} x"),
        stage="latex",
    ),
    Entry(
        code="E222",
        title="a symbol that the problem does not know",
        why="A symbol in an answer is a name of the problem, or of an earlier answer.",
        wrong=_answer(r"2 q"),
        right=_answer(r"2 x"),
        stage="latex",
    ),
    Entry(
        code="E223",
        title="a formula with two meanings",
        why="Where two readings give different results the person has to say which is meant.",
        wrong=_answer("|x|"),
        right=_answer(r"\|x\|"),
        stage="latex",
    ),
    Entry(
        code="E224",
        title="shapes that the formula cannot have",
        why="A product of vectors needs `^\\top`, `\\odot` or `\\cdot` to mean something.",
        wrong=_answer("x x"),
        right=_answer(r"x \odot x"),
        stage="latex",
    ),
    Entry(
        code="E225",
        title="an index that belongs to no sum",
        why="An index is a number, or is bound by a sum over it.",
        wrong=_answer("x_i"),
        right=_answer(r"\sum_i x_i"),
        stage="latex",
    ),
    Entry(
        code="E501",
        title="an answer or expectation about something that is not there",
        why="It uses a name or a function, or is about a result, that neither the problem nor an\n"
        "answer before it has.",
        wrong="# the problem has x, a and L, but no b\nanswers:\n  - {dL_dx: 2*b*x}\n",
        right="answers:\n  - {dL_dx: 2*a*x}\n",
        stage="",
    ),
    Entry(
        code="E502",
        title="an answer of another shape, or with a meaning that the problem does not have",
        why="A gradient has the shape of its variable; `means` names a quantity of the problem.",
        wrong="# x has two entries\nanswers:\n  - {dL_dx: [6, 12, 18]}\n",
        right="answers:\n  - {dL_dx: [6, 12]}\n",
        stage="",
    ),
)
