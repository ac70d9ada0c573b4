"""Derivatives that a Python function returns, compared with those that are derived."""

from __future__ import annotations

import inspect
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from symback.check.answer import subscript
from symback.check.cause import diagnosis
from symback.check.context import Context, Point
from symback.check.meaning import Meaning
from symback.check.outcome import Outcome
from symback.check.sampling import as_fraction
from symback.errors import Diagnostic, InputError, SymbackError
from symback.explain.solution import Result, Solution
from symback.functions import table
from symback.functions.domains import Undecided
from symback.functions.values_arrays import Array
from symback.language.tree import Expression, Name, Number

Floats = NDArray[Any]

#: How many random points are tried beside the given values.
RANDOM_POINTS = 3
BITS = 200
#: What entries may be off, relative to the largest of the array: by the precision returned.
TOLERANCE, TOLERANCE_FLOAT32 = 1e-7, 1e-4
VERBS = ("returned", "right is")


@dataclass(frozen=True, slots=True)
class Difference:
    """Where a returned array is farthest off: the entry, and both values there."""

    place: tuple[int, ...]
    returned: float
    right: float


def compare_function(solution: Solution, function: Callable[..., Any]) -> list[Outcome]:
    """Return an outcome for each derivative that a problem asks for.

    The function gets what it has parameters for, by name: given values and steps, as float64
    arrays (scalars as floats); it returns a mapping of results by name or by variable, or a tuple
    in the order asked. It is called at the given values, if all are there, and at random ones.
    Raises: InputError E621 for a function that cannot be called so, E622 where it fails or returns
    something else.
    """
    wanted = [one for one in solution.results if one.kind not in ("value", "graph")]
    if not wanted:
        hint = "ask for a `gradient`, `vjp`, `jacobian` or the like"
        raise InputError(Diagnostic("E621", "the problem asks for no derivative", hint))
    meaning = Meaning(solution, table())
    outcomes: dict[int, Outcome] = {}
    points = 0
    for context, point, right in _right_values(meaning, wanted):
        points += 1
        returned = _called(function, context, point, wanted)
        for place, result in enumerate(wanted):
            if place in outcomes and not outcomes[place].passed:
                continue
            outcomes[place] = _outcome(solution, result, returned[place], right[place], point)
    if not points:
        raise InputError(Diagnostic("E621", "no values were found at which all results exist"))
    return [outcomes[place] for place in range(len(wanted))]


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
    found = 0
    for point in first.points():
        try:
            values = [
                floats(contexts[result.part].value(result.closed_form, point, BITS))
                for result in wanted
            ]
        except (SymbackError, Undecided):
            continue
        if not all(np.isfinite(value).all() for value in values):
            continue
        yield first, point, values
        found += point.mode != "given"
        if found == RANDOM_POINTS:
            return


def floats(entries: Array) -> Floats:
    """Return the float64 array nearest to exact entries."""
    plain = [float(as_fraction(entry)) for entry in entries.flat]
    return np.array(plain, dtype=float).reshape(entries.shape)


def _called(
    function: Callable[..., Any], context: Context, point: Point, wanted: list[Result]
) -> list[Any]:
    """Call the function at a point and return what it says of each result."""
    arguments = {name: _argument(context, name, point) for name in _parameters(function, context)}
    try:
        returned = function(**arguments)
    except Exception as error:
        message = f"the function raised {type(error).__name__}: {error}"[:300]
        raise InputError(Diagnostic("E622", message)) from error
    return _matched(returned, wanted)


def _argument(context: Context, name: str, point: Point) -> Any:
    tree: Expression = Name(name)
    if name in point.sizes and name not in context.variables:
        return point.sizes[name]
    value = floats(context.value(tree, point, BITS))
    return value if value.shape else float(value)


