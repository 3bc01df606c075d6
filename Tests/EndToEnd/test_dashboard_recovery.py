"""The page over a connection that others decide about: refusals end in a state in words and in a recovery, cuts lose
and repeat nothing, and a page that is older than the exporter begins anew.

A long run: `RECONNECTS=1000 Tests/run -k forced_reconnects`.
"""

import re
import signal
import time

import pytest
from playwright.sync_api import expect

from chromium import call, dashboard, expect_connection, module
from exporter import Exporter
from gate import gate
from test_stream_replay import RECONNECTS
from waiting import wait_until

STARTED = {"type": "session.started", "session_id": "one"}
# The longest waits before the first tries are 1, 2 and 4 s. Milliseconds.
SOME_TRIES = 20_000


def active(page):
    return page.locator("#sessions .figure b")


@pytest.mark.parametrize("status, word", [(401, "Signed out"), (503, "Reconnecting"), (204, "Reconnecting")])
def test_what_refuses_everything_is_seen_and_its_end_too(chromium, exporter, status, word):
    with gate(exporter) as proxy, dashboard(chromium, proxy, network_may_fail=True) as page:
        proxy.refuse(status)
        expect_connection(page, word)
        expect(page).to_have_title(re.compile(f" {word} – Amplifier Voice$"))
        expect(page.locator("#connection a")).to_be_visible(visible=status == 401)
        exporter.record(STARTED)
        proxy.open()
        expect_connection(page, "Live", SOME_TRIES)
        expect(active(page)).to_have_text("1")
        expect(page.locator("#connection a")).to_be_hidden()


def test_who_is_signed_out_signs_in_where_the_page_is(chromium, exporter):
    with gate(exporter) as proxy, dashboard(chromium, proxy, "/?session=one#errors", network_may_fail=True) as page:
        # What the page loads later is there.
        expect(page.locator("#session .body")).to_contain_text("not live")
        proxy.refuse(401)
        expect_connection(page, "Signed out")
        proxy.open()
        page.locator("#connection a").click()
        expect_connection(page, "Live")
        assert page.url.endswith("/?session=one")


def test_where_only_the_stream_is_refused_the_page_polls_until_it_is_not(chromium, exporter):
    """A proxy that limits connections, for instance."""
    with dashboard(chromium, exporter, network_may_fail=True, allowed=["connection"]) as page:
        page.route("**/metrics/stream*", lambda route: route.fulfill(status=401, body="{}"))
        page.reload(wait_until="domcontentloaded")
        expect_connection(page, "Polling")
        page.unroute("**/metrics/stream*")
        expect_connection(page, "Live", 40_000)


def test_a_frozen_exporter_is_seen_within_twelve_seconds_and_its_return_within_three(chromium, exporter):
    with dashboard(chromium, exporter, network_may_fail=True) as page:
        exporter.process.send_signal(signal.SIGSTOP)
        try:
            begin = time.monotonic()
            expect_connection(page, "Delayed", 12_000)
            expect(page.locator("#sessions")).to_have_attribute("data-fresh", "stale", timeout=12_000)
            seen = time.monotonic() - begin
            expect_connection(page, "Reconnecting", 20_000)
        finally:
            exporter.process.send_signal(signal.SIGCONT)
        begin = time.monotonic()
        expect_connection(page, "Live")
        back = time.monotonic() - begin
    print(f"frozen: seen after {seen:.1f} s (budget 12 s), live {back:.1f} s after its return (budget 3 s)")
    assert seen <= 12
    assert back <= 3


def test_an_exporter_that_was_restarted_is_found_within_three_seconds(chromium):
    with Exporter() as exporter, dashboard(chromium, exporter, network_may_fail=True) as page:
        exporter.kill()
        expect_connection(page, "Reconnecting")
        with Exporter("--web.listen-address", f"127.0.0.1:{exporter.port}"):
            begin = time.monotonic()
            expect_connection(page, "Live")
            back = time.monotonic() - begin
    print(f"live {back:.1f} s after the restart (budget 3 s)")
    assert back <= 3


