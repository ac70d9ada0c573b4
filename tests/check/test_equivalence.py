"""Equality of formulas: never by chance, never by a guess."""

import pytest

from symback.calculus.program import Program
from symback.check.formulas.context import Context
from symback.check.formulas.equivalence import Truth, equivalent
from symback.check.formulas.sampling import Variable
from symback.errors import InputError
from symback.functions import table
from symback.language import parse
from symback.problem.facts import implied
from symback.tensor.dims import dim
from tests.check import common_identities, rare_identities
from tests.check.identities import DIFFERENT, EQUAL, pairs

N, M = dim("n"), dim("m")
SHAPES = {
    **dict.fromkeys(("A", "B", "C"), (N, N)),
    **dict.fromkeys(("W", "V"), (M, N)),
    **dict.fromkeys(("x", "y", "p"), (N,)),
    "d": (M,),
    **dict.fromkeys(("s", "q"), ()),
}


def build(shapes, define=None, facts=None, dims=None):
    """Return a context of given names with shapes, without values, and definitions on top."""
    found = Context(Program(table(), dict(dims or {})), {}, {})
    for name, shape in shapes.items():
        known = (facts or {}).get(name, ())
        found.program.give(name, shape, implied(known))
        found.variables[name] = Variable(shape, known)
    for name, tree in (define or {}).items():
        found.define(name, tree)
    return found


def context(**facts: tuple[str, ...]) -> Context:
    """Return a context of matrices A B C, W V, vectors x y p d and scalars s q."""
    dims = {"n": None, "m": None}
    return build(SHAPES, facts={"p": ("positive",), **facts}, dims=dims)


def truth(left: str, right: str, within: Context | None = None) -> Truth:
    """Return what is known of an equality."""
    return equivalent(parse(left), parse(right), within or context()).truth


def verdicts(templates: tuple[tuple[str, str], ...], each: int, wanted: Truth) -> list[object]:
    """Return the pairs whose verdict is another than the one wanted."""
    within = context()
    return [
        (left, right, found)
        for left, right in pairs(templates, each)
        if (found := truth(left, right, within)) is not wanted
    ]


def test_identities_hold():
    """Formulas that are equal by an identity of algebra or analysis are found equal."""
    assert verdicts(EQUAL, 2, Truth.TRUE) == []


def test_near_misses_are_refuted():
    """Formulas that only look alike are told apart: order, shape, factor, function, sign."""
    assert verdicts(DIFFERENT, 2, Truth.FALSE) == []


@pytest.mark.slow
def test_five_hundred_identities_and_near_misses():
    """No wrong verdict over all fillings of the templates."""
    assert len(pairs(EQUAL, 24)) >= 500
    assert len(pairs(DIFFERENT, 24)) >= 500

    assert verdicts(EQUAL, 24, Truth.TRUE) == []
    assert verdicts(DIFFERENT, 24, Truth.FALSE) == []


@pytest.mark.parametrize(
    ("lines", "wanted"),
    [
        (rare_identities.SAME, Truth.TRUE),
        (rare_identities.ALIKE, Truth.FALSE),
        (common_identities.SAME, Truth.TRUE),
        (common_identities.ALIKE, Truth.FALSE),
    ],
)
def test_rare_identities_hold_and_near_misses_do_not(lines, wanted):
    """Functions, matrices, branches, tiny constants, sizes: nothing wrong or not known."""
    shapes = {**SHAPES, "S": (N, N), "T": (N, N), "X": (dim("b"), N), "r": ()}
    facts = {"p": ("positive",), "r": ("positive",), "S": ("symmetric",)}
    facts["T"] = ("symmetric", "positive-definite")
    within = build(shapes, facts=facts, dims={"n": None, "m": None, "b": None})
    cases = [line.split(" ~ ") for line in lines.split("\n") if line]

    found = {(left, right): truth(left, right, within) for left, right in cases}

    assert len(cases) >= 110
    assert {pair: one for pair, one in found.items() if one is not wanted} == {}


def test_facts_are_respected():
    """Where a matrix is symmetric its transpose is the same; a simplex sums to 1."""
    within = context(A=("symmetric",), x=("simplex",), B=("orthogonal",), y=("unit-norm",))

    assert truth("A @ y + A.T @ y", "2*A @ y", within) is Truth.TRUE
    assert truth("sum(x)*y", "y", within) is Truth.TRUE
    assert truth("inv(B)", "B.T", within) is Truth.TRUE
    assert truth("norm(y)", "1", within) is Truth.TRUE
    assert truth("sum(y)", "1", within) is Truth.FALSE


