import pytest

from exporter import Exporter

# Their comparisons are shown in detail like those of the tests.
pytest.register_assert_rewrite("effects", "expectations")


@pytest.fixture
def exporter():
    """An exporter that has seen nothing."""
    with Exporter() as exporter:
        yield exporter
