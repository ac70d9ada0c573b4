"""Values kept in npy and csv files beside the problem; the only reader of such files."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from symback.errors import Diagnostic, InputError, LimitError
from symback.language.tree import Number
from symback.problem.model import ArrayFile, Value
from symback.problem.numbers import decimal, is_decimal

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

MAX_ENTRIES = 1 << 24
MAX_CSV_BYTES = 1 << 26
#: Up to here the decimals of a csv file are exact numbers, beyond they are float64.
MAX_EXACT = 10_000


def open_values(name: str, folder: Path | None) -> ArrayFile | Value:
    """Return the values in a file of the problem's folder: exact ones, or a reference.

    Raises: InputError E130 for a file outside the folder, missing or of another kind, E131 for
    content that is not a real array; LimitError E132 beyond 2**24 entries.
    """
    path = _inside(name, folder)
    if path.suffix == ".csv":
        return _open_csv(path, name)
    shape = _npy_shape(path, name)
    return ArrayFile(path, shape)


def read_array(file: ArrayFile) -> NDArray[np.float64]:
    """Return the float64 array in a file that `open_values` accepted.

    Raises: InputError E131 where an entry is not finite or the file has changed.
    """
    import numpy as np

    try:
        if file.path.suffix == ".csv":
            array = np.loadtxt(file.path, delimiter=",", dtype=np.float64).reshape(file.shape)
        else:
            array = np.load(file.path, allow_pickle=False).astype(np.float64)
    except (ValueError, OSError, EOFError) as error:
        raise _unreadable(file.path.name, "numbers") from error
    values: NDArray[np.float64] = array
    if array.shape != file.shape or not np.isfinite(array).all():
        raise _unreadable(file.path.name, "finite numbers of one shape")
    return values


def _inside(name: str, folder: Path | None) -> Path:
    """Return the path of a file of the problem's folder, symbolic links resolved."""
    hint = "put an npy or csv file beside the problem"
    if folder is None:
        message = "a problem from standard input has no folder to read files from"
        raise InputError(Diagnostic("E130", message, hint))
    if "\0" in name or Path(name).suffix not in (".npy", ".csv"):
        raise InputError(Diagnostic("E130", "values are read from npy and csv files", hint))
    path = (folder / name).resolve()
    if not path.is_relative_to(folder.resolve()):
        raise InputError(Diagnostic("E130", "the file is not in the problem's folder", hint))
    if not path.is_file():
        raise InputError(Diagnostic("E130", f"there is no file `{name}`", hint))
    return path


def _unreadable(name: str, what: str) -> InputError:
    hint = "write it with `numpy.save`, or as decimals and commas"
    return InputError(Diagnostic("E131", f"`{name}` does not hold {what}", hint))


def _bounded(count: int, name: str) -> None:
    if count > MAX_ENTRIES:
        message = f"`{name}` has {count} entries, {MAX_ENTRIES} are allowed"
        raise LimitError(Diagnostic("E132", message))


def _npy_shape(path: Path, name: str) -> tuple[int, ...]:
    import numpy as np

    try:
        array = np.load(path, mmap_mode="r", allow_pickle=False)
    except (ValueError, OSError, EOFError) as error:
        raise _unreadable(name, "an array of numbers") from error
    if array.dtype.kind == "c":
        hint = "numbers are real: real and imaginary parts need names of their own"
        raise InputError(Diagnostic("E131", f"`{name}` holds complex numbers", hint))
    if array.dtype.kind not in "fiub" or array.ndim > 16:
        raise _unreadable(name, "an array of real numbers")
    _bounded(array.size, name)
    return tuple(array.shape)


def _open_csv(path: Path, name: str) -> ArrayFile | Value:
    if path.stat().st_size > MAX_CSV_BYTES:
        message = f"`{name}` is larger than {MAX_CSV_BYTES >> 20} MiB"
        raise LimitError(Diagnostic("E132", message, "write it with `numpy.save`"))
    try:
        lines = path.read_text("utf-8-sig").split("\n")
    except UnicodeDecodeError as error:
        raise _unreadable(name, "text") from error
    rows = [line.split(",") for line in lines if line.strip()]
    width = len(rows[0]) if rows else 0
    if not rows or any(len(row) != width for row in rows):
        raise _unreadable(name, "rows of one length")
    _bounded(len(rows) * width, name)
    if len(rows) * width > MAX_EXACT:
        return ArrayFile(path, (len(rows), width) if width > 1 else (len(rows),))
    numbers = [tuple(_number(cell, name) for cell in row) for row in rows]
    return tuple(numbers) if width > 1 else tuple(row[0] for row in numbers)


def _number(cell: str, name: str) -> Number:
    text = cell.strip()
    value = decimal(text) if is_decimal(text) else None
    if value is None:
        raise _unreadable(name, "decimal numbers only")
    return value
