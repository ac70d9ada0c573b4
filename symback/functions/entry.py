"""The form of a function's entry: one row says everything symback knows about a function."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from enum import Enum
from typing import Any

#: A rule or definition in the expression language, or a function from the bound settings to one.
Rule = str | Callable[[Mapping[str, Any]], str]


class Kind(Enum):
    """How a function is differentiated."""

    ELEMENTWISE = "elementwise"
    """Entry by entry with broadcasting; differentiated by `slopes`."""
    COMPOSITE = "composite"
    """Defined by `body` in the expression language; replaced by it."""
    PRIMITIVE = "primitive"
    """Opaque; differentiated by `vjps`, which are expressions again."""
    INDEX = "index"
    """A rearrangement, sum or product of entries; written in index form by `build`."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Function:
    """One function: signature, meaning, derivative, numbers, typesetting and samples.

    In rules (`slopes`, `vjps`, `body`) the parameters stand under their own names, `out` is the
    function's value and `ct` the cotangent of the value; a rule is text of the expression language.
    """

    name: str
    signature: str
    """Parameters with defaults, `"x, axis=None, keepdims=False"`; `*operands` takes the rest."""
    kind: Kind
    summary: str
    """One sentence with the formula: what the value is."""
    arrays: int = 1
    """How many leading parameters are arrays; the others are settings (numbers, axes, names)."""
    source: str = ""
    """Where definition and derivative are published."""
    domain: tuple[str, ...] = ("real",)
    """Where each array argument is sampled, a key of `functions.domains`; the last one repeats."""
    samples: tuple[str, ...] = ()
    """Every argument form for the contract tests, as calls in which arrays have their shapes:
    `"norm(x{2,3}, 1, axis=0)"`; ELEMENTWISE needs none."""
    latex: str = ""
    r"""Template: `#1`, `#2` are the arguments; `\sigma` alone is applied like a named function."""
    text: str = ""
    """The same for the terminal: `σ`; the name itself if empty."""

    slopes: tuple[Rule | None, ...] = ()
    """∂out/∂argument for each array argument; None: by SymPy from `sympy` (`functions.slopes`)."""
    sympy: Callable[..., Any] | None = None
    """The definition as a SymPy expression of its arguments (SymPy is imported inside)."""
    parity: str = ""
    """`even` or `odd` in its only argument, or empty."""
    kinks: Rule = ""
    """Condition under which the value sits on a kink or jump: `"x == 0"`."""
    convention: str = ""
    """What is done there, in words: `"relu'(0) = 0"`."""

    body: Rule | None = None
    vjps: tuple[Rule | None, ...] = ()
    """Cotangent of each array argument in terms of `ct`, `out` and the parameters."""
    commuting: Rule | None = None
    """PRIMITIVE of one matrix: the shorter rule where the cotangent commutes with the value."""
    guarded: tuple[Rule | None, ...] = ()
    """Rules in place of `slopes` or `vjps` that follow the convention at a kink and have a value
    where those divide by 0; longer, so only there."""
    tied: tuple[Rule, ...] = ()
    """ELEMENTWISE of two arguments that may be equal on a whole region, as min(x, clip(x, 0, 1))
    has them: the rule in place of `slopes` for the one that is taken there."""
    direct: Callable[..., Any] | None = None
    """PRIMITIVE of one array: its cotangent from the node, `out` and `ct` as tensors, and whether
    conventions at kinks are to be followed; None where the one by `vjps` is as short."""
    build: Callable[..., Any] | None = None

    exact: Callable[..., Any] | None = None
    """Value from exact rationals (`flint.fmpq`), or None where it is not rational."""
    ball: Callable[..., Any] | None = None
    """ELEMENTWISE: value from `flint.arb` scalars, an enclosure."""
    float64: Callable[..., Any] | None = None
    """Value from float64 arrays; ELEMENTWISE may leave it out: then by `ball`."""
    value: Callable[..., Any] | None = None
    """Other kinds: value from NumPy arrays of `fmpq`, `arb` or float64 with the bound settings."""
    numpy: str = ""
    """Code for generated NumPy sources, `np.exp(#1)`, empty where NumPy has none."""
    aliases: tuple[str, ...] = field(default=())
