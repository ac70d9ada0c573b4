"""Laying out functions: the few with a form of their own, the others by their templates."""

from __future__ import annotations

import re
from fractions import Fraction
from typing import TYPE_CHECKING

from symback.language.tree import Call, Compare, Expression, Literal, Name, Negate, Number, Sequence
from symback.render.formula import structure, sums
from symback.render.formula.definitions import order_of
from symback.render.formula.entrywise import alone
from symback.render.formula.pieces import APPLIED, ATOM, POSTFIX, PRODUCT, RELATION, RUN, Piece
from symback.render.formula.sums import Rule
from symback.render.formula.thin import has_only_entries

if TYPE_CHECKING:
    from symback.render.formula.layout import Layout


#: Functions written without brackets before a single letter: log y.
PREFIXED = frozenset(("log", "sin", "cos", "tan", "det", "trace", "logdet", "log2", "log10", "exp"))

_HOLE = re.compile(r"#([1-9])")
_OPENING = re.compile(r"(?:[({\[|⌊⌈‖,]|\\lVert|\\left.|\\left\\l\w+)\s*$")
_CLOSING = re.compile(r"\s*(?:[)}\]|⌋⌉‖,]|\\rVert|\\right)")


def call(layout: Layout, node: Call) -> Piece:
    """Print a call by its own rule, else by its template, else as name and arguments."""
    least, rule = _RULES.get(node.function, (0, None))
    piece = rule(layout, node) if rule and len(node.arguments) >= least else None
    return piece or _by_template(layout, node)


def _by_template(layout: Layout, node: Call) -> Piece:
    notation = layout.notation
    template = layout.style.templates.get(node.function) or notation.word(node.function)
    holes = {int(hole) for hole in _HOLE.findall(template)}
    if holes and len(node.arguments) == max(holes) and not _settings(layout, node):
        return _filled(layout, template, node.arguments)
    if holes:
        template = notation.word(node.function)
    arguments = [layout.text(argument) for argument in node.arguments] + _settings(layout, node)
    first = layout.piece(node.arguments[0]) if node.arguments else None
    word = len(re.sub(r"[^A-Za-z]", "", template.replace("\\", ""))) > 1
    prefixed = node.function in PREFIXED and len(arguments) == 1
    if prefixed and first is not None and _bare(first):
        return Piece(f"{template} {first.text}", APPLIED, word=word)
    return Piece(template + notation.fence(", ".join(arguments)), ATOM, word=word)


def _bare(piece: Piece) -> bool:
    """Tell whether an argument needs no brackets behind `log`."""
    if piece.level < POSTFIX or piece.negative or piece.word:
        return False
    return not (piece.raised and piece.text.startswith(("(", "\\left", "[", "\\frac", "\\tfrac")))


def _settings(layout: Layout, node: Call) -> list[str]:
    """Return the named arguments, but for an axis that is the last one anyway."""
    usual = ("axis", Negate(Number(Fraction(1))))
    kept = [keyword for keyword in node.keywords if keyword != usual]
    return [f"{layout.notation.setting(key)}={layout.text(value)}" for key, value in kept]


def _filled(layout: Layout, template: str, arguments: tuple[Expression, ...]) -> Piece:
    """Put printed arguments into the holes of a template, in brackets where they stand bare."""
    notation = layout.notation
    text, last, bare = "", 0, False
    for hole in _HOLE.finditer(template):
        before, after = template[: hole.start()], template[hole.end() :]
        piece = layout.piece(arguments[int(hole[1]) - 1])
        opened, closed = bool(_OPENING.search(before)), bool(_CLOSING.match(after))
        if opened and closed:
            inner = notation.signed(piece)
        elif opened or closed:
            inner = notation.inside(piece, RELATION + 1).text
        else:
            bare = True
            inner = notation.base(piece).text
        text += template[last : hole.start()] + inner
        last = hole.end()
    text += template[last:]
    raised = "^" in template or template[-1] in "²³"
    level = RUN if bare or "/" in template else POSTFIX if raised else ATOM
    return Piece(text, level, raised=raised)


# ---- rules of single functions ---------------------------------------------------------------


def _chain(layout: Layout, node: Call) -> Piece | None:
    return layout.chained(node) if structure.is_chain(node, layout.ndim) else None


def _exp(layout: Layout, node: Call) -> Piece | None:
    (inner, *_) = node.arguments
    if len(node.arguments) != 1:
        return None
    return layout.notation.exponential(layout.piece(inner), raised=layout.ndim(inner) < 2)


def _root(layout: Layout, node: Call) -> Piece | None:
    return layout.notation.root(layout.piece(node.arguments[0]))


def _square(layout: Layout, node: Call) -> Piece | None:
    return layout.power(node.arguments[0], Number(Fraction(2)))


def _power(layout: Layout, node: Call) -> Piece | None:
    return layout.power(*node.arguments) if len(node.arguments) == 2 else None


def _matrix_power(layout: Layout, node: Call) -> Piece | None:
    if len(node.arguments) != 2:
        return None
    return layout.power(node.arguments[0], node.arguments[1], entries=False)


def _marked(mark: str) -> Rule:
    def rule(layout: Layout, node: Call) -> Piece | None:
        if len(node.arguments) != 1 or node.keywords:
            return None
        return layout.notation.marked(layout.notation.base(layout.piece(node.arguments[0])), mark)

    return rule


