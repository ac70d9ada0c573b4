"""Typesetting: safe, limited in time, and honest about what is missing."""

import shutil

import pytest

from symback.cli import pdf
from symback.errors import InputError, LimitError

needs_tex = pytest.mark.skipif(shutil.which("pdflatex") is None, reason="needs pdflatex")
DOCUMENT = r"\documentclass{article}\begin{document}%s\end{document}"


@needs_tex
def test_a_document_becomes_a_pdf():
    """The bytes begin as a PDF does."""
    assert pdf.pdf_of(DOCUMENT % "x").startswith(b"%PDF")


@needs_tex
@pytest.mark.parametrize("attack", [r"\input{/etc/hostname}", r"\undefined", "$"])
def test_documents_that_tex_refuses_are_errors(attack):
    """Files outside the folder are not readable, errors carry TeX's message."""
    with pytest.raises(InputError, match="pdflatex refused the document"):
        pdf.pdf_of(DOCUMENT % attack)


@needs_tex
def test_endless_documents_are_stopped(monkeypatch):
    """A loop ends with the time."""
    monkeypatch.setattr(pdf, "SECONDS", 1)

    with pytest.raises(LimitError, match="did not finish in 1 s"):
        pdf.pdf_of(DOCUMENT % r"\loop\iftrue\repeat")


def test_a_missing_tex_is_said_with_what_to_install(monkeypatch):
    """Without pdflatex the message names the packages."""
    monkeypatch.setattr(shutil, "which", lambda name: None)

    with pytest.raises(InputError) as caught:
        pdf.pdf_of("")

    assert caught.value.diagnostics[0].code == "E617"
    assert "texlive-latex-base" in caught.value.diagnostics[0].hint
