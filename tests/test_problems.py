"""Every problem of the repository: solved, as expected, and written so that it reads back."""

import functools
import json
from pathlib import Path

import mpmath
import numpy as np
import pytest

from symback.check.expectations import check
from symback.language import names as names_of
from symback.language import parse, write
from symback.render.json_document import document
from tests.oracle import evaluate_mp
from tests.solved import solved

ROOT = Path(__file__).parent.parent
PROBLEMS = sorted(
    path.relative_to(ROOT).as_posix()
    for path in (ROOT / "problems").rglob("*.yaml")
    if "\ngiven:" in "\n" + path.read_text("utf-8")
)
#: Values in JSON have 17 digits, and forms lose some of them; some forms cancel to 0.
RELATIVE, ABSOLUTE = 1e-9, 1e-13

every_problem = pytest.mark.parametrize("path", PROBLEMS)


@functools.cache
def text_of(path):
    """The JSON document of a problem of the repository."""
    return document(solved(path))


def environments(fields):
    """Return, for each part, every name with its value; None for what has none."""
    common = {name: size for name, size in fields["dims"].items() if size is not None}
    common |= {name: entry["value"] for name, entry in fields["values"].items()}
    derived = [*fields["results"], *fields["steps"]]
    common |= {entry["name"]: entry["value"] for entry in derived}
    parts = {entry["part"]: dict(common) for entry in derived}
    for entry in derived:
        parts[entry["part"]][entry["name"]] = entry["value"]
    return parts


def known(value):
    """Whether a value is there, and every entry of it."""
    return value is not None and all(entry is not None for entry in np.ravel(_objects(value)))


def _objects(value):
    return np.array(value, dtype=object)


def agrees(formula, value, environment):
    """Whether a formula, read back, has a value; entries that are not defined are passed over.

    A formula that uses what has no value itself has none to be compared.
    """
    usable = {name: entry for name, entry in environment.items() if known(entry)}
    tree = parse(formula)
    if not names_of(tree) <= {*usable, "pi"}:
        return True
    found, expected = evaluate_mp(tree, usable), _objects(value)
    return np.shape(found) == expected.shape and all(
        entry is None or mpmath.almosteq(real, entry, RELATIVE, ABSOLUTE)
        for real, entry in zip(np.ravel(_objects(found)), np.ravel(expected), strict=True)
    )


def wrong_forms(fields):
    """Yield the name and the formula of each result whose form does not have its value.

    What a note calls a limit has a form that is 0/0 there, which is passed over.
    """
    environments_of = environments(fields)
    limits = {note["name"] for note in fields["notes"] if note["code"] == "limit"}
    given = {name: entry["value"] for name, entry in fields["values"].items()}
    given |= {name: size for name, size in fields["dims"].items() if size is not None}
    for entry in [*fields["results"], *fields["steps"]]:
        value, environment = entry["value"], environments_of[entry["part"]]
        if value is None or entry.get("kind") == "graph" or entry["name"] in limits:
            continue
        forms = [(entry["closed_form"], value, environment)]
        if entry.get("expanded"):
            forms.append((entry["expanded"], value, given))
        for index, formula in entry.get("components", {}).items():
            place = tuple(json.loads(index))
            forms.append((formula, _objects(value)[place], environment))
        for formula, expected, names_with_values in forms:
            if not agrees(formula, expected, names_with_values):
                yield entry["name"], formula


@every_problem
def test_expectations_hold(path):
    """What the file expects is what is derived."""
    assert [outcome for outcome in check(solved(path)) if not outcome.passed] == []


@every_problem
def test_formulas_have_their_values(path):
    """Closed forms, expanded forms and components, evaluated by another program, give the value."""
    assert list(wrong_forms(json.loads(text_of(path)))) == []


@every_problem
def test_formulas_read_back(path):
    """Each formula of the JSON is the text of the tree that is read from it."""
    fields = json.loads(text_of(path))
    formulas = [entry["closed_form"] for entry in [*fields["results"], *fields["steps"]]]
    formulas += [entry["expanded"] for entry in fields["results"] if entry["expanded"]]

    assert formulas == [write(parse(formula)) for formula in formulas]


def test_a_wrong_form_is_noticed():
    """A form that lost a factor, a transpose or a sign does not have the value."""
    fields = json.loads(document(solved("problems/7_1.yaml")))
    wrong = {
        "dL_dW2": "outer(dL_dz2, h)/2",
        "dL_dW1": "outer(x, dL_dz1)",
        "dL_db1": "-dL_dz1",
    }
    for entry in fields["results"]:
        entry["closed_form"] = wrong.get(entry["name"], entry["closed_form"])

    assert {name for name, _ in wrong_forms(fields)} == set(wrong)
