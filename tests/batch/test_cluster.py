"""Grading on a real Dask cluster of two workers, with the results of grading here."""

import gc
import warnings
from pathlib import Path

import pytest

from symback.cli.grading import GradeOptions, grade_sheets

PROBLEMS = Path(__file__).parents[2] / "problems"

distributed = pytest.importorskip("distributed")
pytest.importorskip("joblib")


@pytest.mark.slow
@pytest.mark.filterwarnings("ignore")
def test_a_cluster_grades_as_one_process_does(capsys, tmp_path):
    """The same documents in the same order."""
    right = tmp_path / "right.yaml"
    right.write_text("answers:\n- dL_dz2: (y - t)/2\n")
    sheets = [str(PROBLEMS / "answers" / "7_1.yaml"), str(right)]
    problem = str(PROBLEMS / "7_1.yaml")
    with (
        warnings.catch_warnings(),
        distributed.LocalCluster(
            n_workers=2, threads_per_worker=1, dashboard_address=None
        ) as cluster,
    ):
        address = cluster.scheduler_address
        code = grade_sheets(problem, sheets, GradeOptions("json", dask=address))
    there = capsys.readouterr().out

    assert code == grade_sheets(problem, sheets, GradeOptions("json", jobs=1))
    assert capsys.readouterr().out == there
    assert len(there.splitlines()) == 2
    gc.collect()
