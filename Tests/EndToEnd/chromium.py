"""Chromium, one for all tests, and the dashboard in it. Every page that a test opens must stay free of violations of
its own security policy, of errors of its scripts, and of what else the console shows as an error."""

import shutil
from contextlib import contextmanager

import pytest
from playwright.sync_api import expect, sync_playwright

# The pages are on this machine; only a browser that hangs takes longer.
TIMEOUT = 10_000
SWITCHES = [
    # The tests may run as root, and in a container without much shared memory.
    "--no-sandbox", "--disable-dev-shm-usage", "--disable-gpu", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync",
]
# What a page reports when its exporter is away on purpose.
NETWORK_FAILURES = ("Failed to load resource", "TypeError: Failed to fetch dynamically imported module")

WATCH = """
window.watched = { violations: [], shifts: [] };
document.addEventListener("securitypolicyviolation", event =>
  watched.violations.push(`${event.violatedDirective} ${event.blockedURI} ${event.sample}`));
new PerformanceObserver(list => {
  for (const entry of list.getEntries()) {
    if (!entry.hadRecentInput) watched.shifts.push({
      value: entry.value, time: entry.startTime,
      of: entry.sources.map(source => source.node?.id || source.node?.className || source.node?.nodeName),
    });
  }
}).observe({ type: "layout-shift", buffered: true });
"""

expect.set_options(timeout=TIMEOUT)


@pytest.fixture(scope="session")
def launch():
    """Starts a Chromium with further switches. There is one driver, since a process cannot have two."""
    executable = shutil.which("chromium")
    assert executable, "The tests need the Debian package chromium."
    with sync_playwright() as playwright:
        yield lambda *switches: playwright.chromium.launch(executable_path=executable, args=[*SWITCHES, *switches])


@pytest.fixture(scope="session")
def chromium(launch):
    browser = launch()
    yield browser
    browser.close()


@contextmanager
def dashboard(chromium, exporter, address="/", network_may_fail=False, allowed=(), **context_options):
    """The dashboard's page over an exporter, once it is live. Times are shown in UTC."""
    options = {"viewport": {"width": 1280, "height": 900}, "timezone_id": "UTC", "locale": "en-US", **context_options}
    context = chromium.new_context(**options)
    context.set_default_timeout(TIMEOUT)
    context.add_init_script(WATCH)
    page = context.new_page()
    problems = []
    page.on("pageerror", lambda error: note(f"{error.name}: {error.message}", problems, network_may_fail))
    page.on("console", lambda message: message.type == "error" and note(message.text, problems, network_may_fail))
    page.on("dialog", lambda dialog: (problems.append(f"dialog: {dialog.message}"), dialog.dismiss()))
    try:
        page.goto(f"http://{exporter.host}:{exporter.port}{address}", wait_until="domcontentloaded")
        if "connection" not in allowed:
            expect_connection(page, "Live")
        yield page
        problems += page.evaluate("watched.violations")
        assert problems == []
    finally:
        context.close()


def note(error, problems, network_may_fail):
    if not (network_may_fail and error.startswith(NETWORK_FAILURES)):
        problems.append(error)


def expect_connection(page, word, timeout=TIMEOUT):
    expect(page.locator("#connection b")).to_have_text(word, timeout=timeout)


def skip(page, milliseconds):
    """Makes the page's clock jump ahead: what waits for a time on it happens at the page's next second."""
    page.evaluate("milliseconds => { const now = Date.now; Date.now = () => now() + milliseconds; }", milliseconds)


def module(page, name):
    """The address of one of the page's modules."""
    main = page.locator("script[type=module]").get_attribute("src")
    return main.replace("app.js", name)


def call(page, name, function, *arguments):
    """What a function of a module of the page gives for arguments."""
    return page.evaluate(
        "async ([module, name, values]) => (await import(module))[name](...values)",
        [f"/{module(page, name)}", function, list(arguments)])
