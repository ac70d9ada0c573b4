"""The grammar of expressions: what is read, how it binds, what is refused and where."""

import ast
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from symback.errors import InputError, LimitError, Span, SymbackError
from symback.language import parse, size, walk, write
from symback.language.tree import (
    Binary,
    Call,
    Compare,
    Literal,
    Name,
    Negate,
    Number,
    Sequence,
    Slice,
    Subscript,
    Transpose,
)

X, Y, Z = Name("x"), Name("y"), Name("z")
ONE, TWO = Number(Fraction(1)), Number(Fraction(2))


@pytest.mark.parametrize(
    ("text", "tree"),
    [
        ("x", X),
        ("-x**2", Negate(Binary("**", X, TWO))),
        ("2**-1", Binary("**", TWO, Negate(ONE))),
        ("2**-x*y", Binary("*", Binary("**", TWO, Negate(X)), Y)),
        ("x**y**z", Binary("**", X, Binary("**", Y, Z))),
        ("x - y - z", Binary("-", Binary("-", X, Y), Z)),
        ("x - (y - z)", Binary("-", X, Binary("-", Y, Z))),
        ("x*y @ z", Binary("@", Binary("*", X, Y), Z)),
        ("-x*y", Binary("*", Negate(X), Y)),
        ("x*-y", Binary("*", X, Negate(Y))),
        ("+x", X),
        ("x + y < z*2", Compare("<", Binary("+", X, Y), Binary("*", Z, TWO))),
        ("x.T @ y", Binary("@", Transpose(X), Y)),
        ("x.T**2", Binary("**", Transpose(X), TWO)),
        ("x[1]", Subscript(X, (ONE,))),
        ("x[-1]", Subscript(X, (Negate(ONE),))),
        ("x[:, None]", Subscript(X, (Slice(), Literal(None)))),
        ("x[..., 1]", Subscript(X, (Literal(...), ONE))),
        ("x[1:2]", Subscript(X, (Slice(ONE, TWO),))),
        ("x[::2]", Subscript(X, (Slice(None, None, TWO),))),
        ("x[:y:]", Subscript(X, (Slice(None, Y),))),
        ("x[1,]", Subscript(X, (ONE,))),
        ("[x, y]", Sequence((X, Y))),
        ("[]", Sequence(())),
        ("[x][1].T", Transpose(Subscript(Sequence((X,)), (ONE,)))),
        ("f()", Call("f", ())),
        ("f(x, axis=1)", Call("f", (X,), (("axis", ONE),))),
        ("f(x, dim=1)", Call("f", (X,), (("axis", ONE),))),
        ("f(x, kernel_size=2)", Call("f", (X,), (("k", TWO),))),
        ("f(x, (1, 2))", Call("f", (X, Sequence((ONE, TWO), "(")))),
        ("f((x,))", Call("f", (Sequence((X,), "("),))),
        ("f([(1, 2)])", Call("f", (Sequence((Sequence((ONE, TWO), "("),)),))),
        ("f(x, 'fro')", Call("f", (X, Literal("fro")))),
        ("f(x, keepdims=True)", Call("f", (X,), (("keepdims", Literal(True)),))),
        ("lambda*x", Binary("*", Name("lambda"), X)),
        ("σ(α_1)", Call("σ", (Name("α_1"),))),
        (" x\n + y\t", Binary("+", X, Y)),
    ],
)
def test_text_is_read_as_this_tree(text, tree):
    """Binding, subscripts, calls and lists are those of Python and NumPy."""
    assert tree == parse(text)


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("0.1", Fraction(1, 10)),
        ("1e-3", Fraction(1, 1000)),
        ("2.5E+2", Fraction(250)),
        (".5", Fraction(1, 2)),
        ("3.", Fraction(3)),
        ("1e400", Fraction(10**400)),
        ("1" + "0" * 1500, Fraction(10**1500)),
    ],
)
def test_numbers_are_exact_and_keep_their_text(text, value):
    """A decimal is the rational number it says, and remembers how it was written."""
    number = parse(text)

    assert (value, text) == (number.value, number.text)


def test_spans_are_offsets_into_the_text():
    """Every node knows the characters it was read from."""
    tree = parse("ab + f(x, y[0])*2")

    assert Span(0, 17) == tree.span
    assert Span(5, 17) == tree.right.span
    assert Span(5, 15) == tree.right.left.span
    assert Span(10, 14) == tree.right.left.arguments[1].span


