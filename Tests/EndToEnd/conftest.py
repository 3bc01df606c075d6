import pytest

# Their comparisons are shown in detail like those of the tests.
pytest.register_assert_rewrite("chromium", "effects", "expectations")

from chromium import chromium  # noqa: E402, F401
from exporter import Exporter  # noqa: E402


@pytest.fixture
def exporter():
    """An exporter that has seen nothing."""
    with Exporter() as exporter:
        yield exporter
