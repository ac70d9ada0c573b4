"""How the elementwise families write their rows: short columns, and libraries loaded when used."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from importlib import import_module
from operator import methodcaller
from typing import Any

from symback.functions.entry import Function, Kind
from symback.functions.values.enclosure import certified


class Lazy:
    """A module that is imported at the first look at one of its members."""

    def __init__(self, module: str) -> None:
        self._module = module

    def __getattr__(self, member: str) -> Any:
        return getattr(import_module(self._module), member)


np = Lazy("numpy")
sp = Lazy("sympy")


def member_call(library: Lazy, member: str) -> Callable[..., Any]:
    """Return a function that calls `library.member`, looked up when it is called."""
    return lambda *arguments: getattr(library, member)(*arguments)


def row(call: str, summary: str, *slopes: str | None, **columns: Any) -> Function:
    r"""Build the entry of the elementwise function written `call`, such as `"power(x, y)"`.

    `slopes` are the derivatives in the order of the arguments, where they are not to be SymPy's.
    Besides the fields of `Function` there are three short columns for functions that a library
    has under one name: `np` gives `float64` and `numpy`, `arb` (a method of `flint.arb`) gives
    `ball`, `sp` gives `sympy`.
    Templates left out are the name, upright: `\operatorname{hypot}`.
    """
    name, signature = call.removesuffix(")").split("(", 1)
    arrays = signature.count(",") + 1
    if member := columns.pop("np", None):
        columns.setdefault("float64", member_call(np, member))
        holes = ", ".join(f"#{k + 1}" for k in range(arrays))
        columns.setdefault("numpy", f"np.{member}({holes})")
    if method := columns.pop("arb", None):
        columns.setdefault("ball", methodcaller(method))
    if member := columns.pop("sp", None):
        columns.setdefault("sympy", member_call(sp, member))
    if ball := columns.get("ball"):
        columns["ball"] = certified(ball)
    upright = name.replace("_", r"\_")
    columns.setdefault("latex", rf"\operatorname{{{upright}}}")
    return Function(
        name=name,
        signature=signature,
        kind=Kind.ELEMENTWISE,
        summary=summary,
        arrays=arrays,
        slopes=(*slopes, *[None] * (arrays - len(slopes))),
        **columns,
    )


def published(source: str, *rows: Function) -> tuple[Function, ...]:
    """Return the rows with `source` as the place where those without one are published."""
    return tuple(entry if entry.source else replace(entry, source=source) for entry in rows)
