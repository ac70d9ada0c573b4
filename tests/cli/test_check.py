"""`symback check`: exit codes, reports in every format, files that cannot be checked, updates."""

import io
import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path
from xml.etree import ElementTree

import pytest

from symback.cli.app import run
from symback.cli.walking import problems_under

pytestmark = pytest.mark.usefixtures("without_jax")

GOOD = """\
given: {x: [1, 2]}
define: {L: sum(x**2)}
find:
  - {gradient: L, expect: {x: [2, 4]}}
"""
BAD = """\
# a comment that stays
title: "Right & <wrong>"
given: {x: [1, 2], y: 0.3}
define: {L: sum(x**2)*y}
find:
  - part: a
    gradient: L          # spaced out
    wrt: [x, y]
    expect:
      x:  [0.6,   1.3]
      y: '4 + 2'
  - {gradient: L, wrt: x, expect: 3*x*y}
"""
BROKEN = "given: {x: [1, 2]}\ndefine: {L: sum(z)}\n"


@pytest.fixture
def check(folder, monkeypatch, capfd):
    """Return a function that runs the command in the folder: exit code, output, messages."""
    monkeypatch.chdir(folder)

    def run_check(*arguments, stdin=""):
        monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(stdin.encode())))
        code = run(["check", *arguments])
        return code, *capfd.readouterr()

    return run_check


@pytest.fixture
def folder(tmp_path):
    """A folder with a right, a wrong and a broken problem, a sheet, and a hidden file."""
    (tmp_path / "good.yaml").write_text(GOOD)
    (tmp_path / "bad.yml").write_text(BAD)
    (tmp_path / "more").mkdir()
    (tmp_path / "more" / "broken.yaml").write_text(BROKEN)
    (tmp_path / "more" / "sheet.yaml").write_text("answers: [{L: 1}]\n")
    (tmp_path / ".hidden.yaml").write_text(GOOD)
    return tmp_path


def test_all_is_well(folder, check):
    """Exit code 0 and one line."""
    assert check("good.yaml") == (0, "1 of 1 expectation holds in 1 file\n", "")


def test_failures_are_lines_and_exit_1(folder, check):
    """What, expected, got, by how much, where."""
    code, out, _ = check("bad.yml")

    assert code == 1
    assert out.splitlines() == [
        "wrong bad.yml:10:19: dL_dx[1] (part a): expected 1.3, got 1.2"
        " (1.3 is 0.1 too large; 1 of 2 entries differ)",
        "wrong bad.yml:11:10: dL_dy (part a): expected 4 + 2, got 5 (4 + 2 is 1 too large)",
        "wrong bad.yml:12:35: dL_dx: expected 3*x*y, got 2*(x*y)"
        " (at the given values entry [0] is 0.9, not 0.6)",
        "0 of 3 expectations hold in 1 file",
    ]


def test_a_folder_is_walked_and_the_highest_code_counts(folder, check):
    """Problems are found by their key `given`; others are counted."""
    code, out, _ = check(".")

    assert code == 2
    assert "error[E" in out
    assert out.splitlines()[-1].endswith("1 file could not be checked; 1 other YAML file skipped")


def test_nothing_to_check_exits_2(folder, check):
    """No problem, or none that expects anything."""
    (folder / "plain.yaml").write_text("given: {x: 1}\ndefine: {L: x**2}\n")
    for path in ("plain.yaml", "more/sheet.yaml"):
        code, out, err = check(path)
        assert (code, out) == (2, "") or "error[" in out + err

    (folder / "empty").mkdir()
    code, out, err = check("empty")

    assert (code, out) == (2, "")
    assert "nothing to check: no problem files" in err


def test_files_without_expectations_may_be_accepted(folder, check):
    """Before a commit whatever is staged is checked; a folder without problems is still a slip."""
    (folder / "plain.yaml").write_text("given: {x: 1}\ndefine: {L: x**2}\nfind: [{value: L}]\n")
    (folder / "empty").mkdir()

    code, out, err = check("plain.yaml", "--allow-empty")

    assert (code, err) == (0, "")
    assert out == "0 of 0 expectations hold in 1 file; 1 file without `expect`\n"
    assert check("empty", "--allow-empty")[0] == 2
    assert check("plain.yaml", "bad.yml", "--allow-empty")[0] == 1


