"""What is behind the page: sheets with addresses of their own, which Back closes, and the view of one session."""

import re

import pytest
from playwright.sync_api import expect

from chromium import call, dashboard
from dashboard_log import events
from expectations import ago
from exporter import Exporter
from waiting import wait_until

MARKS = {
    "speech_end_detected": 0, "transcription_complete": 100, "llm_first_token": 250, "tts_first_byte": 300,
    "audio_playback_start": 350, "response_complete": 1500,
}


def life(session, offset=0):
    """A turn with marks, a tool call, a task, an error and reports of audio."""
    named = {"session_id": session}
    return [
        {**named, "type": "session.started"},
        *[{**named, "type": "turn.mark", "turn_id": f"turn of {session}", "mark": mark,
           "offset_ms": time + offset * (time > 0)} for mark, time in MARKS.items()],
        {**named, "type": "tool.finished", "call_id": f"call of {session}", "tool_name": f"tool of {session}",
         "success": True, "duration_ms": 2500},
        {**named, "type": "task.started", "task_id": f"task of {session}", "agent_name": f"agent of {session}"},
        {**named, "type": "error", "id": f"error of {session}", "category": "audio", "code": "codec_error",
         "message": f"message of {session}"},
        *[{**named, "type": "audio.stats", "packet_loss_pct": 1, "jitter_ms": jitter, "rtt_ms": 100}
          for jitter in (20, 30)],
    ]


def sheet(page):
    return page.locator("#sheet")


def address(page, exporter):
    return page.url.removeprefix(f"http://{exporter.host}:{exporter.port}")


@pytest.mark.parametrize(
    "key, hash, heading",
    [
        ("?", "#help", "Keyboard"), ("/", "#find", "Look at one session"),
        ("s", "#slowest", "Slowest turns of the last hour"),
        ("a", "#alerts", "What crossed a threshold in the last 24 hours"),
        ("c", "#numbers", "How the numbers are computed"),
    ])
def test_a_sheet_has_a_key_an_address_and_a_way_back(chromium, exporter, key, hash, heading):
    with dashboard(chromium, exporter) as page:
        page.keyboard.press(key)
        expect(sheet(page).locator("h2")).to_have_text(heading)
        assert address(page, exporter) == f"/{hash}"
        page.go_back()
        expect(sheet(page)).to_be_hidden()
        assert address(page, exporter) == "/"
        page.go_forward()
        expect(sheet(page)).to_be_visible()
        page.keyboard.press("Escape")
        expect(sheet(page)).to_be_hidden()
        expect(page).to_have_url(re.compile("/$"))
    with dashboard(chromium, exporter, f"/{hash}") as page:
        expect(sheet(page).locator("h2")).to_have_text(heading)
        sheet(page).get_by_role("button", name="Close").click()
        expect(page).to_have_url(re.compile("/$"))


def test_every_number_of_a_panel_says_how_it_is_computed(chromium, exporter):
    told = exporter.get_json("/metrics/numbers")["numbers"]
    with dashboard(chromium, exporter) as page:
        for slug in ["sessions", "latency", "tools", "errors", "audio", "amplifier"]:
            page.locator(f"#{slug} .how").click()
            expect(sheet(page).locator("h2")).to_have_text(f"How the numbers are computed: {slug}")
            queries = sheet(page).locator("code").all_inner_texts()
            assert queries == [number["promql"] for number in told if number["number"].startswith(f"{slug}.")]
            page.keyboard.press("Escape")
            expect(sheet(page)).to_be_hidden()


def test_the_bounds_of_the_numbers_are_those_that_judge(exporter):
    summary = exporter.get_json("/metrics/summary")
    bounds = ("target", "warning", "critical")
    judged = {
        f"{slug}.{field}": [status[bound] for bound in bounds]
        for slug, section in summary.items() for field, status in section.get("status", {}).items()}
    numbers = exporter.get_json("/metrics/numbers")["numbers"]
    told = {number["number"]: [number[bound] for bound in bounds] for number in numbers}
    assert len(judged) == 18
    assert {name: told[name] for name in judged} == judged


