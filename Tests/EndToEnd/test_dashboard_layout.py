"""SPEC section 7: the grid, its breakpoints and colours; and what the page weighs, asks for and moves."""

import gzip
import re
import threading

import pytest
from playwright.sync_api import expect

from chromium import dashboard
from dashboard_log import events
from exporter import Exporter
from test_dashboard_files import ASSETS, folder

PANELS = ["sessions", "latency", "tools", "errors", "audio", "amplifier"]
# Bytes of HTML, CSS and JavaScript, compressed.
HEAVIEST = 25_000
LARGEST_SHIFT = 0.005


@pytest.fixture(scope="module")
def exporter():
    with Exporter() as exporter:
        exporter.record(*events())
        yield exporter


def boxes(page):
    return {slug: page.locator(f"#{slug}").bounding_box() for slug in PANELS}


@pytest.mark.parametrize("width", [1920, 1280, 1201, 1200, 768])
def test_two_equal_columns_in_the_order_of_the_specification(chromium, exporter, width):
    with dashboard(chromium, exporter, viewport={"width": width, "height": 900}) as page:
        found = boxes(page)
        for left, right in zip(PANELS[::2], PANELS[1::2]):
            assert found[left]["y"] == found[right]["y"]
            assert found[left]["width"] == pytest.approx(found[right]["width"], abs=1)
            assert found[right]["x"] - found[left]["x"] - found[left]["width"] == pytest.approx(16, abs=0.1)
        for upper, lower in zip(PANELS, PANELS[2:]):
            assert found[lower]["y"] - found[upper]["y"] - found[upper]["height"] == pytest.approx(16, abs=0.1)
        assert all(280 <= box["height"] <= 400 for box in found.values())
        check_no_overflow(page)


# 320 wide and 256 high is 1280 by 1024 at 400 % (WCAG 2.2, 1.4.10).
@pytest.mark.parametrize("width, height", [(767, 900), (320, 900), (320, 256)])
def test_one_column_on_a_phone_and_at_a_zoom_of_400_percent(chromium, exporter, width, height):
    with dashboard(chromium, exporter, viewport={"width": width, "height": height}) as page:
        found = sorted(boxes(page).items(), key=lambda item: item[1]["y"])
        # What matters most comes first.
        assert [slug for slug, _ in found][:2] == ["sessions", "errors"]
        assert len({box["x"] for _, box in found}) == 1
        # The grid's greatest height is for the grid: here the page scrolls, not each panel in it.
        assert all(280 <= box["height"] for _, box in found)
        assert page.locator(".body").evaluate_all(
            "panels => panels.every(panel => panel.scrollHeight <= panel.clientHeight + 1)")
        assert page.locator(".panel").evaluate_all(
            "panels => panels.every(panel => panel.scrollHeight <= panel.clientHeight + 1)")
        check_no_overflow(page)
        page.get_by_role("button", name="Settings").click()
        buttons = page.locator("#top button:visible, .feed a:visible").all()
        assert len(buttons) > 2
        for button in buttons:
            assert button.bounding_box()["height"] >= 44


def check_no_overflow(page):
    """Nothing is wider than the page, and no panel scrolls sideways."""
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    wide = "panels => panels.filter(panel => panel.scrollWidth > panel.clientWidth + 1)"
    assert page.locator(".body").evaluate_all(f"{wide}.map(panel => panel.parentNode.id)") == []


def test_the_header_has_title_live_state_and_settings(chromium, exporter):
    with dashboard(chromium, exporter) as page:
        expect(page.locator("h1")).to_have_text("AMPLIFIER VOICE MONITORING DASHBOARD")
        expect(page.locator("#connection")).to_have_text(re.compile(r"^●Live\d\d:\d\d:\d\d$"))
        expect(page.locator("#settings")).to_be_hidden()
        page.get_by_role("button", name="Settings").click()
        expect(page.locator("#settings")).to_be_visible()


# SPEC section 7, "Color Coding", as the browser writes them.
COLORS = {
    "ok": "rgb(16, 185, 129)", "warning": "rgb(245, 158, 11)", "critical": "rgb(239, 68, 68)",
    "unknown": "rgb(107, 114, 128)", "active": "rgb(59, 130, 246)",
}


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_icons_have_the_colours_of_the_specification(chromium, exporter, theme):
    with dashboard(chromium, exporter, color_scheme=theme) as page:
        # Else the next message would put the status right again.
        page.keyboard.press("p")
        shown = page.locator("#overall").evaluate(
            """(status, kinds) => kinds.map(kind => {
              status.dataset.kind = kind;
              return [kind, getComputedStyle(status.querySelector("i")).color];
            })""", list(COLORS))
        assert dict(shown) == COLORS


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_all_text_can_be_read(chromium, exporter, theme):
    """The contrast of every text that is shown, by WCAG 2.2, 1.4.3."""
    with dashboard(chromium, exporter, color_scheme=theme) as page:
        texts = page.evaluate(CONTRASTS)
        assert len(texts) > 100
        assert [text for text in texts if text[1] < 4.5] == []


