"""Sheets of exercise 7.1 graded a second: `python -m tests.benchmarks.grading [SHEETS]`.

As one class (derived once, by one worker and by one a processor) and one by one: a process, a
derivation and a sheet each, measured on a few and scaled up.
"""

from __future__ import annotations

import os
import random
import re
import subprocess
import sys
import tempfile
from pathlib import Path
from time import perf_counter

PROBLEMS = Path(__file__).parents[2] / "problems"
SHEETS, ALONE = 1_000, 10
SLIPS = (
    ("(W2.T @ dL_dz2)/2*step(z1)", "(W2.T @ dL_dz2)*step(z1)"),
    ("dL_dz2: (y - t)/2", "dL_dz2: y - t"),
    ("outer(dL_dz2, h)", "outer(h, dL_dz2)"),
    ("0.79615", "0.7962"),
    ("step(z1)", "h"),
)


def sheets(folder: Path, count: int) -> list[str]:
    """Write sheets like the homework's own, with some mistakes mended and others made.

    Every sheet has a digit of its own copied wrongly, so that few sheets are the same.
    """
    base = (PROBLEMS / "answers" / "7_1.yaml").read_text()
    rng = random.Random(1)
    names = []
    for k in range(count):
        text = base
        for old, new in SLIPS:
            if rng.random() < 0.4:
                text = text.replace(old, new)
        digits = [m.end() - 1 for m in re.finditer(r"\d\.\d+", text) if m.end() - m.start() > 4]
        place = rng.choice(digits)
        text = text[:place] + str(rng.randrange(10)) + text[place + 1 :]
        path = folder / f"{k:04}.yaml"
        path.write_text(text)
        names.append(str(path))
    return names


def seconds(names: list[str], *options: str) -> float:
    """Return how long one call of the command takes."""
    command = [sys.executable, "-m", "symback", "grade", str(PROBLEMS / "7_1.yaml"), *names]
    start = perf_counter()
    done = subprocess.run([*command, "-f", "csv", *options], capture_output=True, check=False)
    if done.returncode != 1:
        raise SystemExit(done.stderr.decode())
    return perf_counter() - start


def main(count: int) -> None:
    """Print the three rates."""
    with tempfile.TemporaryDirectory() as folder:
        names = sheets(Path(folder), count)
        rows = [
            ("one worker", seconds(names, "-j", "1"), count),
            (f"{os.cpu_count()} workers", seconds(names), count),
            ("one by one", sum(seconds([name]) for name in names[:ALONE]), ALONE),
        ]
    sys.stdout.write(f"Grading exercise 7.1, {count} sheets of 16 answers\n")
    for title, time, graded in rows:
        sys.stdout.write(f"  {title:<12}{graded / time:8.1f} sheets a second\n")


if __name__ == "__main__":
    main(int(sys.argv[1]) if sys.argv[1:] else SHEETS)
