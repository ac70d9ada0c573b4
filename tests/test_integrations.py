"""What other tools read from the repository: the pre-commit hook and the GitHub Action."""

import os
import re
import subprocess
from pathlib import Path

import yaml

ROOT = Path(__file__).parents[1]


def test_the_hook_runs_the_command_on_problems():
    """The hook's pattern matches problems by their ending and nothing else."""
    (hook,) = yaml.safe_load((ROOT / ".pre-commit-hooks.yaml").read_text())

    assert (hook["id"], hook["entry"]) == ("symback-check", "symback check --allow-empty")
    names = ["a.symback.yaml", "b/c.symback.yml", "d.yaml", "asymbackxyaml"]
    assert [name for name in names if re.search(hook["files"], name)] == names[:2]


def test_the_action_checks_and_reports(tmp_path):
    """Its script passes paths and options on, and fails where the check does."""
    path = ROOT / ".github" / "actions" / "symback-check" / "action.yml"
    steps = yaml.safe_load(path.read_text())["runs"]["steps"]
    script = next(step["run"] for step in steps if step.get("name") == "Check")
    command = tmp_path / "symback"
    command.write_text('#!/bin/sh\necho "$@"\ncase "$*" in *bad*) exit 1;; esac\n')
    command.chmod(0o755)

    def run(paths, **inputs):
        variables = {"SYMBACK_JOBS": "2", "SYMBACK_JUNIT": "", "SYMBACK_SARIF": "", **inputs}
        environment = {**os.environ, **variables, "SYMBACK_PATHS": paths}
        environment["PATH"] = f"{tmp_path}:{os.environ['PATH']}"
        shell = ["bash", "--noprofile", "--norc", "-eo", "pipefail", "-c", script]
        done = subprocess.run(shell, env=environment, capture_output=True, text=True)
        return done.returncode, done.stdout.splitlines()

    assert run("a b") == (0, ["check --jobs 2 --format github -- a b"])
    (tmp_path / "1.yml").touch()
    (tmp_path / "2.yml").touch()
    assert run(f"a\nb\n{tmp_path}/*.yml\n")[1][0].endswith(
        f"-- a b {tmp_path}/1.yml {tmp_path}/2.yml"
    )
    code, lines = run("bad", SYMBACK_SARIF="s.json", SYMBACK_JUNIT="j.xml")
    assert (code, lines) == (
        1,
        [
            "check --jobs 2 --format sarif --output s.json -- bad",
            "check --jobs 2 --junit j.xml --format github -- bad",
        ],
    )
