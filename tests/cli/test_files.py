import os
import stat

import pytest

from symback.cli.files import refuse_inputs, write_new, write_whole
from symback.cli.guard import system_fault
from symback.errors import InputError


def test_a_file_is_replaced_with_its_permissions(tmp_path):
    """The content is new, the mode the old one; a new file has the usual mode."""
    target = tmp_path / "a.txt"
    write_whole(target, "one")
    assert stat.S_IMODE(target.stat().st_mode) & 0o600 == 0o600
    target.chmod(0o640)

    write_whole(target, "zwei ½")

    assert target.read_text("utf-8") == "zwei ½"
    assert stat.S_IMODE(target.stat().st_mode) == 0o640
    assert [file.name for file in tmp_path.iterdir()] == ["a.txt"]


def test_a_link_stays_a_link(tmp_path):
    """Writing through a symbolic link replaces what it points to."""
    (tmp_path / "a").write_text("old")
    os.symlink(tmp_path / "a", tmp_path / "link")

    write_whole(tmp_path / "link", b"new")

    assert (tmp_path / "link").is_symlink()
    assert (tmp_path / "a").read_text() == "new"


def test_a_failure_leaves_the_old_file(tmp_path, monkeypatch):
    """Nothing half written, no temporary file, and the error names the target."""
    target = tmp_path / "a.txt"
    target.write_text("old")

    def full(_):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(OSError) as caught:
        write_whole(target, "new")

    assert caught.value.filename == str(target)
    assert target.read_text() == "old"
    assert [file.name for file in tmp_path.iterdir()] == ["a.txt"]


def test_a_missing_folder_is_named(tmp_path):
    """The error is about the folder that is not there."""
    with pytest.raises(FileNotFoundError) as caught:
        write_whole(tmp_path / "no" / "a.txt", "x")

    assert caught.value.filename == f"{tmp_path / 'no'}/"
    assert system_fault(caught.value).message == f"there is no folder `{tmp_path / 'no'}/`"


def test_devices_are_written_directly():
    """There is nothing to move into place."""
    write_whole(os.devnull, "x")


def test_new_files_never_replace(tmp_path):
    """A file that exists is an error."""
    write_new(tmp_path / "a", "x")

    with pytest.raises(FileExistsError):
        write_new(tmp_path / "a", "y")


def test_an_input_is_not_an_output(tmp_path):
    """Also by another path to the same file."""
    file = tmp_path / "a"
    file.write_text("x")

    with pytest.raises(InputError):
        refuse_inputs(tmp_path / "." / "a", ["-", str(file)])
    refuse_inputs(tmp_path / "b", [str(file)])
    refuse_inputs(None, [str(file)])