def test_a_refutation_names_its_point():
    """The witness holds sizes, exact values of all names, the entry, and both sides there."""
    verdict = equivalent(parse("2*x"), parse("x**2"), context())

    witness = verdict.witness
    assert witness is not None
    value = witness.given["x"][witness.place[0]]
    assert (witness.left, witness.right) == (2 * value, value**2)
    assert len(witness.given["W"]) == witness.sizes["m"]


def test_shapes_must_agree():
    """A scalar is no vector of equal entries, nor a column a vector."""
    verdict = equivalent(parse("s"), parse("s*ones(n)"), context())

    assert (verdict.truth, verdict.reason) == (Truth.FALSE, "the shapes are () and (n,)")


def test_both_sides_of_kinks_are_sampled():
    """A scalar ReLU is not its argument, though it is for half of all points."""
    for formula in ("relu(s)", "abs(s)", "s*(s > 0)", "maximum(s, -3*s)"):
        assert truth(formula, "s") is Truth.FALSE


@pytest.mark.parametrize(
    ("formula", "other"),
    [
        ("relu(s)", "s*(s > 0.0001)"),
        ("relu(s)", "maximum(s, 1e-7)"),
        ("abs(x)", "where(x > -1e-6, x, -x)"),
        ("clip(x, -1, 1)", "where(abs(x) < 1.00001, x, sign(x))"),
        ("relu(d)", "d*((d > 0) - (d > 0)*(d < 1e-5))"),
        ("sign(s)", "tanh(1000*s)"),
        ("step(s)", "sigmoid(1e5*s)"),
        ("clip(s, -50, 50)", "s"),
    ],
)
def test_narrow_gaps_between_branches_are_seen(formula, other):
    """Points just beside the borders of branches, which no random point would find."""
    assert truth(formula, other) is Truth.FALSE


@pytest.mark.parametrize(
    ("formula", "other"),
    [
        ("relu(s)", "s*(s > 0)"),
        ("abs(x)", "x*sign(x)"),
        ("maximum(s, q)", "q + relu(s - q)"),
        ("clip(x, -1, 1)", "minimum(maximum(x, -1), 1)"),
        ("leaky_relu(x, 0.1)", "0.1*x + 0.9*x*(x > 0)"),
    ],
)
def test_equal_branches_are_equal_beside_their_borders(formula, other):
    """What is the same function passes there too."""
    assert truth(formula, other) is Truth.TRUE


def test_definitions_are_evaluated_from_what_is_given():
    """Names of steps mean their definitions, in formulas of either side."""
    define = {"z": parse("W @ x + d"), "h": parse("tanh(z)"), "L": parse("sum(h)")}
    within = build(SHAPES, define, dims={"n": None, "m": None})

    assert truth("grad(L, z)", "1 - h**2", within) is Truth.TRUE
    assert truth("grad(L, W)", "outer(1 - tanh(z)**2, x)", within) is Truth.TRUE
    assert truth("grad(L, W)", "outer(1 - tanh(z), x)", within) is Truth.FALSE


def test_no_value_anywhere_is_not_known():
    """Without a point at which both sides exist nothing is claimed."""
    assert truth("log(-exp(s))", "log(-exp(2*s))") is Truth.UNKNOWN


def test_a_formula_without_meaning_is_an_error():
    """Undefined names and shapes that do not fit are the writer's fault, not a verdict."""
    with pytest.raises(InputError):
        truth("W @ d", "x")
    with pytest.raises(InputError):
        truth("nothing", "x")


def test_every_entry_is_compared_somewhere():
    """Entries without a value at one point are compared at another; never is not enough."""
    assert truth("[log(x[0]), log(-x[0])]", "[log(2*x[0]) - log(2), log(-x[0])]") is Truth.TRUE
    assert truth("[log(-1 - s**2), s]", "[log(-2 - s**2), s]") is Truth.UNKNOWN


def test_narrow_domains_are_found():
    """Above one, between zero and one, definite matrices."""
    assert truth("acosh(x)", "log(x + sqrt(x**2 - 1))") is Truth.TRUE
    assert truth("acosh(x)", "log(x + sqrt(x**2 + 1))") is Truth.FALSE
    assert truth("logit(x)", "log(x) - log(1 - x)") is Truth.TRUE
    within = context(A=("positive-definite",))
    assert truth("logdet(A)", "2*sum(log(diag(cholesky(A))))", within) is Truth.TRUE


def test_large_formulas_are_compared_in_float64():
    """It is said so, and differences are found all the same."""
    within = build({"X": (200, 60), "w": (60,)})

    verdict = equivalent(parse("tanh(X @ w)"), parse("2*sigmoid(2*(X @ w)) - 1"), within)
    assert (verdict.truth, verdict.reason) == (
        Truth.TRUE,
        "equal to 8 digits in float64 at 3 points",
    )
    assert truth("tanh(X @ w)", "sigmoid(2*(X @ w)) - 1", within) is Truth.FALSE
