"""The chain rule along paths, against the derivative itself."""

from math import exp, sin

import pytest

from symback.explain.drawing.paths import MAX_PATHS, PathFinder, local_slopes
from symback.language import write
from tests.solved import problem, solved

THREE = """
given: {x: 1.5, w: -0.5}
define: {a: x**2, b: sin(x), c: a*b + x, L: c*w + exp(a)}
find: [{gradient: L, wrt: [x, w, a, c]}]
"""


def test_slopes_hold_everything_else_fixed():
    """Each slope is the derivative of one formula by one of its operands."""
    slopes = local_slopes(problem(THREE))

    assert write(slopes["c", "a"].formula) == "b"
    assert write(slopes["c", "x"].formula) == "1"
    assert slopes["c", "x"].fixed == ("a", "b")
    assert slopes["a", "x"].fixed == ()
    assert slopes["a", "x"].value.floats() == 3.0


def test_there_is_no_slope_where_there_is_no_derivative():
    """A power has none by its exponent, an incomplete gamma function none by its order."""
    text = """
    given: {A: [[2, 1], [1, 3]], k: 3, a: 1.5, x: 0.5}
    define: {p: 'trace(matrix_power(A, k))', L: 'x*gammainc_lower(a, x)*p'}
    """

    slopes = local_slopes(problem(text))

    assert set(slopes) == {("L", "x"), ("L", "p")}


def test_slopes_without_values_are_formulas():
    """Symbolic problems have slopes without numbers."""
    slopes = local_slopes(problem("given: {x: {shape: []}}\ndefine: {L: x**3}"))

    assert write(slopes["L", "x"].formula) == "3*x**2"
    assert slopes["L", "x"].value is None


@pytest.mark.parametrize("wrt", ["x", "w", "a", "c"])
def test_products_along_paths_add_up_to_the_gradient(wrt):
    """The sum over all paths of the products of slopes is the derivative."""
    solution = solved(THREE)
    finder = PathFinder(solution)
    total = 0.0
    for product in finder.between("L", wrt).products:
        term = 1.0
        for slope in product:
            term *= slope.value.floats()
        total += term

    h = 1e-5
    values = dict(zip("xwac", (1.5, -0.5, 2.25, 0.0), strict=True))
    assert total == pytest.approx(_difference(values, wrt, h), rel=1e-8)


def _difference(values, wrt, h):
    """Central difference of L by one quantity, which what follows it depends on."""
    return (_loss(values, wrt, h) - _loss(values, wrt, -h)) / (2 * h)


def _loss(values, wrt, change):
    x = values["x"] + (change if wrt == "x" else 0)
    w = values["w"] + (change if wrt == "w" else 0)
    a = x**2 + (change if wrt == "a" else 0)
    c = a * sin(x) + x + (change if wrt == "c" else 0)
    return c * w + exp(a)


def test_many_paths_are_counted():
    """Twenty diamonds in a row have a million paths, which are counted and not written."""
    before = ["x", *(f"a{k}" for k in range(19))]
    steps = "".join(f"  s{k}: sin({a})\n  a{k}: s{k} + {a}\n" for k, a in enumerate(before))
    given = solved(f"given: {{x: 1}}\ndefine:\n{steps}  L: a19**2\n")
    found = PathFinder(given).between("L", "x")

    assert found.products == ()
    assert 2**20 == found.count > MAX_PATHS


def test_arrays_on_the_way_have_no_paths():
    """Where a step is not a scalar there are no products of numbers."""
    given = solved("given: {x: 1, v: [1, 2]}\ndefine: {u: x*v, L: sum(u)}")

    assert PathFinder(given).between("L", "x") is None


def test_slopes_of_derivatives_in_formulas_are_those_of_what_they_are():
    """A step that uses `grad(e, x)` depends on what that derivative is made of, not on e."""
    slopes = local_slopes(
        problem("given: {x: 3, a: 0.1}\ndefine:\n  e: x**2\n  y: x - a*grad(e, x)")
    )

    assert write(slopes["y", "x"].formula) == "1 - 2*a"
    assert slopes["y", "a"].value.floats() == -6.0
    assert ("y", "e") not in slopes


def test_what_is_not_differentiated_has_no_slope():
    """The whole number k of A**k is no reason to draw nothing."""
    text = """
    given: {A: [[1, 2], [0, 1]], k: {value: 3, assume: integer}, a: 2}
    define: {s: a**2, L: 's*trace(matrix_power(A, k))'}
    find: [{gradient: L, wrt: [A, a]}]
    """

    assert set(local_slopes(problem(text))) == {("s", "a"), ("L", "s")}
