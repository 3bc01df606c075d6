"""The state of the connection is always shown in words, old numbers look old, and the page comes back by itself."""

import re
import signal
from contextlib import contextmanager
from urllib.parse import unquote
from xml.etree import ElementTree

from playwright.sync_api import expect

from chromium import dashboard, expect_connection, skip
from exporter import Exporter
from waiting import wait_until

# The page's thresholds, and a second for its timer. Milliseconds.
DELAYED, WATCHDOG, GONE, LONGEST_WAIT = 8_000, 6_000, 15_000, 31_000
CLIENTS = "amplifier_voice_exporter_sse_clients"
STARTED = {"type": "session.started", "session_id": "one"}


@contextmanager
def stopped(exporter):
    exporter.process.send_signal(signal.SIGSTOP)
    try:
        yield
    finally:
        exporter.process.send_signal(signal.SIGCONT)


def active(page):
    return page.locator("#sessions .figure b")


# What stands around each number that says what it shows, and around that of each row.
MARKS = """
[...document.querySelectorAll(".panel :is([data-show], dd[data-at], .rows .value)")].map(element => [
  element.dataset.show?.split(" ")[0] ?? element.dataset.at ?? element.closest("li").dataset.key,
  ["::before", "::after"].map(place => getComputedStyle(element, place).content)
    .map(content => content === "none" ? "" : JSON.parse(content)).join(""),
])
"""


def test_a_frozen_exporter_is_seen_and_its_return_too(chromium, exporter):
    exporter.record(
        STARTED,
        {"type": "latency.sample", "metric": "session_create", "value_ms": 100},
        {"type": "tool.finished", "session_id": "one", "call_id": "c", "tool_name": "read_file", "success": True,
         "duration_ms": 50},
        {"type": "audio.stats", "session_id": "one", "codec": "opus", "bitrate_kbps": 48})
    with dashboard(chromium, exporter, network_may_fail=True) as page:
        with stopped(exporter):
            skip(page, DELAYED)
            expect_connection(page, "Delayed")
            expect(page.locator("#connection small")).to_have_text(re.compile(r"^\d+s$"))
            expect(page.locator("#sessions")).to_have_attribute("data-fresh", "stale")
            expect(page.locator("#sessions .age")).to_have_text(re.compile(r"^stale \d+s$"))
            skip(page, WATCHDOG)
            expect_connection(page, "Reconnecting")
            expect(page).to_have_title(re.compile("^⚠.* Reconnecting – Amplifier Voice$"))
            skip(page, GONE)
            expect(page.locator("#sessions")).to_have_attribute("data-fresh", "gone")
            expect(page.locator("#sessions .age")).to_have_text(re.compile(r"^as of \d\d:\d\d:\d\d$"))
            expect(page.locator("#overall b")).to_have_text("Unknown")
            skip(page, LONGEST_WAIT)
            expect(page.locator(".panel:not([data-fresh=gone])")).to_have_count(0)
            # The last number is still there, and none looks as if it were a number of now.
            expect(active(page)).to_have_text("1")
            marks = dict(page.evaluate(MARKS))
            assert marks["active_count"] == marks["calls_per_minute"] == marks["codec"] == "– ()"
            assert marks["session_create.p50"] == marks["read_file"] == "()"
            assert marks["usage.cost_total_usd"] == marks["tokens"] == ""
        skip(page, LONGEST_WAIT)
        expect_connection(page, "Live")
        expect(page.locator("#sessions")).to_have_attribute("data-fresh", "fresh")
        expect(page.locator("#overall b")).to_have_text("Healthy")


def icon(page):
    """The colour of the page's icon and its outline."""
    kind, svg = page.locator("link[rel=icon]").get_attribute("href").split(",", 1)
    assert kind == "data:image/svg+xml"
    path = ElementTree.fromstring(unquote(svg)).find("{http://www.w3.org/2000/svg}path")
    return path.get("fill"), path.get("d")


def test_the_tab_tells_the_state_by_word_shape_and_the_colour_of_the_specification(chromium):
    icons = {}
    with Exporter() as exporter, dashboard(chromium, exporter, network_may_fail=True) as page:
        def look(title):
            expect(page).to_have_title(f"{title} – Amplifier Voice")
            icons[title] = icon(page)

        look("● Live")
        page.keyboard.press("p")
        look("‖ Paused")
        page.keyboard.press("p")
        exporter.kill()
        look("⚠ Reconnecting")
        wait_until(lambda: skip(page, LONGEST_WAIT) or page.title().startswith("✗"), "the fourth try")
        look("✗ Disconnected")
    assert [color for color, _ in icons.values()] == ["#10B981", "#6B7280", "#F59E0B", "#EF4444"]
    assert len({outline for _, outline in icons.values()}) == 4


