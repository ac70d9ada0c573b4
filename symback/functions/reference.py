"""The reference of functions, from their table: for the terminal and for problems/README.md."""

from __future__ import annotations

import re
from collections.abc import Iterable
from difflib import get_close_matches
from importlib import import_module
from typing import Any

from symback.errors import Diagnostic, InputError
from symback.functions import FAMILIES, table
from symback.functions.domains import describe
from symback.functions.entry import Function, Kind, Rule
from symback.functions.signature import parameters, show
from symback.language.tree import Expression, Literal, Negate, Number

BEGIN = "<!-- functions: written by `make golden` from symback/functions -->"
END = "<!-- end of functions -->"

_KINDS = {
    Kind.ELEMENTWISE: "entry by entry, with broadcasting",
    Kind.COMPOSITE: "by its definition",
    Kind.PRIMITIVE: "as a whole, by a rule for its cotangent",
    Kind.INDEX: "as a sum or rearrangement of entries",
}
_TITLES = {"elementwise": "basic", "linalg": "linear algebra", "layers": "layers and losses"}


def listing() -> str:
    """Return every function with what its value is, family by family."""
    lines: list[str] = []
    for family in FAMILIES:
        rows = [(show(entry), entry.summary) for entry in _rows(family)]
        wide = min(max(len(call) for call, _ in rows), 34)
        lines += [f"{_title(family)}"]
        for call, summary in rows:
            fits = len(call) <= wide
            lines += [] if fits else [f"  {call}"]
            lines.append(f"  {call if fits else '':{wide}}  {summary}")
        lines.append("")
    return "\n".join([*lines, "symback functions NAME says more about one of them.\n"])


def about(name: str) -> str:
    """Return all that is known about one function. Raises: InputError E616 for an unknown one."""
    entry = table().get(name)
    if entry is None:
        near = get_close_matches(name, table(), 1)
        hint = f"did you mean `{near[0]}`?" if near else "`symback functions` lists them all"
        raise InputError(Diagnostic("E616", f"there is no function `{name}`", hint))
    facts = [
        ("also", ", ".join(entry.aliases)),
        ("value", entry.summary),
        ("domain", domain_of(entry)),
        ("derivative", _KINDS[entry.kind]),
        *(("", rule) for rule in derivatives(entry)),
        ("kinks", kinks_of(entry)),
        ("source", entry.source),
    ]
    lines = [f"  {label:10}  {text}" for label, text in facts if text]
    return "\n".join([show(entry), *lines]) + "\n"


def domain_of(entry: Function) -> str:
    """Return where each array argument may be: in words, once if all are alike."""
    words = [describe(domain) for domain in entry.domain]
    if not entry.arrays or set(words) == {"real"}:
        return "real" if entry.arrays else ""
    if len(words) == 1:
        return words[0]
    names = [parameter.name for parameter in parameters(entry.signature)]
    pairs = zip(names, words, strict=False)
    return ", ".join(f"{name} {word}" for name, word in pairs)


def kinks_of(entry: Function) -> str:
    """Return where the value has a kink or jump, and what is done there."""
    condition = entry.kinks if isinstance(entry.kinks, str) else ""
    return ": ".join(filter(None, (condition, entry.convention)))


def derivatives(entry: Function) -> list[str]:
    """Return the derivative rules as text, `ct` being the cotangent of the value `out`.

    Rules that depend on settings are shown for the settings' defaults.
    """
    names = [parameter.name for parameter in parameters(entry.signature)]
    if entry.kind is Kind.ELEMENTWISE:
        return [f"∂/∂{name}: {_slope(entry, k)}" for k, name in enumerate(names[: entry.arrays])]
    if entry.kind is Kind.COMPOSITE and entry.body is not None:
        found = _text(entry.body, entry)
        return [found] if found else []
    rules = zip(names, entry.vjps, strict=False)
    texts = ((name, _text(rule, entry)) for name, rule in rules if rule is not None)
    return [f"cotangent of {name}: {text}" for name, text in texts if text]


def _slope(entry: Function, k: int) -> str:
    from symback.functions.slopes import slope_rule

    rule = entry.slopes[k]
    if rule is None:
        try:
            return slope_rule(entry, k)
        except InputError:
            return "not known in closed form"
    return rule if isinstance(rule, str) else rule({})


def _text(rule: Rule, entry: Function) -> str:
    """Return a rule for the defaults of its settings; empty where it needs to know more."""
    if isinstance(rule, str):
        return rule
    settings: dict[str, Any] = {"sizes": {}}
    for parameter in parameters(entry.signature):
        if parameter.default is not None:
            settings[parameter.name] = _plain(parameter.default)
    for ndim in (1, 2):
        shape = ("n", "m")[:ndim]
        try:
            return rule({**settings, "ndim": ndim, "shape": shape})
        except (InputError, LookupError, TypeError, ValueError, AttributeError):
            continue
    return ""


def _plain(default: Expression) -> Any:
    match default:
        case Literal(value):
            return value
        case Number(value):
            return int(value) if value.denominator == 1 else value
        case Negate(Number(value)):
            return -int(value)
    return None


def function_reference() -> str:
    """Return all functions as Markdown tables, one a family."""
    blocks = []
    for family in FAMILIES:
        rows = ["| function | value | derivative |", "| --- | --- | --- |"]
        rows += [f"| {' | '.join(_row(entry))} |" for entry in _rows(family)]
        blocks.append(f"### Functions: {_title(family)}\n\n" + "\n".join(rows) + "\n")
    return "\n".join(blocks)


def with_functions(text: str) -> str:
    """Return a document with the reference put between its two marks.

    Raises: ValueError if the marks are not there.
    """
    before, begin, rest = text.partition(BEGIN)
    _, end, after = rest.partition(END)
    if not begin or not end:
        raise ValueError("the marks of the function reference are missing")
    return f"{before}{BEGIN}\n\n{function_reference()}\n{END}{after}"


def _row(entry: Function) -> Iterable[str]:
    domain = domain_of(entry)
    notes = [f"for {domain}"] if domain not in ("", "real") else []
    if entry.convention:
        is_text = isinstance(entry.kinks, str)
        notes += [f"at `{entry.kinks}` {entry.convention}" if is_text else entry.convention]
    elif entry.kinks:
        notes += [f"not smooth where {entry.kinks}"]
    notes += [f"also `{'`, `'.join(entry.aliases)}`"] if entry.aliases else []
    value = _prose(entry.summary) + "".join(f"; {note}" for note in notes)
    rules = derivatives(entry)
    said = "; ".join(_code(rule) for rule in rules) if rules else _KINDS[entry.kind]
    return f"`{show(entry)}`", value, said


def _code(rule: str) -> str:
    head, colon, body = rule.partition(": ")
    return f"{head} `{body}`" if colon else f"that of `{rule}`"


def _prose(text: str) -> str:
    return re.sub(r"([*_<|\\])", r"\\\1", text)


def _rows(family: str) -> tuple[Function, ...]:
    rows: tuple[Function, ...] = import_module(f"symback.functions.{family}").ROWS
    return rows


def _title(family: str) -> str:
    return _TITLES.get(family, family)
