"""What every row of the function table promises, checked over the whole table.

Values are judged by mpmath at 60 digits, derivatives by differences of those and by SymPy; none of
the three shares code with the rows.
"""

from __future__ import annotations

import random
import re
import subprocess
import sys
from dataclasses import replace
from fractions import Fraction

import flint
import mpmath
import numpy as np
import pytest
import sympy

from symback.errors import InputError
from symback.functions import Kind, assemble, entries, table
from symback.functions.domains import NAMES
from symback.functions.slopes import slope_rule
from symback.language import names, parse, walk
from symback.language.tree import Call
from tests.functions.contract import (
    DIGITS,
    assert_close,
    balls,
    check_slope,
    mp_of,
    parameters,
    points,
    rational,
    rule_value,
)
from tests.oracle import number
from tests.oracle_entries import ENTRIES

#: float64 has 2.2e-16; a handful of rounded operations in a row may cost three digits.
FLOAT_TOLERANCE = 1e-12

ROWS = [entry for entry in entries() if entry.kind is Kind.ELEMENTWISE]
SLOPES = [
    pytest.param(entry, k, id=f"{entry.name}-{k}")
    for entry in ROWS
    for k in range(entry.arrays)
    if entry.slopes[k] is not None
]


def each_row_with(column: str) -> pytest.MarkDecorator:
    """Parametrise a test over the rows in which a column is filled."""
    rows = [entry for entry in ROWS if getattr(entry, column)]
    return pytest.mark.parametrize("entry", rows, ids=lambda entry: entry.name)


each_row = each_row_with("name")
each_slope = pytest.mark.parametrize(("entry", "k"), SLOPES)


@pytest.fixture(autouse=True)
def precision():
    """Compute balls with 80 digits, and leave the precision as it was."""
    before = flint.ctx.dps
    flint.ctx.dps = 80
    yield
    flint.ctx.dps = before


@each_row
def test_the_enclosure_agrees_with_mpmath(entry):
    """The ball is narrow and its middle is mpmath's value to 30 digits."""
    for point in points(entry):
        ball = entry.ball(*balls(point))

        with mpmath.workdps(DIGITS):
            assert ball.rad() < 1e-40
            assert_close(ENTRIES[entry.name](*map(number, point)), mp_of(ball))


@each_slope
def test_a_slope_agrees_with_differences(entry, k):
    """Every derivative rule, read and evaluated, is the limit of difference quotients."""
    check_slope(entry, k)


@pytest.mark.parametrize(("entry", "k"), [p for p in SLOPES if p.values[0].sympy])
def test_a_slope_agrees_with_sympy(entry, k):
    """Every derivative rule has the value of SymPy's derivative of the row's definition."""
    symbols = [sympy.Symbol(name, real=True) for name in parameters(entry)]
    derivative = sympy.diff(entry.sympy(*symbols), symbols[k])
    if derivative.has(sympy.Derivative, sympy.Subs):
        assert entry.kinks
        return

    for point in points(entry):
        values = [sympy.Rational(*value.as_integer_ratio()) for value in point]
        at_point = derivative.subs(dict(zip(symbols, values, strict=True)))
        expected = sympy.re(at_point.evalf(40))
        with mpmath.workdps(DIGITS):
            assert_close(mpmath.mpf(str(expected)), rule_value(entry, k, point))


@each_row_with("float64")
def test_float64_agrees_with_the_enclosure(entry):
    """The vectorised value is the ball's to float64 accuracy, entry by entry."""
    drawn = points(entry)

    columns = [np.array([float(v) for v in column]) for column in zip(*drawn, strict=True)]
    actual = entry.float64(*columns)

    expected = np.array([float(entry.ball(*balls(point)).mid()) for point in drawn])
    np.testing.assert_allclose(actual, expected, rtol=FLOAT_TOLERANCE, atol=FLOAT_TOLERANCE)


@each_row_with("numpy")
def test_numpy_code_computes_the_same(entry):
    """The code for generated sources has the value of `float64`, with a compound argument."""
    point = [np.array([float(value)]) for value in points(entry)[0]]
    code = re.sub(r"#(\d)", lambda hole: f"0.0 + a[{int(hole[1]) - 1}]", entry.numpy)

    actual = eval(code, {"np": np, "a": point})

    np.testing.assert_allclose(actual, entry.float64(*point), rtol=FLOAT_TOLERANCE)


@each_row_with("exact")
def test_exact_values_lie_in_the_enclosure(entry):
    """Where a value is rational, the ball at the same point contains it or is undefined."""
    special = [Fraction(n, d) for n in (-8, -3, -2, -1, 0, 1, 2, 4, 8) for d in (1, 2)]
    rng = random.Random(entry.name)
    found = 0
    for _ in range(60):
        point = [rng.choice(special) for _ in range(entry.arrays)]
        value = entry.exact(*map(rational, point))
        if value is not None:
            found += 1
            assert isinstance(value, flint.fmpq)
            assert entry.ball(*balls(point)).contains(flint.arb(value)), point

    assert found > 0


