"""What the tests of effects share: the effects that several events have, and their comparison with what happened."""

from datetime import datetime, timedelta, timezone
from unittest.mock import ANY

from effects import TICKING, Effects

CONNECTING = {"type": "session.connecting", "session_id": "one"}
HEARTBEAT = {"type": "session.heartbeat", "session_id": "one"}
IDLE = {"type": "session.state", "session_id": "one", "state": "idle"}
ENDED = {"type": "session.ended", "session_id": "one", "duration_ms": 61_000}


def check(exporter, before, event, expected_json, expected_series):
    """That an event, taken after others, changes just this, and counts as taken."""
    if before:
        exporter.record(*before)
    effects = Effects(exporter, event)
    assert effects.json == expected_json
    assert effects.series == {**accepted(event["type"], *before), **expected_series}


def check_duplicate(exporter, before, event):
    exporter.record(*before)
    effects = Effects(exporter, event, outcome="duplicates")
    assert effects.json == {}
    assert effects.series == {"amplifier_voice_exporter_ingest_duplicate_events_total": 1}


def accepted(kind, *before):
    """The count of events of a kind, one of which was taken after others."""
    count = 1 + sum(event["type"] == kind for event in before)
    return {f'amplifier_voice_exporter_ingest_events_total{{kind="{kind}"}}': count}


def under(path, fields):
    return {f"{path}.{field}": value for field, value in fields.items()}


def series(name, **labels):
    written = ",".join(f'{label}="{value}"' for label, value in labels.items())
    return f"amplifier_voice_{name}{{{written}}}" if written else f"amplifier_voice_{name}"


def observed(family, value, bounds, times=1, **labels):
    """The effects of the only value that was observed so far, which is counted in these buckets."""
    return {
        series(f"{family}_count", **labels): times,
        series(f"{family}_sum", **labels): times * value,
        **{series(f"{family}_bucket", **labels, le=bound): times for bound in bounds.split()},
    }


def unobserved(family, bounds, **labels):
    """The effects of labels that are new to a histogram."""
    return dict.fromkeys(observed(family, 0, bounds, **labels), 0)


def percentiles(path, milliseconds):
    """The effects of the only sample of a window of latencies."""
    fields = ["p50", "p75", "p90", "p95", "p99", "min", "max"]
    return under(f"latency.{path}", {"count": 1, **dict.fromkeys(fields, milliseconds)})


def durations(section, milliseconds):
    """The effects of the only duration of a section's last hour."""
    fields = ["avg_duration_ms", "p50_duration_ms", "p95_duration_ms"]
    return under(section, dict.fromkeys(fields, milliseconds))


def judged(path, value, samples):
    """The effects on a number's judgement, where it leaves the status as it is."""
    section, _, number = path.partition(".")
    return under(f"{section}.status.{number}", {"value": value, "samples": samples})


def reading(field, value, samples=1):
    """The effects of a reading of audio that has a threshold."""
    return {f"audio.{field}": value, **judged(f"audio.{field}", value, samples)}


def packet_loss(percentage, packets):
    """The effects of the first packets: their number decides from now on whether loss is judged."""
    return {
        **reading("packet_loss_pct", percentage, packets), "audio.status.packet_loss_pct.minimum_samples": 1000}


def session_audio(session="one", **stats):
    """The effects of the first report of a session on its own figures."""
    return under(f"audio.avg_by_session.{session}", {
        "session_id": session,
        "duration_ms": TICKING,
        "avg_packet_loss_pct": None,
        "avg_jitter_ms": None,
        "avg_rtt_ms": None,
        "avg_mos": None,
        "total_underruns": 0,
        "total_dropouts_ms": 0,
        **stats,
    })


def ended_sessions(count, failure_rate, reason="unknown"):
    return {
        f"sessions.end_reasons.{reason}": count,
        "errors.session_failure_rate": failure_rate,
        **judged("errors.session_failure_rate", failure_rate, samples=count),
    }


def ended_for(reason="unknown"):
    """The effects of the first session that ended for a reason, on the series."""
    return {"amplifier_voice_sessions_ended_total": 1, series("session_ends_total", reason=reason): 1}


def waiting(count):
    """The effects of the number of tasks that wait, on the JSON."""
    return {"amplifier.queue_depth": count, "amplifier.status.queue_depth.value": count}


def opened(state):
    """The effects of a session that is new, in one state, on the series."""
    return {
        series("sessions", state=state): 1,
        "amplifier_voice_sessions_started_total": 1,
        "amplifier_voice_session_last_started_timestamp_seconds": ANY,
    }


def moved(old, new):
    return {series("sessions", state=old): 0, series("sessions", state=new): 1}


NEW_SESSION = {"sessions.total_today": 1, "sessions.last_session_started": ANY}


def connected(state):
    """The effects of the first session that is connected, in one state."""
    return {"sessions.active_count": 1, f"sessions.by_state.{state}": 1, "sessions.peak_concurrent_24h": 1}


NEW_ACTIVE_SESSION = {**NEW_SESSION, **connected("active")}


def ago(seconds):
    return datetime.now(timezone.utc).replace(microsecond=0) - timedelta(seconds=seconds)


def shown(time):
    """A time in whole seconds as the JSON writes it."""
    return time.strftime("%Y-%m-%dT%H:%M:%S.000Z")
