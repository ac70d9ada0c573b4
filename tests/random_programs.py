"""Random problems: programs of 1 to 40 steps that are smooth and well-conditioned where they stand.

`random_program(seed)` is the same program for the same seed. Every step is evaluated by the oracle
while it is drawn, so that what grows, is undefined or does not fit is drawn again.
"""

from __future__ import annotations

import json
import random
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from fractions import Fraction
from typing import Any

import mpmath
import numpy as np

from symback.functions.domains import sample
from symback.language import parse
from tests.oracle import array, evaluate_mp

#: Digits that are enough to see whether a step is tame.
DIGITS = 20
MAX_ENTRIES = 60
MAX_SIZE = 60
#: Results with more entries than this take the oracle too long.
MAX_RESULT = 300
#: Names of dimensions for the sizes in use, for programs with symbolic shapes.
DIMENSIONS = {2: "m", 3: "n", 4: "k", 5: "q"}
LETTERS = {0: "abct", 1: "xyzuvw", 2: "ABCWXY", 3: "TPQ", 4: "KMN"}
VERBS = {"gradient": 60, "vjp": 20, "jacobian": 8, "hessian": 6, "jvp": 3, "hvp": 3}
DIRECTIONS = {"vjp": "cotangent", "jvp": "tangent", "hvp": "vector"}
#: Functions that are defined everywhere; those named twice are drawn more often.
UNARY = (
    "tanh", "tanh", "tanh", "sigmoid", "sigmoid", "sigmoid", "exp", "exp", "sin", "sin", "cos",
    "cos", "relu", "relu", "softplus", "atan", "square", "abs", "silu", "gelu", "asinh", "erf",
    "softsign", "log_sigmoid", "cbrt", "expm1", "mish", "sinh", "cosh", "ndtr", "hardtanh", "elu",
)  # fmt: skip


class Unfit(Exception):
    """A draw that cannot be used; another one is made."""


@dataclass
class Operand:
    """An expression with its value."""

    text: str
    value: Any

    @property
    def shape(self) -> tuple[int, ...]:
        """Sizes of the axes."""
        return np.shape(self.value)

    @property
    def factor(self) -> str:
        """The text as it stands before an operator or a bracket."""
        return self.text if re.fullmatch(r"\w+", self.text) else f"({self.text})"


@dataclass
class Program:
    """A problem: exact given values, steps in order, and what is asked."""

    given: dict[str, Any] = field(default_factory=dict)
    steps: list[tuple[str, str]] = field(default_factory=list)
    verb: str = "gradient"
    of: str = "L"
    wrt: list[str] = field(default_factory=list)
    direction: str | None = None
    symbolic: bool = False

    def dims(self) -> dict[str, int]:
        """Return the sizes of the named dimensions."""
        sizes = {size for value in self.given.values() for size in np.shape(array(value))}
        return {DIMENSIONS[size]: size for size in sizes if size in DIMENSIONS and self.symbolic}

    def text(self) -> str:
        """Return the problem file; JSON is YAML."""
        find = {self.verb: self.of, "wrt": self.wrt}
        if self.direction is not None:
            find[DIRECTIONS[self.verb]] = self.direction
        given = {name: self._entry(value) for name, value in self.given.items()}
        problem = {"given": given, "define": dict(self.steps), "find": [find]}
        return json.dumps(problem, indent=1)

    def _entry(self, value: Any) -> Any:
        numbers = decimals(value)
        if not self.symbolic or not isinstance(numbers, list):
            return numbers
        shape = [DIMENSIONS.get(size, size) for size in np.shape(array(value))]
        return {"value": numbers, "shape": shape}


def decimals(value: Any) -> Any:
    """Return nested fractions as the floats whose shortest decimals they are."""
    if isinstance(value, list):
        return [decimals(entry) for entry in value]
    assert Fraction(str(float(value))) == value
    return float(value)


