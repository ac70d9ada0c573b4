"""JavaScript: every function agrees with symback's own evaluator, and nothing is injected."""

from __future__ import annotations

import random
import re

import pytest

from symback import functions
from symback.errors import InputError
from symback.functions.domains import ENTRIES as DRAWS
from symback.functions.domains import sample
from symback.functions.entry import Kind
from symback.functions.samples import samples_of
from symback.functions.signature import parameters
from symback.language import parse
from symback.render.javascript import javascript
from symback.render.javascript import program as program_module
from symback.render.javascript.arrays import ARRAYS
from symback.render.javascript.entries import ENTRIES
from tests.render.javascript.machine import compare, needs_node, packed, run, unpacked

SCALARS = sorted({f.name for f in functions.table().values() if f.name in ENTRIES})

#: Calls in x, y (3), A, B, S (3, 3), C (2, 3), T (2, 3, 4); S is symmetric and definite.
CALLS = """
A @ x; x @ A; A @ B; C @ x; C.T; T.T; T @ ones(4, 2); A[0]; A[-1]; A[1:, :2]; A[::-1, 1]
T[1, :, None, ::2]; T[..., 0]; T[1, ..., None, 2:]; A[..., 1:]*x[..., None]; x[...]
einsum("...ij,jk->...ik", T, T[0].T); einsum("...i,...i->...", T[:1], T)
einsum("...,i->i...", A, x); x[None, :]*x[:, None]; [x[2], x[0], 1]; x[2:0:-1]; A[:, 5:]; x < y
x >= y; x == x; x != y; -x**2; x**0.5; 2/3*x; A - x; A - x[:, None]; 1e-300*x; pi*x; sum(A)
sum(A, axis=0); sum(T, axis=(0, 2), keepdims=True); mean(A, axis=-1); prod(x); max(A, axis=1)
min(A); var(x); var(A, axis=0, ddof=1); std(A, axis=1, keepdims=True); norm(x); norm(A, "fro")
norm(x, 1); norm(x, "inf"); norm(x, 3); norm(A, axis=1); logsumexp(A, axis=0); logsumexp(x)
cumsum(A, axis=0); cumsum(A, axis=1); cumsum(x); cumprod(A, axis=0); softmax(x)
softmax(A, axis=0); log_softmax(A); cross_entropy(A, B*B); cross_entropy(x, y)
binary_cross_entropy(sigmoid(x), y*y); mse(A, B); layer_norm(C, x, y); batch_norm(A, x, y)
attention(A, B, S); dropout(x, y, 1/4); dot(x, y); dot(A, x); dot(2, x); outer(x, y); outer(A, x)
trace(A); trace(C); diag(x); diag(A); diag(C); tril(A); triu(A, 1); tril(A, -1); kron(A, C)
kron(x, y); kron(A, x); cross(x, y); cross(A, x); eye(3)@A; zeros(2, 3) + C; ones(3)*x
onehot(1, 3)*x; arange(3)*x; einsum("ij,j->i", A, x); einsum("ij,jk->", A, B)
einsum("i,j->ji", x, y); einsum("ii->i", A); einsum("ijk,j->ki", T, x); einsum("ij->", A); det(A)
logdet(S); inv(stack([A, S])); det(stack([[A, S]])); solve(stack([A, S]), x); logabsdet(A)
solve(A, stack([A, B])); logdet(stack([S, S])); inv(A); solve(A, x); solve(A, B)
solve(C.T, x); matrix_power(A, 3); matrix_power(A, -2); matrix_power(A, 0); expm(A/10)
cholesky(S); reshape(T, (4, 6)); reshape(T, -1); reshape(A, (9, 1)); transpose(T, (1, 2, 0))
transpose(A); flip(A); flip(A, axis=0); roll(x, 1); roll(A, -1, axis=0); roll(A, 1)
roll(A, (1, 2), axis=(0, 1)); concat([x, y]); concat([A, B], axis=1); concat([A, C]); stack([x, y])
stack([x, y], axis=1); stack([A, B], axis=-1); pad(x, 1); pad(A, [(1, 0), (0, 2)]); pad(x, (1, 2))
broadcast_to(x, (2, 3)); conv1d(x, y[:2]); conv2d(A, B[:2, :2])
conv2d(A, B[:2, :2], padding=1, stride=2); conv1d(T, ones(5, 3, 2)*0.3, padding=1); max_pool(x, 2)
avg_pool(A[:2, :2], 2); max_pool(T, (1, 2)); max_pool(A - 2, 3, stride=2, padding=1)
avg_pool(T, 2, 1, padding=(1, 0)); max_pool(T, (2,), (1,), 1); embedding(A, 1)
embedding(A, [2, 0, 2]); where(x < y, x, y); clip(A, -1/2, 1); leaky_relu(x); leaky_relu(x, 0.2)
elu(x, alpha=2); trace(stack([A, S])); matrix_power(stack([A, S]), 3); expm(stack([A, S])/9)
cholesky(stack([S, S*2])); relu(A) @ relu(x); step(A)*B; x.T; hypot(x, y[:, None])
"""


