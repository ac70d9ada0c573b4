import json
import os
import signal
import subprocess
import sys
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

import pytest

import symback
from symback.cli.app import run
from symback.problem.catalogue import catalogue

pytestmark = pytest.mark.usefixtures("without_jax")

PROBLEM = """\
title: Squares
given: {x: [1, 2], a: {value: 3, note: factor}}
define: {L: a*sum(x**2)}
find:
  - {part: a, gradient: L, wrt: [x, a]}
  - {part: b, value: L}
"""
COMMANDS = [entry for entry in catalogue().values() if entry.stage == "command"]


@pytest.fixture
def folder(tmp_path, monkeypatch):
    """An empty folder with one problem, to be in."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "problem.yaml").write_text(PROBLEM)
    return tmp_path


def solve(capsys, *arguments):
    """Exit code, JSON documents and messages of `symback solve --format json`."""
    code = run(["solve", "--format", "json", *arguments])
    captured = capsys.readouterr()
    return code, [json.loads(line) for line in captured.out.splitlines()], captured.err


def symback_process(*arguments, **options):
    """Run the command in a process of its own."""
    command = [sys.executable, "-m", "symback", *arguments]
    root = str(Path(symback.__file__).parent.parent)
    environment = {**os.environ, "PYTHONPATH": root, **options.pop("env", {})}
    return subprocess.run(command, capture_output=True, env=environment, **options)


def test_version_is_that_of_the_package():
    """One version, wherever it is asked."""
    assert symback_process("--version").stdout.decode() == f"symback {symback.__version__}\n"
    assert run(["--version", "--help"]) == 0
    try:
        assert version("symback") == symback.__version__
    except PackageNotFoundError:
        text = (Path(symback.__file__).parent.parent / "pyproject.toml").read_text()
        assert f'version = "{symback.__version__}"' in text


def test_several_files_are_all_done(folder, capsys):
    """A fault in one file does not keep the others from being solved; the highest code counts."""
    (folder / "bad.yaml").write_text("given: {x: 1}\ndefine: {L: y}\n")

    code, documents, errors = solve(capsys, "bad.yaml", "problem.yaml", "absent.yaml")

    assert code == 2
    assert [d["file"] for d in documents] == ["bad.yaml", "problem.yaml", "absent.yaml"]
    assert documents[0]["errors"][0]["code"] == "E232"
    assert documents[0]["errors"][0]["column"] == 13
    assert documents[1]["results"][0]["value"] == [6.0, 12.0]
    assert documents[2]["errors"][0]["code"] == "E601"
    assert errors == ""


def test_solutions_as_text_stand_apart(folder, capsys):
    """An empty line is between two of them, none before the first or after the last."""
    assert run(["solve", "problem.yaml"]) == 0
    alone = capsys.readouterr().out

    assert run(["solve", "problem.yaml", "absent.yaml", "problem.yaml"]) == 2
    assert capsys.readouterr().out == f"{alone}\n{alone}"


def test_faults_go_to_standard_error(folder, capsys):
    """Text for people is a message, not a result."""
    (folder / "bad.yaml").write_text("given: {x: 1}\ndefine: {L: y}\n")

    code = run(["solve", "bad.yaml"])

    captured = capsys.readouterr()
    assert (code, captured.out) == (2, "")
    assert captured.err.startswith("error[E232]: `y` is not defined\n  --> bad.yaml:2:13\n")


def test_values_are_set(folder, capsys):
    """`--set` replaces values, checked like those of the file; declarations keep the rest."""
    code, documents, _ = solve(capsys, "--set", "x=[1, 1/2]", "--set", "a=2", "problem.yaml")
    assert (code, documents[0]["results"][0]["value"]) == (0, [4.0, 2.0])

    code, documents, _ = solve(capsys, "--set", "x=[1, [2]]", "problem.yaml")
    assert (code, documents[0]["errors"][0]["code"]) == (2, "E120")


def test_parts_and_results_are_selected(folder, capsys):
    """`--part` and `--only` narrow what is printed."""
    _, (document,), _ = solve(capsys, "--part", "b", "problem.yaml")
    assert [r["name"] for r in document["results"]] == ["L"]

    _, (document,), _ = solve(capsys, "--only", "dL_da", "problem.yaml")
    assert [r["name"] for r in document["results"]] == ["dL_da"]

    code, (document,), _ = solve(capsys, "--part", "c", "problem.yaml")
    assert (code, document["errors"][0]["hint"]) == (2, "its parts are a, b")


def test_expectations_of_results_that_are_left_out_say_nothing(folder, capsys):
    """`--only` with an expectation by the name of a step that is not asked for, and one that is."""
    (folder / "steps.yaml").write_text(
        "given: {a: 1, b: 2}\ndefine: {f: a + b, L: f**2}\n"
        "find: [{gradient: L, wrt: [f, a], expect: {f: 6, a: 7}}]\n"
    )

    run(["solve", "--only", "dL_da", "steps.yaml"])

    told = capsys.readouterr().out.partition("Expected otherwise\n")[2]
    assert told == "  dL_da, line 3: expected 7, but it is 6\n"


def test_output_is_written_whole(folder, capsys):
    """`-o` leaves standard output empty, and no temporary file behind."""
    code, documents, _ = solve(capsys, "-o", "out.json", "problem.yaml")

    assert (code, documents) == (0, [])
    assert json.loads((folder / "out.json").read_text())["title"] == "Squares"
    assert sorted(file.name for file in folder.iterdir()) == ["out.json", "problem.yaml"]


@pytest.mark.parametrize("entry", COMMANDS, ids=lambda entry: entry.code)
def test_wrong_commands_are_wrong_and_right_ones_right(entry, folder, capsys, monkeypatch):
    """The examples of E6xx, run in a folder with a problem, one that expects, and a function."""
    (folder / "checked.yaml").write_text(PROBLEM.replace("value: L", "value: L, expect: 15"))
    (folder / "backward.py").write_text("def gradients(x, a):\n    return 2*a*x, sum(x**2)\n")

    def run_line(line):
        settings, _, arguments = line.partition("symback ")
        monkeypatch.delenv("SYMBACK_TIME_LIMIT", raising=False)
        if settings:
            monkeypatch.setenv(*settings.strip().split("="))
        return run(arguments.split())

    assert run_line(entry.right) in ((0,) if "json" in entry.right else (0, 2))
    capsys.readouterr()

    assert run_line(entry.wrong) == 2
    captured = capsys.readouterr()
    assert entry.code in captured.out + captured.err
    assert (folder / "problem.yaml").read_text() == PROBLEM


def test_a_start_can_be_solved(folder, capsys):
    """What `symback new` writes is a problem without faults, and it never overwrites."""
    assert run(["new", "mine.yaml"]) == 0
    capsys.readouterr()
    code, documents, _ = solve(capsys, "mine.yaml")

    assert code == 0
    assert [r["name"] for r in documents[0]["results"]] == ["y", "L", "dL_dw", "dL_db"]
    assert run(["new", "mine.yaml"]) == 2
    assert "E612" in capsys.readouterr().err
    assert run(["new", "nowhere/mine.yaml"]) == 2


def test_standard_input_is_a_file(folder):
    """`-` reads the problem from standard input."""
    done = symback_process("solve", "--format", "json", "-", input=PROBLEM.encode())

    assert (done.returncode, json.loads(done.stdout)["file"]) == (0, "-")


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["sovle", "x"], "Did you mean 'solve'?"),
        (["solve", "x", "--fromat", "json"], "--format"),
        (["solve", "x", "--format", "jsno"], "'json'"),
        (["solve", "x", "--digits", "0"], "1<=x<=50"),
        (["solve"], "FILE"),
        (["explain", "E23"], "E230"),
    ],
)
def test_usage_errors_help(arguments, words, capsys):
    """Exit code 2, and what could be meant."""
    assert run(arguments) == 2
    assert words in capsys.readouterr().err


def test_explain_lists_and_explains(capsys):
    """All codes without an argument, one with it."""
    assert run(["explain"]) == 0
    assert "E232  a name that is not defined\n" in capsys.readouterr().out
    assert run(["explain", "e232"]) == 0
    assert "Right:" in capsys.readouterr().out


def test_the_schema_is_printed(capsys):
    """One JSON document."""
    assert run(["schema"]) == 0
    assert json.loads(capsys.readouterr().out)["title"] == "symback problem"


def test_a_closed_pipe_is_no_fault(folder):
    """Who reads only the first line gets no message."""
    command = f"{sys.executable} -m symback explain | head -n 1"
    root = str(Path(symback.__file__).parent.parent)
    done = subprocess.run(
        ["bash", "-c", f"set -o pipefail; {command}"],
        capture_output=True,
        env={**os.environ, "PYTHONPATH": root},
    )

    assert (done.returncode, done.stderr) == (0, b"")


def test_a_full_disk_is_one_line(folder):
    """/dev/full refuses every byte."""
    done = symback_process("solve", "--format", "json", "-o", "/dev/full", "problem.yaml")

    assert done.returncode == 2
    assert done.stderr.decode().startswith("error[E604]: there is no space left")
    assert b"Traceback" not in done.stderr


def test_standard_output_on_a_full_disk(folder):
    """The same for what is printed."""
    with open("/dev/full", "w") as full:
        command = [sys.executable, "-m", "symback", "schema"]
        root = str(Path(symback.__file__).parent.parent)
        environment = {**os.environ, "PYTHONPATH": root}
        done = subprocess.run(command, stdout=full, stderr=subprocess.PIPE, env=environment)

    assert done.returncode == 2
    assert b"E604" in done.stderr
    assert b"Traceback" not in done.stderr


def test_a_bug_is_one_line(folder, capsys, monkeypatch):
    """Anything unforeseen is exit code 4; the traceback only where it is asked for."""
    monkeypatch.setattr("symback.cli.solving.solve_file", lambda *_: 1 / 0)
    monkeypatch.delenv("SYMBACK_DEBUG", raising=False)
    assert run(["solve", "problem.yaml"]) == 4
    errors = capsys.readouterr().err
    assert errors.startswith("error[E699]: a bug in symback: ZeroDivisionError: division by zero\n")
    assert "Traceback" not in errors

    monkeypatch.setenv("SYMBACK_DEBUG", "1")
    assert run(["solve", "problem.yaml"]) == 4
    assert "Traceback" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("error", "code", "words"),
    [
        (KeyboardInterrupt(), 130, ""),
        (MemoryError(), 3, "E690"),
        (RecursionError(), 3, "E692"),
        (BrokenPipeError(), 0, ""),
        (
            ImportError("\n\nlibflint.so: failed to map\nmore"),
            2,
            "loaded: libflint.so: failed to map\n",
        ),
    ],
    ids=lambda one: type(one).__name__,
)
def test_interruptions_have_their_codes(folder, capsys, monkeypatch, error, code, words):
    """Interrupted is 130, out of memory a limit, a broken library no bug of ours."""

    def fail(*_):
        raise error

    monkeypatch.setattr("symback.cli.solving.solve_file", fail)

    assert run(["solve", "problem.yaml"]) == code
    assert words in capsys.readouterr().err


def test_an_interrupted_process_leaves_quietly(folder):
    """SIGINT while reading standard input: exit code 130 and no traceback."""
    root = str(Path(symback.__file__).parent.parent)
    with subprocess.Popen(
        [sys.executable, "-m", "symback", "solve", "-"],
        stdin=subprocess.PIPE,
        stderr=subprocess.PIPE,
        env={**os.environ, "PYTHONPATH": root},
        # A shell that starts the tests in the background has interrupts ignored below it.
        preexec_fn=lambda: signal.signal(signal.SIGINT, signal.SIG_DFL),
    ) as process:
        process.stdin.write(b"given: {}\n")
        process.stdin.flush()
        with pytest.raises(subprocess.TimeoutExpired):
            process.wait(1.5)
        process.send_signal(signal.SIGINT)
        errors = process.stderr.read()
        assert process.wait(5) == 130
    assert b"Traceback" not in errors