class Draft:
    """A program while it is drawn: what there is to use, and the means to draw more."""

    def __init__(self, rng: random.Random, verb: str, symbolic: bool) -> None:
        self.rng = rng
        self.program = Program(verb=verb, symbolic=symbolic)
        self.sizes = rng.choice([[2, 3], [2, 3, 4], [3], [2], [3, 4], [2, 3, 5]])
        self.values: dict[str, Any] = {}
        self.operands: list[Operand] = []

    def size(self) -> int:
        """Draw the size of an axis."""
        return self.rng.choice(self.sizes)

    def give(
        self, shape: tuple[int, ...], domain: str = "real", name: str | None = None
    ) -> Operand:
        """Add a given value."""
        letters = [a + b for a in LETTERS[len(shape)] for b in ("", "1", "2")]
        free = [letter for letter in letters if letter not in self.values]
        if not free:
            raise Unfit
        name = name or self.rng.choice(free)
        self.program.given[name] = sample(domain, shape, self.rng)
        self.values[name] = np.asarray(array(self.program.given[name]), object)
        self.operands.append(Operand(name, self.values[name]))
        return self.operands[-1]

    def of(self, text: str) -> Operand:
        """Return an expression as an operand; Unfit where its value is not tame."""
        value = evaluate_mp(parse(text), self.values, DIGITS)
        entries = np.ravel(np.asarray(value, dtype=object))
        if not 0 < entries.size <= MAX_ENTRIES:
            raise Unfit
        if not all(mpmath.isfinite(entry) and abs(entry) < MAX_SIZE for entry in entries):
            raise Unfit
        return Operand(text, value)

    def some(self, *ranks: int) -> Operand:
        """Draw an operand with one of these numbers of axes, mostly one that is there."""
        rank = self.rng.choice(ranks or (0, 1, 1, 2, 2, 2, 3))
        known = [one for one in self.operands if len(one.shape) == rank]
        return self._drawn(known, tuple(self.size() for _ in range(rank)))

    def like(self, *shape: int) -> Operand:
        """Draw an operand of a shape."""
        return self._drawn([one for one in self.operands if one.shape == shape], shape)

    def _drawn(self, known: list[Operand], shape: tuple[int, ...]) -> Operand:
        rng = self.rng
        if not known or rng.random() < 0.2:
            return self.give(shape)
        found = known[min(len(known) - 1, int(rng.triangular(0, len(known), len(known))))]
        if rng.random() < 0.2:
            return self.of(f"{rng.choice(UNARY)}({found.text})")
        return found

    def fitting(self, other: Operand) -> Operand:
        """Draw an operand that broadcasts against another one."""
        shape = other.shape
        kind = self.rng.random()
        if not shape or kind < 0.6:
            return self.like(*shape)
        if kind < 0.75:
            return self.some(0)
        if len(shape) == 2 and kind < 0.9:
            return self.of(f"{self.like(shape[0]).factor}[:, None]")
        return self.like(*shape[1:])

    def positive(self, other: Operand) -> Operand:
        """Make an operand positive, away from 0."""
        forms = ("{}**2 + 1", "exp({})", "softplus({}) + 0.1", "abs({}) + 1/2", "sigmoid({}) + 1/3")
        return self.of(self.rng.choice(forms).format(other.factor))

    def unit(self, other: Operand) -> Operand:
        """Bring an operand between 0 and 1."""
        forms = ("sigmoid({})", "tanh({})**2*0.9 + 0.05", "ndtr({})")
        return self.of(self.rng.choice(forms).format(other.text))

    def square(self) -> Operand:
        """Draw a square matrix of side 4 at most."""
        side = min(self.size(), 4)
        return self.like(side, side)

    def invertible(self) -> Operand:
        """Draw a well-conditioned square matrix."""
        matrix = self.square()
        side = matrix.shape[0]
        text = matrix.factor
        forms = (f"{text}@{text}.T + eye({side})", f"{text}.T@{text} + 2*eye({side})")
        kind = self.rng.randrange(4)
        if kind < 2:
            return self.give((side, side), ("invertible", "spd")[kind])
        return self.of(forms[kind - 2])

    def define(self, text: str) -> None:
        """Add a step, or the scalar at the end."""
        name = f"s{len(self.program.steps) + 1}"
        self.values[name] = np.asarray(self.of(text).value, object)
        self.program.steps.append((name, text))
        self.operands.append(Operand(name, self.values[name]))


