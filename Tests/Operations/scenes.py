"""What an exporter shows in a given situation: the input of the unit tests of the alerts."""

import itertools
from dataclasses import dataclass, field

from series import HOUR, MINUTE, Series

PREFIX = "amplifier_voice_"


@dataclass(frozen=True)
class Scene:
    """Functions from steps to series; None where the situation cannot be."""

    # The window of the query, in seconds.
    window: int
    # The number is at its threshold, which is still good.
    at: callable
    # The number is just past its threshold.
    past: callable
    # The number is bad by any measure, but there are too few samples to tell.
    few: callable = None
    # As bad, with just enough samples to tell.
    enough: callable = None
    # The number is good, and the process began anew half-way.
    reset: callable = None
    # Labels that the alert has besides those of the target.
    labels: dict = field(default_factory=dict)
    step: int = 15


BOUNDS = {
    "time_to_first_audio_seconds": [0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.8, 1, 1.2, 1.5, 2, 2.5, 3, 4, 6, 10],
    "turn_duration_seconds": [0.5, 0.75, 1, 1.5, 2, 2.5, 3, 3.5, 4, 5, 6, 7, 8.5, 10, 15, 30],
    "webrtc_connect_duration_seconds": [0.05, 0.1, 0.2, 0.3, 0.4, 0.5, 0.75, 1, 1.5, 2.5, 5, 10],
    "session_create_duration_seconds": [0.05, 0.1, 0.2, 0.3, 0.4, 0.5, 0.75, 1, 1.5, 2.5, 5, 10],
    "sdp_exchange_duration_seconds": [0.05, 0.1, 0.2, 0.3, 0.4, 0.5, 0.75, 1, 1.5, 2.5, 5, 10],
    "tool_call_duration_seconds": [0.05, 0.1, 0.25, 0.5, 1, 2, 3, 5, 7.5, 10, 20, 30, 60],
    "tool_queue_wait_seconds": [0.01, 0.05, 0.1, 0.25, 0.5, 1, 2, 5, 10, 20, 30, 60, 120],
    "task_duration_seconds": [0.5, 1, 2.5, 5, 10, 15, 20, 30, 45, 60, 120, 300],
    "exporter_sse_delivery_delay_seconds": [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5],
}


def histogram(steps, family, total, good, threshold, reset=False, **labels):
    """A histogram of `total` observations a window, `good` of them just under the threshold, the rest just over."""
    bounds = BOUNDS[family]
    assert threshold in bounds and threshold < bounds[-1]
    counts = [0 if bound < threshold else good if bound == threshold else total for bound in bounds] + [total]
    edges = [str(float(bound)) for bound in bounds] + ["+Inf"]
    name = PREFIX + family
    buckets = [
        steps.counter(count, f"{name}_bucket", reset, **labels, le=edge) for count, edge in zip(counts, edges)
    ]
    return buckets + [steps.counter(total, f"{name}_count", reset, **labels)]


def quantile(family, q, threshold, minimum, window=5 * MINUTE, per_window=1000, **labels):
    at = round(q * per_window)

    def scene(good, total=per_window, reset=False):
        return lambda steps: histogram(steps, family, total, good, threshold, reset, **labels)

    return Scene(
        window, at=scene(at), past=scene(at - 1), few=scene(0, minimum - 1), enough=scene(0, minimum),
        reset=scene(per_window, reset=True))


def next_value(family, q, threshold, per_window=1000):
    """What `histogram_quantile` makes of the scene just past the threshold: a linear way into the next bucket."""
    bounds = BOUNDS[family]
    above = bounds[bounds.index(threshold) + 1]
    rank, good = q * per_window, round(q * per_window) - 1
    return threshold + (above - threshold) * (rank - good) / (per_window - good)


def error_rate(category, code, threshold):
    def scene(per_minute, reset=False):
        return lambda steps: [
            steps.counter(5 * per_minute, f"{PREFIX}errors_total", reset, category=category, code=code),
            steps.counter(0, f"{PREFIX}errors_total", reset, category=category, code="other"),
        ]

    return Scene(
        5 * MINUTE, at=scene(threshold), past=scene(threshold + 0.2), reset=scene(threshold * 0.8, reset=True))


