"""Every error code explained: what `symback explain` prints."""

from __future__ import annotations

from functools import cache

from symback.errors import Diagnostic, InputError
from symback.problem.catalogue.entry import Entry
from symback.problem.faults import did_you_mean

__all__ = ["Entry", "catalogue", "explanation", "overview"]


@cache
def catalogue() -> dict[str, Entry]:
    """Return all entries by code, in the order of the codes."""
    from symback.problem.catalogue import answers, commands, expressions, files, meaning, numbers

    modules = (files, expressions, answers, meaning, numbers, commands)
    entries = [entry for module in modules for entry in module.ENTRIES]
    return {entry.code: entry for entry in sorted(entries, key=lambda entry: entry.code)}


def explanation(code: str) -> str:
    """Return what a code means, with its examples. Raises: InputError E614 if there is none."""
    known = catalogue()
    wanted = code.strip().upper()
    wanted = wanted if wanted.startswith("E") else f"E{wanted}"
    if wanted not in known:
        hint = did_you_mean(wanted, known) or "`symback explain` lists all codes"
        raise InputError(Diagnostic("E614", f"there is no error code `{code}`", hint))
    entry = known[wanted]
    return (
        f"{entry.code}: {entry.title}\n\n{entry.why}\n\n"
        f"Wrong:\n\n{_indented(entry.wrong)}\nRight:\n\n{_indented(entry.right)}"
    )


def overview() -> str:
    """Return one line for every code."""
    return "".join(f"{entry.code}  {entry.title}\n" for entry in catalogue().values())


def _indented(example: str) -> str:
    return "".join(f"    {line}".rstrip() + "\n" for line in example.strip("\n").split("\n"))