#: Functions that return the text of a step, with how often they are drawn.
Operations = dict[Callable[[Draft], str], int]

ENDS = (
    "sum({})", "mean({})", "sum({}**2)", "norm({})", "logsumexp({})", "sum(sin({}))",
    "mean({}**2)/2", "sum(tanh({}))", "max({})", "var({})",
)  # fmt: skip


def end(draft: Draft) -> str:
    """Return a scalar of all steps that no other step uses."""
    texts = " ".join(text for _, text in draft.program.steps)
    loose = [name for name, _ in draft.program.steps if not re.search(rf"\b{name}\b", texts)]
    rng = draft.rng
    terms = []
    for name in loose:
        forms = ENDS if draft.values[name].ndim else ("{}", "{}**2", "tanh({})")
        terms.append(rng.choice(forms).format(name))
    whole = " + ".join(terms)
    if rng.random() < 0.7:
        return whole
    return f"log(1 + ({whole})**2)" if rng.random() < 0.5 else f"tanh({terms[0]})*({whole})"


def pruned(program: Program) -> None:
    """Leave out what the result does not depend on."""
    used = {program.of, program.direction}
    for name, text in reversed(program.steps):
        if name in used:
            used |= set(re.findall(r"[A-Za-z_]\w*", text))
    program.steps = [step for step in program.steps if step[0] in used]
    program.given = {name: value for name, value in program.given.items() if name in used}


def ask(draft: Draft) -> None:
    """Choose the variables and the direction; Unfit where the result would be large."""
    program, rng = draft.program, draft.rng
    pruned(program)
    names = list(program.given)
    most = {"gradient": 9, "vjp": 9, "hessian": 2}.get(program.verb, 1)
    program.wrt = rng.sample(names, min(most, len(names)))
    out = draft.values[program.of]
    widest = max((draft.values[name].size for name in program.wrt), default=0)
    entries = {"jacobian": out.size * widest, "hessian": widest**2}.get(program.verb, widest)
    if not 0 < entries <= MAX_RESULT:
        raise Unfit
    if program.verb in DIRECTIONS:
        shape = out.shape if program.verb == "vjp" else draft.values[program.wrt[0]].shape
        program.direction = draft.give(shape, name="g").text


def random_program(
    seed: object,
    steps: int | None = None,
    verb: str | None = None,
    symbolic: bool = False,
    operations: Operations | None = None,
    sizes: list[int] | None = None,
) -> Program:
    """Return the program of a seed: of so many steps, for a verb, with axes of `sizes`, or any."""
    return next(_programs(seed, steps, verb, symbolic, operations, sizes))


def _programs(
    seed: object,
    steps: int | None,
    verb: str | None,
    symbolic: bool,
    operations: Operations | None,
    sizes: list[int] | None,
) -> Iterator[Program]:
    from tests.random_operations import OPERATIONS, operation

    for attempt in range(1000):
        rng = random.Random(f"{seed}/{attempt}")
        wanted = verb or rng.choices(list(VERBS), list(VERBS.values()))[0]
        count = steps or (rng.choice((1, 2, 3, 4, 6, 10)) if wanted == "gradient" else 2)
        draft = Draft(rng, wanted, symbolic)
        draft.sizes = sizes or draft.sizes
        try:
            while len(draft.program.steps) < count:
                operation(draft, operations or OPERATIONS)
            draft.program.of = draft.program.steps[-1][0]
            if wanted in ("gradient", "hessian", "hvp"):
                text = end(draft)
                draft.values["L"] = np.asarray(draft.of(text).value, object)
                draft.program.steps.append(("L", text))
                draft.program.of = "L"
            ask(draft)
        except Unfit:
            continue
        yield draft.program
