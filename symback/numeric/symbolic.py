"""Formulas as SymPy expressions: the evaluator on arrays of symbols, entry by entry.

SymPy is given symbols, numbers and what its own operations make of them; no text of a file.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from fractions import Fraction
from math import prod
from typing import Any

import numpy as np
from flint import fmpq

from symback.errors import Diagnostic, InputError, LimitError
from symback.functions import table
from symback.functions.entry import Function, Kind
from symback.functions.values.arrays import METER, Array, Setting, axis_of, boxed, metered, spend
from symback.language.tree import Expression, Name
from symback.numeric.evaluate import Environment, Evaluator, Functions

#: Arrays with more entries are not written out in symbols.
MAX_SYMBOLS = 4096


def symbols_of(name: str, shape: tuple[int, ...]) -> Array:
    """Return an array of real symbols `x`, `x[0]` or `x[0,1]`. Raises: LimitError E402."""
    import sympy

    if prod(shape) > MAX_SYMBOLS:
        raise LimitError(Diagnostic("E402", f"`{name}` has too many entries for symbols"))
    found = np.empty(shape, dtype=object)
    for place in np.ndindex(shape):
        index = ",".join(map(str, place))
        found[place] = sympy.Symbol(f"{name}[{index}]" if place else name, real=True)
    return found


def sympy_of(expression: Expression, environment: Environment, functions: Functions) -> Array:
    """Return an expression as an array of SymPy expressions.

    Shapes: as `evaluate`; `environment` maps names to arrays of symbols or expressions.
    Raises: InputError E407 for a function without a form in SymPy, else as `evaluate`.
    """
    with metered(MAX_SYMBOLS):
        return _Writer(environment, functions, SYMBOLIC).value(expression)


class Symbolic:
    """Object arrays of SymPy expressions; rationals of the other arithmetic become its numbers."""

    max_elements = MAX_SYMBOLS

    def number(self, value: Fraction) -> Array:
        """Return a rational; it becomes SymPy's where it meets symbols."""
        return boxed(fmpq(value.numerator, value.denominator))

    def pi(self) -> Array:
        """Return SymPy's circle constant."""
        import sympy

        return boxed(sympy.pi)

    def lift(self, x: Array) -> Array:
        """Return every entry as a SymPy expression."""
        found = np.empty(x.shape, dtype=object)
        for place in np.ndindex(x.shape):
            found[place] = _entry(x[place])
        return found

    def binary(self, op: str, a: Array, b: Array) -> Array:
        """Return `a op b` for `+ - * / ** @`."""
        spend(max(a.size, b.size))
        return boxed(_OPERATIONS[op](a, b))

    def compare(self, op: str, a: Array, b: Array) -> Array:
        """Return expressions that are 1 where the comparison holds, else 0."""
        import sympy

        relation = {
            "<": sympy.StrictLessThan, "<=": sympy.LessThan, ">": sympy.StrictGreaterThan,
            ">=": sympy.GreaterThan, "==": sympy.Equality, "!=": sympy.Unequality,
        }[op]  # fmt: skip

        def holds(left: Any, right: Any) -> Any:
            return sympy.Piecewise((1, relation(left, right)), (0, True))

        return boxed(np.frompyfunc(holds, 2, 1)(a, b))

    def elementwise(self, function: Function, arguments: list[Array]) -> Array:
        """Return the function's definition at every entry."""
        if function.sympy is None:
            raise _unknown(function)
        METER.special += max(x.size for x in arguments)
        return boxed(np.frompyfunc(function.sympy, len(arguments), 1)(*arguments))


SYMBOLIC = Symbolic()


class _Writer(Evaluator):
    """Functions of whole arrays by SymPy's matrices, or as they are evaluated."""

    def apply(self, function: Function, arguments: list[Any], keywords: dict[str, Any]) -> Array:
        """Return a function's value. Raises: InputError E407 where SymPy has no such form."""
        own = _OWN.get(function.name)
        if own is not None:
            bound = self._bound(function, arguments, keywords)
            arrays = [self._array(x) for x in [*bound.values()][: function.arrays]]
            return self._array(own(*arrays, *[*bound.values()][function.arrays :]))
        if function.kind is not Kind.ELEMENTWISE and function.kind is not Kind.INDEX:
            if function.body is None:
                raise _unknown(function)
            return self._expand(function, self._bound(function, arguments, keywords))
        try:
            return super().apply(function, arguments, keywords)
        except (AttributeError, TypeError, ValueError) as error:
            raise _unknown(function) from error

    def within(self, environment: Environment) -> Evaluator:
        """Return what evaluates a definition, by the same forms."""
        return _Writer(environment, self.functions, self.arithmetic)

    def _bound(
        self, function: Function, arguments: list[Any], keywords: dict[str, Any]
    ) -> dict[str, Any]:
        from symback.numeric.signature import bind

        return bind(function, arguments, keywords, self._default)


