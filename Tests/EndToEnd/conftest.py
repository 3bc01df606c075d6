import json

import pytest

# Their comparisons are shown in detail like those of the tests.
pytest.register_assert_rewrite("chromium", "effects", "expectations", "microphone")

from chromium import chromium, launch  # noqa: E402, F401
from exporter import Exporter  # noqa: E402


@pytest.fixture
def exporter():
    """An exporter that has seen nothing."""
    with Exporter() as exporter:
        yield exporter


@pytest.fixture
def configured(tmp_path):
    """Writes a configuration file, of a value or of a text as it is, and returns the flag and the file's path."""
    def write(content):
        file = tmp_path / "configuration.json"
        file.write_text(content if isinstance(content, str) else json.dumps(content))
        return "--config", str(file)
    return write
