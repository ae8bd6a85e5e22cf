"""What all tests share: the option that lets the long ones run."""

from __future__ import annotations

import pytest
import structlog
from hypothesis import HealthCheck, settings

from bot import faults

settings.register_profile("unhurried", settings(), deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("unhurried")
"""How long an example takes says how busy the machine is; the whole test has its limit (pyproject.toml)."""


def pytest_addoption(parser):
    parser.addoption("--long", action="store_true", help="run the long forms too (many random kills, …)")


def pytest_configure(config):
    config.addinivalue_line("markers", "long: takes minutes; runs with --long only")


def pytest_collection_modifyitems(config, items):
    if not config.getoption("--long"):
        for item in items:
            if item.get_closest_marker("long"):
                item.add_marker(pytest.mark.skip(reason="long: runs with --long"))


@pytest.fixture(autouse=True)
def _faults_are_counted_from_nothing():
    faults.counted.clear()


@pytest.fixture(autouse=True)
def _logs_are_written_as_before():
    """A test that sets up logs does so for itself: what it captured is closed when the next one begins."""
    yield
    structlog.reset_defaults()
