"""What all tests share: golden files are written only when asked for, and no test is timed."""

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