@each_row_with("parity")
def test_parity_is_what_the_row_says(entry):
    """An even function does not see a sign, an odd one passes it on."""
    sign = {"even": 1, "odd": -1}[entry.parity]
    for (value,) in points(entry):
        (there,), (here,) = balls([-value]), balls([value])

        assert entry.ball(there).overlaps(sign * entry.ball(here))


@each_row
def test_rules_use_known_names_only(entry):
    """Rules and kink conditions read, and use parameters, `out`, `pi` and listed functions."""
    known = {*parameters(entry), "out", "pi"}
    rules = [rule for rule in entry.slopes if rule is not None]

    for text in [*rules, *([entry.kinks] if entry.kinks else [])]:
        tree = parse(text)
        called = {node.function for node in walk(tree) if isinstance(node, Call)}

        assert set(names(tree)) <= known
        assert called <= set(table())


@each_row
def test_templates_have_balanced_braces_and_holes_in_range(entry):
    """LaTeX braces close, and no template asks for an argument that does not exist."""
    depth = 0
    for brace in re.findall(r"(?<!\\)[{}]", entry.latex):
        depth += {"{": 1, "}": -1}[brace]
        assert depth >= 0
    assert depth == 0
    assert entry.latex.count(r"\left") == entry.latex.count(r"\right")
    for template in (entry.latex, entry.text, entry.numpy):
        assert all(1 <= int(hole) <= entry.arrays for hole in re.findall(r"#(\d)", template))


@each_row
def test_a_row_is_complete(entry):
    """Every row has a source, a summary, domains that exist, and a convention for its kinks."""
    assert entry.source
    assert entry.summary
    assert set(entry.domain) <= NAMES
    assert bool(entry.kinks) == bool(entry.convention)


ORDERS = [(entry.name, k) for entry in ROWS for k in range(entry.arrays) if entry.slopes[k] is None]


@pytest.mark.parametrize(("name", "k"), ORDERS)
def test_an_order_without_closed_form_is_an_error(name, k):
    """Where neither row nor SymPy knows a derivative, the error names function and argument."""
    with pytest.raises(InputError) as caught:
        slope_rule(table()[name], k)

    (diagnostic,) = caught.value.diagnostics
    argument = parameters(table()[name])[k]
    assert diagnostic.code == "E310"
    assert diagnostic.message == (
        f"no closed form is known for the derivative of `{name}` in its argument `{argument}`"
    )


@pytest.mark.parametrize(
    ("name", "wrong"),
    [
        ("exp", "1.0000000000000000000000000001*out"),
        ("tanh", "1 + out**2"),
        ("sigmoid", "out*(1 + out)"),
        ("acos", "1/sqrt(1 - x**2)"),
        ("relu", "1 - step(x)"),
        ("lgamma", "trigamma(x)"),
    ],
)
def test_the_check_of_slopes_rejects_a_wrong_one(name, wrong):
    """A rule with another sign, factor or function must fail, or the check proves nothing."""
    with pytest.raises(AssertionError):
        check_slope(replace(table()[name], slopes=(wrong,)), 0)


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"domain": ()}, "function `exp` has no domain to be sampled from"),
        ({"domain": ("nowhere",)}, "function `exp` is sampled from the unknown domain `nowhere`"),
        ({"slopes": ()}, "function `exp` has 0 derivatives for 1 arguments"),
        ({"ball": None}, "function `exp` has no enclosure of its values"),
        ({"summary": ""}, "function `exp` has no signature or no summary"),
        (
            {"slopes": (None,), "sympy": None},
            "function `exp` has neither a derivative nor a definition to differentiate",
        ),
    ],
)
def test_a_row_that_cannot_be_tested_is_not_registered(change, message):
    """The table refuses a row without samples, derivative or meaning."""
    with pytest.raises(ValueError, match=re.escape(message)):
        assemble([replace(table()["exp"], **change)])


@pytest.mark.parametrize("kind", ["sum", "softmax", "mse"])
@pytest.mark.parametrize(
    ("samples", "message"),
    [
        ((), "has no samples"),
        (("exp(x{3})",), "has a sample that does not call it: `exp(x{3})`"),
        (("{name}(x)",), "has a sample without an array: `{name}(x)`"),
    ],
)
def test_a_function_of_arrays_without_samples_is_not_registered(kind, samples, message):
    """Index forms, primitives and composites need calls with shapes; as they are they do."""
    entry = table()[kind]
    texts = tuple(text.replace("{name}", kind) for text in samples)
    assemble([entry])

    with pytest.raises(ValueError, match=re.escape(message.replace("{name}", kind))):
        assemble([replace(entry, samples=texts)])


def test_a_name_is_registered_once():
    """Two rows of one name, or a name and an alias, are refused."""
    entry = table()["exp"]
    with pytest.raises(ValueError, match="function `exp` is registered twice"):
        assemble([entry, entry])


def test_names_need_no_heavy_library():
    """Asking for the names imports neither NumPy nor SymPy nor flint."""
    code = (
        "import sys; from symback.functions import names; assert 'exp' in names();"
        "print([m for m in ('numpy', 'sympy', 'flint') if m in sys.modules])"
    )

    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)

    assert done.stdout == "[]\n"
