"""What facts mean: which follow from which, and whether a value written as numbers has them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from fractions import Fraction

from symback.language.tree import Expression, Number
from symback.problem.dims import show
from symback.problem.faults import Faults
from symback.problem.model import ArrayFile, Given, Shape, Value

#: A rounded simplex or orthogonal matrix may be off by so much.
ROUNDING = Fraction(1, 10**6)
#: Larger matrices are not eliminated exactly.
MAX_MATRIX = 40

Row = Sequence[Fraction]
Matrix = Sequence[Row]

_ENTRY: dict[str, Callable[[Fraction], bool]] = {
    "positive": lambda x: x > 0,
    "negative": lambda x: x < 0,
    "nonnegative": lambda x: x >= 0,
    "nonpositive": lambda x: x <= 0,
    "nonzero": lambda x: x != 0,
    "integer": lambda x: x.denominator == 1,
    "binary": lambda x: x in (0, 1),
    "probability": lambda x: 0 <= x <= 1,
}
_ROW: dict[str, Callable[[Row], bool]] = {
    "simplex": lambda row: min(row) >= 0 and _is_near(sum(row), 1),
    "onehot": lambda row: set(row) <= {0, 1} and sum(row) == 1,
    "unit-norm": lambda row: _is_near(sum(x * x for x in row), 1),
}
_PLACE: dict[str, Callable[[Matrix, int, int], bool]] = {
    "symmetric": lambda a, i, j: a[i][j] == a[j][i],
    "antisymmetric": lambda a, i, j: a[i][j] == -a[j][i],
    "diagonal": lambda a, i, j: i == j or a[i][j] == 0,
    "lower-triangular": lambda a, i, j: i >= j or a[i][j] == 0,
    "upper-triangular": lambda a, i, j: i <= j or a[i][j] == 0,
    "toeplitz": lambda a, i, j: not (i and j) or a[i][j] == a[i - 1][j - 1],
    "hankel": lambda a, i, j: i == 0 or j + 1 == len(a) or a[i][j] == a[i - 1][j + 1],
    "circulant": lambda a, i, j: a[i][j] == a[i - 1][j - 1],
}
_WHOLE: dict[str, Callable[[Matrix], bool]] = {
    "invertible": lambda a: len(_pivots(a)) == len(a),
    "positive-definite": lambda a: all(p > 0 for p in _pivots(_even(a))) and _is_regular(a),
    "positive-semidefinite": lambda a: _is_semidefinite(_even(a)),
    "triangular": lambda a: any(_is_triangular(rows) for rows in (a, list(zip(*a, strict=True)))),
    "orthogonal": lambda a: _is_orthogonal(a),
}

_OF_MATRICES = frozenset((*_PLACE, *_WHOLE, "square", "symmetric-toeplitz"))

#: What follows from a fact at once.
_IMPLIED = {
    "positive": ("nonnegative", "nonzero"),
    "negative": ("nonpositive", "nonzero"),
    "probability": ("nonnegative",),
    "binary": ("integer", "probability"),
    "simplex": ("probability", "sums-to-one"),
    "onehot": ("binary", "simplex", "unit-norm"),
    "orthogonal": ("invertible",),
    "positive-semidefinite": ("symmetric",),
    "positive-definite": ("positive-semidefinite", "invertible"),
    "lower-triangular": ("triangular",),
    "upper-triangular": ("triangular",),
    "diagonal": ("lower-triangular", "upper-triangular", "symmetric"),
    "circulant": ("toeplitz",),
    "symmetric-toeplitz": ("symmetric", "toeplitz"),
}


def implied(facts: Iterable[str]) -> tuple[str, ...]:
    """Return facts and all that follows from them, what follows first."""
    found: dict[str, None] = {}
    for fact in facts:
        found |= dict.fromkeys((*implied(_IMPLIED.get(fact, ())), fact))
    return tuple(found)


def check_facts(given: Given, index_base: int, faults: Faults) -> None:
    """Note every fact and structure that the shape or value of `given` contradicts, as E123."""
    for fact in given.facts:
        misfit = None if given.shape is None else _misfit(fact, given.shape)
        if misfit is not None:
            message = f"`{given.name}` cannot be {fact} in the shape {show(given.shape or ())}"
            faults.add("E123", message, given.place, misfit)
            return
    if given.value is None or isinstance(given.value, ArrayFile):
        return
    for fact in given.facts:
        found = [_contradiction(one, given.value, index_base) for one in implied((fact,))]
        if any(one is not None for one in found):
            message = f"`{given.name}` is said to be {fact}, its value is not"
            hint = next(filter(None, found), "change the one or the other")
            faults.add("E123", message, given.place, hint)


def _misfit(fact: str, shape: Shape) -> str | None:
    """Return what shape a fact needs, None if it has one of these."""
    if fact in _ROW and not shape:
        return "declare a vector, `shape: [n]`"
    if fact == "full-rank" or fact not in _OF_MATRICES:
        return None
    is_square = len(shape) >= 2 and shape[-1] == shape[-2]
    return None if is_square else "declare a square matrix, `shape: [n, n]`"


def _contradiction(fact: str, value: Value, base: int) -> str | None:
    """Return what contradicts a fact, `""` if it cannot be said shortly, None if nothing does."""
    if fact in _ENTRY:
        return _wrong_entry(_ENTRY[fact], value, base)
    if fact in _ROW:
        rows = list(_rows(value))
        wrong = [row for row in rows if not _ROW[fact](row)]
        return f"its entries sum to {_short(sum(wrong[0]))}" if wrong else None
    if fact not in _PLACE and fact not in _WHOLE:
        return None
    matrix = _matrix(value)
    if matrix is None:
        return None
    if any(len(row) != len(matrix) for row in matrix):
        return "it is not square"
    if fact in _PLACE:
        return _wrong_place(_PLACE[fact], matrix, base)
    return None if len(matrix) > MAX_MATRIX or _WHOLE[fact](matrix) else ""


def _wrong_entry(test: Callable[[Fraction], bool], value: Value, base: int) -> str | None:
    for index, entry in _entries(value):
        if isinstance(entry, Number) and not test(entry.value):
            where = "[" + ",".join(str(i + base) for i in index) + "]"
            return f"the entry {where} is {_short(entry.value)}" if index else ""
    return None


def _wrong_place(test: Callable[[Matrix, int, int], bool], matrix: Matrix, base: int) -> str | None:
    for i, row in enumerate(matrix):
        for j, entry in enumerate(row):
            if not test(matrix, i, j):
                return f"the entry [{i + base},{j + base}] is {_short(entry)}"
    return None


def _entries(
    value: Value, index: tuple[int, ...] = ()
) -> Iterator[tuple[tuple[int, ...], Expression]]:
    if isinstance(value, tuple):
        for i, part in enumerate(value):
            yield from _entries(part, (*index, i))
    else:
        yield index, value


def _rows(value: Value) -> Iterator[Row]:
    """Yield the innermost lists that hold numbers only."""
    if not isinstance(value, tuple):
        return
    numbers = [entry.value for entry in value if isinstance(entry, Number)]
    if len(numbers) == len(value):
        yield numbers
    else:
        for part in value:
            yield from _rows(part)


def _matrix(value: Value) -> Matrix | None:
    """Return a matrix of numbers; None for any other value."""
    if not isinstance(value, tuple) or not all(isinstance(row, tuple) for row in value):
        return None
    rows = list(_rows(value))
    return rows if len(rows) == len(value) else None


def _is_near(value: Fraction | int, other: int) -> bool:
    return -ROUNDING <= Fraction(value) - other <= ROUNDING


def _even(a: Matrix) -> Matrix:
    return [[(a[i][j] + a[j][i]) / 2 for j in range(len(a))] for i in range(len(a))]


def _is_regular(a: Matrix) -> bool:
    return len(_pivots(a)) == len(a)


def _is_triangular(a: Matrix) -> bool:
    return all(entry == 0 for i, row in enumerate(a) for entry in row[i + 1 :])


def _is_semidefinite(a: Matrix) -> bool:
    """Eliminate a symmetric matrix: no pivot is negative, and the row of a zero is zero."""
    rows = [list(row) for row in a]
    for k, row in enumerate(rows):
        if row[k] < 0 or (row[k] == 0 and any(row[k:])):
            return False
        for below in rows[k + 1 :] if row[k] else ():
            times = below[k] / row[k]
            below[k:] = [x - times * y for x, y in zip(below[k:], row[k:], strict=True)]
    return True


def _pivots(a: Matrix) -> list[Fraction]:
    """Return the pivots of exact elimination; rows change places only where a pivot is zero."""
    rows = [list(row) for row in a]
    pivots: list[Fraction] = []
    for k in range(len(rows)):
        swap = next((i for i in range(k, len(rows)) if rows[i][k]), None)
        if swap is None:
            return pivots
        if swap != k:
            rows[k], rows[swap] = [-x for x in rows[swap]], rows[k]
        pivots.append(rows[k][k])
        for i in range(k + 1, len(rows)):
            times = rows[i][k] / rows[k][k]
            if times:
                rows[i] = [x - times * y for x, y in zip(rows[i], rows[k], strict=True)]
    return pivots


def _is_orthogonal(a: Matrix) -> bool:
    size = range(len(a))
    products = ((sum(a[k][i] * a[k][j] for k in size), i == j) for i in size for j in size)
    return all(_is_near(total, int(same)) for total, same in products)


def _short(value: Fraction | int) -> str:
    text = str(value)
    return text if len(text) <= 12 else f"{float(value):.6g}"