def test_the_slowest_turns_are_shown_mark_by_mark(chromium, exporter):
    exporter.record(*life("one"), *life("two", offset=700))
    with dashboard(chromium, exporter) as page:
        page.locator("#latency a[href='#slowest']").click()
        expect(sheet(page).locator("figcaption")).to_have_text([
            "Turn turn of two  TTFA 1.1s  full 2.2s", "Turn turn of one  TTFA 350ms  full 1.5s"])
        times = sheet(page).locator("figure").nth(1).locator("b").all_inner_texts()
        assert times == ["0ms", "100ms", "250ms", "300ms", "350ms", "1.5s"]
        sheet(page).get_by_role("link", name="two").click()
        expect(sheet(page)).to_be_hidden()
        expect(page.locator("#session .chip")).to_have_text("two ✕")


def test_marks_become_stretches(page_of_functions):
    times = {"b": 30, "a": 0, "none": None, "before": -5}
    marks = [{"mark": mark, "ms": time} for mark, time in times.items()]
    assert call(page_of_functions, "waterfall.js", "stretches", marks) == [
        {"name": "before", "from": -5, "length": 0, "at": -5}, {"name": "a", "from": -5, "length": 5, "at": 0},
        {"name": "b", "from": 0, "length": 30, "at": 30}]


@pytest.fixture(scope="module")
def page_of_functions(chromium):
    with Exporter() as exporter, dashboard(chromium, exporter) as page:
        yield page


def test_what_crossed_a_threshold_is_listed(chromium, exporter):
    with dashboard(chromium, exporter) as page:
        page.keyboard.press("a")
        expect(sheet(page)).to_contain_text("Nothing has crossed a threshold")
        page.keyboard.press("Escape")
        exporter.record(*4 * [{"type": "error", "category": "audio", "code": "codec_error", "message": "m"}])
        wait_until(lambda: exporter.get_json("/metrics/alerts")["alerts"], "the alert")
        page.keyboard.press("a")
        cells = sheet(page).locator("tbody td")
        expect(cells.nth(1)).to_have_text("errors.audio_per_minute")
        texts = [text.replace("\n", " ") for text in cells.all_inner_texts()[2:]]
        assert texts == ["✓ OK", "⚠ Warning", "0.8", "0.5"]


def test_the_numbers_behind_a_trend_are_a_table(chromium, exporter):
    exporter.record(*[{"type": "latency.sample", "metric": "ttfa", "value_ms": 700} for _ in range(30)])
    with dashboard(chromium, exporter) as page:
        page.locator("#latency a[href='#trend/latency']").click()
        rows = sheet(page).locator("table").first.locator("tbody tr")
        expect(rows).to_have_count(12)
        assert rows.last.locator("td").all_inner_texts()[1:] == ["700ms", "700ms", "30"]
        page.keyboard.press("Escape")
        page.locator("#errors a[href='#trend/errors']").click()
        expect(sheet(page).locator("tbody tr")).to_have_count(12)


def test_a_trend_goes_as_far_back_as_its_address_says(chromium, exporter):
    with dashboard(chromium, exporter, "/?range=15m#trend/errors") as page:
        expect(sheet(page).locator("h2")).to_have_text("Errors of the last 15 minutes")
        expect(sheet(page).locator("tbody tr")).to_have_count(3)
        expect(sheet(page).get_by_role("button", pressed=True)).to_have_text("15m")
        sheet(page).get_by_role("button", name="1h").click()
        expect(sheet(page).locator("tbody tr")).to_have_count(12)
        assert address(page, exporter) == "/?range=1h#trend/errors"
        page.reload(wait_until="domcontentloaded")
        expect(sheet(page).locator("tbody tr")).to_have_count(12)
    # A range that is none, or that this sheet does not have, is the widest.
    for range_ in ["24h", "x", "__proto__"]:
        with dashboard(chromium, exporter, f"/?range={range_}#trend/latency") as page:
            expect(sheet(page).locator("h2")).to_have_text("Latencies of the last hour")


