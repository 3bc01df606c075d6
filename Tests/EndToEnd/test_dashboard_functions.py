"""The dashboard's pure functions, imported from the served page and called in the browser."""

import re

import pytest

from chromium import call, dashboard, module
from exporter import Exporter

NAN = float("nan")


@pytest.fixture(scope="module")
def page(chromium):
    with Exporter() as exporter, dashboard(chromium, exporter) as page:
        yield page


@pytest.mark.parametrize(
    "function, arguments, text",
    [
        ("count", [0], "0"), ("count", [1_234_567], "1,234,567"), ("count", [None], "–"), ("count", [NAN], "–"),
        ("decimal", [4.056, 2], "4.06"), ("decimal", [None, 2], "–"),
        ("duration", [None], "–"), ("duration", [0], "0ms"), ("duration", [0.4], "0.4ms"), ("duration", [9.96], "10ms"),
        ("duration", [320.4], "320ms"), ("duration", [999.4], "999ms"), ("duration", [999.5], "1.0s"),
        ("duration", [1240], "1.2s"), ("duration", [59_949], "59.9s"), ("duration", [59_950], "1m 0s"),
        ("duration", [272_000], "4m 32s"), ("duration", [3_599_600], "1h 0m"), ("duration", [16_320_000], "4h 32m"),
        ("duration", [86_400_000], "1d 0h"), ("duration", [280_000_000], "3d 5h"), ("duration", [NAN], "–"),
        ("percent", [0], "0.0%"), ("percent", [0.04], "<0.1%"), ("percent", [0.05], "0.1%"),
        ("percent", [94.23], "94.2%"),
        ("percent", [99.96], "99.9%"), ("percent", [100], "100.0%"), ("percent", [99.7, 0], "99%"),
        ("percent", [0.4, 0], "<1%"), ("percent", [None], "–"), ("percent", [NAN], "–"),
        ("rate", [0], "0.0"), ("rate", [0.01], "<0.1"), ("rate", [2.44], "2.4"), ("rate", [123.4], "123"),
        ("rate", [None], "–"),
        ("share", [3, 156], 100 * 3 / 156), ("share", [0, 0], None), ("share", [1, None], None),
        ("clock", ["2026-01-31T09:04:05.678Z"], "09:04:05"), ("clock", [None], "–"), ("clock", ["never"], "–"),
        ("ago", [None, 0], "–"), ("ago", ["1970-01-01T00:00:10Z", 9_000], "0s ago"),
        ("ago", ["1970-01-01T00:00:00Z", 59_999], "59s ago"), ("ago", ["1970-01-01T00:00:00Z", 60_000], "1m ago"),
        ("ago", ["1970-01-01T00:00:00Z", 3_600_000], "1h ago"),
        ("ago", ["1970-01-01T00:00:00Z", 200_000_000], "2d ago"),
        ("capitalised", ["opus"], "Opus"), ("capitalised", [None], "–"), ("capitalised", [""], "–"),
    ],
)
def test_a_value_is_written(page, function, arguments, text):
    assert call(page, "format.js", function, *arguments) == text


def number(**fields):
    return {"status": "ok", "value": 1, "target": None, "warning": None, "critical": None, "samples": 50,
            "minimum_samples": 10, **fields}


LOW = {"target": 4, "warning": 3.5}
HIGH = {"target": 400, "warning": 600, "critical": 1000}


@pytest.mark.parametrize(
    "judged, is_low, expected",
    [
        (None, False, ("unknown", "No data", None, None)),
        (number(value=None, status="unknown", **HIGH), False, ("unknown", "No data", None, None)),
        (number(status="unknown", samples=9, **HIGH), False, ("unknown", "Insufficient data", None, "9/10")),
        (number(**HIGH), False, ("ok", "OK", "target", "< 400")),
        (number(warning=10), False, ("ok", "OK", "limit", "< 10")),
        (number(status="warning", **HIGH), False, ("warning", "Warning", "limit", "> 600")),
        (number(status="critical", **HIGH), False, ("critical", "Critical", "limit", "> 1000")),
        (number(value=401, **HIGH), False, ("ok", "OK", "limit", "< 600")),
        (number(value=4, **LOW), True, ("ok", "OK", "target", "> 4")),
        (number(value=3.9, **LOW), True, ("ok", "OK", "limit", "> 3.5")),
        (number(status="warning", **LOW), True, ("warning", "Warning", "limit", "< 3.5")),
    ],
)
def test_a_number_is_judged_by_word_and_bound(page, judged, is_low, expected):
    shown = page.evaluate(
        "async ([module, number, isLow]) => (await import(module)).judged(number, String, isLow)",
        [f"/{module(page, 'status.js')}", judged, is_low])
    assert tuple(shown.get(part) for part in ("kind", "word", "name", "bound")) == expected


