"""Running generated JavaScript in node, many programs in one process."""

from __future__ import annotations

import json
import shutil
import subprocess

import numpy as np
import pytest

from symback import functions
from symback.language import parse
from symback.numeric.arithmetic import Float64
from symback.numeric.evaluate import evaluate
from symback.render.javascript import javascript

needs_node = pytest.mark.skipif(not shutil.which("node"), reason="node is not installed")

_RUNNER = """
const cases = JSON.parse(require("fs").readFileSync(0, "utf8"));
const said = x => x.d.map(e => Number.isFinite(e) ? e : String(e));
console.log(JSON.stringify(cases.map(({source, points}) => {
  try {
    const run = new Function("v", source);
    return points.map(v => { run(v); return v.map(x => ({s: x.s, d: said(x)})); });
  } catch (error) { return String(error); }
})));
"""


def packed(value) -> dict:
    """An array in the form of the runtime."""
    array = np.asarray(value, dtype=float)
    return {"s": list(array.shape), "d": array.ravel().tolist()}


def run(cases: list[tuple[str, list[list[dict]]]]) -> list:
    """Run each source at each of its points; all values after it, or the error."""
    text = json.dumps([{"source": source, "points": points} for source, points in cases])
    done = subprocess.run(
        ["node", "-e", _RUNNER], input=text, capture_output=True, text=True, timeout=60, check=True
    )
    return json.loads(done.stdout)


def unpacked(value: dict) -> np.ndarray:
    """A value of the runtime as an array."""
    return np.asarray([float(e) for e in value["d"]], dtype=float).reshape(value["s"])


def expected(text: str, point: dict) -> np.ndarray:
    """The value by symback's own float64 evaluator."""
    values = {name: np.asarray(value, dtype=float) for name, value in point.items()}
    return np.asarray(evaluate(parse(text), values, functions.table(), Float64()), dtype=float)


def compare(cases: list[tuple[str, list[dict]]], tolerance: float = 1e-12) -> list[str]:
    """Evaluate expressions at points both ways; return what differs, or failed."""
    programs = []
    for text, points in cases:
        names = list(points[0])
        source = javascript(names, [("out", parse(text))]).source
        programs.append((source, [[packed(point[n]) for n in names] for point in points]))
    faults = []
    for (text, points), results in zip(cases, run(programs), strict=True):
        if isinstance(results, str):
            faults.append(f"{text}: {results}")
            continue
        for point, values in zip(points, results, strict=True):
            got, want = unpacked(values[-1]), expected(text, point)
            same = got.shape == want.shape and np.allclose(
                got, want, rtol=tolerance, atol=tolerance, equal_nan=True
            )
            if not same:
                faults.append(f"{text} at {point}: {got} is not {want}")
    return faults
