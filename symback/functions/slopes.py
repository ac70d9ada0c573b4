"""Derivative rules of elementwise functions: SymPy's, unless the row has one of its own.

SymPy differentiates the definitions ahead of time, since importing it takes longer than most
derivations: `derived` holds what it gave.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import cache
from pathlib import Path
from typing import Any

from symback.errors import Diagnostic, InputError
from symback.functions.entry import Function, Kind
from symback.functions.from_sympy import Untranslatable, translate
from symback.language import write
from symback.language.tree import Expression, Name
from symback.language.walks import fold, rebuild

#: The module of the derivatives by SymPy.
DERIVED = Path(__file__).with_name("derived.py")

_HEAD = '''"""Derivatives of elementwise functions by SymPy, written by `make golden` alone."""

from __future__ import annotations

from collections.abc import Mapping

#: By function and place of the argument, in the expression language; `out` is the value.
SLOPES: Mapping[str, Mapping[int, str]] = {
'''


def slope_rule(function: Function, k: int, guarded: bool = False, tied: bool = False) -> str:
    """Return the derivative of an elementwise function in argument k, in the expression language.

    Parameters stand under their names and `out` for the value; a `guarded` rule also holds at
    kinks, a `tied` one where both arguments are equal.
    Raises: InputError E310 where no closed form is known.
    """
    rules = function.tied if tied else function.slopes
    rules = function.guarded if guarded and function.guarded else rules
    rule = rules[k] if k < len(rules) else None
    if rule is None:
        return _rule_by_sympy(function.name, function.signature, function.sympy, k)
    return rule if isinstance(rule, str) else rule({})


def derived_slopes(rows: Iterable[Function]) -> str:
    """Return the module of SymPy's derivatives in the arguments for which rows have none."""
    lines = []
    for row in rows:
        if row.kind is Kind.ELEMENTWISE and None in row.slopes:
            rules = [f"{k}: {_quoted(rule)}" for k, rule in _by_sympy(row)]
            lines += [f'    "{row.name}": {{{", ".join(rules)}}},\n'] if rules else []
    return "".join((_HEAD, *lines, "}\n"))


def _quoted(rule: str) -> str:
    return f'"{rule}"'


def _by_sympy(row: Function) -> Iterable[tuple[int, str]]:
    """Yield the places for which a row has no derivative but SymPy has, with that."""
    for k, own in enumerate(row.slopes):
        if own is None:
            try:
                yield k, slope_rule(row, k)
            except InputError:
                continue


@cache
def _rule_by_sympy(name: str, signature: str, definition: Callable[..., Any] | None, k: int) -> str:
    """Differentiate a definition in argument k and write the derivative as text."""
    import sympy
    from sympy.core.function import ArgumentIndexError

    names = [parameter.partition("=")[0].strip() for parameter in signature.split(",")]
    symbols = [sympy.Symbol(parameter, real=True) for parameter in names]
    try:
        if definition is None:
            raise Untranslatable(name)
        value = definition(*symbols)
        found = sympy.factor_terms(sympy.diff(value, symbols[k]))
        return write(_through(translate(value), translate(found)))
    except (Untranslatable, ArgumentIndexError) as reason:
        message = f"no closed form is known for the derivative of `{name}` in its argument"
        hint = f"let `{names[k]}` be a value that does not depend on what `wrt` names"
        raise InputError(Diagnostic("E310", f"{message} `{names[k]}`", hint)) from reason


def _through(value: Expression, derivative: Expression) -> Expression:
    """Return a derivative with `out` wherever it has the value."""

    def named(node: Expression, parts: list[Expression]) -> Expression:
        return Name("out") if node == value else rebuild(node, parts)

    return fold(derivative, named)
