"""The JSON Schema of problem files, from the table of keys."""

from __future__ import annotations

import json
from typing import Any

from symback.problem.keys import ENTRIES, FILE, KINDS, SECTIONS, VERBS, Key


def json_schema() -> dict[str, Any]:
    """Return the schema (draft-07, which editors read) of problem files."""
    problem = _mapping("problem")
    problem["anyOf"] = [{"required": ["define"]}, {"required": ["find"]}]
    find = _mapping("find")
    find["oneOf"] = [{"required": [verb]} for verb in VERBS]
    given = _mapping("given")
    given["anyOf"] = [{"required": ["value"]}, {"required": ["shape"]}]
    value = KINDS["value"][1]["oneOf"]
    return {
        "$schema": "http://json-schema.org/draft-07/schema#",
        "title": "symback problem",
        **problem,
        "definitions": {
            "entries": ENTRIES,
            "given": {"anyOf": [given, FILE, *(kind for kind in value if kind is not FILE)]},
            "step": {"anyOf": [_mapping("step"), *KINDS["expression"][1]["oneOf"]]},
            "find": find,
        },
    }


def schema_text() -> str:
    """Return the schema as indented JSON."""
    return json.dumps(json_schema(), indent=2) + "\n"


def _mapping(section: str) -> dict[str, Any]:
    title, keys = SECTIONS[section]
    schema: dict[str, Any] = {
        "description": title,
        "type": "object",
        "properties": {key.name: _property(key) for key in keys},
        "additionalProperties": False,
    }
    required = [key.name for key in keys if key.required]
    if required:
        schema["required"] = required
    return schema


def _property(key: Key) -> dict[str, Any]:
    return {"description": key.meaning, **KINDS[key.kind][1]}