CONTRASTS = """
() => {
  const channels = color => color.match(/[\\d.]+/g).map(Number);
  const linear = c => c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4;
  const light = ([r, g, b]) => [r, g, b].map(c => linear(c / 255))
    .reduce((sum, c, index) => sum + c * [0.2126, 0.7152, 0.0722][index], 0);
  const behind = element => {
    const color = getComputedStyle(element).backgroundColor;
    return channels(color)[3] === 0 ? behind(element.parentElement) : channels(color);
  };
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  const found = [];
  while (walker.nextNode()) {
    const element = walker.currentNode.parentElement;
    // Icons carry no text; their words stand beside them.
    if (!walker.currentNode.textContent.trim() || element.matches("i, script, option")) continue;
    if (!element.checkVisibility()) continue;
    const [a, b] = [light(channels(getComputedStyle(element).color)), light(behind(element))].sort((a, b) => b - a);
    found.push([walker.currentNode.textContent.trim(), Math.round((a + 0.05) / (b + 0.05) * 100) / 100]);
  }
  return found;
}
"""


def test_the_page_is_light_to_load(exporter):
    page = exporter.request("GET", "/")
    html = re.sub(rb'(id="snapshot">).*(</script>)', rb"\1\2", page.body)
    assert len(html) < len(page.body)
    weights = {"index.html": len(gzip.compress(html))}
    # What the page names is loaded with it, and what keeps it live; the rest when somebody wants it.
    named = [name for name in ASSETS if f"{folder(page)}/{name}\"".encode() in page.body]
    assert named == ["app.js", "style.css"]
    for name in [*named, "live.js"]:
        answer = exporter.request("GET", f"/{folder(page)}/{name}", headers={"Accept-Encoding": "gzip"})
        weights[name] = len(answer.body)
    assert sum(weights.values()) <= HEAVIEST, weights


def test_the_first_paint_waits_for_the_page_and_one_style_sheet(chromium, exporter):
    with dashboard(chromium, exporter) as page:
        entries = page.evaluate(
            "performance.getEntriesByType('resource').map(entry => [entry.name, entry.renderBlockingStatus])")
        blocking = [name for name, status in entries if status == "blocking"]
        assert len(blocking) == 1 and blocking[0].endswith("/style.css")
        # The page itself, its style sheet, and its module, which the first paint need not wait for.
        assert [name.split("/")[-1] for name, _ in entries if "/assets/" in name][:2] == ["style.css", "app.js"]
        origin = f"http://{exporter.host}:{exporter.port}/"
        assert [name for name, _ in entries if not name.startswith((origin, "data:"))] == []
        # Modules are asked for once, each; nothing else is but the stream and what is polled.
        names = [name.removeprefix(origin) for name, _ in entries]
        assert len(names) == len(set(names))
        assert {name for name in names if not name.startswith(("assets/", "metrics/"))} == set()


def test_numbers_are_there_before_any_request_is_answered(chromium, exporter):
    with dashboard(chromium, exporter, network_may_fail=True) as page:
        page.route("**/metrics/**", lambda route: route.abort())
        page.reload(wait_until="domcontentloaded")
        expect(page.locator("#sessions .figure b")).to_have_text("8")
        expect(page.locator("#tools [data-at=recent] li")).to_have_count(20)


@pytest.mark.parametrize("start", ["empty", "filled"])
def test_five_seconds_of_live_numbers_move_nothing(chromium, start):
    with Exporter() as exporter:
        if start == "filled":
            exporter.record(*events())
        with dashboard(chromium, exporter) as page:
            stop = threading.Event()

            def send():
                number = 0
                while not stop.wait(0.1):
                    number += 1
                    exporter.record(*live_events(number))

            sender = threading.Thread(target=send)
            sender.start()
            try:
                page.wait_for_timeout(5_000)
                expect(page.locator("#errors [data-at=recent] li").first).to_contain_text("no. ")
            finally:
                stop.set()
                sender.join()
            shifts = page.evaluate("watched.shifts")
            assert sum(shift["value"] for shift in shifts) <= LARGEST_SHIFT, shifts


def live_events(number):
    yield {"type": "session.started", "session_id": f"more-{number}"}
    yield {"type": "latency.sample", "metric": "ttfa", "value_ms": 100 * number % 3000}
    yield {
        "type": "tool.finished", "call_id": f"more-{number}", "tool_name": f"tool-{number % 4}", "success": True,
        "duration_ms": 10 * number, "agent_name": f"agent-{number % 4}"}
    yield {"type": "error", "category": "openai_api", "code": "auth_error", "message": f"no. {number}"}
    yield {
        "type": "audio.stats", "session_id": f"more-{number}", "packet_loss_pct": number % 9,
        "jitter_ms": number % 60, "rtt_ms": number, "buffer_level_ms": number % 90}
    yield {"type": "task.started", "task_id": f"more-{number}", "agent_name": f"agent-{number % 5}"}
