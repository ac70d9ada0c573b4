import re
from pathlib import Path

import pytest

import symback
from symback.errors import SymbackError
from symback.explain.solve import solve
from symback.functions import names, table
from symback.language.latex import read_latex
from symback.problem.catalogue import catalogue, explanation, overview
from symback.problem.load import load_text
from symback.problem.sheet import load_sheet_text
from symback.render.diagnostics import render_diagnostics

GOLDEN = Path(__file__).parent.parent / "golden" / "errors"
PROBLEMS = [entry for entry in catalogue().values() if entry.stage in ("load", "solve")]

PROGRAMS = [entry for entry in catalogue().values() if entry.stage == "python"]
LATEX = [entry for entry in catalogue().values() if entry.stage == "latex"]


def faults(text, stage):
    """What loading a problem, or solving it, finds wrong with it."""
    try:
        problem = load_text(text, "problem.yaml", names(), Path("/nowhere"))
        if stage == "solve":
            solve(problem, table())
    except SymbackError as error:
        return error.diagnostics
    return ()


def test_every_code_in_the_source_is_explained():
    """No fault is raised with a code that `symback explain` does not know, and no other way."""
    source = Path(symback.__file__).parent
    used = {
        code
        for file in source.rglob("*.py")
        if "catalogue" not in file.parts or file.name == "__init__.py"
        for code in re.findall(r'"(E[1-6]\d\d)"', file.read_text("utf-8"))
    }

    assert sorted(used) == list(catalogue())


@pytest.mark.parametrize("entry", PROBLEMS, ids=lambda entry: entry.code)
def test_wrong_examples_are_wrong_and_right_ones_right(entry):
    """The wrong example has the fault that it is an example of, the right one has none."""
    assert entry.code in [fault.code for fault in faults(entry.wrong, entry.stage)]
    assert faults(entry.right, entry.stage) == ()


@pytest.mark.parametrize("entry", PROBLEMS, ids=lambda entry: entry.code)
def test_faults_print_what_was_read_and_accepted(entry, update_golden):
    """Message, place, carets and help of every code, letter by letter."""
    file = GOLDEN / f"{entry.code}.txt"
    text = render_diagnostics(faults(entry.wrong, entry.stage))
    if update_golden:
        file.write_text(text, "utf-8")

    assert text == file.read_text("utf-8")


@pytest.mark.parametrize("entry", LATEX, ids=lambda entry: entry.code)
def test_latex_examples_are_wrong_and_right(entry):
    """The same for answers between dollar signs, about a vector x."""
    right, wrong = (load_sheet_text(text).answers[0].latex for text in (entry.right, entry.wrong))
    read_latex(right, ["x"], lambda name: 1)

    with pytest.raises(SymbackError) as caught:
        read_latex(wrong, ["x"], lambda name: 1)
    assert caught.value.diagnostics[0].code == entry.code


@pytest.mark.parametrize("entry", PROGRAMS, ids=lambda entry: entry.code)
def test_programs_of_examples_fail_and_run(entry, capsys):
    """The wrong program raises the fault that it is an example of, the right one prints."""
    exec(entry.right, {})
    assert capsys.readouterr().out

    with pytest.raises(SymbackError) as caught:
        exec(entry.wrong, {})
    assert [fault.code for fault in caught.value.diagnostics] == [entry.code]


def test_every_code_has_two_examples():
    """Nobody is left with a sentence alone."""
    assert [entry.code for entry in catalogue().values() if not (entry.wrong and entry.right)] == []


def test_every_golden_file_has_its_code():
    """No file is left over from a code that is gone."""
    assert {file.stem for file in GOLDEN.iterdir()} == {entry.code for entry in PROBLEMS}


def test_faults_of_problems_have_places():
    """Whatever is wrong with a file is shown in it."""
    read = [entry for entry in PROBLEMS if entry.stage == "load"]
    placeless = {entry.code for entry in read if faults(entry.wrong, "load")[0].place is None}

    assert placeless == set()


def test_an_explanation_shows_both_examples():
    """Code, title, reason, the wrong and the right way."""
    text = explanation("e204")

    assert text.startswith("E204: comparisons in a chain\n\nA comparison has the value 0 or 1")
    assert "Wrong:\n\n    given:" in text
    assert "Right:\n\n    given:" in text
    assert explanation("204") == text


def test_the_overview_has_a_line_for_each_code():
    """All codes with their titles."""
    assert len(overview().splitlines()) == len(catalogue())


def test_an_unknown_code_is_a_fault():
    """The nearest codes are offered."""
    with pytest.raises(SymbackError) as caught:
        explanation("E2345")

    assert caught.value.diagnostics[0].code == "E614"
