"""Reading `find`: what is asked, with respect to what, and what should come out."""

from __future__ import annotations

from symback.language.tree import Name, Number, Subscript
from symback.problem.fields import read_fields
from symback.problem.formulas import Reader
from symback.problem.keys import DIRECTIONS, VERBS
from symback.problem.model import Expectation, Formula, Request, Tolerance
from symback.problem.nodes import Entries, Items, Node, Scalar, is_broken

_WITHOUT_WRT = ("value", "graph")


def read_request(node: Node, reader: Reader) -> Request | None:
    """Return one entry of `find`; None, with the faults noted, if it has no verb."""
    fields = read_fields(node, "find", reader.faults)
    if fields is None:
        return None
    verb = _verb(node, fields, reader)
    if verb is None:
        return None
    _check_companions(verb, node, fields, reader)
    find = _Fields(fields, reader)
    return Request(
        verb,
        _listed(fields[verb], verb, reader),
        _wrt(fields["wrt"], reader) if "wrt" in fields else None,
        part=find.text("part"),
        title=find.text("title"),
        note=find.text("note"),
        expect=read_expect(fields["expect"], reader) if "expect" in fields else (),
        tolerance=read_tolerance(fields["tolerance"], reader) if "tolerance" in fields else None,
        points=read_amount(fields["points"], "points", reader) if "points" in fields else None,
        cotangent=find.formula("cotangent"),
        tangent=find.formula("tangent"),
        vector=find.formula("vector"),
        node=node,
    )


class _Fields:
    """The optional keys of one entry."""

    def __init__(self, fields: dict[str, Node], reader: Reader) -> None:
        self._fields = fields
        self._reader = reader

    def text(self, key: str) -> str | None:
        """Return a text, None if the key is absent."""
        return self._reader.text(self._fields[key], key) if key in self._fields else None

    def formula(self, key: str) -> Formula | None:
        """Return an expression, None if the key is absent."""
        return self._reader.formula(self._fields[key], key) if key in self._fields else None


def _verb(node: Node, fields: dict[str, Node], reader: Reader) -> str | None:
    verbs = [verb for verb in VERBS if verb in fields]
    if len(verbs) == 1:
        return verbs[0]
    if isinstance(node, Entries) and len(node.entries) > len(fields):
        return None
    if verbs:
        message = f"an entry of `find` has one verb, not {len(verbs)}"
        hint = "write an entry for each of " + ", ".join(f"`{verb}`" for verb in verbs)
    else:
        message = "this entry of `find` has no verb"
        hint = "add one of " + ", ".join(f"`{verb}`" for verb in VERBS)
        if "wrt" in fields:
            hint = "write verb and `wrt` under one dash: `- {gradient: L, wrt: x}`"
    reader.faults.add("E113", message, node.place(), hint)
    return None


def _check_companions(verb: str, node: Node, fields: dict[str, Node], reader: Reader) -> None:
    """Note keys that the verb lacks or cannot have."""
    if verb in _WITHOUT_WRT and "wrt" in fields:
        hint = "leave it out, or ask for a `gradient`"
        reader.faults.add("E113", f"`{verb}` takes no `wrt`", fields["wrt"].place(), hint)
    needed = DIRECTIONS.get(verb)
    if needed and needed not in fields:
        hint = f"add `{needed}:` with a value, a name or an expression"
        reader.faults.add("E112", f"`{verb}` needs the key `{needed}`", node.place(), hint)
    for key in DIRECTIONS.values():
        if key in fields and key != needed:
            hint = "leave it out"
            reader.faults.add("E113", f"`{verb}` takes no `{key}`", fields[key].place(), hint)


def _listed(node: Node, key: str, reader: Reader) -> tuple[Formula, ...]:
    """Return one formula or a list of them."""
    if isinstance(node, Items):
        if not node.items:
            reader.faults.add("E116", f"the list of `{key}` is empty", node.place())
        found = [reader.formula(item, key) for item in node.items]
    else:
        found = [reader.formula(node, key)]
    return tuple(formula for formula in found if formula is not None)


def _wrt(node: Node, reader: Reader) -> tuple[Formula, ...]:
    formulas = _listed(node, "wrt", reader)
    for formula in formulas:
        if not is_reference(formula):
            hint = "write `W`, `'W[0,1]'` or `'W[:,1]'`"
            message = "`wrt` takes names, components and slices"
            reader.faults.add("E114", message, formula.place(), hint)
    return formulas


def is_reference(formula: Formula) -> bool:
    """Whether a formula is a name, a component of one or a slice of one."""
    tree = formula.tree
    return isinstance(tree, Name) or (isinstance(tree, Subscript) and isinstance(tree.value, Name))


def read_expect(node: Node, reader: Reader) -> tuple[Expectation, ...]:
    """Return what is expected: one value, or one for each key of a mapping."""
    if is_broken(node):
        return ()
    if not isinstance(node, Entries):
        value = reader.value(node, "expect")
        return () if value is None else (Expectation(value, node=node),)
    found = []
    for key, entry in node.entries:
        part, formula = read_key(key, reader)
        value = reader.value(entry, "expect")
        if formula is not None and value is not None:
            found.append(Expectation(value, formula, part, entry))
    return tuple(found)


def split_part(key: Scalar) -> tuple[str | None, Scalar]:
    """Return the part that qualifies a name, as `b` in `b.dL_dx`, and the name itself."""
    part, dot, rest = key.text.partition(".")
    if not dot or not part.isalnum() or rest in ("", "T"):
        return None, key
    start = key.start + (len(part) + 1 if key.style == "plain" else 0)
    return part, Scalar(key.source, start, key.end, rest, "plain", key.flow)


def read_key(key: Scalar, reader: Reader) -> tuple[str | None, Formula | None]:
    """Return the part that qualifies a key, if there is one, and the result that it names."""
    part, name = split_part(key)
    tree = reader.tree(name, "expect")
    if tree is None:
        return part, None
    formula = Formula(name.text, tree, ((0, len(name.text) + 1, name),), name)
    if not is_reference(formula):
        hint = "write `dL_dW`, `W`, `'W[0,1]'` or `a.dL_dW` for that of part a"
        message = f"`{name.text}` is not the name of a result"
        reader.faults.add("E114", message, key.place(), hint)
        return part, None
    return part, formula


def read_tolerance(node: Node, reader: Reader) -> Tolerance | None:
    """Return the tolerance that one number, or `{rel: ..., abs: ...}`, states."""
    if not isinstance(node, Entries):
        amount = read_amount(node, "tolerance", reader)
        return None if amount is None else Tolerance(amount, amount)
    fields = read_fields(node, "tolerance", reader.faults) or {}
    amounts = {key: read_amount(value, key, reader) for key, value in fields.items()}
    return Tolerance(amounts.get("rel"), amounts.get("abs"))


def read_amount(node: Node, key: str, reader: Reader) -> Number | None:
    """Return a number that is not negative."""
    if is_broken(node):
        return None
    tree = reader.tree(node, key) if isinstance(node, Scalar) else None
    if isinstance(tree, Number) and tree.value >= 0:
        return tree
    if tree is not None or not isinstance(node, Scalar):
        reader.faults.add("E111", f"`{key}` is a number, not negative", node.place())
    return None
