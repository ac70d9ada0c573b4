"""The JSON document field by field, over every problem of the repository."""

import copy
import json
from functools import cache

import numpy as np
import pytest

import symback
from symback.explain.evaluating.components import MAX_CHARACTERS
from symback.render.json_document import document
from tests.solved import solved
from tests.test_problems import PROBLEMS

TOP = {"schema", "file", "title", "dims", "notes", "values", "results", "steps"}
RESULT = {"part", "kind", "of", "wrt", "name", "shape", "closed_form", "expanded", "latex"}
RESULT |= {"components", "value"}
STEP = {"part", "name", "closed_form", "latex", "value"}


def breaches(fields):
    """Yield what a document has otherwise than promised."""
    if set(fields) != TOP:
        yield "fields", set(fields) ^ TOP
    noted = {note["name"] for note in fields["notes"]}
    for note in fields["notes"]:
        if set(note) != {"code", "name", "message"}:
            yield "note", note
    for name, entry in fields["values"].items():
        if set(entry) != {"shape", "value"} or not fits(entry, fields["dims"]):
            yield "value", name
    for result in fields["results"]:
        yield from of_result(result, fields["dims"], noted)
    for step in fields["steps"]:
        if set(step) != STEP:
            yield "step", step["name"]


def of_result(result, dims, noted):
    """Yield what one result has otherwise than promised."""
    name = result["name"]
    plain = result["kind"] in ("value", "graph")
    if set(result) != RESULT - ({"wrt"} if plain else set()):
        yield "fields of a result", name
    if not plain and isinstance(result["wrt"], list) != (result["kind"] == "hessian"):
        yield "wrt", name
    if not fits(result, dims):
        yield "shape", name
    known = all(isinstance(size, int) for size in result["shape"])
    count = int(np.prod(result["shape"])) if known else 65
    if count <= 64 and result["kind"] != "graph":
        places = ["[" + ",".join(map(str, place)) + "]" for place in np.ndindex(*result["shape"])]
        if list(result["components"]) != places:
            yield "components", name
    if result["expanded"] is None:
        if name not in noted:
            yield "no note on what is left out", name
    elif len(result["expanded"]) > MAX_CHARACTERS:
        yield "expanded", name


def fits(entry, dims):
    """Whether a value, if there is one, has the shape stated."""
    sizes = tuple(dims.get(size, size) for size in entry["shape"])
    return entry["value"] is None or np.array(entry["value"], dtype=object).shape == sizes


@cache
def fields_of(path):
    """The document of a problem; numbers beyond JSON are refused."""
    return json.loads(document(solved(path)), parse_constant=pytest.fail)


@pytest.mark.parametrize("path", PROBLEMS)
def test_documents_are_as_promised(path):
    """Fields, shapes, components, and a note on every form that is left out."""
    assert list(breaches(fields_of(path))) == []


@pytest.mark.parametrize(
    ("change", "breach"),
    [
        (lambda d: d.pop("title"), "fields"),
        (lambda d: d["results"][0].pop("latex"), "fields of a result"),
        (lambda d: d["results"][0].update(shape=[9]), "shape"),
        (lambda d: d["results"][0]["components"].clear(), "components"),
        (lambda d: d["results"][0].update(expanded=None), "no note on what is left out"),
        (lambda d: d["steps"][0].update(kind="x"), "step"),
        (lambda d: d["values"]["x"].update(value=[1]), "value"),
    ],
)
def test_what_is_not_as_promised_is_found(change, breach):
    """A document that was changed fails, or the test above proves nothing."""
    fields = copy.deepcopy(fields_of("problems/7_1.yaml"))
    change(fields)

    assert breach in [kind for kind, _ in breaches(fields)]


def test_values_have_components_too():
    """An entry of a step by what it is computed from; a scalar by its formula."""
    results = (
        symback.loads(
            "given: {x: [1, 2]}\ndefine: {y: sin(x), L: sum(y)}\nfind: [{value: [y, L]}]\n"
        )
        .solve()
        .results
    )

    assert results["y"].components == {(0,): "sin(x[0])", (1,): "sin(x[1])"}
    assert results["L"].components == {(): "sum(y)"}
