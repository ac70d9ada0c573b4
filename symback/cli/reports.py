"""Which renderer writes the outcome of `symback check` in which format."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from symback.check.outcome import FileReport
from symback.render.checks.github import github
from symback.render.checks.sarif import sarif
from symback.render.checks.terminal import check_json, check_text

#: (reports, files skipped, colour) to text.
Renderer = Callable[[Sequence[FileReport], int, bool], str]


def _json(reports: Sequence[FileReport], skipped: int, color: bool) -> str:
    return check_json(reports)


def _github(reports: Sequence[FileReport], skipped: int, color: bool) -> str:
    return github(reports, skipped)


def _sarif(reports: Sequence[FileReport], skipped: int, color: bool) -> str:
    return sarif(reports)


RENDERERS: dict[str, Renderer] = {
    "text": check_text,
    "json": _json,
    "github": _github,
    "sarif": _sarif,
}
