"""Parts that closed forms have in common get a name, so that they are written once."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from symback.calculus.elaborate import Elaborator
from symback.calculus.program import Program
from symback.errors import SymbackError
from symback.language import names, operands, rebuild, size, walk
from symback.language.tree import Call, Expression, Name, Negate, Number, Slice
from symback.language.tree import Sequence as ListTree
from symback.tensor.dims import Shape

#: A part is named if that saves at least this many nodes, and has at least MIN_SIZE of them.
MIN_SAVING = 3
MIN_SIZE = 4
MAX_SHARED = 6
#: Forms of more nodes than this in all may have more shared parts.
LONG = 300
MAX_SHARED_LONG = 50
#: Forms with more nodes than this in all are not searched for common parts.
MAX_NODES = 20_000

NAMES = {0: ("c", "k", "s"), 1: ("u", "r", "v"), 2: ("S", "M", "R")}

Shared = tuple[str, Expression, Shape]


def share(
    program: Program, trees: list[Expression], steps: list[tuple[str, Expression]]
) -> tuple[list[Shared], list[Expression], list[Expression]]:
    """Name the parts that occur several times in `trees` and `steps`; return all three anew.

    A part that a step is equal to gets that step's name.
    """
    trees, forms_of_steps = _by_step_names(trees, steps)
    return _share(program, trees, forms_of_steps)


def _by_step_names(
    trees: list[Expression], steps: list[tuple[str, Expression]]
) -> tuple[list[Expression], list[Expression]]:
    forms = [*trees, *(tree for _, tree in steps)]
    if sum(map(size, forms)) > MAX_NODES:
        return trees, forms[len(trees) :]
    parts = [_hashes(form) for form in forms]
    for k, (name, tree) in enumerate(steps, len(trees)):
        if size(tree) < MIN_SIZE or isinstance(forms[k], Name):
            continue  # of two equal steps the second is the first, not each the other
        own = hash(tree)
        for n, form in enumerate(forms):
            if n != k and own in parts[n]:
                forms[n] = _replaced(form, tree, Name(name))
                parts[n] = _hashes(forms[n])
    return forms[: len(trees)], forms[len(trees) :]


def _hashes(form: Expression) -> frozenset[int]:
    return frozenset(map(hash, walk(form)))


def _share(
    program: Program, trees: list[Expression], steps: list[Expression]
) -> tuple[list[Shared], list[Expression], list[Expression]]:
    forms = [*trees, *steps]
    if sum(map(size, forms)) > MAX_NODES:
        return [], trees, steps
    named: dict[str, Shape] = {}
    long = sum(map(size, forms)) > LONG
    for _ in range(MAX_SHARED_LONG if long else MAX_SHARED):
        best = _best(forms)
        shape = None if best is None else _shape(program, best)
        if best is None or shape is None:
            break
        name = _free(program, len(shape))
        forms = [*(_replaced(form, best, Name(name)) for form in forms), best]
        named[name] = shape
        elaborate = Elaborator(program.functions, program.tensors, program.dims, program.known)
        program.tensors[name] = elaborate(best)
    count = len(trees) + len(steps)
    found = dict(zip(named, forms[count:], strict=True))
    shared = [(name, found[name], named[name]) for name in _in_order(found)]
    return shared, forms[: len(trees)], forms[len(trees) : count]


def _in_order(found: dict[str, Expression]) -> list[str]:
    """Put each part after the parts that it uses itself."""
    order: list[str] = []
    while len(order) < len(found):
        order.extend(
            name
            for name, tree in found.items()
            if name not in order and (names(tree) & found.keys()) <= set(order)
        )
    return order


def _best(forms: list[Expression]) -> Expression | None:
    counts: Counter[Expression] = Counter()
    for form in forms:
        counts.update(_parts(form))
    best, saving = None, 0
    for part, times in counts.items():
        nodes = size(part)
        if times > 1 and nodes >= MIN_SIZE:
            gain = (times - 1) * (nodes - 1) - 1
            if gain >= MIN_SAVING and gain > saving:
                best, saving = part, gain
    return best


def _parts(form: Expression) -> Iterator[Expression]:
    stack = [form]
    while stack:
        node = stack.pop()
        if not isinstance(node, Slice | ListTree | Number | Name | Negate):
            yield node
        if isinstance(node, Call) and node.function == "einsum":
            stack.extend(operands(node)[1:])
        else:
            stack.extend(operands(node))


def _replaced(tree: Expression, part: Expression, name: Name) -> Expression:
    if tree == part:
        return name
    inner = operands(tree)
    new = [_replaced(one, part, name) for one in inner]
    return tree if list(inner) == new else rebuild(tree, new)


def _shape(program: Program, part: Expression) -> Shape | None:
    elaborate = Elaborator(program.functions, program.tensors, program.dims)
    try:
        return elaborate(part).shape
    except SymbackError:
        return None


def _free(program: Program, rank: int) -> str:
    taken = {*program.tensors, *program.dims}
    letters = NAMES.get(rank, ("T",))
    return next(
        name
        for k in range(len(taken) + 2)
        for name in (letters if not k else (f"{letters[0]}{k}",))
        if name not in taken
    )