def _parameters(function: Callable[..., Any], context: Context) -> list[str]:
    """Return the names that a function takes; all given ones if it takes any keyword."""
    known = {*context.variables, *context.definitions, *context.program.dims}
    names: list[str] = []
    for name, parameter in inspect.signature(function).parameters.items():
        if parameter.kind is parameter.VAR_KEYWORD:
            names.extend(one for one in context.variables if one not in names)
        elif parameter.kind is not parameter.VAR_POSITIONAL and name in known:
            names.append(name)
        elif (
            parameter.default is parameter.empty and parameter.kind is not parameter.VAR_POSITIONAL
        ):
            message = f"the function's parameter `{name}` is no name of the problem"
            hint = "known are " + ", ".join(f"`{one}`" for one in sorted(known)[:12])
            raise InputError(Diagnostic("E621", message, hint))
    return names


def _matched(returned: Any, wanted: list[Result]) -> list[Any]:
    """Return what was returned for each result, None where a mapping leaves one out."""
    if isinstance(returned, Mapping):
        return [_by_name(returned, result) for result in wanted]
    if len(wanted) == 1 and not (isinstance(returned, tuple) and len(returned) == 1):
        return [returned]
    if not isinstance(returned, tuple | list) or len(returned) != len(wanted):
        names = ", ".join(f"`{result.name}`" for result in wanted)
        count = len(returned) if isinstance(returned, tuple | list) else 1
        message = f"the function returns {count} results, {len(wanted)} are asked for"
        raise InputError(Diagnostic("E622", message, f"return {names} in this order, or a dict"))
    return list(returned)


def _by_name(returned: Mapping[Any, Any], result: Result) -> Any:
    for key in (result.name, *result.wrt):
        if key in returned:
            return returned[key]
    return None


def _outcome(
    solution: Solution, result: Result, returned: Any, right: Floats, point: Point
) -> Outcome:
    request = result.request
    place = request.place if request is not None else None
    base = Outcome(result.name, True, "", "", result.part, place=place, verbs=VERBS)
    if returned is None:
        return _failed(base, "the function does not return it")
    try:
        array = as_floats(returned)
    except (TypeError, ValueError):
        return _failed(base, f"the function returns {type(returned).__name__}, not an array")
    if array.shape != right.shape:
        message = f"the shape is {array.shape}, right is {right.shape}"
        cause = diagnosis(solution.problem, result, array, point)
        return _failed(base, f"{message}; {cause}" if cause else message)
    worst = farthest(array, right, _allowed(result, array, right))
    if worst is None:
        return base
    entries = [f"{worst.returned:.6g}", f"{worst.right:.6g}"]
    where = subscript(worst.place, solution.problem.index_base)
    return Outcome(
        result.name + where,
        False,
        entries[0],
        entries[1],
        result.part,
        worst.returned - worst.right,
        _reason(solution, result, array, point),
        place,
        verbs=VERBS,
        failed_entries=1,
    )


def _failed(outcome: Outcome, reason: str) -> Outcome:
    return Outcome(
        outcome.name, False, "", "", outcome.part, None, reason, outcome.place, verbs=VERBS
    )


def as_floats(value: Any) -> Floats:
    """Return an array of NumPy, PyTorch or JAX as a NumPy array of numbers."""
    if hasattr(value, "detach"):
        value = value.detach().cpu()
    array = np.asarray(value)
    if array.dtype.kind not in "fiub":
        array = array.astype(float)
    return array


def _allowed(result: Result, array: Floats, right: Floats) -> float:
    """Return what an entry may be off: the problem's tolerance, or the precision's."""
    size = float(np.abs(right).max()) if right.size else 0.0
    tolerance = result.request.tolerance if result.request is not None else None
    if tolerance is not None:
        relative, absolute = tolerance.relative, tolerance.absolute
        rel = float(relative.value) if isinstance(relative, Number) else 0.0
        return rel * size + (float(absolute.value) if isinstance(absolute, Number) else 0.0)
    short = array.dtype.kind == "f" and array.dtype.itemsize < 8
    return (TOLERANCE_FLOAT32 if short else TOLERANCE) * max(size, 1e-3)


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


def _reason(solution: Solution, result: Result, array: Floats, point: Point) -> str:
    where = "at the given values" if point.mode == "given" else "at random values"
    cause = diagnosis(solution.problem, result, array, point)
    return f"{where}; {cause}" if cause else where
