"""Pairs of formulas: equal by an identity, or looking alike and different; made from templates.

`{A} {B}` stand for square matrices, `{u} {v}` for vectors, `{s}` for scalars, `{W}` for an
m by n matrix, `{d}` for a vector of length m, `{f}` for an elementwise function.
"""

from itertools import product

FILLINGS = {
    "A": ("A", "(A + B)", "A.T", "(2*C)"),
    "B": ("B", "C.T", "(B - C)"),
    "u": ("x", "(x + y)", "(A @ y)", "tanh(x)", "(x - 3*y)"),
    "v": ("y", "(y - 2*x)", "exp(y)"),
    "s": ("s", "(q + 1)", "(s*q)"),
    "W": ("W", "(2*V)"),
    "d": ("d", "(V @ y)", "sin(d)"),
    "f": ("tanh", "sin", "exp"),
    "k": ("2", "3", "5"),
}

EQUAL = (
    ("({A} @ {B}).T", "{B}.T @ {A}.T"),
    ("inv({A} @ {B})", "inv({B}) @ inv({A})"),
    ("inv({A}).T", "inv({A}.T)"),
    ("trace({A} @ {B})", "trace({B} @ {A})"),
    ("trace({A} @ {B})", "sum({A} * {B}.T)"),
    ("trace({A}.T)", "trace({A})"),
    ("det({A} @ {B})", "det({B})*det({A})"),
    ("{A} @ {u} - {A} @ {v}", "{A} @ ({u} - {v})"),
    ("{u} @ {A} @ {v}", "{v} @ {A}.T @ {u}"),
    ("outer({d}, {u}).T", "outer({u}, {d})"),
    ("outer({d}, {u}) @ {v}", "{d}*dot({u}, {v})"),
    ("{A} @ outer({u}, {v})", "outer({A} @ {u}, {v})"),
    ("diag({u}) @ {v}", "{u}*{v}"),
    ("solve({A}, {u})", "inv({A}) @ {u}"),
    ("norm({u})**2", "dot({u}, {u})"),
    ("softmax({u})", "exp({u})/sum(exp({u}))"),
    ("softmax({u} + {s})", "softmax({u})"),
    ("log_softmax({u})", "{u} - logsumexp({u})"),
    ("logsumexp({u} + {s})", "{s} + logsumexp({u})"),
    ("sigmoid({u})", "1/(1 + exp(-{u}))"),
    ("sigmoid(-{u})", "1 - sigmoid({u})"),
    ("sigmoid({u})*(1 - sigmoid({u}))", "exp(-{u})/(1 + exp(-{u}))**2"),
    ("tanh({u})", "2*sigmoid(2*{u}) - 1"),
    ("1 - tanh({u})**2", "1/cosh({u})**2"),
    ("softplus({u}) - softplus(-{u})", "{u}"),
    ("exp({u} + {v})", "exp({u})*exp({v})"),
    ("exp({k}*{u})", "exp({u})**{k}"),
    ("log(exp({u})*exp({v}))", "{u} + {v}"),
    ("log(p**{k})", "{k}*log(p)"),
    ("sqrt({u}**2)", "abs({u})"),
    ("({u} + {v})**2", "{u}**2 + 2*{u}*{v} + {v}**2"),
    ("({u}**2 - {v}**2)/({u} - {v})", "{u} + {v}"),
    ("sin({u})**2 + cos({u})**2", "ones(n)"),
    ("sin(2*{u})", "2*sin({u})*cos({u})"),
    ("cosh({u})**2 - sinh({u})**2", "ones(n)"),
    ("relu({u}) - relu(-{u})", "{u}"),
    ("relu({u})", "{u}*({u} > 0)"),
    ("relu({u})", "maximum({u}, 0)"),
    ("abs({u})", "{u}*sign({u})"),
    ("maximum({u}, {v}) + minimum({u}, {v})", "{u} + {v}"),
    ("mean({W}, axis=0)", "sum({W}, axis=0)/m"),
    ("sum({W} @ {u})", "dot(sum({W}, axis=0), {u})"),
    ("{W}.T @ ({W} @ {u} - {d})", "{W}.T @ {W} @ {u} - {W}.T @ {d}"),
    ("sum(({W} @ {u} - {d})**2)", "dot({W} @ {u} - {d}, {W} @ {u} - {d})"),
    ("{s}*({A} @ {u})", "{A} @ ({s}*{u})"),
    ("n*{s}", "sum({s}*ones(n))"),
    ("x[0]*{u}[1]", "{u}[1]*x[0]"),
    ("{f}({u})[0] + {f}({u})[1]", "sum({f}({u})[:2])"),
    ("cumsum({u})[-1]", "sum({u})"),
    ("einsum('ij,j->i', {W}, {u})", "{W} @ {u}"),
    ("({A} + {A}.T)/2 - ({A} - {A}.T)/2", "{A}.T"),
)

