"""Derivatives that rows leave to SymPy: translated into the expression language or refused."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import replace

import pytest
import sympy
from sympy import Symbol

from symback.errors import InputError
from symback.functions import entries, family_rows, table
from symback.functions.derived import SLOPES
from symback.functions.from_sympy import Untranslatable, translate
from symback.functions.slopes import DERIVED, derived_slopes, slope_rule
from symback.language import parse, write
from tests.functions.contract import check_slope

x, y = Symbol("x", real=True), Symbol("y", real=True)


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        (sympy.Rational(-3, 4) * x, "-3*x/4"),
        (x - y - 1, "x - y - 1"),
        (-x / y, "-x/y"),
        (1 / sympy.sqrt(x), "1/sqrt(x)"),
        (x**-2, "1/x**2"),
        (x**y * sympy.log(x), "x**y*log(x)"),
        (sympy.E * sympy.pi, "exp(1)*pi"),
        (sympy.Max(x, y, 1), "maximum(maximum(1, x), y)"),
        (sympy.Piecewise((x, x > 0), (0, True)), "where(x > 0, x, 0)"),
        (sympy.Piecewise((1, sympy.Ne(x, 0)), (y, x <= y), (0, True)),
         "where(x != 0, 1, where(x <= y, y, 0))"),
        (sympy.Heaviside(x, 0), "step(x)"),
        (sympy.Heaviside(x), "heaviside(x, 1/2)"),
        (sympy.polygamma(0, x) + sympy.polygamma(1, x), "digamma(x) + trigamma(x)"),
        (sympy.polygamma(3, x), "polygamma(3, x)"),
        (sympy.lowergamma(x, y), "gammainc_lower(x, y)*gamma(x)"),
        (sympy.betainc_regularized(x, y, 0, x), "betainc(x, y, x)"),
        (sympy.besselj(x - 1, y), "besselj(x - 1, y)"),
        (sympy.Abs(sympy.ceiling(x)), "abs(ceil(x))"),
        (sympy.elliptic_e(x), "ellipe(x)"),
    ],
)  # fmt: skip
def test_sympy_is_translated_into_the_language(value, expected):
    """Signs stand in front, roots and gamma functions under the names of the language."""
    assert expected == write(translate(value))


@pytest.mark.parametrize(
    "value",
    [
        sympy.Derivative(sympy.besselj(x, y), x),
        sympy.DiracDelta(x),
        sympy.Function("f")(x),
        sympy.elliptic_e(x, y),
        sympy.betainc_regularized(x, y, 1, x),
        sympy.Piecewise((x, x > 0)),
        sympy.oo,
        sympy.I * x,
    ],
    ids=str,
)
def test_what_the_language_has_no_name_for_is_refused(value):
    """Unevaluated derivatives, distributions, complex numbers: an error and never a guess."""
    with pytest.raises(Untranslatable):
        translate(value)


SMOOTH = [entry for entry in entries() if entry.sympy is not None and not entry.kinks]


@pytest.mark.parametrize("entry", SMOOTH, ids=lambda entry: entry.name)
def test_the_rule_by_sympy_is_right_too(entry):
    """A row without rules of its own gets right ones, or the error that none is known."""
    bare = replace(entry, slopes=(None,) * entry.arrays)

    for k in range(entry.arrays):
        if entry.slopes[k] is not None and entry.name != "cbrt":
            check_slope(bare, k)


def test_a_derivative_through_a_jump_is_refused():
    """SymPy's cbrt(|x|)*sign(x) has a distribution in its derivative: refused, not dropped."""
    with pytest.raises(InputError, match="E310"):
        slope_rule(replace(table()["cbrt"], slopes=(None,)), 0)


def test_a_row_without_rule_and_definition_is_refused():
    """No derivative and nothing to differentiate: the error names function and argument."""
    bare = replace(table()["invdigamma"], slopes=(None,))

    with pytest.raises(InputError) as caught:
        slope_rule(bare, 0)

    (diagnostic,) = caught.value.diagnostics
    assert diagnostic.hint == "let `y` be a value that does not depend on what `wrt` names"


def test_a_rule_may_be_computed():
    """A rule that is a function of settings is called with none."""
    entry = replace(table()["exp"], slopes=(lambda settings: f"out + {len(settings)}",))

    assert slope_rule(entry, 0) == "out + 0"


def test_the_derivatives_by_sympy_are_up_to_date(update_golden):
    """`derived.py` holds what SymPy gives for the rows as they are."""
    if update_golden:
        DERIVED.write_text(derived_slopes(family_rows()), "utf-8")

    assert DERIVED.read_text("utf-8") == derived_slopes(family_rows())


def test_a_changed_definition_changes_the_derivatives():
    """A row with another definition no longer has the derivative that is written down."""
    (exp,) = (row for row in family_rows() if row.name == "exp")

    assert '"exp": {0: "out"}' in derived_slopes([exp])
    assert '"exp": {0: "2*x"}' in derived_slopes([replace(exp, sympy=lambda x: x**2)])


def repeated(row):
    """Return the places of the derivatives that a row states although SymPy gives the same."""
    places = []
    for k, own in enumerate(row.slopes):
        with suppress(InputError):
            by_sympy = slope_rule(replace(row, slopes=(None,) * row.arrays), k)
            places += [k] if own is not None and write(parse(own)) == by_sympy else []
    return places


@pytest.mark.parametrize("entry", SMOOTH, ids=lambda entry: entry.name)
def test_no_row_repeats_what_sympy_gives(entry):
    """A row has a derivative of its own only where it is another than SymPy's."""
    (row,) = (one for one in family_rows() if one.name == entry.name)

    assert repeated(row) == []
    assert repeated(entry) == [k for k in range(entry.arrays) if k in SLOPES.get(entry.name, ())]
