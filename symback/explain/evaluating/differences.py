"""What differences of a function say about a derivative at a point: one check for each verb."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from fractions import Fraction
from typing import Any

from symback.explain.evaluating.surroundings import DISTANCE_BITS, NoLimit, Surroundings
from symback.problem.model import Formula

#: Differences are what the limit says to as many bits; a kink leaves none.
CHECKED_BITS = 30
STEP = Fraction(1, 2**DISTANCE_BITS)


def confirm(around: Surroundings, line: Mapping[str, Any], value: Any, ends: list[Any]) -> None:
    """Compare differences of the function along a line with what a limit says.

    `ends` are the values of the function at both ends of the line. Raises: NoLimit.
    """
    CHECKS[around.result.kind](around, line, value, ends)


def _first(around: Surroundings, line: Mapping[str, Any], value: Any, ends: list[Any]) -> None:
    _compare_slope(_contracted(value, _only(line)), around.here(around.target), ends)


def _pulled(around: Surroundings, line: Mapping[str, Any], value: Any, ends: list[Any]) -> None:
    cotangent = _direction(around, "cotangent")
    here, ahead, behind = ((cotangent * f).sum() for f in (around.here(around.target), *ends))
    _compare_slope(_contracted(value, _only(line)), here, [ahead, behind])


def _pushed(around: Surroundings, line: Mapping[str, Any], value: Any, ends: list[Any]) -> None:
    tangent = _along(around, line, "tangent")
    ends = [around.function(tangent, sign) for sign in (1, -1)]
    _compare_slope(value * STEP, around.here(around.target), ends)


def _second(around: Surroundings, line: Mapping[str, Any], value: Any, ends: list[Any]) -> None:
    first, last = around.result.wrt
    if first != last:
        return  # along one line, a mixed derivative does not occur alone
    wanted = _contracted(_contracted(value, line[last]), line[first])
    ahead, behind = ends
    _compare(ahead + behind - 2 * around.here(around.target), wanted, STEP * STEP)


def _mixed(around: Surroundings, line: Mapping[str, Any], value: Any, ends: list[Any]) -> None:
    along = _along(around, line, "vector")
    corners = [
        first * last * around.function({k: first * line[k] + last * along[k] for k in line})
        for first in (1, -1)
        for last in (1, -1)
    ]
    _compare(sum(corners), 4 * STEP * _contracted(value, _only(line)), STEP * STEP)


CHECKS: dict[str, Callable[[Surroundings, Mapping[str, Any], Any, list[Any]], None]] = {
    "gradient": _first,
    "jacobian": _first,
    "vjp": _pulled,
    "jvp": _pushed,
    "hessian": _second,
    "hvp": _mixed,
}


def _only(line: Mapping[str, Any]) -> Any:
    (change,) = line.values()
    return change


def _direction(around: Surroundings, what: str) -> Any:
    """Return the numbers of a cotangent, tangent or vector."""
    formula = getattr(around.result.request, what, None)
    if not isinstance(formula, Formula):
        raise NoLimit
    return around.here(formula.tree)


def _along(around: Surroundings, line: Mapping[str, Any], what: str) -> dict[str, Any]:
    """Return a short way in the direction that a request names."""
    (name,) = line
    return {name: _direction(around, what) * STEP + 0 * line[name]}


def _compare_slope(wanted: Any, here: Any, ends: list[Any]) -> None:
    """Compare a first difference; at a kink the second one would be as large."""
    ahead, behind = ends
    bent = ahead + behind - 2 * here
    _compare(ahead - behind, 2 * wanted, STEP)
    _compare(bent, 0 * bent, STEP)


def _compare(found: Any, wanted: Any, unit: Fraction) -> None:
    import numpy as np

    for x, y in zip(np.ravel(found), np.ravel(wanted), strict=True):
        if abs(x - y) * 2**CHECKED_BITS > max(abs(y), unit):
            raise NoLimit


def _contracted(value: Any, change: Any) -> Any:
    """Contract the last axes of a derivative with a change of the variable."""
    import numpy as np

    return np.tensordot(value, change, axes=change.ndim) if change.ndim else value * change
