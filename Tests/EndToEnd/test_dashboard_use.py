"""What a person does with the dashboard: pause, keys, themes, kiosk, links, details, and what a screen reader hears."""

import json
import re
from datetime import datetime, timedelta

import pytest
from playwright.sync_api import expect

from chromium import dashboard, module, skip
from dashboard_log import events
from exporter import Exporter

ERROR = {"type": "error", "category": "audio", "code": "codec_error"}
STARTED = {"type": "session.started", "session_id": "one"}


def active(page):
    return page.locator("#sessions .figure b")


def first_error(page):
    return page.locator("#errors [data-at=recent] li").first


def test_a_pause_stops_the_page_and_nothing_is_lost(chromium, exporter):
    with dashboard(chromium, exporter) as page:
        ways = [page.locator("#pause").click, lambda: page.keyboard.press("p"), lambda: page.keyboard.press(" ")]
        for number, toggle in enumerate(ways):
            page.locator("#pause").blur()
            toggle()
            expect(page.locator("#connection b")).to_have_text("Paused")
            expect(page.locator("#pause")).to_have_attribute("aria-pressed", "true")
            exporter.record(
                {**STARTED, "session_id": f"{number}"},
                *[{**ERROR, "message": f"{number}, {index}"} for index in range(12)])
            expect(page.locator("#missed")).to_have_text("12 new errors")
            expect(active(page)).to_have_text(f"{number}")
            expect(page.locator("#errors [data-at=recent] li")).to_have_count(12 * number)
            toggle()
            expect(page.locator("#connection b")).to_have_text("Live")
            expect(active(page)).to_have_text(f"{number + 1}")
            expect(first_error(page)).to_contain_text(f"{number}, 11")
            expect(page.locator("#missed")).to_be_empty()


def test_the_help_sheet_names_the_keys(chromium, exporter):
    with dashboard(chromium, exporter) as page:
        page.keyboard.press("?")
        sheet = page.locator("#sheet")
        expect(sheet).to_be_visible()
        keys = sheet.locator("kbd").all_inner_texts()
        assert keys == ["p", "Space", "1", "6", "f", "/", "s", "a", "c", "t", "k", "←", "→", "Esc", "?"]
        # Behind the sheet the keys rest.
        page.keyboard.press("p")
        expect(page.locator("#connection b")).to_have_text("Live")
        page.keyboard.press("Escape")
        expect(sheet).to_be_hidden()


def test_a_number_goes_to_its_panel(chromium, exporter):
    with dashboard(chromium, exporter) as page:
        for key, slug in enumerate(["sessions", "latency", "tools", "errors", "audio", "amplifier"], start=1):
            page.keyboard.press(str(key))
            expect(page.locator(f"#{slug}")).to_be_focused()
            expect(page.locator(f"#{slug}")).to_be_in_viewport()
            assert page.url.endswith(f"#{slug}")
            assert page.locator(f"#{slug}").evaluate("panel => getComputedStyle(panel).outlineStyle") == "solid"


def test_a_panel_fills_the_screen_and_leaves_it(chromium, exporter):
    filling = "document.fullscreenElement?.id ?? null"
    with dashboard(chromium, exporter) as page:
        # Where no panel has the focus, none is meant.
        page.keyboard.press("f")
        assert page.evaluate(filling) is None
        page.keyboard.press("3")
        page.keyboard.press("f")
        page.wait_for_function(f"({filling}) === 'tools'")
        page.keyboard.press("f")
        page.wait_for_function(f"({filling}) === null")


def test_keys_with_modifiers_and_keys_that_were_switched_off_do_nothing(chromium, exporter):
    with dashboard(chromium, exporter) as page:
        page.keyboard.press("Control+p")
        page.keyboard.press("Alt+p")
        expect(page.locator("#connection b")).to_have_text("Live")
        page.locator("#menu").click()
        page.get_by_label("Single-key shortcuts").uncheck()
        page.keyboard.press("Escape")
        page.keyboard.press("p")
        expect(page.locator("#connection b")).to_have_text("Live")
        page.reload(wait_until="domcontentloaded")
        expect(page.locator("#connection b")).to_have_text("Live")
        page.keyboard.press("p")
        expect(page.locator("#connection b")).to_have_text("Live")


def background(page):
    return page.locator("body").evaluate("body => getComputedStyle(body).backgroundColor")


def test_themes_follow_the_system_the_key_and_the_address(chromium, exporter):
    with dashboard(chromium, exporter, color_scheme="dark") as page:
        dark = background(page)
        page.keyboard.press("t")
        light = background(page)
        assert page.locator("html").get_attribute("data-theme") == "light"
        assert light != dark
        page.keyboard.press("t")
        assert background(page) == dark
        page.reload(wait_until="domcontentloaded")
        assert page.locator("html").get_attribute("data-theme") == "dark"
    with dashboard(chromium, exporter, "/?theme=light", color_scheme="dark") as page:
        assert background(page) == light
        page.locator("#menu").click()
        page.get_by_role("button", name="Dark").click()
        assert background(page) == dark


