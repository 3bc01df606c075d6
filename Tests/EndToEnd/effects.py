"""What one event changes in the JSON of all six sections and in the exposition."""

import re
import time

# The new value of what is not there any more.
GONE = "(gone)"

# Stands for any value of a field that follows the clock, so that it still shows when the value appears or goes.
TICKING = "(follows the clock)"

FOLLOWS_THE_CLOCK = re.compile("|".join([
    # Windows end now, and their slots are shown by the wall clock.
    r".+\.window_(start|end)",
    r"errors\.error_trend\.\d+\.(start|end)",
    # What lasts, lasts longer whenever one looks.
    r"amplifier\.active_tasks\.\d+\.elapsed_ms",
    r"amplifier\.session_uptime_seconds",
    r"sessions\.next_expiry_seconds",
    r"audio\.avg_by_session\..+\.duration_ms",
]))

# What the exporter says of its own process and of being asked moves whenever a test looks.
OWN_AFFAIRS = (
    "process_",
    "amplifier_voice_exporter_scrape",
    "amplifier_voice_exporter_series",
)

TREND_SLOT = 300


class Effects:
    """`json` holds the new value of every path that changed, `series` that of every series."""

    def __init__(self, exporter, cause, outcome="accepted"):
        """`cause` is an event, or a function that sends one and returns the answer."""
        stay_within_a_trend_slot()
        before = _state(exporter)
        answer = cause() if callable(cause) else exporter.post(cause)
        assert answer.json[outcome] == 1, answer
        after = _state(exporter)
        self.json, self.series = (_changes(*pair) for pair in zip(before, after))


def stay_within_a_trend_slot():
    """Waits where the monotonic clock is about to enter the next slot, in which the last one gets another index."""
    while TREND_SLOT - time.clock_gettime(time.CLOCK_MONOTONIC) % TREND_SLOT < 2:
        time.sleep(0.1)


def _state(exporter):
    sections = exporter.get_json("/metrics/summary")
    series = {name: value for name, value in exporter.samples().items() if not name.startswith(OWN_AFFAIRS)}
    return flattened(sections), series


def flattened(sections):
    """Every leaf of the sections' JSON by its path."""
    return {
        path: TICKING if value is not None and FOLLOWS_THE_CLOCK.fullmatch(path) else value
        for path, value in _leaves(sections)
    }


def _leaves(value, path=""):
    if isinstance(value, dict):
        children = value.items()
    elif isinstance(value, list):
        children = enumerate(value)
    else:
        yield path, value
        return
    for key, child in children:
        yield from _leaves(child, f"{path}.{key}" if path else str(key))


def _changes(before, after):
    gone = {name: GONE for name in before.keys() - after.keys()}
    return gone | {name: value for name, value in after.items() if name not in before or before[name] != value}