@pytest.mark.parametrize("range_, numbers", [("15m", ["a"]), ("1h", ["a", "b"]), ("24h", ["a", "b", "c"])])
def test_what_is_older_than_the_range_is_left_out(chromium, exporter, range_, numbers):
    alerts = [
        {"number": number, "at": ago(60 * minutes).isoformat(), "from": "ok", "status": "warning", "value": 2,
         "threshold": 1} for number, minutes in [("a", 14), ("b", 59), ("c", 1439)]]
    turns = [
        {"session_id": None, "turn_id": alert["number"], "at": alert["at"], "ttfa_ms": 1, "turn_ms": 2, "marks": []}
        for alert in alerts]
    with dashboard(chromium, exporter) as page:
        page.route("**/metrics/alerts", lambda route: route.fulfill(json={"alerts": alerts}))
        page.route("**/metrics/latency/slowest", lambda route: route.fulfill(json={"turns": turns}))
        page.keyboard.press("a")
        sheet(page).get_by_role("button", name=range_).click()
        expect(sheet(page).locator("tbody td:nth-child(2)")).to_have_text(numbers)
        page.keyboard.press("Escape")
    if range_ != "24h":
        with dashboard(chromium, exporter) as page:
            page.route("**/metrics/latency/slowest", lambda route: route.fulfill(json={"turns": turns}))
            page.keyboard.press("s")
            sheet(page).get_by_role("button", name=range_).click()
            expect(sheet(page).locator("figcaption")).to_have_text(
                [re.compile(f"^Turn {number} ") for number in numbers])


def test_one_session_can_be_looked_at(chromium, exporter):
    exporter.record(*life("one"), *life("a b/ä?&#"))
    # A session that has ended is not found.
    with dashboard(chromium, exporter, network_may_fail=True) as page:
        page.keyboard.press("/")
        expect(sheet(page).locator(".sessions a")).to_have_count(2)
        sheet(page).get_by_role("link", name="a b/ä?&#").click()
        view = page.locator("#session")
        for name in ["turn", "tool", "agent", "message"]:
            expect(view).to_contain_text(f"{name} of a b/ä?&#")
        expect(view).to_contain_text("jitter 25ms")
        expect(view).not_to_contain_text("of one")
        expect(view.get_by_role("img", name="Jitter: now 30ms, 20ms to 30ms")).to_be_visible()
        # The lists of the panels are filtered too.
        expect(page.locator("#errors [data-at=recent] li")).to_have_count(1)
        expect(page.locator("#tools [data-at=recent] li")).to_have_count(1)
        expect(page.locator("#amplifier [data-at=tasks] li")).to_have_count(1)
        expect(page.locator("#amplifier [data-at=tasks] li")).to_contain_text("agent of a b/ä?&#")
        # News of the session comes by itself, also after a reload.
        page.reload(wait_until="domcontentloaded")
        expect(view).to_contain_text("turn of a b/ä?&#")
        exporter.record({
            "type": "error", "category": "audio", "code": "codec_error", "message": "more", "session_id": "a b/ä?&#"})
        expect(view).to_contain_text("more")
        exporter.record({"type": "session.ended", "session_id": "a b/ä?&#"})
        expect(view).to_contain_text("This session is not live, or not any more.")
        expect(view).to_contain_text("turn of a b/ä?&#")
        view.locator(".chip").click()
        expect(view).to_be_hidden()
        expect(page.locator("#errors [data-at=recent] li")).to_have_count(3)
        page.go_back()
        expect(view).to_be_visible()


def test_a_session_that_nobody_knows_says_so(chromium, exporter):
    with dashboard(chromium, exporter, "/?session=nobody", network_may_fail=True) as page:
        expect(page.locator("#session")).to_contain_text("This session is not live, or not any more.")
        expect(page.locator("#errors .feed + .empty")).to_be_visible()


def test_where_the_exporter_is_away_a_sheet_says_so(chromium, exporter):
    with dashboard(chromium, exporter, network_may_fail=True) as page:
        page.route("**/metrics/alerts", lambda route: route.abort())
        page.keyboard.press("a")
        expect(sheet(page)).to_contain_text("The exporter could not be asked.")


def test_a_record_that_is_not_kept_any_more_says_so(chromium, exporter):
    exporter.record(*events())
    with dashboard(chromium, exporter, "/#errors/gone") as page:
        expect(sheet(page)).to_contain_text("not among the last 50 any more")
    with dashboard(chromium, exporter, "/#tools/gone") as page:
        expect(sheet(page)).to_contain_text("not among the last 20 any more")
