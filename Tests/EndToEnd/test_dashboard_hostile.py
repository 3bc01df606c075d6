"""Hostile texts in names and messages stand on the dashboard as they are, and nothing of them runs."""

import pytest
from playwright.sync_api import expect

from chromium import dashboard
from exporter import Exporter

PAYLOADS = [
    "<script>document.title='owned'</script>",
    "</script><script>document.title='owned'</script>",
    "<img src=x onerror=\"document.title='owned'\">",
    "<svg onload=alert(1)>",
    "\"><iframe srcdoc='<script>parent.document.title=1</script>'>",
    "<!--<script>",
    "]]><!--",
    "javascript:alert(1)",
    "{{constructor.constructor('alert(1)')()}}",
    "${alert(1)}",
    "&lt;b&gt;&amp;&#60;i&#62;",
    "<style>body{display:none}</style>",
    "<base href='//evil.test/'>",
    "<a href=\"javascript:alert(1)\">click</a>",
    "\u202e\u2066desrever\u2028line\u2029paragraph",
    "__proto__",
    "constructor",
    "toString",
    "';--\\\"\\u003cscript\\u003e",
    "%3Cscript%3Ealert(1)%3C/script%3E",
    "\ufeff\u200bzero width\ufffd\U0001f600",
]
LIST = "#{slug} [data-at={name}] .{part}"


def events(number, text):
    task = {"task_id": f"{text}{number}", "agent_name": text, "instruction_preview": text, "session_id": text}
    return [
        {"type": "tool.finished", "call_id": f"{text}{number}", "tool_name": text, "agent_name": text, "success": False,
         "duration_ms": 1, "error": text, "instruction_preview": text, "session_id": text},
        {"type": "error", "id": text, "category": "openai_api", "code": text, "message": text, "session_id": text,
         "stack_trace": text, "request_context": {text: text}},
        {"type": "task.started", **task},
        {"type": "task.progress", "task_id": f"{text}{number}", "current_step": text},
        {"type": "audio.stats", "session_id": text, "codec": text, "jitter_ms": 1},
    ]


def texts(page, slug, name, part):
    return page.locator(LIST.format(slug=slug, name=name, part=part)).evaluate_all(
        "elements => elements.map(element => element.textContent)")


@pytest.fixture(scope="module", params=["before", "after"])
def page(chromium, request):
    """The page over all payloads: told before it was opened, so that they stand in it, or after, by the stream."""
    with Exporter() as exporter:
        told = [event for number, text in enumerate(PAYLOADS) for event in events(number, text)]
        if request.param == "before":
            exporter.record(*told)
        with dashboard(chromium, exporter) as page:
            if request.param == "after":
                exporter.record(*told)
                expect(page.locator("#errors [data-at=recent] li")).to_have_count(len(PAYLOADS))
            yield page


def test_messages_and_codes_are_shown_as_they_are(page):
    newest = PAYLOADS[::-1]
    assert texts(page, "errors", "recent", "note") == newest
    assert texts(page, "errors", "recent", "name") == [f"openai_api:{text}" for text in newest]


def test_names_of_tools_and_agents_are_shown_as_they_are(page):
    newest = [f"{text} → {text}" for text in PAYLOADS[::-1]]
    assert texts(page, "tools", "recent", "name") == newest[:20]


def test_tasks_are_shown_as_they_are(page):
    assert set(texts(page, "amplifier", "tasks", "note")) == {f"“{text}”" for text in PAYLOADS}
    assert set(texts(page, "amplifier", "tasks", "st > b")) == set(PAYLOADS)
    assert set(texts(page, "amplifier", "tasks", "name")) == {f"initializing · {text}" for text in PAYLOADS} or set(
        texts(page, "amplifier", "tasks", "name")) == {f"executing · {text}" for text in PAYLOADS}


@pytest.mark.parametrize("number", range(len(PAYLOADS)))
def test_the_details_of_an_error_are_shown_as_they_are(page, number):
    text = PAYLOADS[number]
    page.locator("#errors [data-at=recent] a").nth(len(PAYLOADS) - 1 - number).click()
    expect(page.locator("#sheet")).to_be_visible()
    values = page.locator("#sheet dd").evaluate_all("elements => elements.map(element => element.textContent)")
    assert values[0] == text
    assert values[2:5] == [f"openai_api:{text}", text, text]
    assert values[-1] == text
    page.keyboard.press("Escape")
    expect(page.locator("#sheet")).to_be_hidden()


def test_no_element_and_no_title_came_of_them(page):
    assert page.evaluate("document.querySelectorAll('img, iframe, base, style, body script:not([type])').length") == 0
    assert page.evaluate("document.querySelectorAll('script').length") == 2
    expect(page).to_have_title("● Live – Amplifier Voice")
