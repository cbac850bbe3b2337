"""The scene of these tests."""

import pytest_asyncio

from tests.api import Api
from tests.grants.scene import Scene, set_scene
from tests.people import People


@pytest_asyncio.fixture(loop_scope="session")
async def scene(api: Api, people: People) -> Scene:
    """A street with a fund, a need and organisations, inside the test's transaction."""
    return await set_scene(api, people)
