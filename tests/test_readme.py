"""README.md: its console blocks show what is printed, and its picture is drawn by symback."""

import doctest
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
README = ROOT / "README.md"
BLOCK = re.compile(r"^```console\n\$ (.*)\n((?:.*\n)*?)```$", re.MULTILINE)
PICTURE = ROOT / "problems" / "7_2.svg"


@pytest.fixture(scope="session")
def shell(tmp_path_factory):
    """Return a function that runs a command line in the root folder, with this `symback`."""
    folder = tmp_path_factory.mktemp("bin")
    program = folder / "symback"
    program.write_text(f'#!/bin/sh\nexec "{sys.executable}" -m symback "$@"\n')
    program.chmod(0o755)
    path = os.pathsep.join([str(folder), os.environ["PATH"]])

    def run(command):
        done = subprocess.run(
            ["sh", "-c", command],
            cwd=ROOT,
            env={**os.environ, "PATH": path, "PYTHONPATH": str(ROOT), "PYTHONIOENCODING": "utf-8"},
            stdin=subprocess.DEVNULL,
            capture_output=True,
            encoding="utf-8",
        )
        assert done.stderr == ""
        return done.stdout

    return run


def test_the_blocks_show_what_is_printed(shell, update_golden):
    """Each console block holds one command and exactly its output."""
    text = README.read_text("utf-8")

    found = BLOCK.sub(lambda block: f"```console\n$ {block[1]}\n{shell(block[1])}```", text)
    if update_golden:
        README.write_text(found, "utf-8")

    assert README.read_text("utf-8") == found
    assert len(BLOCK.findall(text)) == text.count("```console")


def test_the_picture_is_drawn_by_symback(shell, update_golden):
    """The picture is what the command beside it draws."""
    (command,) = re.findall(r"`(symback graph [^`]+)`", README.read_text("utf-8"))

    drawn = shell(command)
    if update_golden:
        PICTURE.write_text(drawn, "utf-8")

    assert PICTURE.read_text("utf-8") == drawn


def test_python_shows_what_is_shown(monkeypatch):
    """The lines at Python's prompt give what stands below them."""
    monkeypatch.chdir(ROOT)
    (session,) = re.findall(r"```python\n(>>> .*?)```", README.read_text("utf-8"), re.DOTALL)
    example = doctest.DocTestParser().get_doctest(session, {}, "README.md", str(README), 0)

    assert doctest.DocTestRunner().run(example).failed == 0


def test_links_lead_somewhere():
    """Every relative link and picture names a file or folder of the project."""
    links = re.findall(r"\]\(([^)#:]+)(?:#[\w-]+)?\)", README.read_text("utf-8"))

    assert links
    assert [link for link in links if not (ROOT / link).exists()] == []


def test_the_entry_shown_is_a_real_one():
    """The example of a function's entry stands in the table as it is shown."""
    (shown,) = re.findall(r"```python\n( .*?)```", README.read_text("utf-8"), re.DOTALL)
    sources = (ROOT / "symback" / "functions").glob("*.py")

    assert any(shown in source.read_text("utf-8") for source in sources)


def test_every_target_is_in_the_makefile():
    """What the README tells to make can be made."""
    targets = set(re.findall(r"`make ([a-z-]+)", README.read_text("utf-8")))
    known = set(re.findall(r"^([a-z-]+):", (ROOT / "Makefile").read_text("utf-8"), re.MULTILINE))

    assert targets <= known
