"""Whole programs: the start of the command line, and the gradient of a net of real size."""

from __future__ import annotations

import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np

from tests.benchmarks.processes import ROOT, side_by_side

NET = """\
given:
  X: {file: X.npy}
  T: {file: T.npy}
  W1: {file: W1.npy}
  b1: {file: b1.npy}
  W2: {file: W2.npy}
  b2: {file: b2.npy}
define:
  Z1: X @ W1 + b1
  H: relu(Z1)
  Z2: H @ W2 + b2
  P: softmax(Z2, axis=1)
  L: -sum(T*log(P))/128
find:
  - {gradient: L, wrt: [W1, b1, W2, b2]}
"""


def starts(runs: int = 7) -> dict[str, float]:
    """Time whole processes of symback, installed from its wheel, and of `import sympy`."""
    with tempfile.TemporaryDirectory() as folder:
        subprocess.run(
            [
                sys.executable,
                "-m",
                "pip",
                "install",
                "--quiet",
                "--no-deps",
                "--target",
                folder,
                ROOT,
            ],
            check=True,
            capture_output=True,
        )
        python = sys.executable
        commands = {
            "python -c pass": [python, "-c", "pass"],
            "python -c 'import sympy'": [python, "-c", "import sympy"],
            "symback --version": [python, "-m", "symback", "--version"],
            "symback --help": [python, "-m", "symback", "--help"],
            "symback solve 7_1.yaml": [python, "-m", "symback", "solve", "7_1.yaml"],
        }
        return side_by_side(commands, runs, {"PYTHONPATH": folder})


def arrays() -> dict[str, Any]:
    """Return a batch of 128 and the weights of a 784-512-10 net."""
    rng = np.random.default_rng(7)
    return {
        "X": rng.normal(size=(128, 784)),
        "T": np.eye(10)[rng.integers(0, 10, 128)],
        "W1": rng.normal(size=(784, 512)) / 28,
        "b1": rng.normal(size=512) / 10,
        "W2": rng.normal(size=(512, 10)) / 23,
        "b2": rng.normal(size=10) / 10,
    }


def by_hand(X: Any, T: Any, W1: Any, b1: Any, W2: Any, b2: Any) -> tuple[Any, ...]:
    """The backward pass as one writes it in NumPy."""
    Z1 = X @ W1 + b1
    H = np.maximum(Z1, 0)
    Z2 = H @ W2 + b2
    E = np.exp(Z2 - Z2.max(axis=1, keepdims=True))
    D2 = (E / E.sum(axis=1, keepdims=True) - T) / 128
    D1 = (D2 @ W2.T) * (Z1 > 0)
    return X.T @ D1, D1.sum(axis=0), H.T @ D2, D2.sum(axis=0)


def evaluation() -> dict[str, float]:
    """Time the closed forms of the net's gradient, evaluated, against `by_hand`."""
    from symback.explain.deriving.graph import program_of
    from symback.explain.solve import solve
    from symback.functions import table
    from symback.language.tree import Expression
    from symback.numeric import FLOAT64
    from symback.numeric.evaluate import Evaluator
    from symback.problem.load import load

    given = arrays()
    with tempfile.TemporaryDirectory() as folder:
        for name, array in given.items():
            np.save(Path(folder) / f"{name}.npy", array)
        path = Path(folder) / "net.yaml"
        path.write_text(NET, encoding="utf-8")
        began = time.perf_counter()
        solution = solve(load(str(path), table()), table())
        solved = time.perf_counter() - began
    functions = program_of(solution.problem, table()).functions
    lines = [*solution.forward, *solution.backward]
    steps: list[tuple[str, Expression]] = [(line.name, line.formula) for line in lines]
    steps = [step for step in steps if step[0] != "L"]
    steps += [(result.name, result.closed_form) for result in solution.results]

    def closed_forms() -> list[Any]:
        values = dict(given)
        with np.errstate(all="ignore"):
            evaluator = Evaluator(values, functions, FLOAT64)
            for name, tree in steps:
                values[name] = evaluator.value(tree)
        return [values[result.name] for result in solution.results]

    ours, theirs = best_of(closed_forms, lambda: by_hand(**given))
    worst = max(
        float(np.abs(a - b).max()) for a, b in zip(closed_forms(), by_hand(**given), strict=True)
    )
    return {"solve": solved, "closed forms": ours, "by hand": theirs, "difference": worst}


def best_of(*rivals: Callable[[], Any], runs: int = 30) -> list[float]:
    """Return the quickest of some runs of each, in turns."""
    best = [float("inf")] * len(rivals)
    for _ in range(runs):
        for place, run in enumerate(rivals):
            began = time.perf_counter()
            run()
            best[place] = min(best[place], time.perf_counter() - began)
    return best