@pytest.mark.parametrize(
    "kinds, worst, overall",
    [
        ([], "unknown", "Healthy"), (["unknown", "ok"], "ok", "Healthy"),
        (["ok", "warning", "ok"], "warning", "Degraded"),
        (["warning", "critical", "unknown"], "critical", "Unhealthy"),
    ],
)
def test_the_worst_decides(page, kinds, worst, overall):
    assert call(page, "status.js", "worst", kinds) == worst
    assert call(page, "status.js", "overall", kinds)["word"] == overall


def records(*ids):
    return [{"id": identifier} for identifier in ids]


@pytest.mark.parametrize(
    "old, fresh, merged",
    [
        ([], [], []), ([], [2, 1], [2, 1]), ([2, 1], [], [2, 1]), ([2, 1], [4, 3], [4, 3, 2]),
        ([2, 1], [3, 2], [3, 2, 1]), ([1], [5, 4, 3, 2], [5, 4, 3]),
    ],
)
def test_a_feed_holds_each_record_once_and_no_more_than_fit(page, old, fresh, merged):
    found = call(page, "store.js", "mergedFeed", records(*old), records(*fresh), {"id": "id", "capacity": 3})
    assert found == records(*merged)


def task(identifier, elapsed=0, **fields):
    return {"task_id": identifier, "elapsed_ms": elapsed, "status": "executing", **fields}


def test_changes_of_tasks_are_put_into_what_is_known(page):
    told = {"full": True, "active_tasks": [task("a", 3000), task("b", 2000), task("c", 1000)]}
    known = call(page, "store.js", "mergedTasks", [], told, 10_000)
    assert [(each["task_id"], each["since"]) for each in known] == [("a", 7000), ("b", 8000), ("c", 9000)]
    changes = {
        "full": False, "active_tasks": [task("d", 500), task("b", 4000, agent_name="bug-hunter")],
        "changed_tasks": [{"task_id": "c", "status": "completing", "progress_pct": 90}], "ended_tasks": ["a"]}
    merged = call(page, "store.js", "mergedTasks", known, changes, 12_000)
    assert [(each["task_id"], each["since"], each["status"]) for each in merged] == [
        ("b", 8000, "executing"), ("c", 9000, "completing"), ("d", 11_500, "executing")]
    assert (merged[0]["agent_name"], merged[1]["progress_pct"]) == ("bug-hunter", 90)
    # All of them replace what was known.
    assert call(page, "store.js", "mergedTasks", merged, {"full": True, "active_tasks": []}, 13_000) == []


# A topic of one second, one of two and one of five, in the panels that live on them.
@pytest.mark.parametrize(
    "section, age, level",
    [
        ("sessions", 0, "fresh"), ("sessions", 7000, "fresh"), ("sessions", 7001, "stale"),
        ("sessions", 24_000, "gone"),
        ("errors", 7000, "fresh"), ("errors", 7001, "stale"), ("errors", 24_000, "gone"),
        ("latency", 15_000, "fresh"), ("latency", 15_001, "stale"), ("latency", 50_001, "gone"),
    ],
)
def test_a_panel_is_as_old_as_its_oldest_topic(page, section, age, level):
    topics = ["sessions", "tasks", "errors", "tools", "buffer", "latency", "network"]
    heard = dict.fromkeys(topics, 1_000_000)
    assert call(page, "store.js", "freshness", section, heard, 1_000_000 + age)["level"] == level


def test_the_oldest_of_two_topics_decides(page):
    found = call(page, "store.js", "freshness", "audio", {"buffer": 92_000, "network": 99_000}, 100_000)
    assert found == {"age": 8000, "level": "stale"}


@pytest.mark.parametrize(
    "tries, random, milliseconds",
    [(0, 0, 0), (0, 1, 1000), (1, 1, 2000), (2, 0.5, 2000), (4, 1, 16_000), (5, 1, 30_000), (99, 1, 30_000)],
)
def test_the_wait_before_a_try_is_anything_up_to_a_bound(page, tries, random, milliseconds):
    found = page.evaluate(
        "async ([module, tries, random]) => (await import(module)).backoff(tries, () => random)",
        [f"/{module(page, 'connection.js')}", tries, random])
    assert found == milliseconds


