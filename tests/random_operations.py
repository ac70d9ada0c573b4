"""The operations of random programs: each takes a draft and returns the text of a step."""

from __future__ import annotations

import numpy as np

from tests.random_programs import UNARY, Draft, Operations, Unfit

#: Draws of one step before the whole program is given up.
ATTEMPTS = 60
REDUCTIONS = (
    "sum", "sum", "sum", "mean", "mean", "var", "std", "logsumexp", "logsumexp", "max", "min",
    "prod", "norm", "norm", "softmax", "softmax", "log_softmax",
)  # fmt: skip


def unary(draft: Draft) -> str:
    """A function of one argument on its domain."""
    rng, x = draft.rng, draft.some()
    kind = rng.random()
    if kind < 0.6:
        return f"{rng.choice(UNARY)}({x.text})"
    if kind < 0.9:
        names = ("log", "sqrt", "rsqrt", "log1p", "lgamma", "log")
        return f"{rng.choice(names)}({draft.positive(x).text})"
    return f"{rng.choice(('logit', 'asin', 'atanh', 'log'))}({draft.unit(x).text})"


def arithmetic(draft: Draft) -> str:
    """Sums, differences, products and quotients with broadcasting."""
    a = draft.some()
    b = draft.fitting(a)
    forms = (
        "{a} + {b}", "{a} - {b}", "{a}*{b}", "2*{a} - {b}/3", "{a} + {a}*{b}", "{b} - {a}",
        "0.3*{a} + 0.7*{b}", "1 - {a}*{b}", "({a} + {b})**2", "({a} - {b})*{a}",
    )  # fmt: skip
    if draft.rng.random() < 0.2:
        return f"{a.factor}/({draft.positive(b).text})"
    return draft.rng.choice(forms).format(a=a.factor, b=b.factor)


def binary(draft: Draft) -> str:
    """Functions of two arguments, choices and powers."""
    rng, a = draft.rng, draft.some()
    b = draft.fitting(a)
    forms = (
        "maximum({a}, {b})", "minimum({a}, {b})", "atan2({a}, {b})", "hypot({a}, {b})",
        "logaddexp({a}, {b})", "where({a} > {b}, {b}, {b}**2)", "({a} > {b})*{b}",
        "clip({a}, -0.5, 0.7)", "{f}**2", "{f}**3",
    )  # fmt: skip
    if rng.random() < 0.2:
        exponent = rng.choice(("0.5", "-1", "(3/2)", "(-1/2)", "-2"))
        return f"({draft.positive(a).text})**{exponent}"
    return rng.choice(forms).format(a=a.text, b=b.factor, f=a.factor)


def product(draft: Draft) -> str:
    """Matrix products, quadratic forms, outer and Kronecker products."""
    rng = draft.rng
    kind = rng.random()
    if kind < 0.3:
        matrix = draft.square()
        t, x = matrix.factor, draft.like(matrix.shape[0]).factor
        forms = (f"{x}@{t}@{x}", f"{t}.T@{t}", f"{t}@{t}.T@{x}", f"{t}@{t}")
        return rng.choice(forms)
    if kind < 0.5:
        rank = rng.choice((1, 1, 2))
        a, b = draft.some(rank), draft.some(rank)
        name = rng.choice(("outer", "kron")) if rank == 1 else "kron"
        return f"{name}({a.text}, {b.text})"
    a = draft.some(1, 2, 2, 2, 3)
    inner = a.shape[-1]
    if rng.random() < 0.3:
        return f"{a.factor} @ {draft.like(draft.size(), inner).factor}.T"
    b = draft.like(*rng.choice(((inner,), (inner, draft.size()))))
    return f"{a.factor} @ {b.factor}"


def reduction(draft: Draft) -> str:
    """Sums, means, spreads, extrema, norms over axes; softmax."""
    rng, x = draft.rng, draft.some(1, 2, 2, 2, 3)
    name = rng.choice(REDUCTIONS)
    if "softmax" in name:
        return f"{name}({x.text}{rng.choice(('', ', axis=0', ', axis=-1'))})"
    order = rng.choice(("", "", ", 1", ", 3", ', "inf"')) if name == "norm" else ""
    axis = ""
    if rng.random() < 0.6:
        axis = f", axis={rng.randrange(-len(x.shape), len(x.shape))}"
        axis += rng.choice(("", ", keepdims=True"))
    if name in ("var", "std") and rng.random() < 0.4:
        axis += ", ddof=1"
    return f"{name}({x.text}{order}{axis})"


def pick(draft: Draft) -> str:
    """Entries, slices with steps, new axes."""
    rng, x = draft.rng, draft.some(1, 2, 2, 3)
    items: list[str] = []
    for size in x.shape[: rng.randint(1, len(x.shape))]:
        low = rng.randrange(size)
        forms = (
            str(low), str(low - size), f"{low}:", f"{low}:{rng.randint(low + 1, size)}",
            ":-1", "-2:", ":", "::2", "1::2", "::-1", "None, :",
        )  # fmt: skip
        items.append(rng.choice(forms))
    return f"{x.factor}[{', '.join(items)}]"


def rearrangement(draft: Draft) -> str:
    """Other shapes and orders of the same entries."""
    rng, x = draft.rng, draft.some(1, 2, 2, 3)
    rank, size = len(x.shape), int(np.prod(x.shape))
    order = rng.sample(range(rank), rank)
    splits = [f"({size // d}, {d})" for d in range(1, size + 1) if size % d == 0]
    widths = ", ".join(f"({rng.randrange(2)}, {rng.randrange(2)})" for _ in x.shape)
    forms = (
        f"{x.factor}.T", f"transpose({x.text}, {tuple(order)})", f"reshape({x.text}, (-1,))",
        f"reshape({x.text}, {rng.choice(splits)})", f"flip({x.text})", f"flip({x.text}, axis=-1)",
        f"roll({x.text}, {rng.choice((1, -1, 2))}, axis={rng.randrange(rank)})",
        f"pad({x.text}, [{widths}])", f"broadcast_to({x.text}, {(2, *x.shape)})",
    )  # fmt: skip
    return rng.choice(forms)


