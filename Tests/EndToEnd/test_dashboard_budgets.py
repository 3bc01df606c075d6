"""What the dashboard may cost. The figures are printed (`pytest -s`). A machine that does other things too must not
make the tests fail: where a time misses its budget, it is measured again."""

import json
import time

import pytest
from playwright.sync_api import expect

from chromium import dashboard
from dashboard_log import events
from simulation import address, simulating
from stream import StreamClient
from test_dashboard_layout import LARGEST_SHIFT

# SPEC's load: 50 sessions, about 1.5 events a second each.
SESSIONS, RATE = 50, 75


def calls(exporter, rate, sessions=SESSIONS):
    return simulating(address(exporter), sessions=sessions, rate=rate, seed=1)


PAINT = """
() => new Promise(resolve => {
  const [entry] = performance.getEntriesByName("first-contentful-paint");
  if (entry) resolve(entry.startTime);
  else new PerformanceObserver((list, observer) => {
    for (const entry of list.getEntriesByName("first-contentful-paint")) {
      observer.disconnect();
      resolve(entry.startTime);
    }
  }).observe({ type: "paint", buffered: true });
})
"""
NETWORKS = {
    "loopback": None,
    "200 ms, 50 kB/s, a quarter of the processor": {
        "latency": 200, "downloadThroughput": 50_000, "uploadThroughput": 50_000},
}


LOADS = 8


@pytest.mark.parametrize("network", NETWORKS)
def test_the_page_is_there_soon(chromium, exporter, network):
    budget = 400 if NETWORKS[network] is None else 1200
    # A machine that does other things too holds some loads up, but not every one.
    assert any(max(load(chromium, exporter, network)) <= budget for _ in range(LOADS))


def load(chromium, exporter, network):
    """Loads the page with nothing kept. Milliseconds until the first contentful paint, and until the numbers are
    there."""
    exporter.record({"type": "session.started", "session_id": "one"})
    with dashboard(chromium, exporter, allowed=["connection"]) as page:
        session = page.context.new_cdp_session(page)
        session.send("Network.enable")
        session.send("Network.setCacheDisabled", {"cacheDisabled": True})
        if NETWORKS[network]:
            session.send("Network.emulateNetworkConditions", {"offline": False, **NETWORKS[network]})
            session.send("Emulation.setCPUThrottlingRate", {"rate": 4})
        page.add_init_script("""
          new MutationObserver((_, observer) => {
            if (document.querySelector("#sessions .figure b")?.textContent !== "1") return;
            window.numbersAt = performance.now();
            observer.disconnect();
          }).observe(document, { subtree: true, childList: true, characterData: true });
        """)
        page.reload(wait_until="domcontentloaded")
        expect(page.locator("#connection b")).to_have_text("Live", timeout=30_000)
        expect(page.locator("#sessions .figure b")).to_have_text("1")
        paint, numbers = page.evaluate(PAINT), page.evaluate("window.numbersAt")
    print(f"{network}: first contentful paint {paint:.0f} ms, numbers {numbers:.0f} ms")
    return paint, numbers


def test_the_stream_takes_little_at_the_load_of_the_specification(exporter):
    seconds = 15
    with calls(exporter, RATE), StreamClient(exporter, "all") as client:
        received = 0
        # Nearly all sessions are there, as some end at once, and all topics have told that once.
        deadline = time.monotonic() + 60
        while client.wait_for("sessions")["active_count"] < 0.9 * SESSIONS:
            assert time.monotonic() < deadline
        client.wait_for("ping")
        begin = time.monotonic()
        while time.monotonic() - begin < seconds:
            lines, _ = client.message()
            received += sum(len(line.encode()) + 1 for line in lines) + 1
    rate = received / (time.monotonic() - begin)
    print(f"the stream takes {rate:.0f} B/s (budget 2,000 B/s)")
    assert rate <= 2_000


WATCH_FEED = """
() => {
  window.seen = {};
  new MutationObserver(() => {
    for (const note of document.querySelectorAll("#errors .feed .note")) {
      window.seen[note.textContent] ??= performance.timeOrigin + performance.now();
    }
  }).observe(document.querySelector("#errors .feed"), { childList: true, subtree: true, characterData: true });
  window.longTasks = [];
  new PerformanceObserver(list => window.longTasks.push(...list.getEntries().map(entry => entry.duration)))
    .observe({ type: "longtask" });
}
"""


EVENTS, ROUNDS = 50, 3


