"""Solutions in Markdown."""

import re

from symback.render.markdown import markdown_of, mathematics, prose
from tests.solved import GRAPH, PERCEPTRON, solved


def test_formulas_have_nothing_that_markdown_escapes():
    """Inside `$$` no backslash stands before punctuation, and no `<` or `*` at all."""
    text = markdown_of([solved(PERCEPTRON), solved(GRAPH)])

    for block in re.findall(r"\$\$\n(.*?)\n\$\$", text, re.DOTALL):
        assert re.search(r"\\[^A-Za-z]|[<>*]", block) is None
    assert text.count("$$") % 2 == 0


def test_equations_stand_under_each_other():
    """The forward pass is one aligned block, the backward pass has a reason a step."""
    text = markdown_of(solved(PERCEPTRON))

    assert "## Forward pass\n\n$$\n\\begin{aligned}\nz_{1} &= W_{1}x + b_{1} =" in text
    assert "chain rule through $h = \\operatorname{ReLU}(z_{1})$:" in text
    assert "\\begin{pmatrix} -0.04621 & -0.08036 & -0.1145 \\cr" in text


def test_the_graph_is_a_mermaid_block():
    """GitHub draws it; notebooks leave it out."""
    assert "```mermaid\nflowchart" in markdown_of(solved(GRAPH))
    assert "mermaid" not in markdown_of(solved(GRAPH), drawing=False)
    assert "## Part a" not in markdown_of(solved(GRAPH), drawing=False)


def test_text_of_the_file_is_text():
    """HTML, emphasis, links and control characters come out as they stand."""
    assert prose("<script> *a* [x](y) `c` $5 \x1b") == (
        r"\<script\> \*a\* \[x\](y) \`c\` \$5 \\x1b"
    )
    assert prose("- item") == r"\- item"
    assert prose("1. item") == r"1\. item"


def test_mathematics_keeps_its_meaning():
    """Rows, spaces and braces have names."""
    assert mathematics(r"a \\ b\,c \{d\} x^{*} < y") == (
        r"a \cr  b\thinspace c \lbrace d\rbrace  x^{\ast } \lt  y"
    )


def test_failures_are_listed():
    """Each failed expectation is an item."""
    text = markdown_of(solved(GRAPH), failures=["dL_da: expected 4, but it is 3"])

    assert "## Expected otherwise\n\n- dL\\_da: expected 4, but it is 3\n" in text
