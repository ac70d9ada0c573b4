"""Mutated files: whatever is read, it is a problem or an error with places, never an exception."""

import random
import time
from pathlib import Path

import pytest

from symback.errors import SymbackError
from symback.functions import names
from symback.problem.catalogue import catalogue
from symback.problem.load import load_text
from symback.problem.sheet import load_sheet_text
from symback.render.diagnostics import render_diagnostics

FUNCTIONS = names()
PROBLEMS = sorted((Path(__file__).parent.parent.parent / "problems").glob("*.yaml"))
CORPUS = [path.read_text("utf-8") for path in PROBLEMS] + [
    text
    for entry in catalogue().values()
    for text in (entry.wrong, entry.right)
    if entry.stage in ("load", "solve") and len(text) < 1000
]
PIECES = ["[", "]", "{", "}", ":", "-", "'", '"', "|", ">", "&a", "*a", "!x", "#", "?", "%", "@"]
PIECES += ["`", ",", "0", "1e9", "x", "[0]", "**", "wrt", "given:", "define:", "find:", "expect"]
PIECES += ["value", "null", "~", "shape", "n", "\\", "---", "...", "<<", "d2L_dx_dx", "dL_dx"]
PIECES += ["_", "\\x", "ｘ", "é", "\n", "  ", "\t", "\0"]


def mutant(chance):
    """A text of the corpus with a few random changes."""
    text = chance.choice(CORPUS)
    for _ in range(chance.randint(1, 6)):
        start, way = chance.randrange(len(text) + 1), chance.random()
        other = chance.choice(CORPUS)
        cut = chance.randrange(len(other))
        if way < 0.4:
            text = text[:start] + chance.choice(PIECES) + text[start:]
        elif way < 0.7:
            text = text[:start] + text[start + chance.randint(1, 5) :]
        elif way < 0.9:
            text = text[:start] + other[cut : cut + chance.randint(1, 80)] + text[start:]
        else:
            text = text[:start] + chr(chance.randrange(0x110000)) + text[start:]
    return text


@pytest.mark.parametrize("seed", range(10))
def test_mutants_are_problems_or_faults(seed):
    """Every fault has a place inside the text, and nothing takes long."""
    chance = random.Random(seed)
    for _ in range(150):
        text = mutant(chance)
        began = time.process_time()
        for read in (lambda text: load_text(text, "f", FUNCTIONS), load_sheet_text):
            try:
                read(text)
            except SymbackError as error:
                render_diagnostics(error.diagnostics)
                lines = text.count("\n") + text.count("\r") + 1
                places = [diagnostic.place for diagnostic in error.diagnostics]
                assert all(p.line <= lines and p.column <= len(p.text) + 1 for p in places), text
        assert time.process_time() - began < 1, text
