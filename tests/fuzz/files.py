"""Random problem files: every function with fitting and misfitting arguments, and mutated files."""

import random
from pathlib import Path

from symback.functions import table
from symback.functions.entry import Kind
from symback.functions.samples import samples_of
from symback.language import parse, write

FUNCTIONS = {function.name: function for function in table().values()}
ROOT = Path(__file__).parent.parent.parent
CORPUS = [
    path.read_text("utf-8")
    for path in sorted((ROOT / "problems").rglob("*.yaml"))
    if path.stat().st_size < 3000
]
GIVEN = {
    "s": "0.7",
    "k": "2",
    "v": "[0.3, -0.2, 1.5]",
    "w": "[1, 0, 2]",
    "u": "[0.5]",
    "A": "[[2, 0.5, 0.1], [0.5, 3, -0.2], [0.1, -0.2, 1]]",
    "B": "[[1, 2, 3], [4, 5, 6]]",
    "C": "[[[1, 2], [3, 4]], [[5, 6], [7, 8.5]]]",
    "X": "{value: [[0.1, 0.2], [0.3, 0.4]], shape: [m, n]}",
    "Y": "{shape: [m, n]}",
    "p": "{shape: [n]}",
    "q": "{shape: [d]}",
    "S": "{shape: [d, d], assume: symmetric}",
    "T": "{shape: [2*d, 3]}",
    "E": "{shape: [0, 3]}",
    "P": "{value: [0.2, 0.3, 0.5], assume: [simplex]}",
    "Z": "{shape: [1, 4, 4, 2]}",
    "K": "{value: [[2, 1], [1, 3]], structure: symmetric}",
    "g": "{value: 3, assume: [integer, positive]}",
    "I": "eye(3)",
}
SETTINGS = """
0 1 -1 2 -3 5 99 -99 1000000000000 1e300 1/2 0.5 3.0 None True False pi n d m k v s A "x" "inf"
"fro" "ij->ji" "ij,jk->ik" "..." "" () [] (0,) (1,0) (0,1) (0,0) (2,3) (-1,) (-1,-1) (n,) (d,d)
[0] [1,2] [[1]] [(1,1)] [(1,1),(0,2)] [[0,1],[2]] (((1,),),) (None,) ("x",) (1/2,) [True] n-1
n*d -n n/2 d+1 2**40 7/2 sum(v) (3,3) (6,) (3,2) (v,) 1e9 10**30
"""
CORNERS = """
"x" None True () [] [[]] [None] ["a"] [v,A] (v,v) [[v]] [[[1]]] 1e300 -1e300 1e-300 0 -1 10**18
exp(1000) exp2(1e15) -exp2(1e15) exp(-1e9) 1/3 pi n d zeta(3) [1,[2]] v[1:] v[5:] A[:,None]
v[::2] q[::2] A[0] A[0,0] v[None] A[...] v[9] q[9] q[n] v[0.5] A[True] v[v] v.T s.T C.T 1:2
"""
OPERATORS = "+ - * / ** @ < >= == @ *"
VERBS = "value gradient gradient vjp jvp jacobian hessian hvp graph"
TOTALS = ["sum(F)", "sum(F)", "sum(F)", "F", "norm(F)", "mean(exp(F))", "sum(F*F)"]
DIRECTIONS = ["1", "[1, 2, 3]", "[[1, 2], [3, 4]]", '"x"', "c", "2*F", "~"]
NAMES = list(GIVEN)


def expression(chance: random.Random, depth: int) -> str:
    """A random expression, most often one that makes sense."""
    way = chance.random()
    if depth <= 0 or way < 0.08:
        return chance.choice(NAMES) if chance.random() < 0.9 else chance.choice(CORNERS.split())
    if way < 0.28:
        op = chance.choice(OPERATORS.split())
        return f"({expression(chance, depth - 1)} {op} {expression(chance, depth - 1)})"
    if way < 0.33:
        return f"{expression(chance, 0)}[{chance.choice(SETTINGS.split())}]"
    if way < 0.36:
        return f"[{expression(chance, depth - 1)}, {expression(chance, depth - 1)}]"
    return call(chance, chance.choice(list(FUNCTIONS)), depth)


