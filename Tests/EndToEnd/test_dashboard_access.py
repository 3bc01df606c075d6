"""The dashboard for who cannot see it well or uses no pointer: axe finds nothing, and the keyboard leads everywhere."""

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect

from chromium import dashboard, expect_connection
from dashboard_log import events
from exporter import Exporter
from test_dashboard_sheets import life


def nothing(page, exporter):
    pass


def fill(page, exporter):
    exporter.record(*events())
    expect(page.locator("#errors [data-at=recent] li").first).to_be_visible()


def pause(page, exporter):
    page.keyboard.press("p")
    expect_connection(page, "Paused")


def open_menu(page, exporter):
    page.locator("#menu").click()
    expect(page.locator("#settings a").first).to_be_visible()


def open_error(page, exporter):
    fill(page, exporter)
    page.locator("#errors .feed a").first.click()
    expect(page.locator("#sheet")).to_be_visible()


def open_numbers(page, exporter):
    page.locator("#latency .how").click()
    expect(page.locator("#sheet code").first).to_be_visible()


def open_slowest(page, exporter):
    exporter.record(*life("one"))
    page.keyboard.press("s")
    expect(page.locator("#sheet figure").first).to_be_visible()


def open_session(page, exporter):
    exporter.record(*life("one"))
    page.goto(f"http://{exporter.host}:{exporter.port}/?session=one")
    expect(page.locator("#session .waterfall")).to_be_visible()


def lose(page, exporter):
    exporter.kill()
    expect_connection(page, "Reconnecting")


STATES = [nothing, fill, pause, open_menu, open_error, open_numbers, open_slowest, open_session, lose]


@pytest.mark.parametrize("state", STATES, ids=lambda state: state.__name__)
def test_axe_finds_nothing_in_both_themes(chromium, state):
    with Exporter() as exporter:
        with dashboard(chromium, exporter, network_may_fail=True) as page:
            state(page, exporter)
            for theme in ("light", "dark"):
                page.emulate_media(color_scheme=theme)
                found = Axe().run(page).response["violations"]
                assert [(theme, each["id"], [node["html"] for node in each["nodes"]]) for each in found] == []
        exporter.kill()


def test_axe_finds_what_is_wrong(chromium, exporter):
    with dashboard(chromium, exporter) as page:
        page.evaluate("document.getElementById('pause').removeAttribute('aria-label');"
                      "document.getElementById('pause').replaceChildren()")
        assert [each["id"] for each in Axe().run(page).response["violations"]] == ["button-name"]


FOCUSED = """
() => {
  const element = document.activeElement;
  const { outlineStyle } = getComputedStyle(element);
  const box = element.getBoundingClientRect();
  window.reached = [...window.reached ?? [], element];
  return {
    isBody: element === document.body, isOutlined: outlineStyle !== "none",
    isInView: box.bottom > 0 && box.top < innerHeight && box.right > 0 && box.left < innerWidth,
    what: element.outerHTML.slice(0, 120),
  };
}
"""
NOT_REACHED = """
() => [...document.querySelectorAll("a[href], button, input, [tabindex='0']")]
  .filter(element => element.checkVisibility() && !window.reached.includes(element))
  .map(element => element.outerHTML.slice(0, 120))
"""


def test_the_keyboard_leads_to_everything_and_back(chromium, exporter):
    exporter.record(*events())
    with dashboard(chromium, exporter) as page:
        # A list that goes on while one walks has no end.
        page.keyboard.press("p")
        for _ in range(200):
            page.keyboard.press("Tab")
            focused = page.evaluate(FOCUSED)
            if focused["isBody"]:
                break
            assert focused["isOutlined"] and focused["isInView"], focused
        assert focused["isBody"], "the walk does not end"
        assert page.evaluate(NOT_REACHED) == []


IS_OUTSIDE = "document.activeElement !== document.body && document.activeElement.closest('#sheet') === null"


def test_a_sheet_keeps_the_focus_and_gives_it_back(chromium, exporter):
    exporter.record(*events())
    with dashboard(chromium, exporter) as page:
        row = page.locator("#errors .feed a").first
        row.focus()
        page.keyboard.press("Enter")
        expect(page.locator("#sheet")).to_be_visible()
        for _ in range(8):
            page.keyboard.press("Tab")
            assert page.evaluate(IS_OUTSIDE) is False
        page.keyboard.press("Escape")
        expect(page.locator("#sheet")).to_be_hidden()
        expect(row).to_be_focused()


@pytest.mark.parametrize("forced", ["active"])
def test_states_are_told_where_the_system_decides_about_colours(chromium, exporter, forced):
    exporter.record(*events())
    with dashboard(chromium, exporter, forced_colors=forced) as page:
        # Icon and word do not depend on colour; bars keep theirs.
        expect(page.locator("#latency [data-judge^=ttfa_p95]")).to_contain_text("Warning")
        expect(page.locator("#latency [data-judge^=ttfa_p95] i")).to_have_text("⚠")
        assert page.locator("#sessions .bar i").evaluate("bar => getComputedStyle(bar).forcedColorAdjust") == "none"
