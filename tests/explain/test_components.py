"""Entries of results, written out in entries of what is given."""

import pytest

import symback
from symback.language import write
from tests.solved import solved

GIVEN = "given: {x: {shape: [5]}, d: {shape: [5]}}\n"
FIRST = "d[0]*x[2] + d[1]*x[4] + d[2]*x[3] + 2*(d[3]*x[0]) + d[4]*x[1]"


@pytest.mark.parametrize(
    "problem",
    [
        "define: {G: '[x[2], x[4], x[3], x[0], x[1]]', F: 'x[0]*G'}\nfind: [{vjp: F, VJP}]",
        "find: [{vjp: 'x[0]*[x[2], x[4], x[3], x[0], x[1]]', VJP}]",
        "find: [{vjp: 'stack([x[2], x[4], x[3], x[0], x[1]])*x[0]', VJP}]",
        "find: [{vjp: '[x[0]*x[2], x[0]*x[4], x[0]*x[3], x[0]*x[0], x[0]*x[1]]', VJP}]",
    ],
)
def test_a_rearranged_vector_is_opened_however_it_is_written(problem):
    """The entry of a variable that is reached along two paths, by name or in place."""
    text = GIVEN + problem.replace("VJP", "cotangent: d, wrt: x") + "\n"

    components = symback.loads(text).solve().results["dL_dx"].components
    assert components[(0,)] == FIRST
    assert components[(1,)] in ("x[0]*d[4]", "d[4]*x[0]")


def test_what_all_terms_of_a_sum_share_stays_in_front():
    """The sum of the targets is written out once, in brackets."""
    text = "given: {x: {shape: [3]}, t: {shape: [3]}}\ndefine: {p: softmax(x), L: -sum(t*log(p))}\n"

    components = symback.loads(text).solve().results["dL_dx"].components
    assert components[(0,)] == "p[0]*(t[0] + t[1] + t[2]) - t[0]"


def test_entries_are_written_in_the_names_of_shared_parts():
    """The softmax that two gradients share is not written out again in their entries."""
    solution = solved("problems/crf_partition.yaml")
    entries = {
        (result.name, entry.index): write(entry.formula)
        for result in solution.results
        for entry in result.components
    }

    assert entries["dL_dA", (0, 1)] == "dL_da1[1]*P[0, 1] + Q[0, 1]*softmax(a2)[1]"
    assert entries["dL_dU", (1, 0)] == "dL_da1[0]"


@pytest.mark.parametrize(
    ("formula", "index", "entry"),
    [
        ("sum(cumsum(A[::-1], axis=0)*A[::-1])", (1, 0), "A[0, 0] + 2*A[1, 0] + A[2, 0]"),
        ("sum(cumsum(A[1:], axis=0)*A[1:])", (1, 0), "2*A[1, 0] + A[2, 0]"),
        ("sum(cumsum(x[::-1])**2)", (1,), "2*x[0] + 4*x[1] + 4*x[2] + 4*x[3]"),
        ("sum(cumsum(x[::-2])*x[::-2])", (1,), "2*x[1] + x[3]"),
    ],
)
def test_entries_of_running_sums_are_written_out(formula, index, entry):
    """Triangles in a factor are sums of fewer terms for one entry."""
    text = f"given: {{A: {{shape: [3, 2]}}, x: {{shape: [4]}}}}\ndefine: {{L: '{formula}'}}\n"

    solved = symback.loads(text).solve()
    assert next(iter(solved.results.values())).components[index] == entry


def test_an_entry_of_a_sum_over_nothing_is_zero():
    """A broadcast operand of length 1 beside an axis of length 0 has an entry, which is 0."""
    text = "given: {u: [0.5], E: {shape: [0, 3]}}\ndefine: {L: 'sum(fmod(2*u, E - u))'}\n"

    components = symback.loads(text).solve().results["dL_du"].components
    assert components == {(0,): "0"}


def test_an_entry_is_a_product_where_that_is_as_short():
    """p(1 - p) on the diagonal of the derivative of a softmax."""
    text = "given: {z: {shape: [3]}}\ndefine: {p: softmax(z)}\nfind: [{jacobian: p, wrt: z}]\n"

    components = symback.loads(text).solve().results["dp_dz"].components
    assert components[(1, 1)] == "p[1]*(1 - p[1])"
    assert components[(1, 2)] == "-(p[1]*p[2])"
