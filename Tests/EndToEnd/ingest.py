"""What the tests of ingest share: events, and the counters of what was taken in."""

NDJSON = "application/x-ndjson"
STARTED = {"type": "session.started", "session_id": "one"}
NOT_JSON = {"index": 0, "field": None, "error": "This is not valid JSON."}

_PREFIX = "amplifier_voice_exporter_ingest_"


def report(accepted=0, duplicates=0, rejected=()):
    return {"accepted": accepted, "duplicates": duplicates, "rejected": list(rejected)}


def counted(exporter):
    """The ingest counters that are not 0; `amplifier_voice_exporter_ingest_` and `_total` are left out of the names."""
    return {
        series.removeprefix(_PREFIX).replace("_total", "", 1): value
        for series, value in exporter.samples().items()
        if series.startswith(_PREFIX) and value
    }