def test_a_kiosk_has_no_chrome_but_the_state_of_the_connection(chromium, exporter):
    with dashboard(chromium, exporter, "/?kiosk=1") as page:
        for hidden in ["h1", "#pause", "#menu"]:
            expect(page.locator(hidden)).to_be_hidden()
        expect(page.locator("#connection")).to_be_visible()
        expect(page.locator("#overall")).to_be_visible()
        page.keyboard.press("k")
        expect(page.locator("h1")).to_be_visible()
        assert "kiosk" not in page.url


SIZES = "elements => elements.map(element => parseFloat(getComputedStyle(element).fontSize))"


@pytest.mark.parametrize("width, height, figure, word", [(1280, 720, 22, 10), (1920, 1080, 32, 15), (3840, 2160, 64, 30)])
def test_what_a_kiosk_shows_fills_the_screen_and_needs_no_hand(chromium, exporter, width, height, figure, word):
    exporter.record(*events())
    with dashboard(chromium, exporter, "/?kiosk=1", viewport={"width": width, "height": height}) as page:
        # Big type: so many pixels of the screen at least, in the figures and in what judges them.
        assert min(page.locator(".tiles dd:not(.st):visible").evaluate_all(SIZES)) >= figure
        assert min(page.locator(".st b:visible").evaluate_all(SIZES)) >= word
        assert page.locator("#main a:visible").count() == 0
        if height < 1080:
            return
        assert page.evaluate("document.documentElement.scrollHeight <= innerHeight")
        hidden = page.locator(".body").evaluate_all("panels => panels.map(panel => panel.scrollHeight - panel.clientHeight)")
        assert hidden == [0] * 6


def test_an_error_has_details_and_an_address_of_its_own(chromium, exporter):
    exporter.record(
        {**ERROR, "id": "e/1 ä", "message": "It broke.", "session_id": "one", "stack_trace": "line 1\nline 2",
         "request_context": {"attempt": 2}})
    with dashboard(chromium, exporter, permissions=["clipboard-read", "clipboard-write"]) as page:
        first_error(page).locator("a").click()
        expect(page.locator("#sheet")).to_be_visible()
        names = page.locator("#sheet dt").all_inner_texts()
        assert names == ["Error id", "Time", "Code", "Message", "Session", "Request context", "Stack trace"]
        expect(page.locator("#sheet dd").nth(6)).to_have_text("line 1\nline 2")
        page.get_by_role("button", name="Copy id", exact=True).click()
        expect(page.locator("#sheet").get_by_role("button", name="Copied")).to_be_visible()
        assert page.evaluate("navigator.clipboard.readText()") == "e/1 ä"
        address = page.url.removeprefix(f"http://{exporter.host}:{exporter.port}")
        assert address == "/#errors/e%2F1%20%C3%A4"
        page.keyboard.press("Escape")
        expect(page).to_have_url(re.compile("/$"))
    with dashboard(chromium, exporter, address) as page:
        expect(page.locator("#sheet dd").first).to_have_text("e/1 ä")


def test_an_address_that_leads_nowhere_opens_the_page(chromium, exporter):
    with dashboard(chromium, exporter) as page:
        for address in ["#errors/%", "#nothing", "#__proto__", "#latency/more", "#"]:
            page.evaluate("address => location.hash = address", address)
            page.reload(wait_until="domcontentloaded")
            expect(page.locator("#connection b")).to_have_text("Live")
            expect(page.locator("#sheet")).to_be_hidden()


def test_a_tool_call_has_details(chromium, exporter):
    exporter.record(
        {"type": "tool.finished", "call_id": "c1", "tool_name": "task", "agent_name": "bug-hunter", "success": False,
         "duration_ms": 1234, "error": "It broke.", "instruction_preview": "Find it."})
    with dashboard(chromium, exporter) as page:
        page.locator("#tools [data-at=recent] a").click()
        expect(page.locator("#sheet")).to_be_visible()
        values = page.locator("#sheet dd").all_inner_texts()
        assert [values[0], *values[2:]] == ["c1", "task", "bug-hunter", "Find it.", "1.2s", "Failed", "It broke."]


def test_the_cursor_of_a_trend_tells_the_values_of_a_column(chromium, exporter):
    exporter.record(*[{"type": "latency.sample", "metric": "ttfa", "value_ms": 700} for _ in range(30)])
    with dashboard(chromium, exporter) as page:
        trend = page.locator("#latency figure").first
        caption = trend.locator("figcaption")
        expect(caption).to_have_text("P95 now 700ms, peak 700ms")
        trend.locator("svg").focus()
        page.keyboard.press("ArrowLeft")
        expect(caption).to_have_text(re.compile(r"^\d\d:\d\d +P50 700ms +P95 700ms +n 30$"))
        page.keyboard.press("ArrowLeft")
        expect(caption).to_have_text(re.compile(r"^\d\d:\d\d +no data$"))
        page.keyboard.press("Escape")
        expect(caption).to_have_text("P95 now 700ms, peak 700ms")
        box = trend.locator("svg").bounding_box()
        page.mouse.move(box["x"] + box["width"] - 3, box["y"] + 10)
        expect(caption).to_have_text(re.compile("n 30$"))


