"""E20x, E23x, E49x: expressions, and the names in them."""

from __future__ import annotations

from symback.problem.catalogue.entry import Entry


def _step(formula: str, given: str = "x: [1, 2]", head: str = "") -> str:
    quoted = "'" + formula.replace("'", "''") + "'"
    return f"{head}given: {{{given}}}\ndefine:\n  L: {quoted}\n"


ENTRIES = (
    Entry(
        code="E201",
        title="a character that no expression has",
        why="Names have Latin and Greek letters, digits and `_`; signs are those of a keyboard.\n"
        "Letters that only look alike would be other names.",
        wrong=_step("sum(x) − 1"),
        right=_step("sum(x) - 1"),
    ),
    Entry(
        code="E202",
        title="an operand is missing",
        why="Something has to stand on both sides of an operator and inside brackets.",
        wrong=_step("sum(x) +"),
        right=_step("sum(x) + 1"),
    ),
    Entry(
        code="E203",
        title="notation of another language",
        why="`^ % //`, `and or not`, `if` and the like have other meanings elsewhere, or none:\n"
        "the hint says what is written instead.",
        wrong=_step("sum(x^2)"),
        right=_step("sum(x**2)"),
    ),
    Entry(
        code="E204",
        title="comparisons in a chain",
        why="A comparison has the value 0 or 1; two of them are combined by `*`.",
        wrong=_step("sum(0 < x < 1)"),
        right=_step("sum((0 < x)*(x < 1))"),
    ),
    Entry(
        code="E205",
        title="not a name",
        why="A name begins with a letter or with `_` and a letter, and has at most 64 characters.",
        wrong=_step("sum(x)*" + "a" * 65),
        right=_step("sum(x)*2"),
    ),
    Entry(
        code="E206",
        title="an attribute that values do not have",
        why="`.T` is the transpose; everything else is a function: `sum(x)`, not `x.sum()`.",
        wrong=_step("x.sum()"),
        right=_step("sum(x)"),
    ),
    Entry(
        code="E207",
        title="a text where a value belongs",
        why="Quotes stand only around the order of a norm and the labels of `einsum`.",
        wrong=_step('"x"'),
        right=_step("sum(x)"),
    ),
    Entry(
        code="E208",
        title="arguments in disorder",
        why="Named arguments come last, each once.",
        wrong=_step("sum(axis=0, x)"),
        right=_step("sum(x, axis=0)"),
    ),
    Entry(
        code="E209",
        title="a bracket without its partner, or a comma outside brackets",
        why="Each bracket is closed by its own kind; a vector is written `[a, b]`.",
        wrong=_step("sum((x + 1)"),
        right=_step("sum(x + 1)"),
    ),
    Entry(
        code="E230",
        title="a key that is no name",
        why="What is given and defined is called by names of letters, digits and `_`;\n"
        "`pi` and the words of the language are taken.",
        wrong="given: {pi: 3, learning rate: 0.1}\ndefine: {L: 1}\n",
        right="given: {rate: 0.1}\ndefine: {L: pi*rate}\n",
    ),
    Entry(
        code="E231",
        title="a name declared twice",
        why="A name means one thing: a given value, a step or a dimension.",
        wrong="given: {x: 1}\ndefine: {x: 2*x}\n",
        right="given: {x: 1}\ndefine: {y: 2*x}\n",
    ),
    Entry(
        code="E232",
        title="a name that is not defined",
        why="Every name is given, defined, a dimension, `pi`, or the name of a derivative such as\n"
        "`dL_dx`. A function is written with its brackets.",
        wrong=_step("sum(xx)"),
        right=_step("sum(x)"),
    ),
    Entry(
        code="E233",
        title="no such function",
        why="`symback functions` lists what can be called. A product is written with `*`.",
        wrong=_step("summ(x)"),
        right=_step("sum(x)"),
    ),
    Entry(
        code="E234",
        title="definitions in a circle",
        why="A step is computed from given values and from other steps, never from itself.",
        wrong="given: {x: 1}\ndefine: {a: b + x, b: 2*a}\n",
        right="given: {x: 1}\ndefine: {a: 2*x, b: 2*a}\n",
    ),
    Entry(
        code="E235",
        title="the name of a derivative with two meanings",
        why="`dL_dx` is the derivative of L by x; neither a value may be called so, nor may there\n"
        "be two ways to read it.",
        wrong="given: {x: 1, dL_dx: 2}\ndefine: {L: x*dL_dx}\n",
        right="given: {x: 1, slope: 2}\ndefine: {L: x*slope}\n",
    ),
    Entry(
        code="E236",
        title="subscript 0 where they count from 1",
        why="With `index_base: 1` the first entry is `[1]`, and a slice includes its stop.",
        wrong=_step("x[0]", head="index_base: 1\n"),
        right=_step("x[1]", head="index_base: 1\n"),
    ),
    Entry(
        code="E237",
        title="a given value that is not constant",
        why="What depends on other values is a step, so that it can be differentiated.",
        wrong="given: {a: 1, b: 2*a}\ndefine: {L: b**2}\n",
        right="given: {a: 1}\ndefine: {b: 2*a, L: b**2}\n",
    ),
    Entry(
        code="E238",
        title="arguments that a function does not take",
        why="`symback functions NAME` shows the arguments of a function and their order.",
        wrong=_step("sum(x, 0, False, 1)"),
        right=_step("sum(x, 0)"),
        stage="solve",
    ),
    Entry(
        code="E491",
        title="an expression that is too long",
        why="An expression has at most 10,000 characters; give its parts names.",
        wrong=_step("sum(x)" + " + 1" * 2500),
        right=_step("sum(x) + 2500"),
    ),
    Entry(
        code="E492",
        title="an expression nested too deep",
        why="Brackets, signs and exponents are nested at most 100 deep; give the parts names.",
        wrong=_step("(" * 101 + "sum(x)" + ")" * 101),
        right=_step("sum(x)"),
    ),
    Entry(
        code="E493",
        title="an expression of too many parts",
        why="An expression has at most 5,000 names, numbers and operators; give its parts names.",
        wrong=_step("sum(x)" + "+1" * 2600),
        right=_step("sum(x) + 2600"),
    ),
    Entry(
        code="E494",
        title="a number in an expression is too long",
        why="Numbers are exact; they have at most 1,000 digits and exponents up to 10,000.",
        wrong=_step("sum(x)*1e999999"),
        right=_step("sum(x)*1e99"),
    ),
    Entry(
        code="E495",
        title="a number that is too long to be written",
        why="A number that a program puts into an expression has at most 4,200 digits as text.",
        wrong="from fractions import Fraction\n"
        "from symback.language import write\n"
        "from symback.language.tree import Number\n\n"
        "print(write(Number(Fraction(10**5000))))\n",
        right="from fractions import Fraction\n"
        "from symback.language import write\n"
        "from symback.language.tree import Number\n\n"
        "print(write(Number(Fraction(10**50))))\n",
        stage="python",
    ),
)