def call(chance: random.Random, name: str, depth: int) -> str:
    """A call of a function with arguments that fit, or do not."""
    function = FUNCTIONS[name]
    count = function.arrays if name != "einsum" else chance.randint(1, 3)
    wrong = chance.random()
    count = max(0, count + (chance.choice((-1, 1)) if wrong < 0.05 else 0))
    arguments = [expression(chance, depth - 1) for _ in range(count)]
    if name in ("concat", "stack") and arguments and chance.random() < 0.8:
        arguments[0] = f"[{arguments[0]}, {expression(chance, 0)}]"
    if name == "einsum":
        arguments = [chance.choice(SPECS), *arguments]
    if function.kind is not Kind.ELEMENTWISE or function.arrays == 0:
        arguments += settings(chance, function)
    return f"{name}({', '.join(arguments)})"


SPECS = ['"ij->ji"', '"ij,jk->ik"', '"i,i->"', '"ii->i"', '"ij,ij"', '"->"', '"i->ij"', "v", '"a"']


def settings(chance: random.Random, function) -> list[str]:
    """Arguments after the arrays."""
    if function.samples and chance.random() < 0.5:
        written = parse(chance.choice(samples_of(function)).call)
        own = [write(value) for value in written.arguments[function.arrays :]]
        return own + [f"{key}={write(value)}" for key, value in written.keywords]
    names = [part.split("=")[0].strip() for part in function.signature.split(",")]
    names = [name.lstrip("*") for name in names[function.arrays :]]
    if chance.random() < 0.3:
        return [chance.choice(SETTINGS.split()) for _ in names]
    return [f"{name}={chance.choice(SETTINGS.split())}" for name in names if chance.random() < 0.6]


def requests(chance: random.Random) -> str:
    """A random `find`, or none."""
    if chance.random() < 0.5:
        return ""
    verb = chance.choice(VERBS.split())
    parts = [f"{verb}: {chance.choice(('F', 'L', 'L', 'F', quoted(expression(chance, 1))))}"]
    if verb not in ("value", "graph") and chance.random() < 0.9:
        parts.append(f"wrt: [{', '.join(chance.sample(NAMES, chance.randint(1, 3)))}]")
    extra = {"vjp": "cotangent", "jvp": "tangent", "hvp": "vector"}.get(verb)
    if extra and chance.random() < 0.9:
        value = chance.choice([*NAMES, *DIRECTIONS])
        parts.append(f"{extra}: {value}")
    if chance.random() < 0.1:
        parts.append(f"expect: {chance.choice(['1', '[1, 2]', '{v: 2}', '{A: [[1]]}', '{}', 'F'])}")
    return f"find: [{{{', '.join(parts)}}}]\n"


def quoted(text: str) -> str:
    """Text as a YAML string in single quotes."""
    return "'" + text.replace("'", "''") + "'"


def problem(chance: random.Random, name: str | None = None) -> str:
    """A random problem file, with a call of the function `name`."""
    first = call(chance, name, 2) if name else expression(chance, 3)
    base = chance.choice(["", "", "index_base: 1\n"])
    total = chance.choice(TOTALS)
    text = "given:\n" + "".join(f"  {key}: {value}\n" for key, value in GIVEN.items())
    steps = f"  F: {quoted(first)}\n  L: {quoted(total)}\n"
    return f"{base}{text}define:\n{steps}{requests(chance)}"


PIECES = ["[", "]", "{", "}", ":", "-", "'", "0", "1e9", "x", "[0]", "**", "wrt", "expect", "null"]
PIECES += ["shape", "n", "d2L_dx_dx", "dL_dx", ", axis=0", ".T", " @ ", " - ", "None", "'x'", "1/0"]


def mutant(chance: random.Random) -> str:
    """A problem of the project with a few random changes, mostly in its words and numbers."""
    text = chance.choice(CORPUS)
    words = [word for line in text.split("\n") for word in line.split() if len(word) < 12]
    for _ in range(chance.randint(1, 4)):
        start, way = chance.randrange(len(text) + 1), chance.random()
        if way < 0.25:
            text = text[:start] + chance.choice(PIECES) + text[start:]
        elif way < 0.4:
            text = text[:start] + text[start + chance.randint(1, 4) :]
        else:
            text = text.replace(chance.choice(words), chance.choice(words), chance.randint(1, 2))
    return text


def file_of(seed: int) -> str:
    """The problem file that belongs to a seed; functions take turns."""
    chance = random.Random(seed)
    if seed % 4 == 3:
        return mutant(chance)
    if seed % 4 == 2:
        return problem(chance)
    names = list(FUNCTIONS)
    return problem(chance, names[seed // 4 % len(names)])