def _solve(layout: Layout, node: Call) -> Piece | None:
    if len(node.arguments) > 2 or node.keywords:
        return None
    matrix, right = node.arguments
    inverse = layout.notation.marked(layout.notation.base(layout.piece(matrix)), "-1")
    return layout.notation.run([inverse, *layout.factors(right)])


def _transpose(layout: Layout, node: Call) -> Piece | None:
    """Write what is turned as a whole, or the order of the axes by entries."""
    if len(node.arguments) == 1 and not node.keywords and layout.ndim(node) == 2:
        return layout.linked((node.arguments[0], True))
    turned = len(node.arguments) == 2 and order_of(node.arguments[1])
    return alone(layout, node) if turned else None


def _infix(sign: str) -> Rule:
    def rule(layout: Layout, node: Call) -> Piece | None:
        pieces = (layout.notation.inside(layout.piece(a), RUN) for a in node.arguments)
        return Piece(getattr(layout.notation, sign).join(p.text for p in pieces), PRODUCT)

    return rule


def _norm(layout: Layout, node: Call) -> Piece | None:
    notation = layout.notation
    if node.keywords or len(node.arguments) > 2:
        return None
    bars = Piece(notation.fence(layout.text(node.arguments[0]), "‖"))
    if len(node.arguments) == 1:
        return bars
    order = node.arguments[1]
    names = {"inf": "∞", "-inf": "−∞", "nuc": "*", "fro": "F"}
    kind = names.get(str(order.value), "") if isinstance(order, Literal) else layout.text(order)
    return notation.norm(bars, kind) if kind else None


def _along(layout: Layout, node: Call) -> Piece | None:
    """Write running sums, and a softmax along another axis than the last, by their entries."""
    plain = len(node.arguments) == 1 and has_only_entries(layout, node)
    return alone(layout, node) if plain else None


def _step(layout: Layout, node: Call) -> Piece | None:
    zero = Compare(">", node.arguments[0], Number(Fraction(0)))
    return Piece(layout.notation.fence(layout.relation(zero), "["))


def _identity(layout: Layout, node: Call) -> Piece | None:
    return Piece(layout.notation.identity)


def _constant(sign: str) -> Rule:
    def rule(layout: Layout, node: Call) -> Piece | None:
        return Piece(getattr(layout.notation, sign)) if layout.ndim(node) else None

    return rule


def _stack(layout: Layout, node: Call) -> Piece | None:
    rows = node.arguments[0]
    plain = isinstance(rows, Sequence) and not node.keywords and len(node.arguments) == 1
    return layout.piece(rows) if plain and layout.ndim(rows) == 1 else None


def _concat(layout: Layout, node: Call) -> Piece | None:
    """Write parts below each other, or side by side, as a matrix of blocks."""
    parts, (key, axis) = node.arguments[0], (*node.keywords, ("axis", Number(Fraction(0))))[0]
    if not isinstance(parts, Sequence) or len(node.arguments) > 1 or key != "axis":
        return None
    blocks = [layout.text(part) for part in parts.items]
    if axis == Number(Fraction(0)):
        return Piece(layout.notation.matrix([[block] for block in blocks]))
    if axis == Number(Fraction(1)) and layout.ndim(node) == 2:
        return Piece(layout.notation.matrix([blocks]))
    return None


def _pad(layout: Layout, node: Call) -> Piece | None:
    """Write the widths of padding as settings: in round brackets, only one pair for a vector."""
    inner, width = node.arguments[:2]
    if not isinstance(width, Sequence) or (width.bracket == "(" and len(width.items) > 1):
        return None
    shown = width.items[0] if len(width.items) == 1 else Sequence(width.items, "(")
    return layout.piece(Call("pad", (inner, shown)))


def _onehot(layout: Layout, node: Call) -> Piece | None:
    index = layout.shifted(node.arguments[0])
    return layout.notation.lowered(Piece("e"), [index])


def _where(layout: Layout, node: Call) -> Piece | None:
    condition, yes, no = node.arguments[:3]
    test = layout.relation(condition) if isinstance(condition, Compare) else layout.text(condition)
    return layout.notation.cases(test, layout.text(yes), layout.text(no))


def _gradient(layout: Layout, node: Call) -> Piece | None:
    of, wrt = node.arguments[:2]
    if isinstance(of, Name) and isinstance(wrt, Name):
        return layout.notation.name(f"d{of.id}_d{wrt.id}")
    return None


#: Functions by name: how many arguments the rule needs at least, and the rule.
_RULES: dict[str, tuple[int, Rule]] = {
    "dot": (2, _chain),
    "outer": (2, _chain),
    "exp": (1, _exp),
    "sqrt": (1, _root),
    "square": (1, _square),
    "power": (2, _power),
    "pow": (2, _power),
    "matrix_power": (2, _matrix_power),
    "inv": (1, _marked("-1")),
    "pinv": (1, _marked("+")),
    "solve": (2, _solve),
    "transpose": (1, _transpose),
    "kron": (2, _infix("otimes")),
    "cross": (2, _infix("cross")),
    "sum": (1, sums.total("+")),
    "prod": (1, sums.total("*")),
    "norm": (1, _norm),
    **dict.fromkeys(("cumsum", "cumprod", "softmax", "log_softmax"), (1, _along)),
    "step": (1, _step),
    "eye": (1, _identity),
    "ones": (1, _constant("ones")),
    "zeros": (1, _constant("zeros")),
    "stack": (1, _stack),
    "concat": (1, _concat),
    "pad": (2, _pad),
    "onehot": (1, _onehot),
    "where": (3, _where),
    "grad": (2, _gradient),
    "einsum": (1, sums.einsum),
}
