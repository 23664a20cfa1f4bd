"""A desktop for each test, and the folder that its pictures go to."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.e2e import desktop as own


@pytest.fixture
def desktop() -> Iterator[own.Desktop]:
    yield from own.opened()


@pytest.fixture
def pictures() -> Path:
    return own.PICTURES
