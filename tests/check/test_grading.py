"""Grading: right answers in unusual forms, known mistakes, and the homework's own sheets."""

import json
from functools import cache
from pathlib import Path

import pytest

from symback.check.grading import Grader
from symback.functions import table
from symback.problem.load import load, load_text
from symback.problem.sheet import load_sheet, load_sheet_text
from tests.check.grading_cases import RIGHT, SHEETS, WRONG

PROBLEMS = Path(__file__).parents[2] / "problems"
CORRECT, FOLLOW, WRONG_ = "correct", "follow_through", "wrong"


@cache
def grader(problem):
    """Derive a problem once for all its answers."""
    return Grader(load_text(problem, "problem.yaml", table()), table())


def grade(problem, answers):
    """Grade a list of answers."""
    sheet = load_sheet_text(json.dumps({"answers": answers}), "sheet.yaml")
    return grader(json.dumps(problem)).grade(sheet)


@pytest.mark.parametrize(("problem", "quantity", "answer"), RIGHT)
def test_right_answers_are_not_accused(problem, quantity, answer):
    """Whatever the form, an equivalent answer is correct."""
    (one,) = grade(problem, [{quantity: answer}]).answers

    assert (one.verdict, one.finding, one.points) == (CORRECT, None, 1)


@pytest.mark.parametrize(("problem", "quantity", "answer", "kinds"), WRONG)
def test_mistakes_are_named(problem, quantity, answer, kinds):
    """A wrong answer is wrong, and its mistake is called by one of the names that fit."""
    (one,) = grade(problem, [{quantity: answer}]).answers

    assert one.verdict == WRONG_
    assert one.points == 0
    if kinds:
        assert one.finding.kind in kinds


@pytest.mark.parametrize(("problem", "answers", "expected"), SHEETS)
def test_answers_are_judged_in_the_light_of_those_before(problem, answers, expected):
    """Verdicts of whole sheets: names of answers mean what was written there."""
    report = grade(problem, answers)

    assert [one.verdict for one in report.answers] == expected


HOMEWORK = {
    "7_1": [
        *[("correct", None)] * 3,
        ("rounding", "rounding"),
        ("correct", None),
        ("wrong", "transcription"),
        ("correct", None),
        ("follow_through", None),
        ("correct", None),
        ("follow_through", None),
        ("wrong", "factor"),
        *[("follow_through", None)] * 5,
    ],
    "7_2": [("correct", None)] * 17,
    "7_3": [
        ("correct", None),
        ("wrong", "missing_path"),
        ("wrong", "missing_path"),
        ("correct", None),
    ],
}


@pytest.mark.parametrize("name", HOMEWORK)
def test_the_homework_is_graded_as_it_was_by_hand(name):
    """The verdicts and mistakes of the three exercises' hand answers."""
    problem = load(PROBLEMS / f"{name}.yaml", table())
    report = Grader(problem, table()).grade(load_sheet(PROBLEMS / "answers" / f"{name}.yaml"))

    found = [(one.verdict, one.finding.kind if one.finding else None) for one in report.answers]
    assert found == HOMEWORK[name]


def test_the_homework_is_explained_to_a_person():
    """The sentences about the mistakes of exercise 7.1."""
    problem = load(PROBLEMS / "7_1.yaml", table())
    report = Grader(problem, table()).grade(load_sheet(PROBLEMS / "answers" / "7_1.yaml"))

    messages = [one.finding.message for one in report.answers if one.finding]
    assert messages == [
        "right but for values of functions rounded to 4 decimals",
        "`y` was copied wrongly: `0.5983` for `0.5982` and `0.6591` for `0.6599`",
        "a factor 1/2 too many: it is in `dL_dz2` already",
    ]
    assert (report.points, report.of, report.passed) == (14, 16, False)


def test_an_unreadable_answer_says_why():
    """Syntax, names and shapes that make no sense are not called wrong."""
    report = grade(SHEETS[0][0], [{"dL_dz2": "(y - t"}, {"dL_dz2": "y - q"}, {"dL_dh": "$\\foo$"}])

    assert [one.verdict for one in report.answers] == ["unread"] * 3
    assert report.answers[1].note.startswith("`q` is not a name of the problem")


@pytest.mark.parametrize("answer", ["exp(1000)", "1/0", "log(-1)", "exp(exp(exp(1e9)))"])
def test_infinite_and_undefined_answers_are_wrong(answer):
    """Whatever is beyond all bounds is not within half a unit of the truth."""
    text = (PROBLEMS / "7_1.yaml").read_text()
    sheet = load_sheet_text(json.dumps({"answers": [{"L": answer}]}), "sheet.yaml")
    (one,) = grader(text).grade(sheet).answers

    assert one.verdict == WRONG_
    assert one.finding.message == "the answer is not defined, or far too large"