def test_another_exporter_on_the_same_port_is_found(chromium):
    with Exporter() as exporter:
        exporter.record(STARTED, {"type": "error", "category": "audio", "code": "codec_error", "message": "Gone."})
        with dashboard(chromium, exporter, network_may_fail=True) as page:
            expect(page.locator("#errors [data-at=recent] li")).to_have_count(1)
            exporter.kill()
            expect_connection(page, "Reconnecting")
            expect(page.locator("#connection small")).to_have_text(re.compile(r"^try \d+"))
            with Exporter("--web.listen-address", f"127.0.0.1:{exporter.port}") as second:
                expect_connection(page, "Live", 20_000)
                # What the first one knew is gone with it, at once and in what is polled.
                expect(page.locator("#errors [data-at=recent] li")).to_have_count(0)
                expect(active(page)).to_have_text("0")
                wait_until(
                    lambda: page.locator("#sessions dd[data-show^=total_today]").inner_text() == "0",
                    "the polled numbers of the second exporter")
                second.record(STARTED)
                expect(active(page)).to_have_text("1")


def test_an_exporter_that_stops_in_peace_says_so(chromium):
    with Exporter() as exporter:
        with dashboard(chromium, exporter, network_may_fail=True) as page:
            assert exporter.stop() == 0
            expect_connection(page, "Reconnecting", 2_000)


def test_where_the_stream_is_refused_the_page_polls(chromium, exporter):
    with dashboard(chromium, exporter, network_may_fail=True, allowed=["connection"]) as page:
        page.route("**/metrics/stream*", lambda route: route.fulfill(status=503, body="{}"))
        page.reload(wait_until="domcontentloaded")
        expect_connection(page, "Polling")
        expect(page.locator("#connection small")).to_have_text("every 10s")
        exporter.record(STARTED)
        expect(active(page)).to_have_text("1", timeout=15_000)
        page.unroute("**/metrics/stream*")
        expect_connection(page, "Live", 40_000)


def test_a_stream_without_an_answer_is_given_up(chromium, exporter):
    with dashboard(chromium, exporter, network_may_fail=True, allowed=["connection"]) as page:
        page.route("**/metrics/stream*", lambda route: route.fulfill(status=204))
        page.reload(wait_until="domcontentloaded")
        # 204 tells an EventSource never to come back.
        expect_connection(page, "Polling")
        page.unroute("**/metrics/stream*")
        expect_connection(page, "Live", 40_000)


def hide(page, is_hidden):
    page.evaluate(
        """isHidden => {
          Object.defineProperty(document, "hidden", { value: isHidden, configurable: true });
          document.dispatchEvent(new Event("visibilitychange"));
        }""", is_hidden)


def test_a_page_that_nobody_sees_lets_the_stream_go_after_a_minute(chromium, exporter):
    with dashboard(chromium, exporter) as page:
        hide(page, True)
        skip(page, 61_000)
        wait_until(lambda: exporter.sample(CLIENTS) == 0, "the end of the stream")
        exporter.record(STARTED)
        hide(page, False)
        expect_connection(page, "Live")
        expect(active(page)).to_have_text("1")


def test_a_kiosk_listens_on_and_keeps_the_screen_on(chromium, exporter):
    with dashboard(chromium, exporter) as page:
        page.context.add_init_script("""
          window.locks = [];
          Object.defineProperty(navigator, "wakeLock", { value: { request: async kind => {
            const lock = new EventTarget();
            lock.release = () => locks.push("released");
            locks.push(kind);
            return lock;
          } } });
        """)
        page.goto(f"http://{exporter.host}:{exporter.port}/?kiosk=1", wait_until="domcontentloaded")
        expect_connection(page, "Live")
        hide(page, True)
        skip(page, 61_000)
        exporter.record(STARTED)
        expect(active(page)).to_have_text("1")
        hide(page, False)
        assert page.evaluate("locks") == ["screen"]
        page.keyboard.press("k")
        assert page.evaluate("locks") == ["screen", "released"]