REFUSED = [
    ("", "E202", 0, "an operand is missing: found the end"),
    ("x +", "E202", 3, "an operand is missing: found the end"),
    ("x + * y", "E202", 4, "an operand is missing: found `*`"),
    ("x^2", "E203", 1, "`^` is not part of expressions"),
    ("x % 2", "E203", 2, "`%` is not part of expressions"),
    ("x // 2", "E203", 2, "`//` is not part of expressions"),
    ("x and y", "E203", 2, "`and` is not part of expressions"),
    ("not x", "E203", 0, "`not` is not part of expressions"),
    ("x if y else z", "E203", 2, "`if` is not part of expressions"),
    ("lambda x: x", "E203", 7, "functions are not defined in expressions"),
    ("y = x", "E203", 2, "`=` is not part of expressions"),
    ("(y := x)", "E203", 3, "`:=` is not part of expressions"),
    ("5!", "E203", 1, "`!` is not part of expressions"),
    ("|x|", "E203", 0, "`|` is not part of expressions"),
    ("f(**x)", "E203", 2, "`**` does not unpack arguments"),
    ("f(*x)", "E203", 2, "`*` does not unpack arguments"),
    ("x + ...", "E203", 4, "`...` is not part of expressions"),
    ("f(...)", "E203", 2, "`...` is not part of expressions"),
    ("x < y < z", "E204", 6, "comparisons are not chained"),
    ("__x", "E205", 0, "a name has at most 64 characters and does not begin with `__`"),
    ("a" * 65, "E205", 0, "a name has at most 64 characters and does not begin with `__`"),
    ("x.shape", "E206", 1, "a value has no attribute but `.T`"),
    ("np.exp(x)", "E206", 2, "a value has no attribute but `.T`"),
    ("b.dL_dx", "E206", 1, "a value has no attribute but `.T`"),
    ("'x'", "E207", 0, "a quoted text stands only as an argument of a function"),
    ("f(x) + 'a'", "E207", 7, "a quoted text stands only as an argument of a function"),
    ("x'", "E207", 1, "the quote ' is not closed"),
    ("f(a=1, a=2)", "E208", 7, "the argument `a` is given twice"),
    ("f(a=1, x)", "E208", 7, "an argument without a name follows `a=`"),
    ("f(x", "E209", 1, "`(` is not closed"),
    ("x[0", "E209", 1, "`[` is not closed"),
    ("f(x]", "E209", 1, "`(` is not closed"),
    ("x)", "E209", 1, "`)` stands outside brackets"),
    ("x, y", "E209", 1, "`,` stands outside brackets"),
    ("x y", "E202", 2, "an operator is missing between `x` and `y`"),
    ("2x", "E202", 1, "an operator is missing between `2` and `x`"),
    ("1 + 2j", "E202", 5, "numbers are real: there is no imaginary unit"),
    ("(x)(y)", "E202", 3, "only a name can be called"),
    ("(x, y)", "E202", 0, "a tuple stands only as an argument of a function"),
    ("x[]", "E202", 0, "the subscript is empty"),
    ("x²", "E201", 1, "the character `²` (U+00B2) superscript two is not part of expressions"),
    ("a − b", "E201", 2, "the character `−` (U+2212) minus sign is not part of expressions"),
    ("x\x1b", "E201", 1, "the character U+001B is not part of expressions"),
    (
        "\uff58",
        "E201",
        0,
        "the character `\uff58` (U+FF58) fullwidth latin small letter x is not part of expressions",
    ),
]


@pytest.mark.parametrize(("text", "code", "start", "message"), REFUSED)
def test_what_is_no_expression_is_refused_with_its_place(text, code, start, message):
    """Each fault has a code, a sentence and the place where it begins."""
    with pytest.raises(InputError) as caught:
        parse(text)

    (found,) = caught.value.diagnostics
    assert (code, start, message) == (found.code, found.span.start, found.message)


@pytest.mark.parametrize(
    ("text", "hint"),
    [
        ("x^2", "write `**` for a power, `.T` for a transpose"),
        ("2x", "write `2*x` for a product"),
        ("x < y < z", "write `(a < b)*(b < c)`"),
        ("x.sum()", "write `sum(x)`"),
        ("np.exp(x)", "write `exp(...)`"),
        ("a − b", "write `-`"),
        ("\uff58", "write `x`"),
        ("x²", "write `**2`"),
        ("x\u00a0+ y", "write an ordinary space"),
        ("x if y else z", "write `where(condition, a, b)`"),
        ("(x, y)", "a vector is written `[a, b]`"),
        ("(x", "add `)`"),
    ],
)
def test_hints_say_what_to_write(text, hint):
    """Where the edit is known, the hint is that edit."""
    with pytest.raises(InputError) as caught:
        parse(text)

    assert hint == caught.value.diagnostics[0].hint


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("(" * 500 + "x" + ")" * 500, "E492"),
        ("-" * 20000 + "x", "E491"),
        ("-" * 2000 + "x", "E492"),
        ("x" + "**x" * 101, "E492"),
        ("f(" * 101 + "x" + ")" * 101, "E492"),
        ("x" + ".T" * 101, "E492"),
        ("x" + "[0]" * 101, "E492"),
        ("+".join(["x"] * 20000), "E491"),
        ("+".join(["x"] * 4000), "E493"),
        ("1e999999999", "E494"),
        ("1e-10001", "E494"),
        ("9" * 1001, "E494"),
        ("f(" + "(" * 98 + "x" + ",)" * 98 + ")", None),
        ("(" * 100 + "x" + ")" * 100, None),
        ("+".join(["x"] * 2000), None),
    ],
)
def test_limits_are_refused_and_everything_below_is_read(text, code):
    """Length, nesting, nodes and digits are bounded before any work is done."""
    if code is None:
        assert size(parse(text)) >= 1
        return
    with pytest.raises(LimitError) as caught:
        parse(text)

    assert code == caught.value.diagnostics[0].code


@given(st.text(alphabet="xyT01.+-*/@()[],:=<>!'\"^ eα²\n", max_size=40))
def test_any_text_is_an_expression_or_a_fault_with_a_span(text):
    """No other exception leaves the parser, and each fault points into the text."""
    try:
        tree = parse(text)
    except SymbackError as error:
        span = error.diagnostics[0].span
        assert 0 <= span.start <= span.end <= len(text)
    else:
        assert parse(write(tree)) == tree


@given(st.text(alphabet="xy12+-*/@()<>, ", max_size=30))
def test_structure_agrees_with_python(text):
    """What both grammars read has as many nodes here as in Python's own tree."""
    try:
        tree = parse(text)
        other = ast.parse(text.strip(), mode="eval")
    except (SymbackError, SyntaxError, ValueError):
        return
    kinds = (ast.Name, ast.Constant, ast.BinOp, ast.Compare, ast.USub)

    assert sum(isinstance(node, kinds) for node in ast.walk(other)) == len(list(walk(tree)))