def test_entries_whose_formulas_use_names_of_shared_parts_are_explained():
    """∂p/∂q[1,1] = l₁ cos c with c = q₀ + q₁, a name that no student knows."""
    text = (PROBLEMS / "two_link_arm.yaml").read_text()
    (one,) = (
        grader(text)
        .grade(load_sheet_text("answers: [{'dp_dq[1,1]': 'l[1]*sin(q[0] + q[1])'}]", "sheet.yaml"))
        .answers
    )

    assert (one.verdict, one.finding.kind) == (WRONG_, "function_for_derivative")


#: Forms of `relu(x)` that differ from it in a narrow gap, beyond all usual values, or nowhere.
NARROW = ("x*(x > 0.0001)", "where(x > 0.001, x, 0)", "x*(x > 1e-9)", "clip(x, 0, 100)", "relu6(x)")
NOWHERE = (
    *("x*(x >= 0)", "(x + abs(x))/2", "where(x < 0, 0, x)", "-minimum(-x, 0)"),
    "relu(x)*(cosh(x)**2 - sinh(x)**2)",
    *("x*heaviside(x, 1)", "sqrt(x**2)*(x > 0)", "x*(1 + sign(x))/2", "0.5*x + 0.5*x*tanh(1e9*x)"),
)
RELU = {
    "given": {"x": {"shape": ["n"]}},
    "define": {"h": "relu(x)", "L": "sum(h**2)/2"},
    "find": [{"gradient": "L", "wrt": ["x"]}],
}


@pytest.mark.parametrize("formula", NARROW)
def test_a_branch_that_begins_or_ends_elsewhere_is_wrong(formula):
    """What agrees at every random point is refuted between the borders of its branches."""
    signal = f"h*(({formula}) != 0)" if "clip" not in formula and "relu6" not in formula else "0*h"
    answers = grade(RELU, [{"h": formula}, {"dL_dx": formula}, {"dL_dh": signal}]).answers

    assert [one.verdict for one in answers] == [WRONG_] * 3
    assert answers[0].finding.kind == "wrong_branch"
    assert "begins or ends at another place" in answers[0].finding.message


@pytest.mark.parametrize("formula", NOWHERE)
def test_conventions_at_a_kink_are_no_mistakes(formula):
    """Which side a border belongs to, and what is at it, accuses nobody."""
    one, other = grade(RELU, [{"h": formula}, {"dL_dx": f"({formula})*(x >= 0)"}]).answers

    assert (one.verdict, other.verdict) == (CORRECT, CORRECT)


@pytest.mark.parametrize(("added", "verdict"), [("", CORRECT), (" + 1e-7", WRONG_)])
def test_what_cancels_in_float64_is_judged_with_more_digits(added, verdict):
    """Large numbers that cancel leave few digits, which accuse nobody; a difference still does."""
    one = f"cosh(5*x)**2 - sinh(5*x)**2{added}"

    assert [a.verdict for a in grade(RELU, [{"h": f"relu(x)*({one})"}]).answers] == [verdict]


SUM = {
    "given": {
        "x": [0.5, -0.8],
        "w": [1.5, 0.7],
        "p": {"value": [0.25, 0.75], "assume": ["simplex"]},
    },
    "define": {"z": "w*x", "L": "sum(tanh(z)*p)"},
}


@pytest.mark.parametrize(
    ("answer", "verdict"),
    [
        ("p*w*(1 - tanh(w*x)**2)", CORRECT),
        ("p*w/(cosh(z)**2*sum(p))", CORRECT),
        ("w*p/(cosh(z)**2 + 1e-12)", CORRECT),
        ("p*w*(1 - tanh(z)**2) + 1e-11", WRONG_),
        ("p*w*(1 - tanh(z)**2)/(1 + 1e-11)", WRONG_),
        ("1.0000000001*p*w*(1 - tanh(z)**2)", WRONG_),
        ("p*w*(1 - tanh(z + 1e-11)**2)", WRONG_),
        ("0.3333333333*3*p*w/cosh(z)**2", CORRECT),
        ("6.2831853072*p*w/(2*pi*cosh(z)**2)", CORRECT),
        ("6.2831853071*p*w/(2*pi*cosh(z)**2)", WRONG_),
    ],
)
def test_terms_too_small_for_float64_are_seen(answer, verdict):
    """What float64 takes for right is judged exactly; what keeps a divisor from 0 is let pass."""
    assert [one.verdict for one in grade(SUM, [{"dL_dx": answer}]).answers] == [verdict]