def test_json_is_a_document_a_line(folder, check):
    """Every expectation with its place; faults as in `solve`."""
    code, out, _ = check("good.yaml", "bad.yml", "more/broken.yaml", "-f", "json")
    good, bad, broken = map(json.loads, out.splitlines())

    assert code == 2
    assert (good["passed"], good["failed"]) == (1, 0)
    assert [one["passed"] for one in bad["checks"]] == [False, False, False]
    assert (bad["checks"][0]["line"], bad["checks"][0]["got"]) == (10, "1.2")
    assert broken["errors"][0]["line"] == 2


def test_junit_report(folder, check):
    """Well-formed XML with counts, a suite a file; nothing that XML cannot hold."""
    (folder / "odd\x0b.yaml").write_text(GOOD)
    check(".", "--junit", "report.xml")
    root = ElementTree.parse(folder / "report.xml").getroot()

    assert (root.get("tests"), root.get("failures"), root.get("errors")) == ("6", "3", "1")
    assert len(root.findall("testsuite")) == 4


def test_annotations_for_github(folder, check):
    """One `::error` a failure, with file, line and column."""
    code, out, _ = check("bad.yml", "--format", "github")

    assert code == 1
    assert out.startswith("::error file=bad.yml,line=10,col=19,title=expectation::dL_dx[1]")
    assert out.splitlines()[-1].startswith("::notice title=symback::0 of 3 expectations hold")


def test_sarif_has_what_services_need(folder, check):
    """Version, tool, rules, and a location for every result."""
    _, out, _ = check("bad.yml", "more/broken.yaml", "--format", "sarif")
    document = json.loads(out)
    run = document["runs"][0]

    assert (document["version"], run["tool"]["driver"]["name"]) == ("2.1.0", "symback")
    rules = {rule["id"] for rule in run["tool"]["driver"]["rules"]}
    assert {result["ruleId"] for result in run["results"]} <= rules
    region = run["results"][0]["locations"][0]["physicalLocation"]["region"]
    assert region == {"startLine": 10, "startColumn": 19, "endColumn": 22}


def test_a_file_that_takes_too_long_is_stopped_and_named(folder, check):
    """The others are still checked; the exit code is that of a limit."""
    (folder / "slow.py").write_text("def slow(**given):\n    while True: pass\n")
    arguments = ("good.yaml", "--against", "slow:slow", "--timeout", "2")
    code, out, _ = check(*arguments)

    assert code == 3
    assert "error[E691]: stopped after 2 seconds\n  --> good.yaml:1:1" in out


def test_update_writes_right_values_and_nothing_else(folder, check):
    """Comments, spaces and quotes stay; the file then passes."""
    code, out, _ = check("bad.yml", "--update")
    text = (folder / "bad.yml").read_text()

    assert (code, out.splitlines()[-1]) == (
        0,
        "3 of 3 expectations hold in 1 file; 3 values updated",
    )
    assert text == BAD.replace("1.3]", "1.2]").replace("4 + 2", "5").replace("3*x*y", "2*(x*y)")
    assert check("bad.yml")[0] == 0


def test_update_keeps_line_ends_and_a_byte_order_mark(folder, check):
    """Bytes that are not corrected are the same bytes."""
    raw = b"\xef\xbb\xbf" + GOOD.replace("[2, 4]", "[2, 5]").replace("\n", "\r\n").encode()
    (folder / "good.yaml").write_bytes(raw)
    check("good.yaml", "--update")

    assert (folder / "good.yaml").read_bytes() == raw.replace(b"[2, 5]", b"[2, 4]")


def test_update_keeps_block_scalars_and_writes_as_many_digits_as_are_asked_for(folder, check):
    """A formula in a block stays in it; a value passes the tolerance of its entry."""
    text = GOOD.replace("sum(x**2)", "exp(sum(x**2))") + (
        "    tolerance: 1e-9\n  - gradient: L\n    expect: >-\n      3*x\n        *L\n"
        "  - value: L\n    expect: 1.5\n"
    )
    text = text.replace("{gradient: L, expect: {x: [2, 4]}}", "gradient: L\n    expect: [2, 4]")
    (folder / "good.yaml").write_text(text)

    assert check("good.yaml", "--update")[0] == 0
    values = "[296.826318, 593.652636]"
    right = text.replace("[2, 4]", values).replace("3*x\n        *L", "2*(L*x)")
    assert (folder / "good.yaml").read_text() == right.replace("1.5", "148.413")
    assert check("good.yaml")[0] == 0


