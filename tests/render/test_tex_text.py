"""Text of a file in LaTeX."""

import pytest

from symback.render.latex.prose import own_label, tex_text


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (r"\input{x}", r"\textbackslash{}input\{x\}"),
        ("100% & #1 $5 a_b", r"100\% \& \#1 \(\$\)5 a\_b"),
        ("^ ~ <x>", r"\textasciicircum{} \textasciitilde{} \(<\)x\(>\)"),
        ("Müller, Erdős, Ångström", r"M\"{u}ller, Erd\H{o}s, \r{A}ngstr\"{o}m"),
        ("naïve", r"na\"{\i}ve"),
        ("δ und Ω und Α", r"\(\delta\) und \(\Omega\) und A"),
        ("\x1b[31m", r"\textbackslash{}x1b[31m"),
        ("中", "[U+4E2D]"),
        ("W₁ ≤ 2", r"W\(_1\) \(\le\) 2"),
    ],
)
def test_every_character_appears_as_itself(text, expected):
    """Specials are escaped, accents composed, Greek set in mathematics, the rest named."""
    assert tex_text(text) == expected


@pytest.mark.parametrize("label", [r"\mathbf{A}", r"\hat{y}", "A", r"x_{\mathrm{max}}"])
def test_labels_that_are_names_are_kept(label):
    """Letters, accents and fonts pass."""
    assert own_label(label) == label


@pytest.mark.parametrize(
    "label",
    [
        r"\input{/etc/passwd}", r"\write18{ls}", r"\def\x{\x\x}\x", r"\csname input\endcsname",
        "a$b", "a%b", "a#b", r"\mathbf{A", "A}", "x^2^3", "\\\\", "a\nb", "é", "x" * 100, "",
        r"\loop\iftrue\repeat", r"\catcode`\%=0", "a&b", r"^^5cinput",
    ],
)  # fmt: skip
def test_labels_that_do_more_are_refused(label):
    """Commands, broken mathematics and long texts do not."""
    assert own_label(label) is None
