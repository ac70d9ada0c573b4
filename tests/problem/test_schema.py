import json
import re
from pathlib import Path

import pytest
import yaml

from symback.problem.catalogue import catalogue
from symback.problem.reference import key_reference, with_reference
from symback.problem.schema import json_schema, schema_text

ROOT = Path(__file__).parent.parent.parent
PROBLEMS = sorted((ROOT / "problems").glob("*.yaml"))
TYPES = {"string": str, "number": (int, float), "integer": int, "array": list, "object": dict}


def valid(value, schema):
    """Whether a value fits a schema, by the keywords of draft-07 that the schema uses."""
    if "$ref" in schema:
        return valid(value, json_schema()["definitions"][schema["$ref"].rpartition("/")[2]])
    checks = {
        "type": lambda kinds: any(is_of(value, kind) for kind in listed(kinds)),
        "enum": lambda words: value in words,
        "anyOf": lambda options: any(valid(value, option) for option in options),
        "oneOf": lambda options: sum(valid(value, option) for option in options) == 1,
        "minimum": lambda least: value >= least,
        "items": lambda items: all(valid(item, items) for item in value),
        "required": lambda keys: isinstance(value, dict) and set(keys) <= set(value),
        "properties": lambda keys: all(valid(value[k], keys[k]) for k in keys if k in value),
        "additionalProperties": lambda rest: others(value, schema, rest),
    }
    return all(checks[key](rule) for key, rule in schema.items() if key in checks)


def listed(kinds):
    """One kind or several, as a list."""
    return kinds if isinstance(kinds, list) else [kinds]


def is_of(value, kind):
    """Whether a value has a JSON type; true is no number."""
    if kind == "boolean" or isinstance(value, bool):
        return kind == "boolean" and isinstance(value, bool)
    return isinstance(value, TYPES[kind])


def others(value, schema, rest):
    """Whether the keys that are not named in a schema fit."""
    unknown = [v for k, v in value.items() if k not in schema.get("properties", {})]
    return not unknown if rest is False else all(valid(v, rest) for v in unknown)


@pytest.mark.parametrize("path", PROBLEMS, ids=lambda path: path.stem)
def test_problems_fit_the_schema(path):
    """An editor that has the schema accepts every problem of the repository."""
    assert valid(yaml.safe_load(path.read_text("utf-8")), json_schema())


@pytest.mark.parametrize("code", ["E110", "E112", "E113", "E118"])
def test_the_schema_finds_faults_of_keys(code):
    """What is wrong with the keys of a file is seen while it is written."""
    entry = catalogue()[code]
    fits = {
        name: valid(yaml.safe_load(getattr(entry, name)), json_schema())
        for name in ("wrong", "right")
    }

    assert fits["right"]
    assert fits["wrong"] == (code == "E112")


def test_the_schema_is_draft_07_and_refers_to_itself():
    """Every reference has its definition, and the text is JSON."""
    schema = json.loads(schema_text())

    assert schema["$schema"] == "http://json-schema.org/draft-07/schema#"
    references = set(re.findall(r'"#/definitions/(\w+)"', schema_text()))
    assert references == set(schema["definitions"])


def test_the_reference_is_up_to_date(update_golden):
    """problems/README.md holds the table of keys as it is."""
    file = ROOT / "problems" / "README.md"
    if update_golden:
        file.write_text(with_reference(file.read_text("utf-8")), "utf-8")
    text = file.read_text("utf-8")

    assert with_reference(text) == text
    assert "| `index_base` | `0` or `1` |" in key_reference()


def test_a_document_without_marks_is_refused():
    """The reference is not put anywhere else."""
    with pytest.raises(ValueError, match="marks"):
        with_reference("no marks")
