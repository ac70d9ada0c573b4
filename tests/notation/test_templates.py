"""A product read through a template has the notation that it has by itself."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from symback.calculus.elaborate import Elaborator
from symback.calculus.program import Program
from symback.functions import table
from symback.language import parse, write
from symback.notation.reader import Reader

PRODUCTS = [
    "(A @ B).T",
    "outer(u, v)*A",
    "A.T @ (u*(1 - v**2))",
    "u*exp(-v)*(u - 2*v)",
    "sum(u*v)*A @ B",
    "einsum('ij,k->ijk', A, u)",
    "trace(A @ B)*u/v",
    "A[0, 1]*u[2]*B[:, 0]/v[1]",
]
NAMES = st.lists(st.text("abxyWZ", min_size=1, max_size=2), min_size=4, max_size=4, unique=True)


def formulas(text, many, program):
    """Yield `text` with each four names for its own as a tensor."""
    for names in many:
        shapes = dict(zip(names, [(3, 3), (3, 3), (3,), (3,)], strict=True))
        leaves = {name: program.tensors.get(name) for name in names}
        if any(known is not None and known.shape != shapes[n] for n, known in leaves.items()):
            continue
        for name in names:
            if leaves[name] is None:
                leaves[name] = program.give(name, shapes[name])
        inner = dict(zip("ABuv", (leaves[name] for name in names), strict=True))
        yield Elaborator(program.functions, inner)(parse(text))


@pytest.mark.parametrize("text", PRODUCTS)
@given(many=st.lists(NAMES, min_size=2, max_size=5))
def test_templates_leave_no_trace(text, many):
    """A reader that has seen others of the kind writes what a new reader writes."""
    program = Program(table())
    used = Reader(program.functions, program.known)
    for value in formulas(text, many, program):
        assert write(used(value)) == write(Reader(program.functions, program.known)(value))


def test_a_step_inside_a_product_is_read_by_its_name():
    """The outline of exp(-d)*u is not that of exp(-(u - v))*u, where d = u - v."""
    program = Program(table())
    for name in "uvw":
        program.give(name, (3,))
    reader = Reader(program.functions, program.known, definitions=program.definitions)

    def read(text):
        elaborate = Elaborator(program.functions, program.tensors, known=program.known)
        return write(reader(elaborate(parse(text))))

    assert read("u*sin(w - v)") == "u*sin(w - v)"
    program.define("d", Elaborator(program.functions, program.tensors)(parse("u - v")))
    assert read("w*sin(u - v)") == "w*sin(d)"
