"""Grading on a real Dask cluster of two workers, with the results of grading here."""

import gc
import re
import warnings
from pathlib import Path

import pytest

from symback.batch.cluster import run_on_cluster
from symback.cli.grading import GradeOptions, grade_sheets
from symback.errors import InputError

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


@pytest.mark.parametrize(
    ("address", "message"),
    [
        ("nowhere", "`nowhere` is no address of a Dask cluster"),
        ("", "`` is no address of a Dask cluster"),
        ("tcp://127.0.0.1", "`tcp://127.0.0.1` is no address of a Dask cluster"),
        ("pigeon://127.0.0.1:1", "Dask does not know the protocol `pigeon`"),
        ("inproc://127.0.0.1:1", "Dask does not know the protocol `inproc`"),
        ("tls://127.0.0.1:1", "`tls` needs certificates, and Dask has none"),
    ],
)
def test_an_address_that_is_none_is_an_error_of_one_line(address, message):
    """It is told before Dask makes a client, which would be left half made."""
    with pytest.raises(InputError, match=re.escape(message)):
        list(run_on_cluster(str, ["a"], address))
