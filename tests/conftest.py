"""What all tests share: golden files are written only when that is asked for."""

import pytest


def pytest_addoption(parser):
    """Add `--update-golden`, which `make golden` gives."""
    parser.addoption("--update-golden", action="store_true", help="write golden files anew")


@pytest.fixture
def update_golden(request):
    """Whether golden files are written instead of compared."""
    return request.config.getoption("--update-golden")
