"""Products written out entry by entry."""

import numpy as np
import pytest

from symback.explain.solve import solve
from symback.functions import table
from symback.language import parse
from symback.notation.patterns import unrolled
from symback.notation.writing.pieces import NoNotation
from symback.problem.load import load_text
from tests.notation.printed import printed
from tests.tensor.forms import tensor

FUNCTIONS = table()


@pytest.mark.parametrize("wide", [(1, 2), (2, 1), (1, 3), (2, 2)])
@pytest.mark.parametrize("kernel", [(1, 1), (1, 2), (2, 1)])
def test_a_convolution_that_reads_padding_alone_has_zeros_of_the_right_shape(wide, kernel):
    """Every other place of a padded axis of length 1 is outside it."""
    x, w = np.ones(wide).tolist(), np.ones(kernel).tolist()
    text = (
        f"given: {{x: {x}, w: {w}}}\n"
        "define: {L: 'sum(conv2d(x, w, stride=2, padding=1))'}\n"
        "find: [{gradient: L, wrt: [x, w]}]\n"
    )
    solution = solve(load_text(text, functions=FUNCTIONS), FUNCTIONS)

    assert [result.value.entries.shape for result in solution.results] == [wide, kernel]


@pytest.mark.parametrize("rows", [6, 70])
def test_conditions_on_two_strides_are_comparisons(rows):
    """2i >= 3j is a condition like any other, however long the axes."""
    x = (np.arange(rows * rows).reshape(rows, rows) % 7).tolist()
    text = (
        f"given: {{X: {x}}}\n"
        "define: {L: 'sum(tril(X)[::2,::3]**2)'}\n"
        "find: [{gradient: L, wrt: X}]\n"
    )
    (result,) = solve(load_text(text, functions=FUNCTIONS), FUNCTIONS).results

    kept = np.zeros((rows, rows))
    kept[::2, ::3] = 1
    assert result.value.floats() == pytest.approx(2 * np.tril(np.array(x)) * kept, abs=0)


def test_axes_of_length_one_between_others_are_kept():
    """A stack of slices has all axes of the whole."""
    steps = {"s": "reshape(Y, (4, 1))"}
    found = printed("jacobian", "Y:2,2", "(s**3)[1::2, :]", "Y", steps)

    assert found["dresult_dY"].count("[None]") == 2


class Counted:
    """A reader by which every part has three nodes, and which counts the parts."""

    def __init__(self) -> None:
        self.parts = 0

    def __call__(self, value):
        """Return the tree of any part."""
        self.parts += 1
        return parse("a*b")

    inner = __call__


@pytest.mark.parametrize(("formula", "read"), [("u*v", 2), ("u @ v", 3)])
def test_what_is_written_out_stops_where_it_gets_too_long(formula, read):
    """Slices are read while they may be shorter than another form, terms up to twice as long."""
    reader = Counted()

    with pytest.raises(NoNotation):
        unrolled.unrolled(tensor(formula), reader, longest=4)

    assert reader.parts == read


def test_what_is_written_out_inside_of_another_is_bounded(monkeypatch):
    """Parts of parts of parts: some are written out, the others stay as they are."""
    tried = []
    resort = unrolled.LastResort(FUNCTIONS)

    def twice(value, read, longest):
        tried.append(value)
        resort(value, read)
        resort(value, read)
        raise NoNotation

    monkeypatch.setattr(unrolled, "unrolled", twice)
    resort(tensor("u*v"), Counted())

    assert len(tried) == unrolled.MAX_INSIDE
