"""What all tests share: golden files are written only when asked for, and no test is timed."""

import sys

import pytest
from hypothesis import settings

# How long an example takes depends on what else the machine does.
settings.register_profile("untimed", deadline=None)
settings.load_profile("untimed")


def pytest_addoption(parser):
    """Add `--update-golden`, which `make golden` gives."""
    parser.addoption("--update-golden", action="store_true", help="write golden files anew")


@pytest.fixture
def update_golden(request):
    """Whether golden files are written instead of compared."""
    return request.config.getoption("--update-golden")


@pytest.fixture
def without_jax(monkeypatch):
    """Hide JAX, which other tests load, from functions that fail with NumPy's arrays.

    They would be called with JAX's, and the threads that it starts do not bear forking.
    """
    monkeypatch.delitem(sys.modules, "jax.numpy", raising=False)
