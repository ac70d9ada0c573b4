"""The key reference of problems/README.md, from the table of keys."""

from __future__ import annotations

from symback.problem.keys import FACTS, KINDS, SECTIONS, STRUCTURES, Key

BEGIN = "<!-- keys: written by `make golden` from symback/problem/keys.py -->"
END = "<!-- end of keys -->"


def key_reference() -> str:
    """Return every mapping of the format as a Markdown table, and the words that it knows."""
    tables = [_table(title, keys) for title, keys in SECTIONS.values()]
    words = (
        f"Facts in `assume`: {_words(FACTS)}.\n\nStructures in `structure`: {_words(STRUCTURES)}.\n"
    )
    return "\n".join([*tables, words])


def with_reference(text: str) -> str:
    """Return a document with the reference put between its two marks.

    Raises: ValueError if the marks are not there.
    """
    before, begin, rest = text.partition(BEGIN)
    _, end, after = rest.partition(END)
    if not begin or not end:
        raise ValueError("the marks of the key reference are missing")
    return f"{before}{BEGIN}\n\n{key_reference()}\n{END}{after}"


def _table(title: str, keys: tuple[Key, ...]) -> str:
    rows = [f"### {title}", "", "| key | value | meaning | example |", "| --- | --- | --- | --- |"]
    rows += [f"| {' | '.join(_row(key))} |" for key in keys]
    return "\n".join(rows) + "\n"


def _row(key: Key) -> tuple[str, str, str, str]:
    name = f"`{key.name}`" + (" (needed)" if key.required else "")
    example = f"`{key.name}: {key.example}`" if key.example else ""
    return name, KINDS[key.kind][0], key.meaning, example


def _words(words: tuple[str, ...]) -> str:
    return ", ".join(f"`{word}`" for word in words)
