"""The scene of these tests."""

import pytest_asyncio

from tests.api import Api
from tests.people import People
from tests.volunteers.scene import Scene, set_scene


@pytest_asyncio.fixture(loop_scope="session")
async def scene(api: Api, people: People) -> Scene:
    """A team of a project with an activity, inside the test's transaction."""
    return await set_scene(api, people)
