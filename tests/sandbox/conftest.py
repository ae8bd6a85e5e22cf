from __future__ import annotations

import pytest

from tests.sandbox_server import running_sandbox


@pytest.fixture
async def sandbox():
    async with running_sandbox() as client:
        yield client
