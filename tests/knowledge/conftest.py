import pytest

from bot.knowledge import load


@pytest.fixture(scope="session")
def knowledge():
    return load()
