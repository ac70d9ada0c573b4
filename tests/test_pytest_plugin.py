"""The pytest plugin: which files it takes, and what it says when an expectation fails."""

import os
import subprocess
import sys
from importlib.metadata import entry_points
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
PROBLEM = """\
given: {x: [1, 2]}
define: {L: sum(x**2)}
find:
  - part: a
    gradient: L
    expect: {x: [2, 4], 'x[1]': 5}
  - {value: L, expect: 5}
  - {value: 2*L, expect: 10}
"""


@pytest.fixture
def run_pytest(tmp_path):
    """Return a function that runs pytest in a folder with two problems and a broken one."""
    (tmp_path / "net.symback.yaml").write_text(PROBLEM)
    (tmp_path / "plain.yaml").write_text(PROBLEM.replace("5}", "4}", 1))
    (tmp_path / "broken.yaml").write_text("given: {x: 1}\ndefine: {L: y}\n")

    def run(*arguments):
        command = [sys.executable, "-m", "pytest", "-p", "no:cacheprovider", *arguments]
        if not entry_points(group="pytest11", name="symback"):
            command += ["-p", "symback.pytest_plugin"]
        environment = {**os.environ, "PYTHONPATH": str(ROOT)}
        done = subprocess.run(
            command, cwd=tmp_path, env=environment, capture_output=True, text=True, timeout=60
        )
        return done.returncode, done.stdout

    return run


def test_problems_by_their_ending(run_pytest):
    """An item for each expectation; a failure shows both values and the line."""
    code, out = run_pytest("-v")

    assert code == 1
    assert "net.symback.yaml::a:x PASSED" in out
    assert "net.symback.yaml::a:x[1] FAILED" in out
    assert "net.symback.yaml::value PASSED" in out
    assert "net.symback.yaml::value#2 PASSED" in out
    assert "plain.yaml" not in out
    failure = """\
dL_dx[1] (part a) is not what is expected
  --> {path}:6:33
   6 |     expect: {{x: [2, 4], 'x[1]': 5}}
     |                                 ^
  expected  5, which is 1 too large
  got       4
"""
    path = next(line for line in out.splitlines() if "--> " in line).split("--> ")[1]
    assert failure.format(path=path.rsplit(":", 2)[0]) in out


def test_files_that_are_named(run_pytest):
    """Any YAML file on the command line is taken for a problem."""
    assert run_pytest("plain.yaml")[0] == 0
    code, out = run_pytest("broken.yaml")

    assert code == 2
    assert "`y` is not defined" in out