def joining(draft: Draft) -> str:
    """Several arrays in one."""
    rng = draft.rng
    kind = rng.random()
    if kind < 0.25:
        return f"[{', '.join(draft.some(0).text for _ in range(rng.randint(2, 3)))}]"
    a = draft.some(1, 2)
    if kind < 0.5:
        return f"stack([{a.text}, {draft.like(*a.shape).text}], axis={rng.choice((0, 1, -1))})"
    axis = rng.randrange(len(a.shape))
    shape = [draft.size() if k == axis else size for k, size in enumerate(a.shape)]
    return f"concat([{a.text}, {draft.like(*shape).text}], axis={axis})"


def structure(draft: Draft) -> str:
    """Running sums, triangles, diagonals, traces."""
    rng, x = draft.rng, draft.some(2)
    forms = (
        "cumsum({t}, axis=0)", "cumsum({t}, axis=1)", "cumprod({t}, axis=0)", "tril({t})",
        "triu({t}, 1)", "tril({t}, -1)", "diag({t})", "trace({t})", "diag({f}[0])",
        "cumsum({f}[:, 0])",
    )  # fmt: skip
    return rng.choice(forms).format(t=x.text, f=x.factor)


def labels(draft: Draft) -> str:
    """Sums of products by labels."""
    rng, a = draft.rng, draft.some(2, 2, 3)
    own = "ijk"[: len(a.shape)]
    if rng.random() < 0.5:
        out = "".join(rng.sample(own, rng.randint(0, len(own))))
        return f'einsum("{own}->{out}", {a.text})'
    shared = rng.choice(own)
    b = draft.like(a.shape[own.index(shared)], draft.size())
    every = sorted({*own, "l"})
    out = "".join(rng.sample(every, rng.randint(0, 3)))
    return f'einsum("{own},{shared}l->{out}", {a.text}, {b.text})'


def windows(draft: Draft) -> str:
    """Convolutions and pooling."""
    rng = draft.rng
    kind = rng.random()
    settings = rng.choice(("", "", ", stride=2", ", padding=1", ", stride=2, padding=1"))
    if kind < 0.5:
        x = draft.some(1)
        return f"conv1d({x.text}, {draft.like(rng.randint(1, min(3, x.shape[0]))).text}{settings})"
    x = draft.some(2)
    if kind < 0.7:
        return f"{rng.choice(('max_pool', 'avg_pool'))}({x.text}, 2{settings})"
    w = draft.like(*(rng.randint(1, min(2, size)) for size in x.shape))
    return f"conv2d({x.text}, {w.text}{settings})"


def algebra(draft: Draft) -> str:
    """Inverses, determinants, spectra."""
    rng, matrix = draft.rng, draft.invertible()
    side = matrix.shape[0]
    any_square = draft.square().factor
    definite = f"{any_square}@{any_square}.T + 4*eye({draft.of(any_square).shape[0]})"
    forms = (
        f"inv({matrix.text})", f"inv({matrix.text})", f"logabsdet({matrix.text})",
        f"log(det({matrix.text})**2)", f"solve({matrix.text}, {draft.like(side).text})",
        f"solve({matrix.text}, {draft.like(side, draft.size()).text})",
        f"matrix_power({matrix.text}, {rng.choice((2, 3, -1, -2))})", f"expm(tanh({any_square}))",
        f"logdet({definite})", f"cholesky({definite})", f"eigvalsh({any_square})",
        f'norm({any_square}, "nuc")', f"pinv({matrix.text})",
    )  # fmt: skip
    return rng.choice(forms)


def layer(draft: Draft) -> str:
    """Layers and losses of neural networks."""
    rng, x = draft.rng, draft.some(2)
    rows, columns = x.shape
    same, row = draft.like(rows, columns), draft.like(columns)
    keys, values = draft.like(3, columns), draft.like(3, draft.size())
    weights = draft.like(columns, draft.size())
    forms = (
        f"mse({x.text}, {same.text})", f"cross_entropy({x.text}, softmax({same.text}))",
        f"binary_cross_entropy({draft.unit(x).text}, {draft.unit(same).text})",
        f"layer_norm({x.text}, {row.text}, {row.text})", f"dropout({x.text}, {same.text}, 0.25)",
        f"batch_norm({x.text}, {row.text}, {row.text})",
        f"attention({x.text}, {keys.text}, {values.text})", f"tanh({x.factor}@{weights.factor})",
        f"relu({x.factor}@{weights.factor} + {draft.like(weights.shape[1]).factor})",
    )  # fmt: skip
    return rng.choice(forms)


OPERATIONS: Operations = {
    unary: 9, arithmetic: 15, binary: 5, product: 13, reduction: 11, pick: 5, rearrangement: 6,
    joining: 3, structure: 4, labels: 3, windows: 3, algebra: 4, layer: 4,
}  # fmt: skip


def operation(draft: Draft, operations: Operations) -> None:
    """Add one step."""
    for _ in range(ATTEMPTS):
        (draw,) = draft.rng.choices(list(operations), list(operations.values()))
        try:
            draft.define(draw(draft))
        except (Unfit, ValueError, IndexError, ArithmeticError):
            continue
        return
    raise Unfit