def test_a_file_that_cannot_be_written_is_reported_and_the_others_are_updated(
    folder, check, monkeypatch
):
    """A read-only file stays as it is, though its folder could be written to."""
    (folder / "fixed.yaml").write_text(BAD)
    access = os.access
    refused = os.path.realpath(folder / "fixed.yaml")
    monkeypatch.setattr(os, "access", lambda p, mode: str(p) != refused and access(p, mode))
    code, out, _ = check("fixed.yaml", "bad.yml", "--update")

    assert code == 2
    assert "error[E603]: `fixed.yaml` may not be read or written\n  --> fixed.yaml:1:1" in out
    assert (folder / "fixed.yaml").read_text() == BAD
    assert "3 values updated; 1 file could not be checked" in out


def test_standard_input(folder, check):
    """`-` is read once, by the parent."""
    assert check("-", stdin=GOOD)[:2] == (0, "1 of 1 expectation holds in 1 file\n")


def test_against_a_function(folder, check):
    """The module is found in the current folder; what it prints does not spoil the report."""
    (folder / "mine.py").write_text("def grad(x):\n    print('noise')\n    return 3*x\n")
    code, out, _ = check("good.yaml", "--against", "mine:grad", "-f", "json")

    assert code == 1
    assert json.loads(out)["checks"][0]["name"] == "dL_dx[1]"
    assert check("good.yaml", "--against", "mine.py:nothing")[0] == 2


def test_folders_are_walked_in_order(folder):
    """Sorted, hidden files left out, files named twice taken once, braces understood."""
    (folder / "braces.yaml").write_text("{title: t, given: {x: 1}, define: {L: x}}\n")
    found = problems_under([str(folder), str(folder / "good.yaml")])

    names = [str(Path(name).relative_to(folder)) for name in found.names]
    assert names == ["bad.yml", "braces.yaml", "good.yaml", "more/broken.yaml"]
    assert found.skipped == 1


def test_an_interrupt_ends_it_at_once(folder):
    """Exit code 130, and no worker is left behind."""
    script = "import pathlib, time\ndef slow(**given):\n    pathlib.Path('on').touch()\n"
    (folder / "slow.py").write_text(script + "    while True: time.sleep(1)\n")
    root = str(Path(__file__).parents[2])
    command = [sys.executable, "-m", "symback", "check", "good.yaml", "--against", "slow:slow"]
    environment = {**os.environ, "PYTHONPATH": root}
    restore = "import signal, os, sys; signal.signal(signal.SIGINT, signal.default_int_handler); "
    command[1:1] = ["-c", restore + "os.execv(sys.argv[1], sys.argv[1:])", sys.executable]
    with subprocess.Popen(command, cwd=folder, env=environment, stderr=subprocess.PIPE) as process:
        deadline = time.monotonic() + 30
        while not (folder / "on").exists() and time.monotonic() < deadline:
            time.sleep(0.05)
        process.send_signal(signal.SIGINT)
        code = process.wait(10)
        assert process.stderr is not None
        messages = process.stderr.read()

    assert code == 130
    assert b"Traceback" not in messages


JAX = """\
import jax

@jax.jit
def right(x):
    return x.at[0].multiply(1.0) * 2

def wrong(x):
    return jax.grad(lambda x: (x**3).sum())(x)
"""


@pytest.mark.slow
@pytest.mark.parametrize(("function", "code"), [("right", 0), ("wrong", 1)])
def test_functions_in_jax_are_compared(folder, function, code):
    """In a process of its own: JAX has threads, which the tests here must not fork with."""
    (folder / "mine.py").write_text(JAX)
    command = [sys.executable, "-m", "symback", "check", "good.yaml", "--against", "mine:"]
    command[-1] += function
    environment = {**os.environ, "PYTHONPATH": str(Path(__file__).parents[2])}
    done = subprocess.run(command, cwd=folder, env=environment, capture_output=True, timeout=60)

    assert done.returncode == code
