"""The dashboard of an exporter that has seen nothing: nothing absent looks like a number."""

import re
from datetime import datetime, timezone

import pytest

from chromium import dashboard
from dashboard_expectation import panels
from dashboard_reading import read
from exporter import Exporter


@pytest.fixture(scope="module")
def shown(chromium):
    with Exporter() as exporter:
        earliest = datetime.now(timezone.utc)
        summary = exporter.get_json("/metrics/summary")
        with dashboard(chromium, exporter) as page:
            yield read(page), page.locator("body").inner_text(), panels(summary, earliest, datetime.now(timezone.utc))


@pytest.mark.parametrize("slug", ["sessions", "latency", "tools", "errors", "audio", "amplifier"])
def test_a_panel_shows_what_the_json_says(shown, slug):
    assert shown[0][slug] == shown[2][slug]


def test_nothing_that_is_absent_is_shown_as_a_number(shown):
    text = shown[1]
    assert re.search(r"NaN|Infinity|undefined|null|\[object", text) is None
    assert re.search(r"\b0(\.0)?%|\b0(\.0)?m?s\b(?! ago)", text) is None


def test_every_list_says_that_it_is_empty(shown):
    lists = {name: rows for panel in shown[0].values() for name, rows in panel["lists"].items()}
    sentences = [rows for rows in lists.values() if isinstance(rows, str)]
    assert sorted(sentences) == [
        "No agent has had a task yet", "No errors in the last hour", "No errors yet", "No task is running",
        "No tool calls in the last hour", "No tool calls yet", "Nothing was delegated yet"]


def test_percentiles_have_no_data_and_no_bound(shown):
    latency = shown[0]["latency"]
    assert latency["figures"] == {name: 2 * ["–", ["○", "No data"]] for name in ("P50", "P95", "P99")}
    assert latency["trends"]["TTFA"]["columns"] == 0
