"""Operations of random programs that between them call every function of the language."""

from __future__ import annotations

from collections.abc import Callable, Container, Sequence

from symback.functions import entries
from symback.functions.entry import Function, Kind
from tests.functions.contract import domains
from tests.random_operations import OPERATIONS
from tests.random_programs import Draft, Operations

#: How an operand of any size is brought into a domain; `{}` stands for it.
INTO = {
    "real": ("{}",),
    "positive": ("({f}**2 + 1)", "exp(tanh({t}))", "(softplus({t}) + 0.1)"),
    "unit": ("sigmoid({t})", "(0.05 + 0.9*tanh({t})**2)"),
    "inside": ("0.9*tanh({t})", "0.8*sin({t})"),
    "below_two": ("(1 + 0.9*tanh({t}))",),
    "above_one": ("({f}**2 + 1.2)", "(1.1 + softplus({t}))"),
    "outside": ("({f}**2 + 1.2)", "(-1.1 - softplus({t}))"),
    "angle": ("(0.7 + 0.5*tanh({t}))", "(-0.8 + 0.5*sin({t}))"),
    "wide": ("3*{f}",),
}
#: Calls in which some arguments are numbers: where the others have no derivative in JAX.
CALLS = {
    "polygamma": ("polygamma(2, {p})", "polygamma(1, {p})"),
    "betainc": ("betainc(1.3, 0.7, {u})", "betainc(2, 3/2, {u})"),
    "zeta": ("zeta(2.5, {p})", "zeta(4, {p})"),
    "gammainc_lower": ("gammainc_lower(1.7, {p})", "gammainc_lower(3, {p})"),
    "gammainc_upper": ("gammainc_upper(1.7, {p})", "gammainc_upper(2, {p})"),
    "expint": ("expint(2, {p})", "expint(1, {p})", "expint(3, {p})"),
    "besselj": ("besselj(0, {p})", "besselj(1, {p})", "besselj(2, {p})"),
    "bessely": ("bessely(0, {p})", "bessely(1, {p})"),
    "besseli": ("besseli(0, {p})", "besseli(1, {p})"),
    "besselk": ("besselk(0, {p})", "besselk(1, {p})"),
    "heaviside": ("heaviside({r}, 0.5)",),
    "where": ("where({r} > 0.2, {r}, {r}**2)", "where({r} < 1/3, 2*{r}, {p})"),
    "clip": ("clip({r}, -0.8, 1.2)",),
    "hardtanh": ("hardtanh({r})", "hardtanh({r}, -0.5, 1.5)"),
    "leaky_relu": ("leaky_relu({r})", "leaky_relu({r}, 0.2)"),
    "elu": ("elu({r})", "elu({r}, 0.7)", "elu({r}, {p})"),
    "celu": ("celu({r})", "celu({r}, 1.3)", "celu({r}, {p})"),
    "exp10": ("exp10(tanh({t}))",),
    "gamma": ("gamma({u} + 1)", "gamma({p})"),
    "erfcx": ("erfcx({p})",),
    "invdigamma": ("invdigamma(tanh({t}))",),
}
LETTERS = {"p": "positive", "u": "unit", "r": "real", "t": "real", "f": "real"}


def into(draft: Draft, domain: str, shape: tuple[int, ...]) -> str:
    """Return an operand of a shape, in a domain."""
    operand = draft.like(*shape)
    form = draft.rng.choice(INTO[domain])
    return form.format(operand.factor, t=operand.text, f=operand.factor)


def elementwise(entries: Sequence[Function]) -> Callable[[Draft], str]:
    """Return an operation that draws any of these functions of numbers, each as often."""

    def draw(draft: Draft) -> str:
        rng = draft.rng
        entry, shape = rng.choice(entries), draft.some(0, 1, 1, 2, 2).shape
        if entry.name in CALLS:
            holes = {letter: into(draft, domain, shape) for letter, domain in LETTERS.items()}
            return rng.choice(CALLS[entry.name]).format(**holes)
        arguments = [into(draft, domain, shape) for domain in domains(entry)]
        return f"{entry.name}({', '.join(arguments)})"

    return draw


def constants(draft: Draft) -> str:
    """Arrays without operands, next to one."""
    x, n, m = draft.some(1, 2), draft.size(), draft.size()
    rows, last = x.shape[0], x.shape[-1]
    forms = (
        f"{x.factor}*arange({last})", f"{x.factor}*onehot({draft.rng.randrange(last)}, {last})",
        f"{x.factor} + ones({rows}, {last})", f"stack([zeros({rows}), ones({rows})])@{x.factor}",
        f"kron({draft.some(1).text}, ones({n}))", f"outer({draft.some(1).text}, arange({m}))",
        f"eye({rows})@{x.factor}",
    )  # fmt: skip
    return draft.rng.choice(forms)


def matrices(draft: Draft) -> str:
    """Functions of matrices that are drawn too seldom otherwise."""
    rng, a = draft.rng, draft.invertible()
    side = a.shape[0]
    square, x, y = draft.square(), draft.like(side), draft.like(side)
    definite = f"{square.factor}@{square.factor}.T + 4*eye({square.shape[0]})"
    tall = draft.give((3, 2), "invertible")
    forms = (
        f"svdvals({a.text})", f"svdvals({tall.text})", f"pinv({tall.text})",
        f"solve({tall.text}, {draft.like(3).text})", f"cosm(tanh({square.text}))",
        f"sinm(tanh({square.text}))", f"logdet({definite})", f"cholesky({definite})",
        f"eigvalsh({square.text})", f"dot({x.text}, {y.text})", f"dot({a.text}, {x.text})",
        f"cross({draft.like(3).text}, {draft.like(3).text})", f'norm({a.text}, "fro")',
        f'norm({a.text}, "nuc")', f"det({a.text})", f"matrix_power({a.text}, 4)",
        f"inv({a.text})", f"expm(tanh({square.text}))",
    )  # fmt: skip
    return rng.choice(forms)


def layers(draft: Draft) -> str:
    """Layers and rearrangements that are drawn too seldom otherwise."""
    rng, x = draft.rng, draft.some(2)
    rows, columns = x.shape
    lists = f"[{x.text}, {draft.like(rows, columns).text}]"
    cube, kernel = draft.some(3), draft.give((2, 1, 2, 2))
    forms = (
        f"embedding({x.text}, (0, {rows - 1}, 0))", f"min({x.text}, axis=1)",
        f"max_pool({x.text}, (2, 1))", f"avg_pool({x.text}, (1, 2))", f"roll({x.text}, 1, axis=0)",
        f"concat({lists}, axis=1)", f"stack({lists}, axis=2)", f"flip({x.text}, axis=(0, 1))",
        f"avg_pool(reshape({cube.text}, (1, 1, {cube.shape[0] * cube.shape[1]}, -1)), 2)",
        f"conv2d(reshape({x.text}, (1, 1, {rows}, {columns})), {kernel.text}, padding=1)",
        f"binary_cross_entropy({draft.unit(x).text}, {draft.unit(x).text})",
        f"log_softmax({x.text}, axis=0)", f"std({x.text}, axis=1, ddof=0)",
    )  # fmt: skip
    return rng.choice(forms)


def every_function(but: Container[str] = ()) -> Operations:
    """Return operations, with how often they are drawn, that call all functions but some."""
    rows = [one for one in entries() if one.kind is Kind.ELEMENTWISE and one.name not in but]
    return {**OPERATIONS, elementwise(rows): 50, constants: 5, matrices: 9, layers: 8}