def test_an_event_is_on_the_page_at_once_while_a_thousand_a_second_arrive(chromium, exporter):
    with calls(exporter, 1000, sessions=600), dashboard(chromium, exporter) as page:
        page.evaluate(WATCH_FEED)
        # Where nobody listened yet, what is told at once waits for the next second.
        delay(exporter, page, "first")
        for round_number in range(ROUNDS):
            delays = sorted(delay(exporter, page, f"{round_number}.{number}") for number in range(EVENTS))
            print(f"event to page: median {delays[EVENTS // 2]:.0f} ms, p99 {delays[-1]:.0f} ms (budget 100 ms)")
            if delays[-1] <= 100:
                break
        long_tasks = page.evaluate("window.longTasks")
    print(f"long tasks: {len(long_tasks)}, the longest {max(long_tasks, default=0):.0f} ms (budget none)")
    # A machine that does other things too holds some events up, but not in every round. At its turn an event would take a
    # second on average.
    assert delays[-1] <= 100


def delay(exporter, page, marker):
    """How long it takes until an error is on the page, in milliseconds."""
    exporter.record({"type": "error", "category": "audio", "code": "codec_error", "message": marker})
    posted = time.time() * 1000
    for _ in range(150):
        seen = page.evaluate("text => window.seen[text]", marker)
        if seen:
            return seen - posted
        page.wait_for_timeout(20)
    raise AssertionError(f"{marker} never came.")


# What the browser calls a long task. Milliseconds.
LONG = 50


def tasks(trace):
    """The tasks of the pages in a trace: how long each took, and how long it had the processor for it. Milliseconds.
    What still ran when the trace ended has no duration."""
    events = json.loads(trace)["traceEvents"]
    pages = {(event["pid"], event["tid"]) for event in events
             if event["name"] == "thread_name" and event["args"]["name"] == "CrRendererMain"}
    return [(event["dur"] / 1000, event.get("tdur", 0) / 1000) for event in events
            if event["name"] == "RunTask" and "dur" in event and (event["pid"], event["tid"]) in pages]


def test_a_minute_of_live_numbers_moves_nothing_and_has_no_long_task(chromium, exporter):
    with calls(exporter, RATE), dashboard(chromium, exporter) as page:
        # What the page does while it loads is another budget's.
        chromium.start_tracing(page=page, categories=["-*", "disabled-by-default-devtools.timeline"])
        page.wait_for_timeout(60_000)
        found = tasks(chromium.stop_tracing())
        expect(page.locator("#tools .feed li")).to_have_count(20)
        shifts = page.evaluate("watched.shifts")
    shift = sum(each["value"] for each in shifts)
    long = [lasted for lasted, _ in found if lasted > LONG]
    longest = max(worked for _, worked in found)
    print(f"a minute at the load of the specification: layout shift {shift:.5f} (budget {LARGEST_SHIFT}), of "
          f"{len(found)} tasks {len(long)} were long, the longest had the processor for {longest:.0f} ms "
          f"(budget {LONG} ms)")
    assert shift <= LARGEST_SHIFT, shifts
    # By the clock on the wall a task is also long where the machine does something else meanwhile.
    assert len(found) > 1000
    assert longest <= LONG


def heap(session):
    session.send("HeapProfiler.collectGarbage")
    return session.send("Runtime.getHeapUsage")["usedSize"]


NODES = "document.querySelectorAll('*').length"


def test_neither_memory_nor_nodes_grow(chromium, exporter):
    # Full lists first: simulated calls rarely fail.
    exporter.record(*events(), *[
        {"type": "error", "category": "audio", "code": "codec_error", "message": f"{number}"} for number in range(50)])
    with calls(exporter, 20 * RATE, sessions=600), dashboard(chromium, exporter) as page:
        session = page.context.new_cdp_session(page)
        expect(page.locator("#errors .feed li")).to_have_count(50)
        expect(page.locator("#tools .feed li")).to_have_count(20)
        page.wait_for_timeout(3_000)
        before, nodes_before = heap(session), page.evaluate(NODES)
        page.wait_for_timeout(8_000)
        after, nodes_after = heap(session), page.evaluate(NODES)
        counts = page.evaluate(
            "['#errors .feed li', '#tools .feed li', '.tasks li'].map(list => document.querySelectorAll(list).length)")
    print(f"heap {before / 1e6:.2f} MB, then {after / 1e6:.2f} MB (budget 1 MB more); "
          f"nodes {nodes_before}, then {nodes_after}")
    assert counts[:2] == [50, 20] and counts[2] <= 100
    assert after - before <= 1_000_000
