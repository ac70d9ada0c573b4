"""`symback grade`: exit codes, order, bad sheets, folders, workers."""

import json
from pathlib import Path

import pytest

from symback.check.grading import Grader
from symback.cli.app import run
from symback.cli.grading import Job, Source, grade_within

PROBLEMS = Path(__file__).parents[2] / "problems"
PROBLEM = str(PROBLEMS / "7_1.yaml")
RIGHT = "answers:\n- dL_dz2: (y - t)/2\n- dL_dW2: outer(dL_dz2, h)\n"
WRONG = RIGHT.replace("(y - t)/2", "y - t")


@pytest.fixture
def folder(tmp_path):
    """Three sheets: a right one, one that is no sheet, a wrong one."""
    (tmp_path / "a.yaml").write_text(RIGHT)
    (tmp_path / "b.yaml").write_text("answers: 3")
    (tmp_path / "c.yaml").write_text(WRONG)
    return tmp_path


@pytest.mark.parametrize(("sheet", "code"), [("a", 0), ("b", 2), ("c", 1)])
def test_exit_codes(folder, sheet, code, capsys):
    """0 all right, 1 an answer is wrong, 2 a sheet cannot be read."""
    assert run(["grade", PROBLEM, str(folder / f"{sheet}.yaml")]) == code


def test_a_bad_sheet_is_named_and_the_rest_goes_on(folder, capsys):
    """A folder of sheets by two workers, in order; the highest exit code counts."""
    code = run(["grade", PROBLEM, str(folder), "--format", "json", "--jobs", "2"])

    out, err = capsys.readouterr()
    documents = [json.loads(line) for line in out.splitlines()]
    assert code == 2
    assert [Path(one["sheet"]).name for one in documents] == ["a.yaml", "b.yaml", "c.yaml"]
    assert documents[1]["errors"][0]["line"] == 1
    assert [a["verdict"] for a in documents[2]["answers"]] == ["wrong", "follow_through"]
    assert "b.yaml:1:10" in err


@pytest.mark.parametrize("form", ["text", "csv", "markdown", "latex", "html"])
def test_formats_go_to_a_file(folder, form, capsys):
    """`-o` writes the file and nothing else."""
    target = folder / "out.txt"
    sheets = [str(folder / "a.yaml"), str(folder / "c.yaml")]

    code = run(["grade", PROBLEM, *sheets, "-f", form, "-o", str(target)])

    assert (code, capsys.readouterr().out) == (1, "")
    assert "c.yaml" in target.read_text() or "perceptron" in target.read_text()


def test_a_problem_that_is_none(tmp_path, capsys):
    """The problem's faults are reported like everywhere."""
    bad = tmp_path / "bad.yaml"
    bad.write_text("given: {x: [1, 2]}\ndefine: {L: x @ y}\n")

    assert run(["grade", str(bad), str(tmp_path / "none.yaml")]) == 2
    assert "`y` is not defined" in capsys.readouterr().err


def test_a_folder_gets_a_file_for_each_sheet(folder, capsys):
    """Feedback for every student, and the class on standard output."""
    (folder / "more").mkdir()
    (folder / "more" / "a.yaml").write_text(RIGHT)
    target = folder / "feedback"
    sheets = [str(folder), str(folder / "more")]

    assert run(["grade", PROBLEM, *sheets, "-f", "html", "-o", f"{target}/"]) == 2
    out, _ = capsys.readouterr()
    assert sorted(path.name for path in target.iterdir()) == ["a-2.html", "a.html", "c.html"]
    assert "c.yaml" not in (target / "a.html").read_text()
    assert "3 sheets" in out


def test_one_sheet_that_hangs_is_stopped_and_named(folder, capsys, monkeypatch):
    """Here by killing a process, on a cluster in the thread of a worker."""
    sheet = str(folder / "c.yaml")
    job = Job(Source(PROBLEM, Path(PROBLEM).read_text()), sheet)
    assert grade_within(job, 60).code == 1

    def hang(grader, answers):
        while True:
            pass

    monkeypatch.setattr(Grader, "grade", hang)
    assert run(["grade", PROBLEM, sheet, "--timeout", "0.2"]) == 3
    assert f"error[E691]: stopped after 0.2 seconds\n  --> {sheet}:1:1" in capsys.readouterr().err
    graded = grade_within(job, 0.1)
    assert (graded.code, graded.faults[0].message) == (3, "stopped after 0.1 seconds")
