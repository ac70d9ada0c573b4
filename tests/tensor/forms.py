"""Tensors from formulas, for tests of the algebra and of its notation."""

from __future__ import annotations

from symback.calculus.elaborate import Elaborator
from symback.calculus.program import Program
from symback.functions import table
from symback.language import parse
from symback.tensor.dims import Shape, dim
from symback.tensor.poly import Poly

FUNCTIONS = table()
n, m, k = dim("n"), dim("m"), dim("k")
#: Names that the formulas of tests may use.
SHAPES: dict[str, Shape] = {
    "a": (), "b": (), "x": (n,), "y": (n,), "z": (m,), "u": (4,), "v": (4,), "A": (n, n),
    "B": (n, n), "S": (n, n), "X": (m, n), "Y": (m, n), "M": (3, 4), "T": (2, 3, 4),
}  # fmt: skip


def program() -> Program:
    """Return a program in which the names of SHAPES are given; S is symmetric."""
    made = Program(FUNCTIONS, dims={"n": None, "m": None, "k": None})
    for name, shape in SHAPES.items():
        made.give(name, shape, {"symmetric"} if name == "S" else ())
    return made


def tensor(text: str, within: Program | None = None) -> Poly:
    """Return the tensor of a formula."""
    within = within or program()
    return Elaborator(within.functions, within.tensors, within.dims, within.known)(parse(text))