def session_failure(threshold):
    def scene(ended, failed, reset=False):
        return lambda steps: [
            steps.counter(ended, f"{PREFIX}sessions_ended_total", reset),
            steps.counter(failed, f"{PREFIX}sessions_failed_total", reset),
        ]

    return Scene(
        HOUR, at=scene(1000, threshold * 10), past=scene(1000, threshold * 10 + 1), few=scene(9, 9),
        enough=scene(10, 10), reset=scene(1000, threshold * 5, reset=True))


def mean(family, at, past, good, minimum, **labels):
    """Means are given as the sum of readings a window and their number."""

    def scene(readings, reset=False):
        total, count = readings
        return lambda steps: [
            steps.counter(total, f"{PREFIX}{family}_sum", reset, **labels),
            steps.counter(count, f"{PREFIX}{family}_count", reset, **labels),
        ]

    def some(count):
        return scene((past[0] / past[1] * count, count))

    return Scene(
        5 * MINUTE, at=scene(at), past=scene(past), few=some(minimum - 1), enough=some(minimum),
        reset=scene(good, reset=True))


def packets(at, past, good, few, enough):
    def scene(counts, reset=False):
        lost, received = counts
        return lambda steps: [
            steps.counter(lost, f"{PREFIX}audio_packets_lost_total", reset),
            steps.counter(received, f"{PREFIX}audio_packets_received_total", reset),
            steps.counter(0, f"{PREFIX}audio_packet_loss_ratio_sum", reset),
            steps.counter(0, f"{PREFIX}audio_packet_loss_ratio_count", reset),
        ]

    return Scene(
        5 * MINUTE, at=scene(at), past=scene(past), few=scene(few), enough=scene(enough),
        reset=scene(good, reset=True))


def loss_reports(at, past, good, few, enough):
    """No client counts packets; each report tells its share of loss."""

    def scene(readings, reset=False):
        total, count = readings
        return lambda steps: [
            steps.counter(0, f"{PREFIX}audio_packets_lost_total", reset),
            steps.counter(0, f"{PREFIX}audio_packets_received_total", reset),
            steps.counter(total, f"{PREFIX}audio_packet_loss_ratio_sum", reset),
            steps.counter(count, f"{PREFIX}audio_packet_loss_ratio_count", reset),
        ]

    return Scene(
        5 * MINUTE, at=scene(at), past=scene(past), few=scene(few), enough=scene(enough),
        reset=scene(good, reset=True))


def gauge(name, at, past):
    return Scene(MINUTE, at=lambda steps: [steps.gauge(at, name)], past=lambda steps: [steps.gauge(past, name)])


def bridge_health(state):
    def scene(state):
        return lambda steps: [
            steps.gauge(int(other == state), f"{PREFIX}bridge_health", state=other)
            for other in ("healthy", "degraded", "unhealthy")
        ]

    return Scene(MINUTE, at=scene("healthy"), past=scene(state))


def bridge_report(at, past):
    """How many seconds ago the bridge reported last."""
    name = f"{PREFIX}bridge_last_health_check_timestamp_seconds"
    return Scene(
        MINUTE, at=lambda steps: [steps.climbing(-at, name)], past=lambda steps: [steps.climbing(-past, name)])


def counter(name, window, at, past, reset=None, **labels):
    """A counter that may grow by `at` in the window, but not by `past`."""
    return Scene(
        window, at=lambda steps: [steps.counter(at, name, **labels)],
        past=lambda steps: [steps.counter(past, name, **labels)],
        reset=lambda steps: [steps.counter(at, name, True, **labels)])


