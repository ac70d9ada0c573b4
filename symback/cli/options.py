"""What `symback solve` was asked for, checked."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from symback.errors import Diagnostic, InputError

MAX_DIGITS = 50


class Format(StrEnum):
    """How a solution is written."""

    TEXT = "text"
    JSON = "json"
    LATEX = "latex"
    MARKDOWN = "markdown"
    HTML = "html"


class Picture(StrEnum):
    """How a graph is drawn."""

    TEXT = "text"
    SVG = "svg"
    DOT = "dot"
    TIKZ = "tikz"
    MERMAID = "mermaid"


#: Formats that put several problems into one document.
DOCUMENTS = frozenset((Format.LATEX, Format.MARKDOWN, Format.HTML))


@dataclass(frozen=True, slots=True)
class SolveOptions:
    """Everything but the files; `digits` is None for the digits that suit each number."""

    form: Format = Format.TEXT
    fragment: bool = False
    pdf: Path | None = None
    output: Path | None = None
    parts: tuple[str, ...] = ()
    only: tuple[str, ...] = ()
    digits: int | None = None
    values: tuple[tuple[str, str], ...] = ()
    """Names and texts of values that replace given ones."""
    brief: bool = False

    def __post_init__(self) -> None:
        if self.fragment and self.form not in (Format.LATEX, Format.HTML, Format.MARKDOWN):
            message = f"`--fragment` does not go with `--format {self.form.value}`"
            raise InputError(Diagnostic("E610", message, "add `--format latex`"))
        if self.pdf is not None and self.form not in (Format.TEXT, Format.LATEX):
            message = f"`--pdf` does not go with `--format {self.form.value}`"
            raise InputError(Diagnostic("E610", message, "leave `--format` out"))
        if self.pdf is not None and self.fragment:
            message = "`--pdf` does not go with `--fragment`"
            raise InputError(Diagnostic("E610", message, "leave one of them out"))


def assignments(texts: list[str]) -> tuple[tuple[str, str], ...]:
    """Return names and values of `--set x=1` options.

    Raises: InputError E613 for one of another form, or a name set twice.
    """
    found: dict[str, str] = {}
    for text in texts:
        name, sign, value = text.partition("=")
        name = name.strip()
        if not sign or not name or not value.strip():
            message = f"`--set {text}` is not of the form `--set x=1`"
            raise InputError(
                Diagnostic("E613", message, "write `--set x=0.5` or `--set 'x=[1, 2]'`")
            )
        if name in found:
            message = f"`--set {name}=...` occurs twice"
            raise InputError(Diagnostic("E613", message, "leave one of them out"))
        found[name] = value.strip()
    return tuple(found.items())
