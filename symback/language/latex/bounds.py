"""The bounds of sums: numbers, or lengths; counted from 1 even where indices count from 0."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from fractions import Fraction

from symback.language.printer import write
from symback.language.tree import Binary, Call, Expression, Name, Negate, Number, Subscript
from symback.language.walks import walk

#: The lengths of the axes of arrays, by their names.
Lengths = Mapping[str, tuple[int, ...]]


def counts_from_one(body: Expression, letter: str, stop: int, lengths: Lengths) -> bool:
    r"""Tell whether `\sum_{i=1}^{4}` means a whole axis: every axis with the letter is as long.

    A letter that is also used as a number, or in a formula such as i + 1, says otherwise.
    """
    found = [*_lengths(body, letter, lengths)]
    used = sum(node == Name(letter) for node in walk(body))
    return bool(found) and used == len(found) and set(found) == {stop}


def length_of(body: Expression, letter: str, lengths: Lengths) -> int | None:
    """Return the length of the axes that an index letter runs over, None if it is not known."""
    found = {*_lengths(body, letter, lengths)}
    return found.pop() if len(found) == 1 else None


def _lengths(body: Expression, letter: str, lengths: Lengths) -> Iterator[int | None]:
    """Yield the length of every axis that an index letter stands for, None for an unknown one."""
    for node in walk(body):
        if isinstance(node, Subscript):
            shape = lengths.get(node.value.id, ()) if isinstance(node.value, Name) else ()
            for place, item in enumerate(node.items):
                if item == Name(letter):
                    yield shape[place] if place < len(shape) else None


def bound(value: Expression | None, known: dict[str, int]) -> int | None:
    """Return the number that a bound is, None for another or none."""
    return None if value is None else integer(value, known)


def integer(item: Expression, known: dict[str, int]) -> int | None:
    """Return the value of an index formula, None if a letter in it is not known."""
    match item:
        case Number(value=value) if value.denominator == 1:
            return int(value)
        case Name(id=name):
            return known.get(name)
        case Negate(operand=operand):
            inner = integer(operand, known)
            return None if inner is None else -inner
        case Binary(op=op, left=left, right=right) if op in "+-*":
            a, b = integer(left, known), integer(right, known)
            if a is None or b is None:
                return None
            return a + b if op == "+" else a - b if op == "-" else a * b
    return None


def but_own(
    function: str, array: Expression, own: bool, refusal: Callable[[str], Exception]
) -> Expression:
    """Return a sum or product, for each place of an axis, of all entries but the one there.

    These are the rows of a matrix or, unless each place has its `own`, of one vector.
    """
    neutral = {"sum": "*", "prod": "**"}.get(function)
    if neutral is None:
        raise refusal("which term is left out is not a number")
    one = Number(Fraction(1))
    diagonal = Call("diag", (array,)) if own else array
    ones = Binary("+", Binary("*", diagonal, Number(Fraction(0))), one)
    kept = Binary("-", one, Call("diag", (ones,)))
    return Call(function, (Binary(neutral, array, kept),), (("axis", Negate(one)),))


def covers(start: int | None, stop: Expression | None, base: int) -> bool:
    """Tell whether bounds such as 1 and n, or 0 and n - 1, mean a whole axis."""
    if stop is None or start not in (base, 1):
        return False
    if start == 1:
        return isinstance(stop, Name)
    return isinstance(stop, Binary) and isinstance(stop.left, Name) and write(stop)[-4:] == " - 1"
