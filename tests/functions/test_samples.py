"""Every argument form of every row: values by NumPy and mpmath, derivatives by differences."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from fractions import Fraction
from typing import Any

import mpmath
import numpy as np
import pytest

from symback.functions import entries, settings, table
from symback.functions.entry import Function, Kind
from symback.functions.samples import Sample, samples_of
from symback.functions.signature import bind, parameters
from symback.language import parse, substitute
from symback.language.tree import Call, Expression, Literal, Negate, Number, Sequence
from symback.numeric import FLOAT64, evaluate, solve_values
from symback.tensor.poly import scale
from tests.functions.numpy_values import NUMPY
from tests.functions.trial import DIGITS, Trial
from tests.numeric.oracle import FLOAT_TOLERANCE, encloses
from tests.oracle import evaluate_mp

TRIALS = [Trial(entry, sample) for entry in entries() for sample in samples_of(entry)]
WHOLE = [trial for trial in TRIALS if trial.entry.kind is not Kind.ELEMENTWISE]


def named(trial: Trial) -> str:
    """Return the call, and the shapes of its arrays."""
    return " ".join([trial.sample.call, *map(str, trial.sample.shapes.values())])


each = pytest.mark.parametrize("trial", [one for one in TRIALS if one.sample.shapes], ids=named)
each_of_arrays = pytest.mark.parametrize("trial", WHOLE, ids=named)


@each
def test_derivatives_are_what_differences_give(trial):
    """VJPs, JVPs and second derivatives, to 30 digits, as their written forms read back."""
    assert list(trial.wrong_derivatives()) == []


@each
def test_derivatives_have_the_values_of_their_forms(trial):
    """The proved value and the shape of a derivative are those of its closed form."""
    assert list(trial.wrong_values()) == []


@each
def test_formulas_are_latex(trial):
    """The call, its derivatives and their components pass the lint."""
    assert list(trial.wrong_latex()) == []


@each_of_arrays
def test_values_are_those_of_numpy_and_scipy(trial):
    """The float64 value has the shape and, up to rounding, the entries that the libraries give."""
    arrays = {name: np.array(value, dtype=float) for name, value in trial.arrays.items()}

    expected = eval(trial.sample.call, {**NUMPY, **arrays})
    actual = evaluate(parse(trial.sample.call), arrays, table(), FLOAT64)

    assert actual.dtype == float
    assert actual.shape == np.shape(expected)
    np.testing.assert_allclose(actual, expected, rtol=FLOAT_TOLERANCE, atol=FLOAT_TOLERANCE)


@each_of_arrays
@pytest.mark.parametrize("irrational", [False, True], ids=["rational", "irrational"])
def test_values_are_proved_to_be_those_of_mpmath(trial, irrational):
    """Exact arithmetic and balls enclose what other code finds at 60 digits."""
    tree = parse(trial.sample.call)
    if irrational:
        tree = substitute(tree, {name: parse(f"({name} + pi/1000)") for name in trial.arrays})

    value = solve_values(trial.arrays, [("F", tree)], ["F"], table())["F"]

    expected = np.asarray(evaluate_mp(tree, trial.arrays, DIGITS), object)
    assert value.shape == expected.shape
    assert value.proved.all()
    assert all(map(encloses, value.entries.flat, expected.flat))


def written(entry: Function, sample: Sample) -> dict[str, Expression]:
    """Return the settings that a sample writes out, by name."""
    call = parse(sample.call)
    assert isinstance(call, Call)
    defaults = {one.name: one.default for one in parameters(entry.signature)}
    found = bind(entry, call).settings
    return {name: value for name, value in found.items() if value is not defaults[name]}


def is_number(value: Expression | None) -> bool:
    """Tell whether a setting is a number, not negative."""
    return isinstance(value, Number)


def is_negative(value: Expression | None) -> bool:
    """Tell whether a setting is a negative number."""
    return isinstance(value, Negate)


def is_none(value: Expression | None) -> bool:
    """Tell whether a setting is None."""
    return isinstance(value, Literal) and value.value is None


def is_several(value: Expression | None) -> bool:
    """Tell whether a setting is a tuple or a list."""
    return isinstance(value, Sequence)


def is_left_out(value: Expression | None) -> bool:
    """Tell whether a setting is left out."""
    return value is None


def is_written(value: Expression | None) -> bool:
    """Tell whether a setting is given at all."""
    return value is not None


#: The forms that a setting of a kind must be sampled in; of other kinds it must be written once.
FORMS: dict[Any, tuple[Callable[[Expression | None], bool], ...]] = {
    settings.ALONG: (is_number, is_negative, is_left_out),
    settings.ALONG_ONE: (is_number, is_negative, is_none, is_left_out),
    settings.ALONG_ALL: (is_number, is_negative, is_none, is_several, is_left_out),
    settings.DIAGONAL: (is_number, is_negative, is_left_out),
    settings.KINDS["stride"]: (is_number, is_several, is_left_out),
    settings.KINDS["padding"]: (is_number, is_several, is_left_out),
}
#: Axes that may be given as one, or for which only some of the forms mean something.
EXCEPT = {("flip", is_none), ("roll", is_none), ("conv1d", is_several), ("arange", is_negative)}
SETTINGS = [
    (entry, parameter.name)
    for entry in entries()
    if entry.kind is not Kind.ELEMENTWISE
    for parameter in parameters(entry.signature)[entry.arrays :]
    if not parameter.rest
]


@pytest.mark.parametrize(("entry", "name"), SETTINGS, ids=lambda x: getattr(x, "name", x))
def test_every_form_of_a_setting_is_sampled(entry, name):
    """Axes as number, negative, tuple and None, sides one or several, others at least once."""
    values = [written(entry, sample).get(name) for sample in samples_of(entry)]
    forms = FORMS.get(settings.kind_of(entry, name), (is_written,))
    required = all(one.default is None for one in parameters(entry.signature) if one.name == name)

    for form in forms:
        allowed = (form is is_left_out and required) or (entry.name, form) in EXCEPT
        assert allowed or any(map(form, values)), form.__name__


ONES = [entry for entry in entries() if entry.kind is Kind.PRIMITIVE and entry.arrays == 1]


@pytest.mark.parametrize("entry", ONES, ids=lambda entry: entry.name)
def test_a_rule_off_by_one_factor_is_found(entry):
    """Each VJP times 1.0001 fails in the reverse and, transposed, in the forward direction."""

    def wrong(bound):
        rule = entry.vjps[0]
        return f"1.0001*({rule if isinstance(rule, str) else rule(bound)})"

    def directly_wrong(*arguments):
        return scale(entry.direct(*arguments), Fraction(10001, 10000))

    if entry.vjps:
        changed = replace(entry, vjps=(wrong,), direct=None)
    else:
        changed = replace(entry, direct=directly_wrong)
    functions = {**table(), entry.name: changed}
    found: set[str] = set()
    for sample in samples_of(entry):
        faults = Trial(changed, sample, functions, second=False).wrong_derivatives()
        found |= {fault.partition("_")[0] for fault in faults}
        if len(found) == 2:
            break

    assert found == {"dL1", "dF"}


def test_a_rule_that_is_constant_where_it_should_vary_is_found():
    """A first derivative that is right and cannot be differentiated again fails in the second."""
    entry = table()["softmax"]
    trial = next(Trial(entry, sample) for sample in samples_of(entry))
    value = np.array([[float(x) for x in row] for row in trial.out])
    rule = f"{value.tolist()}*(ct - sum(ct*{value.tolist()}, axis=-1, keepdims=True))"
    frozen = replace(entry, vjps=(rule,))

    faults = list(Trial(frozen, trial.sample, {**table(), "softmax": frozen}).wrong_derivatives())

    assert any(fault.startswith("dS") for fault in faults)


def test_another_value_than_numpys_is_found(monkeypatch):
    """The check of values fails for a function that is another one."""
    trial = next(one for one in WHOLE if one.entry.name == "std")
    monkeypatch.setitem(NUMPY, "std", np.var)

    with pytest.raises(AssertionError):
        test_values_are_those_of_numpy_and_scipy(trial)


def test_samples_say_names_shapes_and_domains():
    """Braces hold shapes; names beyond the row's domains have the last one."""
    entry = replace(table()["solve"], samples=("solve(A{3,3}, b{3})", "solve(a{}, b{2})"))

    first, second = samples_of(entry)

    assert first == Sample(
        "solve(A, b)", {"A": (3, 3), "b": (3,)}, {"A": "invertible", "b": "real"}
    )
    assert second.shapes == {"a": (), "b": (2,)}


def test_mpmath_has_enough_digits():
    """Differences of the second order need twice the digits that are compared, and some more."""
    with mpmath.workdps(DIGITS):
        assert mpmath.mpf(10) ** -DIGITS < mpmath.mpf("1e-70")