def _unknown(function: Function) -> InputError:
    return InputError(Diagnostic("E407", f"`{function.name}` has no form in SymPy here"))


def _entry(x: Any) -> Any:
    import sympy

    if isinstance(x, fmpq):
        return sympy.Rational(int(x.p), int(x.q))
    if isinstance(x, int | np.integer):
        return sympy.Integer(int(x))
    if isinstance(x, float):
        return sympy.Rational(*x.as_integer_ratio())
    return x


def _matrix(x: Array) -> Any:
    import sympy

    rows, columns = (*x.shape, 1)[:2]
    return sympy.Matrix(rows, columns, list(x.flat))


def _array(matrix: Any) -> Array:
    found = np.empty(matrix.shape, dtype=object)
    for place in np.ndindex(matrix.shape):
        found[place] = matrix[place]
    return found


def _solved(a: Array, b: Array) -> Array:
    return _array(_matrix(a).LUsolve(_matrix(b))).reshape(b.shape)


def _logarithm(x: Array) -> Array:
    import sympy

    return boxed(np.frompyfunc(sympy.log, 1, 1)(x))


def _exponentials(x: Array) -> Array:
    import sympy

    return boxed(np.frompyfunc(sympy.exp, 1, 1)(x))


def _determinant(a: Array) -> Array:
    return boxed(_matrix(a).det())


def _softmax(x: Array, axis: Setting) -> Array:
    powers = _exponentials(x)
    total: Array = powers.sum(axis_of(axis), keepdims=True)
    return boxed(np.true_divide(powers, total))


def _logsumexp(x: Array, axis: Setting = None, keepdims: Setting = False) -> Array:
    return _logarithm(boxed(_exponentials(x).sum(axis_of(axis), keepdims=bool(keepdims))))


def _extreme(name: str) -> Callable[..., Array]:
    """Return the largest or smallest entry along an axis."""

    def extreme(x: Array, axis: Setting = None, keepdims: Setting = False) -> Array:
        import sympy

        better = np.frompyfunc(getattr(sympy, name), 2, 1)
        return boxed(better.reduce(x, axis_of(axis), keepdims=bool(keepdims)))

    return extreme


_OPERATIONS: dict[str, Callable[[Array, Array], Any]] = {
    "+": np.add,
    "-": np.subtract,
    "*": np.multiply,
    "/": np.true_divide,
    "**": np.power,
    "@": np.matmul,
}
_OWN: dict[str, Callable[..., Array]] = {
    "inv": lambda a: _array(_matrix(a).inv()),
    "det": _determinant,
    "logdet": lambda a: _logarithm(_determinant(a)),
    "logabsdet": lambda a: _logarithm(abs(_determinant(a))),
    "solve": _solved,
    "softmax": _softmax,
    "log_softmax": lambda x, axis: x - _logsumexp(x, axis, True),
    "logsumexp": _logsumexp,
    "max": _extreme("Max"),
    "min": _extreme("Min"),
}


class Symbols(Mapping[str, Array | int]):
    """Names with their symbols, or with the expressions that `formulas` give for them.

    `shapes` may hold dimensions by name, whose sizes are in `dims`. Formulas may use each other.
    """

    def __init__(
        self,
        shapes: Mapping[str, Any],
        formulas: Mapping[str, Expression],
        dims: Mapping[str, int],
    ) -> None:
        self._shapes = shapes
        self._formulas = formulas
        self._dims = dims
        self._found: dict[str, Array | int] = dict(dims)

    def __getitem__(self, name: str) -> Array | int:
        if name not in self._found:
            if name in self._formulas and self._formulas[name] != Name(name):
                self._found[name] = self._expanded(name)
            else:
                self._found[name] = symbols_of(name, self._sizes(name))
        return self._found[name]

    def _expanded(self, name: str) -> Array:
        try:
            return sympy_of(self._formulas[name], self, table())
        except RecursionError:
            message = f"`{name}` rests on too many steps to be written out"
            raise LimitError(Diagnostic("E402", message)) from None

    def _sizes(self, name: str) -> tuple[int, ...]:
        sizes = [one if isinstance(one, int) else one.at(self._dims) for one in self._shapes[name]]
        if any(size is None for size in sizes):
            hint = "give it a value, or a shape of numbers"
            raise InputError(Diagnostic("E404", f"the size of `{name}` is not known", hint))
        return tuple(size for size in sizes if size is not None)

    def __iter__(self) -> Iterator[str]:
        return iter({**self._dims, **self._shapes})

    def __len__(self) -> int:
        return len({**self._dims, **self._shapes})


def packed(x: Array | int) -> Any:
    """Return an array as SymPy has it: an expression, a matrix, an array of more axes."""
    import sympy

    if isinstance(x, int):
        return sympy.Integer(x)
    if x.ndim == 0:
        return x[()]
    if x.ndim <= 2:
        return sympy.ImmutableMatrix(_matrix(x))
    return sympy.ImmutableDenseNDimArray(list(x.flat), x.shape)
