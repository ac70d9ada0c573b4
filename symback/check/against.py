"""Derivatives that a Python function returns, compared with those that are derived."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any

import numpy as np

from symback.check.answer import subscript
from symback.check.calling import Floats, as_floats, call, parameters, precision
from symback.check.cause import diagnosis
from symback.check.formulas.context import Context, Point
from symback.check.formulas.meaning import Meaning
from symback.check.formulas.sampling import as_fraction
from symback.check.outcome import Outcome
from symback.errors import Diagnostic, InputError, SymbackError
from symback.explain.solution import Result, Solution
from symback.functions import table
from symback.functions.domains import Undecided
from symback.functions.values.arrays import Array
from symback.language.tree import Expression, Name, Number

#: How many random points are tried beside the given values.
RANDOM_POINTS = 3
BITS = 200
#: Random points that are left out for others because the function has no values there.
MOST_LEFT_OUT = 16
#: What entries may be off, relative to the largest of the array: by the precision returned.
TOLERANCE = 1e-7
SHORT_TOLERANCES = {"float32": 1e-4, "float16": 1e-2, "bfloat16": 1e-1}
VERBS, NOUN = ("returned", "right is"), "derivative"


@dataclass(frozen=True, slots=True)
class Returned:
    """What the function says of each result at a point, and which of its arguments it changed."""

    context: Context
    point: Point
    right: list[Floats]
    values: list[Any]
    changed: list[str]
    keys: tuple[str, ...] = ()

    @property
    def out_of_range(self) -> bool:
        """Whether entries are not finite that single precision may not be able to hold."""
        return self.point.mode != "given" and any(
            precision(value) in SHORT_TOLERANCES and not np.isfinite(as_floats(value)).all()
            for value in self.values
        )


@dataclass(frozen=True, slots=True)
class Difference:
    """Where a returned array is farthest off: the entry, and both values there."""

    place: tuple[int, ...]
    returned: float
    right: float


def compare_function(solution: Solution, function: Callable[..., Any]) -> list[Outcome]:
    """Return an outcome for each derivative that a problem asks for.

    The function gets what it has parameters for, by name: given values and steps, as float64
    arrays (scalars as floats), of NumPy or of the library whose arrays it takes; it returns a
    mapping of results by name or by variable, or a tuple in the order asked. It is called at the
    given values, if all are there, and at random ones.
    Raises: InputError E621 for a function that cannot be called so, E622 where it fails or returns
    something else.
    """
    wanted = [one for one in solution.results if one.kind not in ("value", "graph")]
    if not wanted:
        hint = "ask for a `gradient`, `vjp`, `jacobian` or the like"
        raise InputError(Diagnostic("E621", "the problem asks for no derivative", hint))
    outcomes: dict[int, Outcome] = {}
    for returned in _returned(function, Meaning(solution, table()), wanted):
        for place, result in enumerate(wanted):
            if place not in outcomes or outcomes[place].passed:
                outcomes[place] = _outcome(solution, result, returned, place)
    if not outcomes:
        raise InputError(Diagnostic("E621", "no values were found at which all results exist"))
    return [outcomes[place] for place in range(len(wanted))]


def _returned(
    function: Callable[..., Any], meaning: Meaning, wanted: list[Result]
) -> Iterator[Returned]:
    """Yield what the function returns at the given values and at random ones.

    A random point at which it fails, or single precision runs out of range, is left out for
    another one, if there are enough.
    """
    found = 0
    left_out: list[Returned | InputError] = []
    for context, point, right in _right_values(meaning, wanted):
        try:
            one = _called(function, context, point, right, wanted)
        except InputError as error:
            if point.mode == "given" or error.diagnostics[0].code != "E622":
                raise
            left_out.append(error)
        else:
            if one.out_of_range:
                left_out.append(one)
            else:
                yield one
                found += point.mode != "given"
        if found == RANDOM_POINTS or len(left_out) == MOST_LEFT_OUT:
            break
    if found < RANDOM_POINTS:
        yield from map(_as_returned, left_out[:1])


def _as_returned(left_out: Returned | InputError) -> Returned:
    if isinstance(left_out, InputError):
        raise left_out
    return left_out


def _right_values(
    meaning: Meaning, wanted: list[Result]
) -> Iterator[tuple[Context, Point, list[Floats]]]:
    """Yield points and the right values of all results there."""
    contexts = {
        result.part: meaning.resolve(result.request, result.closed_form)
        for result in wanted
        if result.request is not None
    }
    first = next(iter(contexts.values()))
    for point in first.points():
        try:
            values = [
                floats(contexts[result.part].value(result.closed_form, point, BITS))
                for result in wanted
            ]
        except (SymbackError, Undecided):
            continue
        if all(np.isfinite(value).all() for value in values):
            yield first, point, values


def floats(entries: Array) -> Floats:
    """Return the float64 array nearest to exact entries."""
    plain = [float(as_fraction(entry)) for entry in entries.flat]
    return np.array(plain, dtype=float).reshape(entries.shape)


def _called(
    function: Callable[..., Any],
    context: Context,
    point: Point,
    right: list[Floats],
    wanted: list[Result],
) -> Returned:
    """Call the function at a point and return what it says of each result."""
    known = {*context.variables, *context.definitions, *context.program.dims}
    names = parameters(function, context.variables, known)
    found, changed = call(function, {name: _argument(context, name, point) for name in names})
    keys = tuple(map(str, found)) if isinstance(found, Mapping) else ()
    return Returned(context, point, right, _matched(found, wanted), changed, keys)


def _argument(context: Context, name: str, point: Point) -> Any:
    tree: Expression = Name(name)
    if name in point.sizes and name not in context.variables:
        return point.sizes[name]
    value = floats(context.value(tree, point, BITS))
    return value if value.shape else float(value)


def _matched(returned: Any, wanted: list[Result]) -> list[Any]:
    """Return what was returned for each result, None where a mapping leaves one out."""
    if isinstance(returned, Mapping):
        return [_by_name(returned, result, wanted) for result in wanted]
    if len(wanted) == 1 and not (isinstance(returned, tuple) and len(returned) == 1):
        return [returned]
    if not isinstance(returned, tuple | list) or len(returned) != len(wanted):
        names = ", ".join(f"`{result.name}`" for result in wanted)
        count = len(returned) if isinstance(returned, tuple | list) else int(returned is not None)
        found = ("nothing, but", "one result,")[count] if count < 2 else f"{count} results,"
        message = f"the function returns {found} {len(wanted)} are asked for"
        raise InputError(Diagnostic("E622", message, f"return {names} in this order, or a dict"))
    return list(returned)


def _by_name(returned: Mapping[Any, Any], result: Result, wanted: list[Result]) -> Any:
    """Return what stands under the name of a result, or of its variable if no other has it."""
    keys = [result.name]
    if len(set(result.wrt)) == 1 and [one.wrt for one in wanted].count(result.wrt) == 1:
        keys += [prefix + result.wrt[0] for prefix in ("", "d", "grad_")]
    return next((returned[key] for key in keys if key in returned), None)


def _outcome(solution: Solution, result: Result, returned: Returned, place: int) -> Outcome:
    request = result.request
    base = Outcome(
        result.name,
        True,
        "",
        "",
        result.part,
        place=request.place if request is not None else None,
        verbs=VERBS,
        noun=NOUN,
    )
    value, right = returned.values[place], returned.right[place]
    if value is None:
        return _failed(base, _missing(returned.keys))
    try:
        array = as_floats(value)
    except (TypeError, ValueError) as error:
        kind = "complex numbers" if "complex" in str(error) else f"{type(value).__name__}, no array"
        return _failed(base, f"the function returns {kind}")
    if array.shape != right.shape:
        return _failed(base, _misshapen(solution, result, returned, array, right))
    worst = farthest(array, right, _allowed(result, precision(value), right))
    if worst is None:
        return base
    return replace(
        _failed(base, _reason(solution, result, array, returned)),
        name=result.name + subscript(worst.place, solution.problem.index_base),
        expected=f"{worst.returned:.6g}",
        got=f"{worst.right:.6g}",
        difference=worst.returned - worst.right,
    )


def _failed(outcome: Outcome, reason: str) -> Outcome:
    return replace(outcome, passed=False, reason=reason, failed_entries=1)


def _missing(keys: tuple[str, ...]) -> str:
    if not keys:
        return "the function does not return it"
    shown = ", ".join(f"`{key}`" for key in keys[:6]) + (", ..." if len(keys) > 6 else "")
    return f"the function does not return it, but {shown}"


def _misshapen(
    solution: Solution, result: Result, returned: Returned, array: Floats, right: Floats
) -> str:
    """Say that an array has another shape, and what else can be said of it."""
    message = f"the shape is {array.shape}, right is {right.shape}"
    if array.size == right.size:
        allowed = TOLERANCE * max(1.0, float(np.abs(right).max(initial=0.0)))
        squeezed = array.squeeze().shape == right.squeeze().shape
        if squeezed and farthest(array.reshape(right.shape), right, allowed) is None:
            return f"{message}; the entries are right"
    cause = diagnosis(solution.problem, result, array, returned.point)
    return f"{message}; {cause}" if cause else message


def _allowed(result: Result, kind: str, right: Floats) -> float:
    """Return what an entry may be off: the problem's tolerance, or the precision's."""
    size = float(np.abs(right).max()) if right.size else 0.0
    tolerance = result.request.tolerance if result.request is not None else None
    if tolerance is not None:
        relative, absolute = tolerance.relative, tolerance.absolute
        rel = float(relative.value) if isinstance(relative, Number) else 0.0
        return rel * size + (float(absolute.value) if isinstance(absolute, Number) else 0.0)
    return SHORT_TOLERANCES.get(kind, TOLERANCE) * max(size, 1e-3)


def farthest(array: Floats, right: Floats, allowed: float) -> Difference | None:
    """Return where an array is farthest off; None if it is nowhere off by more than allowed."""
    if not array.size:
        return None
    off = np.abs(array.astype(float) - right)
    off = np.where(np.isnan(off), np.inf, off)
    place = np.unravel_index(int(off.argmax()), off.shape)
    if off[place] <= allowed:
        return None
    index = tuple(int(k) for k in place)
    return Difference(index, float(array[index]), float(right[index]))


def _reason(solution: Solution, result: Result, array: Floats, returned: Returned) -> str:
    given = returned.point.mode == "given"
    clauses = ["at the given values" if given else "at random values"]
    if returned.changed:
        names = ", ".join(f"`{name}`" for name in returned.changed)
        clauses.append(f"the function changes {names}, which it was given")
    clauses.append(diagnosis(solution.problem, result, array, returned.point))
    return "; ".join(filter(None, clauses))