STEPS = """
async ([module, events]) => {
  const { opening, step, described } = await import(module);
  let state = opening(0);
  const told = [];
  for (const [event, time] of events) {
    const [next, actions] = step(state, event, time, () => 1);
    state = next;
    const { word, detail } = described(state, time, null, 0);
    told.push([word + (detail && state.phase !== "live" ? ` (${detail})` : ""), ...actions]);
  }
  return told;
}
"""


@pytest.mark.parametrize(
    "events",
    [
        [("tick", 1000, "Connecting"), ("message", 1100, "Live")],
        # No answer at all.
        [("tick", 10_000, "Reconnecting (try 1, 1s)", "close"), ("tick", 11_000, "Reconnecting (try 1)", "connect")],
        # Silence.
        [("message", 0, "Live"), ("tick", 6999, "Live"), ("tick", 7000, "Delayed (7s)"),
         ("tick", 11_999, "Delayed (11s)"),
         ("tick", 12_000, "Reconnecting (try 1, 1s)", "close")],
        [("message", 0, "Live"), ("tick", 7000, "Delayed (7s)"), ("message", 7100, "Live")],
        # The waits grow until the connection has been healthy for ten seconds.
        [("failed", 0, "Reconnecting (try 1, 1s)", "close"), ("tick", 1000, "Reconnecting (try 1)", "connect"),
         ("failed", 1000, "Reconnecting (try 2, 2s)", "close"), ("tick", 2999, "Reconnecting (try 2, 1s)"),
         ("tick", 3000, "Reconnecting (try 2)", "connect"), ("message", 3100, "Live"),
         ("failed", 4000, "Reconnecting (try 3, 4s)", "close"), ("tick", 8000, "Reconnecting (try 3)", "connect"),
         ("message", 8100, "Live"), ("message", 18_100, "Live"),
         ("failed", 19_000, "Reconnecting (try 1, 1s)", "close")],
        # After four tries in vain the page says what is.
        [("failed", 0, "Reconnecting (try 1, 1s)", "close"), ("failed", 0, "Reconnecting (try 2, 2s)", "close"),
         ("failed", 0, "Reconnecting (try 3, 4s)", "close"), ("failed", 0, "Disconnected (try 4, 8s)", "close")],
        # Refused, but answered: polling, until the stream is there again or nobody answers.
        [("refused", 0, "Reconnecting (try 1, 1s)", "close", "probe"), ("answered", 100, "Polling (every 10s)"),
         ("tick", 1000, "Polling (every 10s)", "connect"), ("refused", 1100, "Polling (every 10s)", "close", "probe"),
         ("tick", 3100, "Polling (every 10s)", "connect"), ("message", 3200, "Live")],
        [("refused", 0, "Reconnecting (try 1, 1s)", "close", "probe"), ("answered", 100, "Polling (every 10s)"),
         ("silent", 500, "Reconnecting (try 1, 1s)")],
        [("refused", 0, "Reconnecting (try 1, 1s)", "close", "probe"), ("silent", 500, "Reconnecting (try 1, 1s)")],
        # Signed out, until somebody signed in or nobody answers.
        [("refused", 0, "Reconnecting (try 1, 1s)", "close", "probe"), ("unauthorized", 100, "Signed out"),
         ("tick", 1000, "Signed out", "connect"), ("refused", 1100, "Signed out", "close", "probe"),
         ("unauthorized", 1200, "Signed out"), ("tick", 3100, "Signed out", "connect"), ("message", 3200, "Live")],
        [("refused", 0, "Reconnecting (try 1, 1s)", "close", "probe"), ("answered", 100, "Polling (every 10s)"),
         ("unauthorized", 500, "Signed out"), ("answered", 600, "Polling (every 10s)")],
        [("refused", 0, "Reconnecting (try 1, 1s)", "close", "probe"), ("unauthorized", 100, "Signed out"),
         ("silent", 200, "Reconnecting (try 1, 1s)")],
        [("refused", 0, "Reconnecting (try 1, 1s)", "close", "probe"), ("unauthorized", 100, "Signed out"),
         ("failed", 200, "Reconnecting (try 2, 2s)", "close")],
        # The end that was told, a network that is back, a page that nobody sees.
        [("message", 0, "Live"), ("bye", 1000, "Reconnecting (try 1, 2s)", "close")],
        [("failed", 0, "Reconnecting (try 1, 1s)", "close"), ("wake", 100, "Reconnecting (try 1)", "connect")],
        [("message", 0, "Live"), ("wake", 100, "Live"), ("hide", 200, "Connecting", "close"),
         ("tick", 999_999, "Connecting"), ("wake", 1_000_000, "Connecting", "connect")],
    ],
)
def test_the_connection_goes_its_way(page, events):
    told = page.evaluate(STEPS, [f"/{module(page, 'connection.js')}", [event[:2] for event in events]])
    assert told == [list(event[2:]) for event in events]