DIFFERENT = (
    ("outer({u}, {v})", "outer({v}, {u})"),
    ("outer({d}, {u})", "outer({u}, {d})"),
    ("inv({A}) @ {B}", "{B} @ inv({A})"),
    ("{A} @ {B}", "{B} @ {A}"),
    ("({A} @ {B}).T", "{A}.T @ {B}.T"),
    ("inv({A} @ {B})", "inv({A}) @ inv({B})"),
    ("{A} @ {u}", "{A}.T @ {u}"),
    ("{A} @ {u} + {A}.T @ {u}", "2*({A} @ {u})"),
    ("{W}.T @ {d}", "{d}"),
    ("inv({A})", "1/{A}"),
    ("inv({A}).T", "inv({A})"),
    ("trace({A} @ {B})", "trace({A})*trace({B})"),
    ("trace({A} @ {B})", "sum({A} * {B})"),
    ("det({A} + {B})", "det({A}) + det({B})"),
    ("det({k}*{A})", "{k}*det({A})"),
    ("{A} @ {B}", "{A}*{B}"),
    ("diag({u}) @ {A}", "{A} @ diag({u})"),
    ("dot({u}, {v})", "{u}*{v}"),
    ("norm({u})", "dot({u}, {u})"),
    ("softmax({u})", "exp({u})/sum(exp({v}))"),
    ("softmax({k}*{u})", "softmax({u})"),
    ("log_softmax({u})", "log({u}**2)/2 - logsumexp({u})"),
    ("logsumexp({u})", "max({u})"),
    ("sigmoid({u})", "1/(1 + exp({u}))"),
    ("sigmoid({u})*(1 - sigmoid({u}))", "sigmoid({u})*(1 + sigmoid({u}))"),
    ("tanh({u})", "2*sigmoid({u}) - 1"),
    ("1 - tanh({u})**2", "1 - tanh({u})"),
    ("exp({u} + {v})", "exp({u}) + exp({v})"),
    ("exp({k}*{u})", "{k}*exp({u})"),
    ("log(p + exp({u}))", "log(p) + {u}"),
    ("log(p**{k})", "log(p)**{k}"),
    ("log(p)", "log2(p)"),
    ("sqrt({u}**2)", "{u} + 0*{v}"),
    ("({u} + {v})**2", "{u}**2 + {v}**2"),
    ("(2*{u} + {v})**2", "4*{u}**2 + 2*{u}*{v} + {v}**2"),
    ("sin({u})**2", "sin({u}**2)"),
    ("sin(2*{u})", "2*sin({u})"),
    ("cos({u})", "-cos({u})"),
    ("relu(3*{u} - 1)", "3*relu({u}) - 1"),
    ("({u} > 0)*{v}", "({u} < 0)*{v}"),
    ("maximum({u}, {v})", "({u} + {v})/2"),
    ("mean({W}, axis=0)", "sum({W}, axis=0)"),
    ("mean({W}, axis=1)", "sum({W}, axis=1)/m"),
    ("sum({W}, axis=0)", "sum({W}, axis=1)"),
    ("{W}.T @ ({W} @ {u} - {d})", "{W}.T @ ({W} @ {u} + {d})"),
    ("sum(({W} @ {u} - {d})**2)", "sum({W} @ {u} - {d})**2"),
    ("{s}*{u}", "{s} + {u}"),
    ("{s}", "{s}*ones(n)"),
    ("{u}[0]", "{u}[1]"),
    ("{u}[:2]", "{u}[1:3]"),
    ("cumsum({u})", "flip(cumsum({u}))"),
    ("{f}({u})*{v}", "{f}({u}*{v})"),
    ("0.3333*{u}", "{u}/3"),
    ("{u}[:, None]", "{u}"),
    ("({A} + {A}.T)/2", "{A}"),
)


def pairs(templates: tuple[tuple[str, str], ...], each: int) -> list[tuple[str, str]]:
    """Return up to `each` different fillings of every template, spread over all there are."""
    found = []
    for left, right in templates:
        letters = [letter for letter in FILLINGS if f"{{{letter}}}" in left + right]
        fillings = list(product(*(FILLINGS[letter] for letter in letters)))
        step = max(1, len(fillings) // each)
        for filling in fillings[::step][:each]:
            values = dict(zip(letters, filling, strict=True))
            found.append((left.format_map(values), right.format_map(values)))
    return list(dict.fromkeys(found))
