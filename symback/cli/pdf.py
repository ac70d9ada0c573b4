"""Typesetting with pdflatex: in a folder of its own, without access to anything else."""

from __future__ import annotations

import os
import shutil
import subprocess
import tempfile
from pathlib import Path

from symback.errors import Diagnostic, InputError, LimitError

SECONDS = 20
_INSTALL = (
    "install TeX, on Debian `apt-get install texlive-latex-base texlive-latex-recommended"
    " texlive-pictures`, or write `--format latex` and typeset it elsewhere"
)


def pdf_of(tex: str) -> bytes:
    """Return the document as PDF.

    Nothing in the document runs a program or reads files outside its folder.
    Raises: InputError E617 without pdflatex or where it refuses the document, LimitError E617
    after SECONDS seconds.
    """
    program = shutil.which("pdflatex")
    if program is None:
        raise InputError(
            Diagnostic("E617", "`--pdf` needs `pdflatex`, which is not here", _INSTALL)
        )
    with tempfile.TemporaryDirectory(prefix="symback-") as folder:
        (Path(folder) / "solution.tex").write_text(tex, encoding="utf-8")
        _run(program, folder)
        return (Path(folder) / "solution.pdf").read_bytes()


def _run(program: str, folder: str) -> None:
    command = [program, "-no-shell-escape", "-interaction=nonstopmode", "-halt-on-error"]
    environment = {**os.environ, "openin_any": "p", "openout_any": "p", "TEXMFOUTPUT": folder}
    try:
        done = subprocess.run(
            [*command, "solution.tex"],
            cwd=folder,
            env=environment,
            stdin=subprocess.DEVNULL,
            capture_output=True,
            timeout=SECONDS,
            check=False,
        )
    except subprocess.TimeoutExpired:
        hint = "solve fewer files at once, or write `--format latex`"
        message = f"pdflatex did not finish in {SECONDS} s"
        raise LimitError(Diagnostic("E617", message, hint)) from None
    if done.returncode:
        log = done.stdout.decode("utf-8", "replace")
        fault = next((line for line in log.splitlines() if line.startswith("!")), "! no message")
        message = f"pdflatex refused the document: {fault[2:]}"
        raise InputError(Diagnostic("E617", message, _INSTALL))