def test_a_crossed_threshold_is_said_once_and_numbers_are_not(chromium, exporter):
    with dashboard(chromium, exporter) as page:
        live = page.locator("[aria-live], [role=status], [role=alert], [role=log]")
        assert live.evaluate_all("regions => regions.map(region => [region.id, region.ariaLive])") == [
            ["error-log", "off"], ["voice", None]]
        exporter.record(*[{**ERROR, "category": "openai_api", "message": "m"} for _ in range(30)])
        # Two announcements are ten seconds apart. After so long a silence the connection may be announced with it.
        skip(page, 11_000)
        expect(page.locator("#voice")).to_contain_text("ERROR RATES BY TYPE: Warning", timeout=25_000)
        expect(page.locator("#errors")).to_have_attribute("data-kind", re.compile("warning|critical"))


# When the page may speak first, and what its minute begins with.
BEGIN = datetime(2100, 1, 1)


def test_a_screen_reader_is_told_of_twenty_errors_a_minute_in_six_sentences(chromium, exporter):
    with dashboard(chromium, exporter) as page:
        shell = f"/{module(page, 'shell.js')}"
        # Without its timer the page does not miss the exporter's signs of life while the clock jumps.
        page.evaluate("for (let timer = 1; timer < 1000; timer++) clearInterval(timer)")
        page.clock.install(time=BEGIN - timedelta(minutes=1))
        page.clock.pause_at(BEGIN)
        page.evaluate("""
          window.said = [];
          new MutationObserver(() => said.push(document.getElementById("voice").textContent))
            .observe(document.getElementById("voice"), { childList: true });
        """)
        # Each changes the state of two panels.
        for number in range(20):
            page.evaluate(
                "async ([shell, sentences]) => sentences.forEach((await import(shell)).announce)",
                [shell, [f"{panel}: {number}" for panel in ["AUDIO QUALITY", "ERROR RATES BY TYPE"]]])
            page.clock.run_for(2_999)
        said = page.evaluate("said")
    # Of each panel the last, every ten seconds.
    assert said == [f"AUDIO QUALITY: {number}. ERROR RATES BY TYPE: {number}" for number in [0, 3, 6, 10, 13, 16]]


def test_new_errors_are_read_out_only_where_the_viewer_wants_that(chromium, exporter):
    with dashboard(chromium, exporter) as page:
        log = page.get_by_role("log", name="Recent Errors")
        expect(log).to_have_attribute("aria-live", "off")
        page.locator("#menu").click()
        page.get_by_label("Read new errors out").check()
        expect(log).to_have_attribute("aria-live", "polite")
        page.reload(wait_until="domcontentloaded")
        expect(log).to_have_attribute("aria-live", "polite")
        exporter.record({**ERROR, "message": "It broke."})
        expect(log).to_contain_text("It broke.")
        page.locator("#menu").click()
        page.get_by_label("Read new errors out").uncheck()
        expect(log).to_have_attribute("aria-live", "off")


def test_nothing_moves_for_who_wants_no_motion(chromium, exporter):
    exporter.record({"type": "task.started", "task_id": "t", "agent_name": "bug-hunter"})
    moving = "document.getAnimations().map(animation => animation.animationName)"
    with dashboard(chromium, exporter) as page:
        assert page.evaluate(moving) == ["pulse", "pulse"]
        page.keyboard.press("p")
        assert page.evaluate(moving) == []
    with dashboard(chromium, exporter, reduced_motion="reduce") as page:
        assert page.evaluate(moving) == []


def test_the_state_can_be_copied(chromium):
    with Exporter() as exporter:
        exporter.record(*events())
        with dashboard(chromium, exporter, permissions=["clipboard-read", "clipboard-write"]) as page:
            page.locator("#menu").click()
            page.get_by_role("button", name="Copy state as JSON").click()
            copied = json.loads(page.evaluate("navigator.clipboard.readText()"))
            assert copied["sessions"]["active_count"] == 8
            assert len(copied["errors"]["recent_errors"]) == len(exporter.get_json("/metrics/errors")["recent_errors"])


def test_the_menu_leads_to_the_other_views(chromium, exporter):
    with dashboard(chromium, exporter) as page:
        page.locator("#menu").click()
        expect(page.locator("#settings a[href^=metrics]").first).to_be_visible()
        links = page.locator("#settings a[href^=metrics]").evaluate_all(
            "links => links.map(link => link.getAttribute('href'))")
    assert {path: exporter.request("GET", f"/{path}").status for path in links} == {
        "metrics/summary": 200, "metrics/health": 200, "metrics": 200}