def test_a_poll_is_due_after_its_interval_give_or_take_a_tenth(page):
    times = page.evaluate(
        "async module => [0, 0.5, 1].map(((next) => random => next({ seconds: 30 }, 0, () => random))"
        "((await import(module)).nextTime))", f"/{module(page, 'polling.js')}")
    assert times == [27_000, 30_000, 33_000]


# SPEC sections 1 to 6, the tables "Refresh Interval", and section 8. Seconds.
CADENCES = """
sessions   Active count            1  stream
sessions   State breakdown         5  stream
sessions   Duration stats         30  poll
sessions   Daily totals           60  poll
latency    Current percentiles     5  stream
latency    Trend data            300  poll
latency    Component breakdown    10  poll
tools      Call rate               5  stream
tools      Success rate           10  poll
tools      By-tool breakdown      15  poll
tools      Recent activity         2  stream
errors     Total rate              5  stream
errors     By-category rates      10  poll
errors     Code breakdown         30  poll
errors     Recent errors           2  stream
audio      Network metrics         5  stream
audio      MOS score               5  stream
audio      Buffer health           2  stream
audio      VAD stats              30  poll
amplifier  Bridge health          30  poll
amplifier  Active tasks            2  stream
amplifier  Completion stats       15  poll
amplifier  Agent performance      30  poll
"""
# What SPEC has no row for.
OWN_CADENCES = """
sessions   Tokens and money       30  poll
latency    Conversation           10  poll
errors     Rate limits            10  poll
audio      Interruptions          30  poll
audio      Uplink                 30  poll
"""


ROWS = [re.split(" {2,}", line) for line in f"{CADENCES}{OWN_CADENCES.lstrip()}".strip().split("\n")]


def test_the_rows_are_refreshed_as_the_specification_says(page):
    rows = page.evaluate("async module => (await import(module)).ROWS", f"/{module(page, 'cadence.js')}")
    assert [[row["section"], row["row"], str(row["seconds"]), row["via"]] for row in rows] == ROWS


REPLAY = """
async ([cadence, store, seconds]) => {
  const { ROWS, TOPICS } = await import(cadence);
  const { emptyState, takeMessage } = await import(store);
  const state = emptyState();
  const rows = ROWS.filter(row => row.via === "stream");
  const changes = new Map(rows.map(row => [row.row, []]));
  for (let time = 1; time <= seconds; time += 1) {
    for (const [topic, interval] of Object.entries(TOPICS)) {
      if (time % interval) continue;
      const before = new Map(state.refreshed);
      takeMessage(state, topic, { server_time: new Date(time * 1000).toISOString(), full: false,
        recent_errors: [], recent_calls: [], active_tasks: [], changed_tasks: [], ended_tasks: [] });
      for (const row of rows) if (state.refreshed.get(row) !== before.get(row)) changes.get(row.row).push(time);
    }
  }
  return Object.fromEntries(changes);
}
"""


def test_what_the_stream_brings_is_taken_at_the_rows_own_pace(page):
    changes = page.evaluate(REPLAY, [f"/{module(page, 'cadence.js')}", f"/{module(page, 'store.js')}", 60])
    # Of a topic that comes every two seconds, each second or third message is nearest to five.
    nearest = {"Call rate": {4, 6}, "Total rate": {4, 6}}
    for _, row, seconds, via in ROWS:
        if via == "stream":
            gaps = {later - earlier for earlier, later in zip(changes[row], changes[row][1:])}
            assert gaps and gaps <= nearest.get(row, {int(seconds)}), (row, gaps)