NOTES = """
() => {
  window.notes = [];
  const seen = new Set();
  const look = () => {
    for (const row of [...document.querySelectorAll("#errors .feed li")].reverse()) {
      if (!seen.has(row)) notes.push(row.querySelector(".note").textContent);
      seen.add(row);
    }
  };
  new MutationObserver(look).observe(document.querySelector("#errors .feed"), { childList: true });
  look();
}
"""


def test_forced_reconnects_of_a_page_show_each_error_once(chromium, exporter):
    with gate(exporter) as proxy, dashboard(chromium, proxy, network_may_fail=True) as page:
        page.evaluate(NOTES)
        told = 0
        for _ in range(RECONNECTS):
            proxy.cut()
            for _ in range(3):
                exporter.record({"type": "error", "category": "audio", "code": "codec_error", "message": f"{told}"})
                told += 1
            # Else the waits grow.
            wait_until(
                lambda: page.evaluate("dispatchEvent(new Event('online')), notes.length") >= told, f"{told} errors")
        assert page.evaluate("notes") == [f"{number}" for number in range(told)]


@pytest.mark.parametrize("address", ["/", "/?kiosk=1"])
def test_a_page_of_an_older_exporter_begins_anew(chromium, exporter, address):
    with gate(exporter) as proxy, dashboard(chromium, proxy, address, network_may_fail=True) as page:
        page.evaluate("window.isOld = true")
        expect(page.locator("#renew")).to_be_hidden()
        proxy.rewrite = lambda data: re.sub(rb'("build":"[^"]*)[^"](")', rb"\1~\2", data)
        if "kiosk" in address:
            with page.expect_navigation(timeout=SOME_TRIES):
                proxy.cut()
        else:
            proxy.cut()
            expect(page.locator("#renew")).to_be_visible(timeout=SOME_TRIES)
            page.locator("#renew").click()
        expect_connection(page, "Live")
        assert page.evaluate("window.isOld") is None
        expect(page.locator("#renew")).to_be_hidden()


def test_a_page_that_lacks_what_is_wanted_offers_a_fresh_one(chromium, exporter):
    with dashboard(chromium, exporter, network_may_fail=True) as page:
        page.route("**/sheets.js", lambda route: route.abort())
        page.keyboard.press("?")
        expect(page.locator("#renew")).to_have_text("Incomplete: reload")
        page.unroute("**/sheets.js")
        page.locator("#renew").click()
        expect(page.locator("#renew")).to_be_hidden()
        expect_connection(page, "Live")
        page.keyboard.press("?")
        expect(page.locator("#sheet")).to_be_visible()


@pytest.mark.parametrize(
    "now, random, night",
    [
        ("2026-03-01T12:00:00Z", 0, "2026-03-02T03:30:00Z"), ("2026-03-01T12:00:00Z", 0.5, "2026-03-02T04:00:00Z"),
        ("2026-03-01T01:00:00Z", 1, "2026-03-01T04:30:00Z"), ("2026-12-31T03:30:00Z", 0, "2027-01-01T03:30:00Z"),
    ],
)
def test_a_kiosk_loads_its_page_again_at_night(chromium, exporter, now, random, night):
    with dashboard(chromium, exporter) as page:
        found = page.evaluate(
            """async ([module, now, random]) => {
              const { nextNight } = await import(module);
              return new Date(nextNight(Date.parse(now), () => random)).toISOString().replace(".000", "");
            }""",
            [f"/{module(page, 'renewal.js')}", now, random])
        assert found == night


@pytest.mark.parametrize("known, told, is_outdated", [("", "1", False), ("1", "1", False), ("1", "2", True)])
def test_only_another_build_makes_a_page_old(chromium, exporter, known, told, is_outdated):
    with dashboard(chromium, exporter) as page:
        assert call(page, "renewal.js", "isOutdated", known, told) is is_outdated
