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
    "<math><mtext><table><mglyph><style><img src=x onerror=alert(1)>",
    "<details open ontoggle=alert(1)>",
    "<body onload=alert(1)>",
    "<meta http-equiv=refresh content='0;url=//evil.test/'>",
    "<object data='data:text/html,<script>alert(1)</script>'>",
    "<form action=//evil.test/><input autofocus onfocus=alert(1)>",
    "<template><script>alert(1)</script></template>",
    "<noscript><p title=\"</noscript><img src=x onerror=alert(1)>\">",
    "<a href='data:text/html,<script>alert(1)</script>'>data</a>",
    "\\u003cimg src=x onerror=alert(1)\\u003e",
    "\u003c/script\u003e\u003cscript\u003ealert(1)",
    "--><script>alert(1)</script><!--",
    "\u2028alert(1)\u2029",
    "'\"`><script>alert(1)</script>",
    "#errors/../../#help",
    "?session=other&kiosk=1",
    "../../../etc/passwd",
    "prototype",
    "hasOwnProperty",
    "valueOf",
    "data: {}\n\nevent: bye",
    "event: errors\ndata: []",
    "\x7f\x85\xa0control",
    "\u0301\u0301\u0301\u0301combining",
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
    assert set(texts(page, "amplifier", "tasks", "name")) == {f"executing · {text}" for text in PAYLOADS}


def test_the_details_of_an_error_are_shown_as_they_are(page):
    rows = page.locator("#errors [data-at=recent] a")
    for number, text in enumerate(PAYLOADS[::-1]):
        rows.nth(number).click()
        expect(page.locator("#sheet dd").first).to_have_js_property("textContent", text)
        values = page.locator("#sheet dd").evaluate_all("elements => elements.map(element => element.textContent)")
        assert values[2:5] == [f"openai_api:{text}", text, text]
        assert values[-1] == text
        page.keyboard.press("Escape")
        expect(page.locator("#sheet")).to_be_hidden()


def test_no_element_and_no_title_came_of_them(page):
    assert page.evaluate("document.querySelectorAll('img, iframe, base, style, body script:not([type])').length") == 0
    assert page.evaluate("document.querySelectorAll('script').length") == 2
    expect(page).to_have_title("● Live – Amplifier Voice")
