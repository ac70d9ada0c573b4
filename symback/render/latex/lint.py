"""Checking LaTeX mathematics for what TeX would refuse: braces, pairs, double scripts."""

from __future__ import annotations

import re

_TOKEN = re.compile(r"\\(?:[A-Za-z]+|.)|[^\s]")
_SCRIPTS = {"^": "superscript", "_": "subscript"}
_OPENING = {"}": "{", "\\right": "\\left", "\\end": "\\begin"}


def lint_latex(text: str) -> list[str]:
    """Return what is wrong with a formula in math mode; empty where TeX would take it.

    Braces, `\\left` with `\\right` and `\\begin` with `\\end` must pair up; no base may have two
    superscripts or two subscripts; `$`, `%`, `#` must be escaped, `&` stand in an environment;
    all is ASCII.
    """
    reader = _Reader(_TOKEN.findall(text))
    while reader.rest:
        reader.step(reader.rest.pop())
    unclosed = (f"`{group}` is not closed" for group, _ in reader.groups)
    return [*reader.faults, *unclosed]


class _Reader:
    """The tokens still to come, last first; the open groups with the scripts of their last base."""

    def __init__(self, tokens: list[str]) -> None:
        self.rest = tokens[::-1]
        self.groups: list[tuple[str, set[str]]] = []
        self.scripts: set[str] = set()
        self.faults: list[str] = []

    def step(self, token: str) -> None:
        """Take one token in."""
        if token in _SCRIPTS:
            self.script(token)
        elif token == "'":
            self.prime()
        elif token == "{" or token in ("\\left", "\\begin"):
            self.enter(token, set())
            if token == "\\left" and self.rest:
                self.rest.pop()
        elif token in _OPENING:
            self.leave(token)
        else:
            self.scripts = set()
            if not token.isascii():
                self.faults.append(f"`{token}` is not ASCII")
            if token in ("$", "%", "#") or (token == "&" and not self.environment()):
                self.faults.append(f"`{token}` is not escaped")

    def environment(self) -> bool:
        """Tell whether an environment is open."""
        return any(group == "\\begin" for group, _ in self.groups)

    def once(self, mark: str) -> None:
        """Note a script of the last base; a second one is a fault."""
        if mark in self.scripts:
            self.faults.append(f"double {_SCRIPTS[mark]}")
        self.scripts.add(mark)

    def prime(self) -> None:
        """Take a prime, which is a superscript that another one may follow at once."""
        self.once("^")
        if self.rest and self.rest[-1] == "^":
            self.scripts.discard("^")

    def script(self, mark: str) -> None:
        """Take a script and its argument, a token or a group."""
        self.once(mark)
        if not self.rest or self.rest[-1] in ("}", "^", "_", "&", "\\right"):
            self.faults.append(f"the {_SCRIPTS[mark]} is missing")
        elif self.rest.pop() == "{":
            self.enter("{", self.scripts)

    def enter(self, token: str, scripts: set[str]) -> None:
        """Open a group; `scripts` are those of the base when it closes again."""
        self.groups.append((token, scripts))
        self.scripts = set()

    def leave(self, token: str) -> None:
        """Close the innermost group, which must be of the same kind."""
        if not self.groups or self.groups[-1][0] != _OPENING[token]:
            self.faults.append(f"`{token}` closes nothing")
            return
        self.scripts = self.groups.pop()[1]
        if token == "\\right" and self.rest:
            self.rest.pop()
