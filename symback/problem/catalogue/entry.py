"""The form of an entry of the catalogue of errors."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One code: what is wrong, why that is an error, and an example each way.

    `stage` says what the examples are: `load` and `solve` problem files (whose fault is found
    when reading or when solving), `sheet` an answer sheet, `latex` an answer between dollar
    signs, `command` a command line, `python` a program; `""` where it takes more than one text.
    """

    code: str
    title: str
    why: str
    wrong: str
    right: str
    stage: str = "load"