def test_a_tiny_term_is_named_and_earns_no_follow_through():
    """A term too many, by how much, and no excuse by what was wrong before."""
    answers = [{"dL_dz": "2*p*(1 - tanh(z)**2)"}, {"dL_dx": "w*dL_dz + 1e-12"}]
    tiny = grade(SUM, [{"dL_dx": "p*w*(1 - tanh(z)**2) + 1e-11"}]).answers[0].finding

    assert tiny.kind == "extra_term"
    assert tiny.message.startswith("nearly right, but not equal: entry [0] is off by 1e-11")
    assert [one.verdict for one in grade(SUM, answers).answers] == [WRONG_] * 2


def test_what_rests_on_a_kink_of_no_formula_is_graded():
    """Eigenvalues have a kink where two are equal, for which there is no formula."""
    given = {"S": {"shape": ["n", "n"], "assume": ["symmetric"]}}
    problem = {"given": given, "define": {"L": "sum(eigvalsh(S)**2)"}}

    assert [one.verdict for one in grade(problem, [{"L": "sum(S*S)"}]).answers] == [CORRECT]


def test_a_name_for_what_is_wrong_in_a_gap_alone_stands_for_that_quantity():
    """It is found by where it is right, called wrong once, and later answers may use it."""
    linear = {**RELU, "define": {"h": "relu(x)", "L": "sum(h)"}}
    first, second = grade(linear, [{"delta": "(x > 0.0001)*1"}, {"dL_dx": "delta"}]).answers

    assert (first.name, first.verdict) == ("dL_dx", WRONG_)
    assert second.verdict == CORRECT


@pytest.mark.parametrize(
    ("latex", "verdict"),
    [
        (r"\sigma(x) + x\sigma(x)(1 - \sigma(x))", CORRECT),
        (r"\sigma(x)\left[1 + x\sigma(-x)\right]", CORRECT),
        (r"\frac{1 + e^{-x} + xe^{-x}}{(1 + e^{-x})^2}", CORRECT),
        (r"\sigma(x)\left[1 + x\sigma(x)\right]", "unread"),
    ],
)
def test_of_several_readings_the_right_one_is_meant(latex, verdict):
    """A product of two vectors is read as a person would; if none is right it is not guessed."""
    problem = {"given": {"x": [0.6, -1.4]}, "define": {"L": "sum(silu(x))"}}

    assert [one.verdict for one in grade(problem, [{"dL_dx": f"${latex}$"}]).answers] == [verdict]


@pytest.mark.parametrize(
    ("latex", "verdict"),
    [
        (r"\frac{2}{m} X^\top (Xw - y)", CORRECT),
        (r"\frac{2}{\sqrt{m}\sqrt{m}} X^\top (Xw - y)", CORRECT),
        (r"\frac{2}{n} X^\top (Xw - y)", WRONG_),
    ],
)
def test_dimensions_without_a_number_are_numbers_in_latex(latex, verdict):
    """Sizes that the problem leaves open stand in formulas like any scalar."""
    given = {"X": {"shape": ["m", "n"]}, "w": {"shape": ["n"]}, "y": {"shape": ["m"]}}
    problem = {"given": given, "define": {"L": "mean((X@w - y)**2)"}}

    assert [one.verdict for one in grade(problem, [{"dL_dw": f"${latex}$"}]).answers] == [verdict]


@pytest.mark.parametrize(
    ("quantity", "latex", "verdict"),
    [
        ("dL_dh", r"\frac{\partial L}{\partial z_2} W_2", CORRECT),
        ("dL_dW1", r"\frac{\partial L}{\partial z_1} x", CORRECT),
        ("dL_dh", r"W_2 \frac{\partial L}{\partial z_2}", WRONG_),
        ("dL_dW1", r"x \frac{\partial L}{\partial z_1}", "unread"),
    ],
)
def test_what_lacks_a_transpose_is_read_where_shapes_leave_one_reading(quantity, latex, verdict):
    """A row before a matrix, an outer product; elsewhere what is written counts, or is refused."""
    sheet = load_sheet_text(json.dumps({"answers": [{quantity: f"${latex}$"}]}), "sheet.yaml")
    graded = Grader(load(PROBLEMS / "7_1.yaml", table()), table()).grade(sheet)

    assert [one.verdict for one in graded.answers] == [verdict]
