"""Why a line of the backward pass holds, in words; the formulas in whatever notation is used."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Protocol

from symback.explain.drawing.paths import Paths
from symback.explain.telling.statement import Statement
from symback.language.tree import Expression

#: Formulas longer than this are not repeated inside a sentence.
MAX_INLINE = 60


class Voice(Protocol):
    """How quantities and formulas stand inside a sentence."""

    def name(self, name: str) -> str:
        """Return what a quantity is called."""

    def equation_inline(self, name: str, formula: Expression) -> str:
        """Return `name = formula`."""

    def chain(self, names: Sequence[str]) -> str:
        """Return names in a row, `L ← z ← e`."""

    def slope(self, function: str, formula: Expression) -> str:
        """Return `σ′ = y(1 − y)`."""


_KINDS = {
    "jacobian": "the Jacobian",
    "jvp": "the directional derivative",
    "hessian": "the second derivative",
    "hvp": "the Hessian times a vector",
}


def reason(one: Statement, steps: Mapping[str, Expression], voice: Voice) -> str:
    """Return a clause on what a line is and why it holds; `steps` are the formulas of all steps."""
    if one.kind == "given":
        return "the upstream gradient, which is given"
    if one.kind == "shared":
        step = one.name.removeprefix("delta_")
        if step != one.name and step in steps:
            return f"the error signal inside {_step(step, steps, voice)}"
        return "a part that occurs several times"
    what = _what(one, voice)
    why = _through(one, steps, voice)
    slopes = " and ".join(voice.slope(m.function, m.formula) for m in one.melted)
    if slopes:
        why += f", with {slopes}"
    return f"{what}: {why}" if why else what


def _what(one: Statement, voice: Voice) -> str:
    if one.verb in _KINDS:
        of = f" of {voice.name(one.of)}" if one.of else ""
        wrt = f" with respect to {voice.name(one.wrt)}" if one.wrt else ""
        return _KINDS[one.verb] + of + wrt
    if one.wrt is None:
        return voice.name(one.name)
    if one.kind == "signal" or one.of is None:
        return f"the error signal of {voice.name(one.wrt)}"
    return f"the gradient of {voice.name(one.of)} with respect to {voice.name(one.wrt)}"


def _through(one: Statement, steps: Mapping[str, Expression], voice: Voice) -> str:
    if not one.through:
        return ""
    parts = [_step(name, steps, voice) for name in one.through]
    if one.through == (one.of,):
        return f"directly from {parts[0]}"
    if len(parts) == 1:
        return f"chain rule through {parts[0]}"
    return f"chain rule, one term each through {_listed(parts)}"


def _step(name: str, steps: Mapping[str, Expression], voice: Voice) -> str:
    said = voice.equation_inline(name, steps[name]) if name in steps else voice.name(name)
    return said if len(said) <= MAX_INLINE else voice.name(name)


def _listed(parts: Sequence[str]) -> str:
    return ", ".join(parts[:-1]) + f" and {parts[-1]}" if len(parts) > 1 else parts[0]


def path_sentence(paths: Paths, voice: Voice) -> str:
    """Return which paths lead from the scalar to the variable."""
    if not paths.products:
        return f"{paths.count} paths lead from {voice.name(paths.of)} to {voice.name(paths.wrt)}"
    routes = [[product[0].step, *(s.operand for s in product)] for product in paths.products]
    chains = [voice.chain(route) for route in routes]
    if len(chains) == 1:
        return f"along the path {chains[0]}"
    return f"along the paths {_listed(chains)}"


def sentence(text: str, end: str = ".") -> str:
    """Return a clause with a capital letter and an end."""
    return text[:1].upper() + text[1:] + end
