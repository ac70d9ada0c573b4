"""Faults as text for a person, and as JSON for a program."""

from __future__ import annotations

import json
from collections.abc import Iterable

from symback.errors import Diagnostic, Place
from symback.render.visible import columns, one_line

#: How much of a long source line is shown on either side of the caret.
_BEFORE, _AFTER = 50, 30
_RED, _BLUE, _BOLD, _RESET = "\x1b[1;31m", "\x1b[1;34m", "\x1b[1m", "\x1b[0m"


def render_diagnostic(diagnostic: Diagnostic, color: bool = False) -> str:
    """Return one fault: code and message, place, source line with carets, help.

    Nothing of the file reaches the terminal but as visible text; a long line is cut.
    """
    red, blue, bold, reset = (_RED, _BLUE, _BOLD, _RESET) if color else ("", "", "", "")
    message = one_line(diagnostic.message)
    lines = [f"{red}error[{diagnostic.code}]{reset}: {bold}{message}{reset}"]
    place = diagnostic.place
    if place is not None:
        lines.append(f"  {blue}-->{reset} {one_line(place.file)}:{place.line}:{place.column}")
        lines.extend(_excerpt(place, blue, red, reset))
    if diagnostic.hint:
        lines.append(f"{blue}help{reset}: {one_line(diagnostic.hint)}")
    return "\n".join(lines) + "\n"


def render_diagnostics(diagnostics: Iterable[Diagnostic], color: bool = False) -> str:
    """Return several faults, one under the other."""
    return "".join(render_diagnostic(diagnostic, color) for diagnostic in diagnostics)


def _excerpt(place: Place, blue: str, red: str, reset: str) -> list[str]:
    """Return the source line and the carets under it; nothing for an empty line."""
    if not place.text.strip():
        return []
    start = min(place.column - 1, len(place.text))
    first = max(0, start - _BEFORE) if start > _BEFORE + 10 else 0
    last = min(len(place.text), start + max(place.width, 1) + _AFTER, start + 2 * _BEFORE)
    before = ("…" if first else "") + _plain(place.text[first:start])
    marked = _plain(place.text[start : min(start + place.width, last)])
    after = _plain(place.text[start + place.width : last])
    rest = "…" if last < len(place.text) else ""
    gutter = str(place.line).rjust(4)
    carets = "^" * max(1, columns(marked))
    return [
        f"{blue}{gutter} |{reset} {before}{marked}{after}{rest}".rstrip(),
        f"{blue}{' ' * len(gutter)} |{reset} {' ' * columns(before)}{red}{carets}{reset}",
    ]


def _plain(text: str) -> str:
    """Return a piece of a source line; a tab takes one column, whatever the terminal does."""
    return one_line(text.replace("\t", " "))


def errors_document(file: str, diagnostics: Iterable[Diagnostic]) -> dict[str, object]:
    """Return what `--format json` prints for a file that failed; lines and columns from 1."""
    errors = [
        {
            "code": diagnostic.code,
            "message": diagnostic.message,
            "line": diagnostic.place.line if diagnostic.place else None,
            "column": diagnostic.place.column if diagnostic.place else None,
            "hint": diagnostic.hint,
        }
        for diagnostic in diagnostics
    ]
    return {"schema": "symback/1", "file": file, "errors": errors}


def render_errors_json(file: str, diagnostics: Iterable[Diagnostic]) -> str:
    """Return that document on one line."""
    return json.dumps(errors_document(file, diagnostics)) + "\n"
