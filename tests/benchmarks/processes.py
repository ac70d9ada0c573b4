"""Fresh processes for each measurement, so that none profits from what another has left."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from collections.abc import Mapping, Sequence
from pathlib import Path

from tests.benchmarks.nets import CELLS, Measured

ROOT = Path(__file__).parents[2]


def measure(cell: str, depth: int, width: int, runs: int = 3, cap: float = 60) -> Measured | None:
    """Return the quickest of some runs; None where the library is missing or the cap is reached."""
    best: Measured | None = None
    for _ in range(runs):
        command = [sys.executable, "-m", "tests.benchmarks.processes", cell, str(depth), str(width)]
        try:
            done = subprocess.run(
                command, cwd=ROOT, capture_output=True, text=True, timeout=cap, check=True
            )
        except (subprocess.TimeoutExpired, subprocess.CalledProcessError):
            return best
        found: Measured = json.loads(done.stdout.splitlines()[-1])
        if best is None or found["derive"] < best["derive"]:
            best = found
    return best


def side_by_side(
    commands: Mapping[str, Sequence[str]], runs: int, environment: Mapping[str, str]
) -> dict[str, float]:
    """Return the quickest time of each command, run in turns so that all meet the same noise."""
    best = dict.fromkeys(commands, float("inf"))
    for _ in range(runs):
        for name, command in commands.items():
            began = time.perf_counter()
            subprocess.run(
                command,
                cwd=ROOT / "problems",
                env={**os.environ, **environment},
                capture_output=True,
                check=True,
            )
            best[name] = min(best[name], time.perf_counter() - began)
    return best


def main(cell: str, depth: str, width: str) -> None:
    """Measure one cell after a small one that loads and warms up whatever is needed."""
    CELLS[cell](2, 2)
    sys.stdout.write(json.dumps(CELLS[cell](int(depth), int(width))) + "\n")


if __name__ == "__main__":
    main(*sys.argv[1:])