def point(rng: random.Random) -> dict:
    """Random values of all the names that the calls use."""
    shapes = {"x": (3,), "y": (3,), "B": (3, 3), "C": (2, 3), "T": (2, 3, 4)}
    values = {name: sample("real", shape, rng) for name, shape in shapes.items()}
    return values | {"A": sample("invertible", (3, 3), rng), "S": sample("spd", (3, 3), rng)}


@needs_node
def test_every_argument_form_agrees():
    """The samples of all functions of arrays that pages compute, at a point of their domains."""
    rng = random.Random(3)
    cases = [
        (one.call, [{n: sample(one.domains[n], shape, rng) for n, shape in one.shapes.items()}])
        for entry in functions.entries()
        if entry.name in ARRAYS
        for one in samples_of(entry)
        if '"nuc"' not in one.call
    ]

    assert compare(cases) == []


@needs_node
def test_functions_of_entries_agree():
    """Each at ten points of its own domain."""
    rng = random.Random(1)
    cases = []
    for name in SCALARS:
        entry = functions.table()[name]
        names = [p.name for p in parameters(entry.signature) if p.default is None]
        domains = (list(entry.domain) + [entry.domain[-1]] * len(names))[: len(names)]
        draws = [DRAWS[domain] for domain in domains]
        points = [{n: d(rng) for n, d in zip(names, draws, strict=True)} for _ in range(10)]
        cases.append((f"{name}({', '.join(names)})", points))

    assert compare(cases) == []


@needs_node
def test_functions_of_arrays_agree():
    """Each call at three points, with shapes."""
    rng = random.Random(2)
    calls = [call.strip() for line in CALLS.strip().split("\n") for call in line.split(";")]

    assert compare([(call, [point(rng) for _ in range(3)]) for call in calls]) == []


@needs_node
def test_the_comparison_notices_a_wrong_form(monkeypatch):
    """A form that is off by one part in a million fails, or the tests above prove nothing."""
    monkeypatch.setitem(program_module.RUNTIME, "f_exp", "x => Math.exp(x) * 1.000001")

    assert len(compare([("exp(x)", [{"x": 1.0}]), ("sin(x)", [{"x": 1.0}])])) == 1


@needs_node
def test_a_backward_pass_agrees_on_a_thousand_points():
    """7.1's forward and backward pass, computed from closed forms, at 1,000 random points."""
    steps = [
        ("z1", "W1 @ x + b1"), ("h", "relu(z1)"), ("z2", "W2 @ h + b2"), ("y", "sigmoid(z2)"),
        ("L", "-mean(t*log(y) + (1 - t)*log(1 - y))"), ("dL_dz2", "(y - t)/2"),
        ("dL_dW2", "outer(dL_dz2, h)"), ("dL_dz1", "(W2.T @ dL_dz2)*(z1 > 0)"),
        ("dL_dW1", "outer(dL_dz1, x)"),
    ]  # fmt: skip
    shapes = {"x": (2,), "t": (2,), "W1": (3, 2), "b1": (3,), "W2": (2, 3), "b2": (2,)}
    program = javascript(list(shapes), [(name, parse(text)) for name, text in steps])
    rng = random.Random(3)
    drawn = [[packed(sample("inside", s, rng)) for s in shapes.values()] for _ in range(1000)]

    (results,) = run([(program.source, drawn)])

    assert len(results) == 1000
    slot = {name: k for k, name in enumerate(program.names)}
    for v in results:
        x, t, w1, b1, w2, b2 = (unpacked(v[k]) for k in range(6))
        h = (w1 @ x + b1).clip(0)
        y = 1 / (1 + 2.718281828459045 ** -(w2 @ h + b2))
        signal = (w2.T @ ((y - t) / 2)) * (w1 @ x + b1 > 0)
        assert abs(unpacked(v[slot["dL_dW1"]]) - signal[:, None] * x).max() < 1e-13


def test_only_what_is_used_is_in_the_program():
    """The runtime is cut to the needs, names become slots."""
    program = javascript(["a"], [("b", parse("exp(a)"))])

    assert program.names == ("a", "b")
    assert program.source.rstrip().endswith("v[1] = a_each(f_exp, v[0]);")
    assert "g_" not in program.source


def test_names_do_not_reach_the_program():
    """A name that is JavaScript itself is only a slot."""
    names = ["alert", "constructor", "prototype", "window"]

    program = javascript(names, [("eval", parse("alert + constructor*prototype - window"))])

    assert not re.search("alert|constructor|prototype|window|eval", program.source)


@pytest.mark.parametrize(
    "text", ["besselj(1, a)", "nosuch(a)", "unknown + a", "dot(a)", 'norm(a, "nuc")']
)
def test_what_cannot_be_computed_is_said(text):
    """Functions without a form and unknown names are errors, not wrong numbers."""
    with pytest.raises(InputError, match="E452"):
        javascript(["a"], [("b", parse(text))])


def test_every_form_belongs_to_a_function():
    """No form is left over under a name that the language does not have, but for helpers."""
    helpers = {"erf_series", "erfcx_tail", "total", "normalised", "full", "beyond", "eliminated",
               "exchange", "list", "windows", "per_axis", "conv", "pooled", "stacked"}  # fmt: skip
    kinds = {name: functions.table()[name].kind for name in ENTRIES if name not in helpers}

    assert set(kinds.values()) == {Kind.ELEMENTWISE}
    assert set(ARRAYS) - helpers <= set(functions.table())
