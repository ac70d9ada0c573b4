"""Which components of a result its entry of `find` asks for."""

from __future__ import annotations

from symback.explain.deriving.requests import Derived
from symback.language.tree import Expression, Name, Negate, Number, Subscript


def components_expected(one: Derived) -> tuple[tuple[int, ...], ...]:
    """Return the places, counted from 0, of the components that `expect` names."""
    if one.whole is None:
        return ()
    variable = one.wrt[0] if len(one.wrt) == 1 else None
    found = []
    for expectation in one.request.expect:
        key = expectation.key.tree if expectation.key is not None else None
        if not isinstance(key, Subscript) or not isinstance(key.value, Name):
            continue
        place = _place(key.items) if key.value.id in (variable, one.name, one.whole) else None
        if place is not None and len(place) == len(one.value.shape):
            found.append(place)
    return tuple(found)


def _place(items: tuple[Expression, ...]) -> tuple[int, ...] | None:
    place = []
    for item in items:
        match item:
            case Number(value) if value.denominator == 1:
                place.append(value.numerator)
            case Negate(Number(value)) if value.denominator == 1:
                place.append(-value.numerator)
            case _:
                return None
    return tuple(place)
