"""Random formulas whose shapes fit, and their values by NumPy."""

from fractions import Fraction

import numpy as np

from symback.language import fold, rebuild, write
from symback.language.tree import (
    Binary,
    Call,
    Compare,
    Literal,
    Name,
    Negate,
    Number,
    Slice,
    Subscript,
    Transpose,
)

#: Names by their axes; all lengths are 3, so that every product of shapes fits.
LETTERS = {0: ("a", "b", "c"), 1: ("x", "y", "z", "z1"), 2: ("A", "B", "W2")}
AXES = {name: axes for axes, names in LETTERS.items() for name in names}

_RANDOM = np.random.default_rng(3)
_VALUES = {name: _RANDOM.uniform(0.3, 2, (3,) * axes) for name, axes in AXES.items()}


def _softmax(x):
    weights = np.exp(x - x.max(axis=-1, keepdims=True))
    return weights / weights.sum(axis=-1, keepdims=True)


_FUNCTIONS = {
    **{name: getattr(np, name) for name in ("exp", "log", "tanh", "sin", "dot", "outer", "sum")},
    **{name: getattr(np, name) for name in ("trace", "sqrt", "abs", "diag")},
    "norm": np.linalg.norm,
    "inv": np.linalg.pinv,
    "matrix_power": np.linalg.matrix_power,
    "sigmoid": lambda x: 1 / (1 + np.exp(-x)),
    "relu": lambda x: np.maximum(x, 0),
    "real": lambda x: x * 1.0,
    "softmax": _softmax,
}


def value(tree):
    """Return the value of a formula at fixed random points."""

    def combine(node, parts):
        node = rebuild(node, parts)
        return Call("real", (node,)) if isinstance(node, Compare) else node

    with np.errstate(all="ignore"):
        code = write(fold(tree, combine))
        return np.asarray(eval(code, {"__builtins__": {}}, _FUNCTIONS | _VALUES), dtype=float)


def number(count):
    """Return an integer as a tree."""
    return Number(Fraction(count))


def shaped(draw, depth, axes):
    """Return a random formula with `axes` axes."""

    def part(wanted):
        return shaped(draw, depth - 1, wanted)

    if depth == 0 or draw.random() < 0.15:
        return _leaf(draw, axes)
    common = [
        lambda: Binary(draw.choice("+-"), part(axes), part(axes)),
        lambda: Binary("*", part(axes), part(axes)),
        lambda: Binary("*", part(0), part(axes)),
        lambda: Binary("/", part(axes), part(0)),
        lambda: Negate(part(axes)),
        lambda: Call(draw.choice(("exp", "log", "sigmoid", "relu", "tanh")), (part(axes),)),
        lambda: Compare(draw.choice(("<", ">=")), part(axes), part(axes)),
    ]
    return draw.choice(common + _OWN[axes](draw, part))()


def _leaf(draw, axes):
    if axes == 0 and draw.random() < 0.5:
        component = Subscript(Name(draw.choice(LETTERS[1])), (number(draw.randint(0, 2)),))
        return draw.choice((number(draw.randint(1, 9)), Number(Fraction("0.5"), "0.5"), component))
    return Name(draw.choice(LETTERS[axes]))


def _scalars(draw, part):
    return [
        lambda: Binary("**", part(0), draw.choice((number(2), Negate(number(1)), Name("a")))),
        lambda: Call("dot", (part(1), part(1))),
        lambda: Binary("@", part(1), part(1)),
        lambda: Call(draw.choice(("sum", "norm")), (part(1),)),
        lambda: Call("trace", (part(2),)),
        lambda: Call(draw.choice(("sqrt", "abs")), (part(0),)),
    ]


def _vectors(draw, part):
    return [
        lambda: Binary("**", part(1), number(2)),
        lambda: Binary("@", part(2), part(1)),
        lambda: Binary("@", part(1), part(2)),
        lambda: Call("sum", (part(2),), (("axis", number(draw.randint(0, 1))),)),
        lambda: Call("softmax", (part(1),)),
    ]


def _matrices(draw, part):
    column = (Slice(), Literal(None))
    return [
        lambda: Binary("@", part(2), part(2)),
        lambda: Call("outer", (part(1), part(1))),
        lambda: Transpose(part(2)),
        lambda: Call(draw.choice(("diag",)), (part(1),)),
        lambda: Call("inv", (part(2),)),
        lambda: Binary("*", part(2), part(1)),
        lambda: Binary("*", Subscript(part(1), column), part(2)),
    ]


_OWN = {0: _scalars, 1: _vectors, 2: _matrices}
