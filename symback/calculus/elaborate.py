"""From syntax trees to tensors: names resolved, shapes checked, every fault with its place."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from fractions import Fraction
from types import EllipsisType
from typing import Any

from symback.calculus.names import Names
from symback.calculus.places import SIZES, located, parsed_rule
from symback.functions.entry import Function, Kind
from symback.functions.forms.entries import broadcast_shape, matmul
from symback.functions.forms.shape import Item, Range, stack, subscript, transpose
from symback.functions.settings import FILLS, JOINS, UNKNOWN, check_settings
from symback.functions.signature import Arguments, bind, parameters
from symback.language import substitute, walk
from symback.language.faults import fault
from symback.language.tree import (
    Binary,
    Call,
    Compare,
    Expression,
    Literal,
    Name,
    Negate,
    Number,
    Sequence,
    Slice,
    Subscript,
    Transpose,
)
from symback.tensor import elementwise
from symback.tensor.algebra import broadcast, length, multiply
from symback.tensor.cholesky import without_cholesky
from symback.tensor.dims import Dim, NamedDim, dim, show
from symback.tensor.poly import CONSTANT, Poly, add, as_number, atom, from_atom, number, scale
from symback.tensor.powers import power
from symback.tensor.ramps import smooth

COMPARISONS = {"<": "lt", "<=": "le", ">": "gt", ">=": "ge", "==": "eq", "!=": "ne"}
CONSTANTS = ("pi",)


class Elaborator:
    """Turns trees into tensors in the light of what names mean.

    `names` are the tensors known so far, `dims` the sizes of named dimensions (None if symbolic),
    `known` maps tensors that have a name to that name's leaf; sums are noted in `spelled`.
    """

    def __init__(
        self,
        functions: Mapping[str, Function],
        names: Mapping[str, Poly],
        dims: Mapping[str, int | None] | None = None,
        known: Names | None = None,
        gradient: Callable[[Poly, str], Poly] | None = None,
        spelled: dict[Poly, Expression] | None = None,
    ) -> None:
        self.functions = functions
        self.names = names
        self.dims = dims or {}
        self.known = known or Names()
        self.gradient = gradient
        self.spelled = spelled
        self._seen: dict[int, tuple[Expression, Poly]] = {}

    def __call__(self, expression: Expression) -> Poly:
        """Return the tensor that `expression` denotes.

        Raises: InputError (E301 shapes, E302 settings, E303 unknown names or functions).
        """
        seen = self._seen.get(id(expression))
        if seen is None:
            found = smooth(elementwise.sigmoids(without_cholesky(self._visit(expression))))
            seen = self._seen[id(expression)] = (expression, self.known.of(found))
        return seen[1]

    def _visit(self, node: Expression) -> Poly:
        match node:
            case Number(value):
                return number(value)
            case Name():
                return self._name(node)
            case Negate(operand):
                return scale(self(operand), -1)
            case Binary("+" | "-"):
                return self._sum(node)
            case Binary(op, left, right):
                return self._binary(op, self(left), self(right), node)
            case Compare(op, left, right):
                with located(node.span):
                    return elementwise.compare(COMPARISONS[op], *_matched(self(left), self(right)))
            case Transpose(value):
                return transpose(self(value))
            case Call():
                return self._call(node)
            case _:
                return self._bracketed(node)

    def _bracketed(self, node: Expression) -> Poly:
        with located(node.span):
            match node:
                case Subscript(value, items):
                    return subscript(self(value), [self.item(item) for item in items])
                case Sequence(items) if items:
                    return stack([self(item) for item in items])
                case Sequence():
                    raise fault("E302", "a list needs an entry", node.span)
                case _:
                    raise fault("E302", "this stands where a number is needed", node.span)

    def _name(self, node: Name) -> Poly:
        if node.id in self.names:
            return self.names[node.id]
        if node.id in self.dims:
            return length(dim(node.id))
        if node.id in CONSTANTS:
            return from_atom(atom(CONSTANT, node.id))
        raise fault("E303", f"`{node.id}` is not defined", node.span)

    def _sum(self, node: Expression) -> Poly:
        """Add a whole chain at once: long sums nest to the left."""
        parts: list[tuple[int, Expression]] = []
        first = node
        while isinstance(first, Binary) and first.op in "+-":
            parts.append((1 if first.op == "+" else -1, first.right))
            first = first.left
        parts.append((1, first))
        found = [(sign, self(part), part.span) for sign, part in reversed(parts)]
        shape = found[0][1].shape
        for _, value, span in found[1:]:
            with located(span):
                shape = broadcast_shape(shape, value.shape)
        whole = add(broadcast(scale(value, sign), shape) for sign, value, _ in found)
        if self.spelled is not None and not differentiates(node):
            self.spelled.setdefault(whole, node)
        return whole

    def _binary(self, op: str, left: Poly, right: Poly, node: Expression) -> Poly:
        with located(node.span):
            if op == "@":
                return matmul(left, right)
            left, right = _matched(left, right)
            if op == "*":
                return multiply(left, right)
            if op == "/":
                self._check_divisor(right, node)
                return multiply(left, power(right, -1))
            return elementwise.raised(left, right)

    @staticmethod
    def _check_divisor(right: Poly, node: Expression) -> None:
        if as_number(right) == 0:
            raise fault("E304", "division by zero", node.span)

    def _call(self, node: Call) -> Poly:
        if node.function == "grad" and self.gradient is not None:
            return self._grad(node)
        function = self.functions.get(node.function)
        if function is None:
            raise fault("E303", f"`{node.function}` is not a function", node.span)
        bound = bind(function, node)
        with located(node.span):
            if function.kind is Kind.COMPOSITE:
                return self(self.definition(function, bound))
            settings = self.settings(function, bound)
            if function.kind is Kind.ELEMENTWISE:
                arrays = [self(value) for value in bound.arrays]
                return elementwise.function(function.name, _matched(*arrays), function.parity)
            assert function.build is not None
            operands = self._operands(function, bound.arrays, node)
            built: Poly = function.build(*operands, **settings)
            return built

    def _operands(
        self, function: Function, values: tuple[Expression, ...], node: Call
    ) -> Iterator[Any]:
        """Yield the arrays of a call: lists and text only for the functions that take them."""
        first = values[0] if values else None
        if function.name == "einsum" and not _is_text(first):
            raise fault("E302", "`einsum` begins with labels", node.span, 'write "ij,jk->ik"')
        if function.name in JOINS and not (isinstance(first, Sequence) and first.items):
            message = f"`{function.name}` needs a list of arrays"
            raise fault("E302", message, node.span, f"write `{function.name}([a, b])`")
        for value in values:
            if isinstance(value, Sequence) and function.name in JOINS | FILLS:
                yield [self(item) for item in value.items]
            elif value is first and function.name == "einsum":
                yield value.value if isinstance(value, Literal) else None
            else:
                yield self(value)

    def definition(self, function: Function, bound: Arguments) -> Expression:
        """Return what a call of a function that is defined by others stands for."""
        names = [parameter.name for parameter in parameters(function.signature)]
        inner = dict(zip(names, bound.arrays, strict=False))
        settings = self.settings(function, bound)
        rule = function.body
        assert rule is not None
        if not isinstance(rule, str):
            rule = rule({**settings, **{name: self(array) for name, array in inner.items()}})
        for name, value in settings.items():
            if isinstance(value, int | Fraction) and not isinstance(value, bool):
                inner[name] = Number(Fraction(value))
        return substitute(parsed_rule(rule), inner)

    def _grad(self, node: Call) -> Poly:
        assert self.gradient is not None
        if len(node.arguments) != 2 or not isinstance(node.arguments[1], Name):
            raise fault("E302", "`grad` needs a scalar and a name", node.span, "write `grad(L, x)`")
        scalar = self(node.arguments[0])
        if scalar.shape:
            message = f"`grad` needs a scalar, not shape {show(scalar.shape)}"
            raise fault("E301", message, node.span)
        return self.gradient(scalar, node.arguments[1].id)

    def settings(self, function: Function, bound: Arguments) -> dict[str, Any]:
        """Return the settings of a call by name, each checked to be of its kind."""
        found = {name: self._setting(value) for name, value in bound.settings.items()}
        check_settings(function, found, bound.settings)
        return found

    def _setting(self, node: Expression) -> Any:
        """Return a number, a length, a tuple of these, text, True, False or None.

        What is not known is the scalar that it is, or UNKNOWN where it is no scalar.
        """
        match node:
            case Literal(value):
                return value
            case Sequence(items):
                return tuple(self._setting(item) for item in items)
            case _:
                return self._scalar(node)

    def _scalar(self, node: Expression) -> int | Fraction | Dim | Poly | object:
        """Read a number or a length; the scalar itself where it is not known, else UNKNOWN."""
        size = self._length(node)
        if size is not None:
            return size
        value = self(node)
        if value.shape:
            return UNKNOWN
        known = as_number(value)
        return value if known is None else known

    def _length(self, node: Expression) -> Dim | None:
        """Read an expression of integers and named dimensions, or return None."""
        match node:
            case Number(value) if value.denominator == 1:
                return value.numerator
            case Name(id) if id in self.dims and id not in self.names:
                return dim(id)
            case Negate(operand):
                inner = self._length(operand)
                return None if inner is None else -inner
            case Binary("+" | "-" | "*" as op, left, right):
                a, b = self._length(left), self._length(right)
                if a is None or b is None:
                    return None
                return a + b if op == "+" else a - b if op == "-" else a * b
            case _:
                return None

    def item(self, node: Expression) -> Item:
        """Return one item of a subscript: a place, a slice, dots, or None for a new axis."""
        if isinstance(node, Literal) and (
            node.value is None or isinstance(node.value, EllipsisType)
        ):
            return node.value
        if isinstance(node, Slice):
            ends = [None if e is None else self._whole(e) for e in (node.start, node.stop)]
            step = None if node.step is None else self._whole(node.step)
            if isinstance(step, NamedDim):
                raise fault("E311", "a slice's step must be a number", node.span, SIZES)
            return Range(ends[0], ends[1], step)
        return self._whole(node)

    def _whole(self, node: Expression) -> Dim:
        found = self._scalar(node)
        if not isinstance(found, int | NamedDim):
            hint = "write `x[0]`, or `x[n - 1]` with a dimension"
            raise fault("E302", "an index must be a known whole number", node.span, hint)
        return found


def differentiates(tree: Expression) -> bool:
    """Tell whether a formula asks for a derivative: it cannot be evaluated as it stands."""
    return any(isinstance(node, Call) and node.function == "grad" for node in walk(tree))


def _matched(*values: Poly) -> list[Poly]:
    shape = broadcast_shape(*(value.shape for value in values))
    return [broadcast(value, shape) for value in values]


def _is_text(value: Expression | None) -> bool:
    return isinstance(value, Literal) and isinstance(value.value, str)
