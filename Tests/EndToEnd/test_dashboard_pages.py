"""All pages of a browser share one stream, and lose nothing when the page that listens is closed."""

from contextlib import contextmanager

from playwright.sync_api import expect

from chromium import TIMEOUT, dashboard, expect_connection
from waiting import wait_until

CLIENTS = "amplifier_voice_exporter_sse_clients"


@contextmanager
def another(page, exporter):
    """Another page of the same browser."""
    other = page.context.new_page()
    other.set_default_timeout(TIMEOUT)
    other.goto(f"http://{exporter.host}:{exporter.port}/", wait_until="domcontentloaded")
    expect_connection(other, "Live")
    yield other
    other.close()


def tell(exporter, text):
    exporter.record({"type": "error", "category": "audio", "code": "codec_error", "message": text})


def messages(page):
    return page.locator("#errors .feed .note").all_inner_texts()


def test_pages_share_one_stream(chromium, exporter):
    with dashboard(chromium, exporter) as first, another(first, exporter) as second, another(first, exporter) as third:
        for number in range(3):
            tell(exporter, f"{number}")
            for page in (first, second, third):
                expect(page.locator("#errors .feed .note").first).to_have_text(f"{number}")
        assert exporter.sample(CLIENTS) == 1


def test_another_page_takes_over_and_misses_nothing(chromium, exporter):
    with dashboard(chromium, exporter) as first:
        tell(exporter, "0")
        with another(first, exporter) as second, another(first, exporter) as third:
            told = ["0"]
            for page in (first, second):
                tell(exporter, f"{len(told)}")
                told.insert(0, f"{len(told)}")
                page.close() if page is not first else page.goto("about:blank")
                tell(exporter, f"{len(told)}")
                told.insert(0, f"{len(told)}")
                wait_until(lambda: exporter.sample(CLIENTS) == 1, "the stream of another page")
                wait_until(lambda: messages(third) == told, f"all messages: {told}")
                expect_connection(third, "Live")


def test_where_the_browser_has_no_locks_each_page_listens(chromium, exporter):
    with dashboard(chromium, exporter) as first:
        first.context.add_init_script("Object.defineProperty(navigator, 'locks', { value: undefined })")
        with another(first, exporter) as second:
            tell(exporter, "one")
            for page in (first, second):
                expect(page.locator("#errors .feed .note").first).to_have_text("one")
            assert exporter.sample(CLIENTS) == 2
