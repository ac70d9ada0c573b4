"""The function reference: complete, readable, and the same in problems/README.md."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from symback.cli.app import run
from symback.errors import InputError
from symback.functions import entries, table
from symback.functions.entry import Kind
from symback.functions.reference import (
    about,
    derivatives,
    function_reference,
    listing,
    with_functions,
)
from symback.language import parse

README = Path(__file__).parents[2] / "problems" / "README.md"


def test_the_reference_is_up_to_date(update_golden):
    """problems/README.md holds the tables of functions as they are."""
    if update_golden:
        README.write_text(with_functions(README.read_text("utf-8")), "utf-8")
    text = README.read_text("utf-8")

    assert with_functions(text) == text


def test_every_function_is_listed():
    """Each call stands in the list and in the tables, once."""
    calls = re.findall(r"^  (\w+)\(", listing(), re.MULTILINE)
    rows = re.findall(r"^\| `(\w+)\(", function_reference(), re.MULTILINE)

    assert calls == rows == [entry.name for entry in entries()]


@pytest.mark.parametrize("entry", entries(), ids=lambda entry: entry.name)
def test_rules_are_formulas(entry):
    """Whatever is shown as a derivative reads back in; only index forms and constants have none."""
    rules = derivatives(entry)

    for rule in rules:
        body = rule.rpartition(": ")[2] if rule.startswith(("∂", "cotangent")) else rule
        assert body == "not known in closed form" or parse(body)
    assert rules or entry.kind in (Kind.INDEX, Kind.PRIMITIVE, Kind.COMPOSITE)


def test_one_function():
    """All that its row says, also under another name."""
    assert about("relu") == (
        "relu(x)\n"
        "  value       maximum(x, 0)\n"
        "  domain      real\n"
        "  derivative  entry by entry, with broadcasting\n"
        "              ∂/∂x: step(x)\n"
        "  kinks       x == 0: relu'(0) = 0\n"
        "  source      PyTorch, torch.nn.functional\n"
    )
    assert all(about(name) == about(entry.name) for name, entry in table().items())


def test_an_unknown_function(capsys):
    """The nearest name is proposed."""
    with pytest.raises(InputError, match="E616"):
        about("sigmiod")
    assert run(["functions", "sigmiod"]) == 2
    assert "help: did you mean `sigmoid`?" in capsys.readouterr().err


def test_the_command(capsys):
    """Without a name the list, with one its description."""
    assert run(["functions"]) == 0
    assert capsys.readouterr().out == listing()
    assert run(["functions", "expit"]) == 0
    assert capsys.readouterr().out == about("sigmoid")


def test_a_document_without_marks_is_refused():
    """The reference is not put anywhere else."""
    with pytest.raises(ValueError, match="marks"):
        with_functions("no marks")


def test_tables_have_three_columns():
    """No bar inside a cell splits it."""
    rows = [line for line in function_reference().splitlines() if line.startswith("|")]

    assert {row.count("|") for row in rows} == {4}
