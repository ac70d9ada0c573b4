"""Print all measurements as tables of seconds and ratios: `python -m tests.benchmarks`."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Sequence

from tests.benchmarks.nets import Measured
from tests.benchmarks.processes import measure

DEPTHS = (1, 10, 100, 1000)
WIDTHS = (3, 30, 300, 3000)
#: Beyond this many layers SymPy's expression does not end within its cap.
SYMPY_DEPTHS = (1, 2, 3, 4)
SYMPY_CAP = 30.0


def table(title: str, head: Sequence[str], rows: Iterable[Sequence[str]]) -> None:
    """Print rows as they come, right-aligned but for the first column."""
    sys.stdout.write(f"\n{title}\n")
    for row in (head, *rows):
        cells = [f"{row[0]:<26}", *(f"{cell:>14}" for cell in row[1:])]
        sys.stdout.write("  " + "".join(cells).rstrip() + "\n")
        sys.stdout.flush()


def seconds(found: Measured | None) -> str:
    """Return how long a derivation took."""
    return "-" if found is None else f"{found['derive'] * 1000:.2f} ms"


def ratio(over: float | None, under: float | None) -> str:
    """Return a ratio, or a dash where one side is missing."""
    return f"{over / under:.2f}x" if over and under else "-"


def depths() -> Iterable[Sequence[str]]:
    """Yield a row for each depth: time and size of all closed forms, and their growth."""
    before: Measured | None = None
    for depth in DEPTHS:
        found = measure("symback", depth, 3)
        if found is None:
            raise SystemExit("symback itself could not be measured")
        grown = [ratio(found[key], before[key]) if before else "" for key in ("derive", "size")]
        build = f"{found['build'] * 1000:.2f} ms"
        yield str(depth), build, seconds(found), f"{found['size']:.0f}", *grown
        before = found


def peers() -> Iterable[Sequence[str]]:
    """Yield a row for each way to derive at 16 and 128 layers, against CasADi's two figures."""
    casadi = {depth: measure("CasADi", depth, 3) for depth in (16, 128)}
    for cell in ("symback sweep", "symback", "CasADi", "PyTensor", "JAX"):
        row = [cell]
        for depth, reference in casadi.items():
            found = reference if cell == "CasADi" else measure(cell, depth, 3)
            time = found["derive"] if found else None
            row.append(seconds(found))
            row.append(ratio(time, reference["derive"] if reference else None))
            row.append(ratio(time, reference["build"] + reference["derive"] if reference else None))
        yield row


def sympy_rows() -> Iterable[Sequence[str]]:
    """Yield a row for each depth at which SymPy ends within its cap."""
    for depth in SYMPY_DEPTHS:
        theirs = measure("SymPy", depth, 3, runs=1, cap=SYMPY_CAP)
        ours = measure("symback", depth, 3)
        size = f"{theirs['size']:.0f}" if theirs else f"over {SYMPY_CAP:.0f} s"
        own = f"{ours['size']:.0f}" if ours else "-"
        times = ratio(theirs["derive"], ours["derive"]) if theirs and ours else "-"
        yield str(depth), seconds(theirs), size, seconds(ours), own, times
        if theirs is None:
            return


def widths() -> Iterable[Sequence[str]]:
    """Yield a row for each width of ten layers."""
    for width in WIDTHS:
        found = measure("symback", 10, width)
        yield str(width), seconds(found), f"{found['size']:.0f}" if found else "-"


def starts() -> Iterable[Sequence[str]]:
    """Yield a row for each command, against `import sympy`."""
    from tests.benchmarks import whole

    best = whole.starts()
    for name, time in best.items():
        yield name, f"{time * 1000:.0f} ms", ratio(time, best["python -c 'import sympy'"])


def evaluation() -> Iterable[Sequence[str]]:
    """Yield the time of the closed forms of a 784-512-10 net, against NumPy by hand."""
    from tests.benchmarks import whole

    found = whole.evaluation()
    hand = found["by hand"]
    yield "NumPy by hand", f"{hand * 1000:.2f} ms", "1.00x"
    yield (
        "closed forms",
        f"{found['closed forms'] * 1000:.2f} ms",
        ratio(found["closed forms"], hand),
    )
    yield "load, derive and evaluate", f"{found['solve'] * 1000:.0f} ms", ""
    yield "largest difference", f"{found['difference']:.1e}", ""


def main(chosen: Sequence[str]) -> None:
    """Print the tables chosen by name, or all."""
    tables = {
        "depth": (
            "Closed forms of all gradients of a sigmoid net, width 3, by layers",
            ("layers", "build", "derive", "characters", "time grows", "text grows"),
            depths,
        ),
        "peers": (
            "Deriving alone, width 3; against CasADi's reverse call, and against its whole graph",
            (
                "",
                "16 layers",
                "of the call",
                "of the graph",
                "128 layers",
                "of the call",
                "of the graph",
            ),
            peers,
        ),
        "sympy": (
            "SymPy: diff of the loss with all steps put in, by the first layer only",
            ("layers", "SymPy", "characters", "symback", "characters", "SymPy/symback"),
            sympy_rows,
        ),
        "width": ("Ten layers, by width", ("width", "derive", "characters"), widths),
        "start": (
            "Whole processes, from an installed wheel, side by side",
            ("", "time", "of sympy"),
            starts,
        ),
        "evaluation": (
            "Gradient of a 784-512-10 net, batch of 128, in float64",
            ("", "time", "of NumPy"),
            evaluation,
        ),
    }
    for name in chosen or tables:
        title, head, rows = tables[name]
        table(title, head, rows())


if __name__ == "__main__":
    main(sys.argv[1:])
