from fractions import Fraction

import pytest

from symback.errors import InputError
from symback.language import parse
from symback.language.tree import Number
from symback.problem.answers import answer_reference, answer_value
from symback.problem.sheet import load_sheet, load_sheet_text

SHEET = """\
student: Ada
answers:
- dL_dz2: (y - t)/2
- dL_dW1[1,1]: 0.00605
- h: [0.23, 0.40]
- {quantity: delta, means: dL_dz2, answer: '$\\frac{1}{2}(y-t)$', points: 2, tolerance: 1e-3}
- b.dL_dx: 2*(x
"""


def test_answers_keep_what_was_written():
    """Order, texts, places and settings of a sheet; nothing is judged."""
    sheet = load_sheet_text(SHEET, "ada.yaml")

    assert sheet.student == "Ada"
    formula, component, values, latex, other = sheet.answers
    assert (formula.quantity, formula.written) == ("dL_dz2", "(y - t)/2")
    assert component.place.line == 4
    assert values.written == ("0.23", "0.40")
    assert (latex.latex, latex.means, latex.points.value) == (r"\frac{1}{2}(y-t)", "dL_dz2", 2)
    assert latex.tolerance.absolute.value == Fraction(1, 1000)
    assert (other.part, other.quantity, other.latex) == ("b", "dL_dx", None)


def test_answers_are_read_as_mathematics():
    """Numbers are exact, subscripts 0-based; what cannot be read raises with its place."""
    formula, component, values, _, other = load_sheet_text(SHEET).answers

    assert answer_value(formula) == parse("(y - t)/2")
    assert answer_reference(component, index_base=1).tree == parse("dL_dW1[0,0]")
    assert answer_value(values) == (Number(Fraction(23, 100)), Number(Fraction(2, 5)))
    with pytest.raises(InputError) as caught:
        answer_value(other)
    assert (caught.value.diagnostics[0].place.line, caught.value.diagnostics[0].code) == (7, "E209")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("answers: {a: [{x: 1}, {y: 2}], b: [{x: 3}]}", [("a", "x"), ("a", "y"), ("b", "x")]),
        ("answers: {h: [1, 2], L: 3}", [(None, "h"), (None, "L")]),
        ("answers: [{x: 1}, {x: 1.0}]", [(None, "x"), (None, "x")]),
    ],
)
def test_three_forms_of_sheets(text, expected):
    """A list, a mapping of parts to lists, and a mapping of quantities."""
    assert [(a.part, a.quantity) for a in load_sheet_text(text).answers] == expected


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        ("", ["E104"]),
        ("given: {x: 1}", ["E110", "E112"]),
        ("answers: 3", ["E111"]),
        ("answers: [3]", ["E111"]),
        ("answers: [{quantity: x}]", ["E112"]),
        ("answers: [{quantity: [x], answer: 1}]", ["E111"]),
        ("answers: [{x: {y: 1}}]", ["E111"]),
    ],
)
def test_faults_of_form(text, codes):
    """A sheet that is no sheet is refused, all faults at once."""
    with pytest.raises(InputError) as caught:
        load_sheet_text(text)

    assert [d.code for d in caught.value.diagnostics] == codes


def test_a_sheet_is_read_from_its_file(tmp_path):
    """The name of the file is kept."""
    file = tmp_path / "ada.yaml"
    file.write_text("answers: [{x: 1}]")

    assert load_sheet(file).file == str(file)
