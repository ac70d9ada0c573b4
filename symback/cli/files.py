"""Writing results: either the whole file is there or the old one is untouched."""

from __future__ import annotations

import errno
import os
import stat
import tempfile
from pathlib import Path

from symback.errors import Diagnostic, InputError


def write_whole(path: Path, content: str | bytes) -> None:
    """Write a file under a temporary name beside it, then move it into place.

    Devices and pipes are written directly. Raises: OSError.
    """
    data = content.encode("utf-8", "replace") if isinstance(content, str) else content
    target = Path(os.path.realpath(path))
    if target.exists() and not target.is_file():
        with open(target, "wb") as device:
            device.write(data)
        return
    if target.exists() and not os.access(target, os.W_OK):
        raise PermissionError(errno.EACCES, os.strerror(errno.EACCES), str(path))
    try:
        handle, name = tempfile.mkstemp(prefix=".symback-", dir=target.parent)
    except FileNotFoundError as error:
        folder = os.path.join(target.parent, "")
        raise FileNotFoundError(error.errno, error.strerror, folder) from None
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        os.chmod(name, _mode(target))
        os.replace(name, target)
    except BaseException as error:
        os.unlink(name)
        if isinstance(error, OSError) and error.filename in (None, name):
            raise type(error)(error.errno, error.strerror, str(path)) from None
        raise


def _mode(target: Path) -> int:
    """Return the permissions of the file that is replaced, or those of a new file."""
    if target.exists():
        return stat.S_IMODE(target.stat().st_mode)
    mask = os.umask(0)
    os.umask(mask)
    return 0o666 & ~mask


def write_new(path: Path, text: str) -> None:
    """Write a file that must not exist yet. Raises: FileExistsError, OSError."""
    with open(path, "x", encoding="utf-8") as file:
        file.write(text)


def refuse_inputs(output: Path | None, inputs: list[str]) -> None:
    """Raise InputError E611 if the output would replace a file that is read."""
    if output is None or not output.exists():
        return
    for name in inputs:
        if name != "-" and os.path.exists(name) and os.path.samefile(output, name):
            message = f"`{output}` is read and would be overwritten"
            raise InputError(Diagnostic("E611", message, "choose another name for `-o`"))
