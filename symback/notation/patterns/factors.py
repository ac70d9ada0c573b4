"""From atoms to pieces: names, calls, powers, conditions."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from fractions import Fraction
from typing import Any

from symback.functions.entry import Function
from symback.functions.signature import parameters
from symback.language import size, write
from symback.language.tree import (
    Binary,
    Call,
    Expression,
    Literal,
    Name,
    Number,
)
from symback.language.tree import Sequence as ListTree
from symback.notation.patterns.branches import compared
from symback.notation.patterns.slices import placed
from symback.notation.rewriting.facts import is_symmetric
from symback.notation.rewriting.narrowing import narrowed
from symback.notation.writing import trees
from symback.notation.writing.pieces import Piece, Read
from symback.tensor import indices
from symback.tensor.algebra import transpose
from symback.tensor.dims import Dim, NamedDim
from symback.tensor.elementwise import SYMMETRIC
from symback.tensor.indices import Indices, affine
from symback.tensor.poly import (
    CONSTANT,
    DIM,
    FUNCTION,
    GROUP,
    LEAF,
    NUMBER,
    PRIMITIVE,
    Atom,
    Factor,
    Poly,
    Rational,
    atom,
    from_atom,
    scale,
)

COMPARISONS = {"gt": ">", "ge": ">=", "eq": "==", "ne": "!="}

#: Functions of a matrix that turn with it, or do not mind being turned.
EITHER_WAY = {"inv": True, "det": False, "logdet": False, "logabsdet": False}


def piece_of(
    factor: Factor, sizes: Mapping[int, Dim], functions: Mapping[str, Function], read: Read
) -> Piece:
    """Return a factor that is not a condition as a piece."""
    base, index, exponent = _upright(narrowed(factor), read)
    tree = _norm(base, exponent, read)
    if tree is not None:
        exponent = int(Fraction(exponent) * 2)
    else:
        tree = tree_of(base, functions, read)
    piece = placed(tree, base.shape, index, sizes, exponent)
    return replace(piece, symmetric=_reads_alike(index, sizes) and is_symmetric(base))


def _reads_alike(index: Indices, sizes: Mapping[int, Dim]) -> bool:
    """Tell whether rows and columns are read at the same places: then symmetry is kept."""
    spots = [affine(position) for position in index]
    if len(spots) != 2 or any(len(spot.terms) != 1 for spot in spots):
        return False
    ranges = [(spot.const, spot.terms[0][1], sizes[spot.terms[0][0]]) for spot in spots]
    return ranges[0] == ranges[1] and spots[0] != spots[1]


def _upright(factor: Factor, read: Read) -> Factor:
    """Turn a factor that is shorter to write with other axes first: X - M for X.T - M.T."""
    base, index, exponent = factor
    if base.kind not in (GROUP, FUNCTION) or base.params:
        return factor
    best, shortest = factor, base.args
    for order in _orders(base, read):
        args = tuple(transpose(arg, order) for arg in base.args)
        if _is_shorter(args, shortest, read):
            inner = atom(base.kind, base.name, args[0].shape, args)
            best = Factor(inner, tuple(index[axis] for axis in order), exponent)
            shortest = args
    return best


def _is_shorter(args: Sequence[Poly], others: Sequence[Poly], read: Read) -> bool:
    """Tell whether arguments are shorter to write than others; matrices with fewer transposes."""
    new, old = ([read.inner(arg) for arg in one] for one in (args, others))
    fewer = sum(map(trees.transposes, new)) < sum(map(trees.transposes, old))
    return sum(map(size, new)) < sum(map(size, old)) and (fewer or len(args[0].shape) > 2)


def _orders(base: Atom, read: Read) -> Iterable[tuple[int, ...]]:
    """Return the orders of its axes in which an atom may be shorter to write.

    They are those in which it reads other atoms; of a sum of matrices, the only other one.
    """
    rank = len(base.shape)
    if rank < 2 or (rank == 2 and base.kind == FUNCTION):
        return ()
    if rank == 2:
        return [(1, 0)] if trees.transposes(read.inner(base.args[0])) else ()
    plain = tuple(range(rank))
    seen = {order for arg in base.args for order in _labels_of_names(arg, plain)}
    return sorted(order for order in seen if order != plain and set(order) == set(plain))


def _labels_of_names(value: Poly, labels: Indices) -> Iterator[tuple[int, ...]]:
    """Yield at which of `labels`, those of its axes, a tensor reads the atoms it is made of."""
    names = dict(enumerate(labels))
    for mono, _ in value.terms:
        for base, index, _ in mono.factors:
            at = indices.substituted(index, names)
            if len(at) != len(labels) or not all(isinstance(i, int) for i in at):
                continue
            if base.args:
                yield from _labels_of_names(base.args[0], at)
            else:
                yield tuple(i for i in at if isinstance(i, int))


def _norm(base: Atom, exponent: Rational, read: Read) -> Expression | None:
    """Return norm(x) where the factor is a power of it: sum(x*x) under a square root.

    Below a fraction, norm(X, axis=1)**2 stands for the sum of squares along an axis too.
    """
    beside = bool(base.shape) and exponent == -1
    if base.kind != GROUP or (Fraction(exponent).denominator != 2 and not beside):
        return None
    inner = base.args[0]
    if len(inner.terms) != 1 or inner.terms[0][1] != 1:
        return None
    (factors, bound), _ = inner.terms[0]
    if len(factors) != 1 or factors[0].exponent != 2 or not bound:
        return None
    vector, index, _ = factors[0]
    if not all(isinstance(i, int) for i in index):
        return None
    rank = len(base.shape)
    summed = [axis for axis, i in enumerate(index) if isinstance(i, int) and i >= rank]
    kept = [i for i in index if isinstance(i, int) and i < rank]
    if kept != list(range(rank)) or tuple(vector.shape[axis] for axis in summed) != tuple(bound):
        return None
    argument = read(from_atom(vector))
    if vector.kind == GROUP and vector.shape:  # a norm does not mind the sign
        other = read(scale(vector.args[0], -1))
        argument = min((argument, other), key=lambda tree: (size(tree), write(tree)))
    if not rank:
        return Call("norm", (argument,))
    return Call("norm", (argument,), (("axis", trees.axes_tree(summed)),))


def tree_of(base: Atom, functions: Mapping[str, Function], read: Read) -> Expression:
    """Return an atom with its own axes as a tree."""
    if base.kind in (LEAF, CONSTANT):
        return Name(base.name)
    if base.kind == GROUP:
        return read(base.args[0])
    if base.kind == NUMBER:
        return trees.fraction(base.params[0])
    if base.kind == DIM:
        return trees.length(base.params[0])
    if base.kind == FUNCTION:
        return _function(base, read)
    assert base.kind == PRIMITIVE
    return _primitive(base, functions, read)


def _function(base: Atom, read: Read) -> Expression:
    args = tuple(read.inner(arg) for arg in base.args)
    if base.name == "step":
        whole = read.inner(from_atom(atom(FUNCTION, "relu", base.shape, base.args)))
        plain = compared(">", args[0], trees.ZERO)
        through = compared(">", whole, trees.ZERO)
        return through if isinstance(whole, Name) and size(through) < size(plain) else plain
    if base.name in COMPARISONS:
        return compared(COMPARISONS[base.name], args[0], args[1])
    if base.name == "power":
        return Binary("**", args[0], args[1])
    if base.name in SYMMETRIC:
        args = tuple(sorted(args, key=_place))
    return Call(base.name, args)


def _place(argument: Expression) -> tuple[bool, int, str]:
    """Order the arguments of max(0, x): numbers first, then what is shorter."""
    return not isinstance(argument, Number), size(argument), write(argument)


def _primitive(base: Atom, functions: Mapping[str, Function], read: Read) -> Expression:
    if base.name == "arange":
        return Call("arange", (trees.length(base.params[0]),))
    function = functions[base.name]
    if base.name in EITHER_WAY:
        return _square_function(base, read)
    settings = dict(base.params)
    arguments = [read(arg) for arg in base.args]
    keywords = []
    for parameter in parameters(function.signature)[len(arguments) :]:
        value = settings.get(parameter.name)
        shown = _setting(_relative(parameter.name, value, base))
        if parameter.default is None:
            arguments.append(shown)
        elif shown != parameter.default:
            keywords.append((parameter.name, shown))
    return Call(base.name, tuple(arguments), tuple(keywords))


def _square_function(base: Atom, read: Read) -> Expression:
    """Read the argument or its transpose, whichever is shorter."""
    if len(base.args[0].shape) > 2:
        return Call(base.name, (read(base.args[0]),))
    upright, turned = read(base.args[0]), read(transpose(base.args[0], (1, 0)))
    if size(turned) < size(upright):
        call = Call(base.name, (turned,))
        return trees.transposed(call) if EITHER_WAY[base.name] else call
    return Call(base.name, (upright,))


def _relative(name: str, value: Any, base: Atom) -> Any:
    """Write the last axis as -1, the usual default, and none where there is only one."""
    if base.name == "cumprod" and len(base.shape) == 1:
        return None
    if name == "axis" and isinstance(value, int) and base.name in ("softmax", "log_softmax"):
        return -1 if value == len(base.args[0].shape) - 1 else value
    return value


def _setting(value: Any) -> Expression:
    if value is None or isinstance(value, bool | str):
        return Literal(value)
    if isinstance(value, tuple):
        return ListTree(tuple(map(_setting, value)), "(")
    if isinstance(value, int | NamedDim):
        return trees.length(value)
    return Number(Fraction(value))