def failing_responses(at, past, good, minimum):
    """So many of a thousand responses fail, or stop early."""

    def scene(failed, total=1000, reset=False):
        return lambda steps: [
            steps.counter(failed - failed // 2, f"{PREFIX}responses_total", reset, status="failed"),
            steps.counter(failed // 2, f"{PREFIX}responses_total", reset, status="incomplete"),
            steps.counter(total - failed, f"{PREFIX}responses_total", reset, status="completed"),
        ]

    return Scene(
        5 * MINUTE, at=scene(at), past=scene(past), few=scene(minimum - 1, minimum - 1),
        enough=scene(minimum, minimum), reset=scene(good, reset=True))


def rate_limit(at, past, per_step, maximum):
    """What is left at the end of the stage, where it goes down by so much with every step."""

    def scene(left, maximum=maximum):
        def series(steps):
            values = [left + per_step * (steps.count - 1 - i) for i in range(steps.count)]
            return [
                Series(f"{PREFIX}rate_limit_remaining", {"limit": "tokens"}, values),
                steps.gauge(maximum, f"{PREFIX}rate_limit_maximum", limit="tokens"),
            ]

        return series

    # Of a limit that is more than half there it is not known yet whether it is going to be refilled in time.
    return Scene(5 * MINUTE, at=scene(at), past=scene(past), few=scene(past, 2 * past), enough=scene(past, 5 * past))


def restarts(at, past):
    """The process begins anew so many times, once a minute from the fifth on."""

    def scene(times):
        def series(steps):
            starts = [min(max(i * steps.step // MINUTE - 4, 0), times) for i in range(steps.count)]
            return [Series("process_start_time_seconds", {}, [1000 + start for start in starts])]

        return series

    return Scene(15 * MINUTE, at=scene(at), past=scene(past))


def sessions(at, past, limit):
    def scene(active):
        return lambda steps: [
            steps.gauge(active - 2, f"{PREFIX}sessions", state="active"),
            steps.gauge(1, f"{PREFIX}sessions", state="idle"),
            steps.gauge(1, f"{PREFIX}sessions", state="tool_executing"),
            steps.gauge(9, f"{PREFIX}sessions", state="connecting"),
            steps.gauge(limit, f"{PREFIX}sessions_limit"),
        ]

    return Scene(MINUTE, at=scene(at), past=scene(past))


def audio_reports(conversing):
    """Sessions in conversation whose clients report their audio, or do not."""

    def scene(reports, reset=False):
        return lambda steps: [
            steps.gauge(conversing, f"{PREFIX}sessions", state="active"),
            steps.gauge(5, f"{PREFIX}sessions", state="idle"),
            steps.counter(
                reports, f"{PREFIX}exporter_ingest_events_total", reset, kind="audio.stats"),
            steps.counter(100, f"{PREFIX}exporter_ingest_events_total", reset, kind="session.heartbeat"),
        ]

    return Scene(5 * MINUTE, at=scene(1), past=scene(0), reset=scene(40, reset=True))


def up(value):
    return Scene(MINUTE, at=lambda steps: [steps.gauge(1, "up")], past=lambda steps: [steps.gauge(value, "up")])


def slow_first_audio(window, longer, slow):
    """So many of a thousand turns have late first audio for the length of the window. Before it, so much is good that
    the burn over any longer window stays small."""
    # Steps as long as the shortest window allows keep the test short.
    step = 5 * MINUTE if longer <= 6 * HOUR else 30 * MINUTE
    family = "time_to_first_audio_seconds"
    name = PREFIX + family

    def scene(slow, total=1000, reset=False):
        def series(steps):
            before = (longer - window) // step
            after = steps.count - 1 - before

            def counter(good_before, per_step, suffix, **labels):
                increments = [good_before] * before + [per_step] * after
                values = list(itertools.accumulate(increments, initial=0))
                if reset:
                    values = values[: len(values) // 2] + values[: -(len(values) // 2)]
                return Series(name + suffix, labels, values)

            return [
                counter(100_000, total - slow, "_bucket", le="1.2"), counter(100_000, total, "_bucket", le="+Inf"),
                counter(100_000, total, "_count"),
            ]

        return series

    def some(count):
        return lambda steps: histogram(steps, family, count, 0, 1.2)

    return Scene(
        longer, at=scene(slow), past=scene(slow + 1), few=some(99), enough=some(100), reset=scene(0, reset=True),
        step=step)
