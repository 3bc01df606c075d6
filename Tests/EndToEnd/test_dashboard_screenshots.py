"""Pictures of the page for people to look at, in all widths and themes: `.build/screenshots`."""

import struct
from pathlib import Path

import pytest
from playwright.sync_api import expect

from chromium import dashboard, expect_connection
from dashboard_log import events
from exporter import Exporter
from realtime_call import conversation

FOLDER = Path(__file__).resolve().parents[2] / ".build/screenshots"
WIDTHS = [320, 768, 1280, 1920]


@pytest.fixture(scope="module")
def exporter():
    with Exporter() as exporter:
        exporter.record(*events(), *conversation("one"))
        yield exporter


def picture(page, name):
    """Takes the whole page. The width of the picture and how many bytes it has."""
    FOLDER.mkdir(parents=True, exist_ok=True)
    content = page.screenshot(path=FOLDER / f"{name}.png", full_page=True)
    assert content.startswith(b"\x89PNG")
    return struct.unpack(">I", content[16:20])[0], len(content)


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("width", WIDTHS)
def test_the_page_is_pictured(chromium, exporter, width, theme):
    with dashboard(chromium, exporter, viewport={"width": width, "height": 900}, color_scheme=theme) as page:
        expect(page.locator("#latency figcaption").first).not_to_be_empty()
        shown, size = picture(page, f"{width}-{theme}")
    assert shown == width
    # An empty page has a tenth of that.
    assert size > 40_000


def test_a_kiosk_is_pictured(chromium, exporter):
    with dashboard(chromium, exporter, "/?kiosk=1&theme=dark", viewport={"width": 1920, "height": 1080}) as page:
        assert picture(page, "1920-dark-kiosk")[0] == 1920


def test_a_lost_connection_is_pictured(chromium):
    with Exporter() as exporter:
        exporter.record(*events())
        with dashboard(chromium, exporter, network_may_fail=True, color_scheme="dark") as page:
            exporter.kill()
            expect_connection(page, "Reconnecting")
            page.evaluate("const now = Date.now; Date.now = () => now() + 60_000")
            expect(page.locator("#latency")).to_have_attribute("data-fresh", "gone")
            assert picture(page, "1280-dark-lost")[0] == 1280


def test_forced_colours_are_pictured(chromium, exporter):
    with dashboard(chromium, exporter, forced_colors="active") as page:
        assert picture(page, "1280-forced-colours")[0] == 1280
