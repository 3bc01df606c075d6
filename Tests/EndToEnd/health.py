"""What the tests of health share: events that move one number, and the answer."""

from spec_fields import is_time

HEALTHY = {"type": "bridge.status", "initialized": True, "tools_count": 13, "health_status": "healthy"}

UNTOUCHED = {
    "sessions": ("ok", []),
    "latency": ("unknown", []),
    "tools": ("ok", []),
    "errors": ("ok", []),
    "audio": ("unknown", []),
    "amplifier": ("unknown", []),
}


def samples(metric, *values):
    """Latencies, each given as a number of samples and their milliseconds."""
    return [
        {"type": "latency.sample", "metric": metric, "value_ms": milliseconds}
        for count, milliseconds in values for _ in range(count)
    ]


def errors(**by_category):
    return [
        {"type": "error", "category": category, "code": "x", "message": "x"}
        for category, count in by_category.items() for _ in range(count)
    ]


def ended_sessions(count, failed):
    return [
        event
        for number in range(count)
        for event in [
            {"type": "session.started", "session_id": f"s{number}"},
            {"type": "session.ended", "session_id": f"s{number}", "failed": number < failed},
        ]
    ]


def reports(count, **readings):
    return [{"type": "audio.stats", "session_id": "one", **readings}] * count


def packets(count, lost, received, **readings):
    """Reports of packets that were lost and received since the report before."""
    return [{"type": "session.started", "session_id": "one"}] + [
        {
            "type": "audio.stats", "session_id": "one", "packetsLost": number * lost,
            "packetsReceived": number * received, **readings,
        }
        for number in range(1, count + 1)
    ]


def queued(count):
    return [{"type": "task.queued", "task_id": f"t{number}"} for number in range(count)]


def health(exporter):
    """The HTTP status, the overall one, and the status and the reasons of each section."""
    answer = exporter.request("GET", "/metrics/health")
    assert answer.headers["Content-Type"] == "application/json; charset=utf-8"
    body = answer.json
    assert body.keys() == {"status", "sections", "time"}
    assert is_time(body["time"])
    sections = {name: (section["status"], section["reasons"]) for name, section in body["sections"].items()}
    return answer.status, body["status"], sections
