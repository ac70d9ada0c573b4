"""Which files a command is about: those named, and the problems in the folders named."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

#: A top-level key `given`: at the start of a line, or of a mapping in braces.
_GIVEN = re.compile(r"""^(?:\{\s*)?(['"]?)given\1\s*:""", re.MULTILINE)
_BRACES = re.compile(r"""\A\s*\{[^{}\[\]]*?(['"]?)given\1\s*:""")
SUFFIXES = (".yaml", ".yml")


@dataclass(slots=True)
class Files:
    """The files to work on, in order, and how many others the folders hold."""

    names: list[str] = field(default_factory=list)
    skipped: int = 0


def problems_under(paths: list[str]) -> Files:
    """Return the files named, and the YAML files with a top-level `given` in folders named.

    A file that is named twice is taken once. Raises: OSError for a path that does not exist.
    """
    found = Files()
    seen: set[str] = set()
    for path in paths:
        if path == "-" or not os.path.isdir(path):
            if path != "-":
                os.stat(path)
            _add(found, seen, path)
            continue
        for name in _yaml_files(path):
            if states_problem(Path(name)):
                _add(found, seen, name)
            else:
                found.skipped += 1
    return found


def _add(found: Files, seen: set[str], name: str) -> None:
    key = name if name == "-" else os.path.realpath(name)
    if key not in seen:
        seen.add(key)
        found.names.append(name)


def _yaml_files(folder: str) -> Iterator[str]:
    """Yield the YAML files of a folder and its folders in order, hidden ones left out."""
    for root, folders, files in os.walk(folder):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        for name in sorted(files):
            if name.endswith(SUFFIXES) and not name.startswith("."):
                yield os.path.normpath(os.path.join(root, name))


def states_problem(path: Path) -> bool:
    """Tell whether a file looks like a problem; one that cannot be read is left to say so."""
    try:
        text = path.read_text("utf-8-sig", errors="replace")
    except OSError:
        return True
    return bool(_GIVEN.search(text) or _BRACES.search(text))
