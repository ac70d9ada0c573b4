"""What becomes of an error: a message for the user and an exit code."""

from __future__ import annotations

import errno
import os
import sys
import traceback
from collections.abc import Iterator
from contextlib import contextmanager

import typer

from symback.cli.limits import TimeIsUp
from symback.errors import Diagnostic, SymbackError
from symback.render.diagnostics import render_diagnostics

BUG, INTERRUPTED = 4, 130


@contextmanager
def user_errors() -> Iterator[None]:
    """Report whatever goes wrong inside on standard error, and leave with the exit code."""
    try:
        yield
    except (typer.Exit, typer.Abort, typer.BadParameter, SystemExit):
        raise
    except BaseException as error:
        code, diagnostics = failure(error)
        report(diagnostics)
        raise typer.Exit(code) from None


def report(diagnostics: tuple[Diagnostic, ...]) -> None:
    """Print faults to standard error; in colour on a terminal, unless NO_COLOR is set."""
    color = sys.stderr.isatty() and not os.environ.get("NO_COLOR")
    sys.stderr.write(render_diagnostics(diagnostics, color))


def failure(error: BaseException) -> tuple[int, tuple[Diagnostic, ...]]:
    """Return the exit code and the faults that an error stands for.

    A reader that has gone away is none (0); anything unforeseen is a bug (4), whose traceback is
    printed if SYMBACK_DEBUG is set.
    """
    match error:
        case SymbackError():
            return error.exit_code, error.diagnostics
        case TimeIsUp():
            return 3, (error.diagnostic,)
        case RecursionError():
            hint = "split long formulas into steps"
            return 3, (Diagnostic("E692", "the problem is nested too deeply", hint),)
        case KeyboardInterrupt():
            return INTERRUPTED, ()
        case BrokenPipeError():
            return 0, ()
        case OSError():
            return 2, (system_fault(error),)
        case ImportError() if not (error.name or "").startswith("symback"):
            hint = "install symback again, or allow it more memory"
            reason = str(error).strip().partition("\n")[0]
            return 2, (Diagnostic("E606", f"a library cannot be loaded: {reason}", hint),)
        case MemoryError():
            hint = "use smaller dimensions, or split the problem"
            return 3, (Diagnostic("E690", "the memory is exhausted", hint),)
    if os.environ.get("SYMBACK_DEBUG"):
        traceback.print_exception(error)
    message = f"a bug in symback: {type(error).__name__}: {error}"[:500]
    hint = "please report it with the file and what SYMBACK_DEBUG=1 prints"
    return BUG, (Diagnostic("E699", message, hint),)


def system_fault(error: OSError) -> Diagnostic:
    """Return what the operating system refused, in one sentence."""
    name = f"`{os.fsdecode(error.filename)}`" if error.filename is not None else "a file"
    match error.errno:
        case errno.ENOENT:
            kind = "folder" if name.endswith(("/`", f"{os.sep}`")) else "file"
            return Diagnostic("E601", f"there is no {kind} {name}", "check the path")
        case errno.EISDIR:
            return Diagnostic("E602", f"{name} is a folder", "name a file in it")
        case errno.EACCES | errno.EPERM | errno.EROFS:
            return Diagnostic("E603", f"{name} may not be read or written", "check its permissions")
        case errno.ENOSPC | errno.EDQUOT:
            return Diagnostic("E604", f"there is no space left to write {name}", "free some space")
        case errno.EEXIST:
            hint = "choose another name; nothing was overwritten"
            return Diagnostic("E612", f"{name} exists already", hint)
    reason = (error.strerror or type(error).__name__).lower()
    return Diagnostic("E605", f"{name} cannot be used: {reason}")
