"""The command `symback`, also as `python -m symback`."""

from __future__ import annotations

import gc
import sys

from symback import __version__


def main() -> None:
    """Run the command line and leave with its exit code.

    `--version` is answered before anything is imported. The collector of cyclic garbage is off
    until a command has imported what it needs: it would walk over every module again and again.
    """
    arguments = sys.argv[1:]
    if arguments in (["--version"], ["-V"]):
        sys.stdout.write(f"symback {__version__}\n")
        return
    gc.disable()
    from symback.cli.app import run

    raise SystemExit(run(arguments))


if __name__ == "__main__":
    main()
