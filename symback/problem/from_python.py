"""Problems stated in Python, written as the text of a problem file."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from fractions import Fraction
from typing import Any


def text_of(keys: Mapping[str, Any]) -> str:
    """Return the problem file that says the same; keys that are None are left out.

    Raises: TypeError for a value that is no number, text, array, list or mapping.
    """
    lines: list[str] = []
    for key, value in keys.items():
        if value is None:
            continue
        if isinstance(value, Mapping) and value:
            lines.append(f"{key}:")
            lines += [f"  {_key(name)}: {value_text(one)}" for name, one in value.items()]
        elif isinstance(value, Sequence) and not isinstance(value, str) and value:
            lines.append(f"{key}:")
            lines += [f"  - {value_text(one)}" for one in value]
        else:
            lines.append(f"{key}: {value_text(value)}")
    return "\n".join(lines) + "\n"


def value_text(value: Any) -> str:
    """Return a value as it stands in a problem file, on one line. Raises: TypeError."""
    return json.dumps(_plain(value), ensure_ascii=False)


def _key(name: Any) -> str:
    if not isinstance(name, str):
        raise TypeError(f"a name is text, not {name!r}")
    return name if name.isidentifier() else json.dumps(name, ensure_ascii=False)


def _plain(value: Any) -> Any:
    """Return a value in what JSON has: arrays as lists, fractions as constant expressions."""
    if value is None or isinstance(value, str | bool):
        return value
    if isinstance(value, Mapping):
        return {str(key): _plain(one) for key, one in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(one) for one in value]
    if hasattr(value, "tolist"):
        return _plain(value.tolist())
    if isinstance(value, Fraction):
        return str(value)
    if isinstance(value, int | float):
        return value
    raise TypeError(f"a problem holds numbers, texts, lists and mappings, not {value!r}")
