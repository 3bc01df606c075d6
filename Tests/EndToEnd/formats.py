"""The text formats of the exposition: asked for by name, and read by the parser that belongs to each."""

import re

from prometheus_client.openmetrics.parser import text_string_to_metric_families as openmetrics_families

from exporter import families, own

TEXT_TYPE = "text/plain; version=0.0.4; charset=utf-8"
OPENMETRICS_TYPE = "application/openmetrics-text; version=1.0.0; charset=utf-8"
PROTOBUF_TYPE = "application/vnd.google.protobuf; proto=io.prometheus.client.MetricFamily; encoding=delimited"

# What the exporter says of its own process and of being asked differs from one scrape to the next.
MOVES = re.compile("process_|hb_|http_server_|amplifier_voice_exporter_scrape|amplifier_voice_exporter_series")


def openmetrics(exporter, **headers):
    """The body in OpenMetrics, which must be what the answer says."""
    answer = exporter.request("GET", "/metrics", headers={"Accept": "application/openmetrics-text", **headers})
    assert (answer.status, answer.headers["Content-Type"]) == (200, OPENMETRICS_TYPE)
    return answer.body


def in_openmetrics(exporter):
    return own(openmetrics_families(openmetrics(exporter).decode()))


def in_text(exporter):
    return families(exporter.exposition())


def told(parsed):
    """What an exposition tells of all that does not move by itself: type, help and samples by family."""
    return {
        family.name: (
            family.type, family.documentation,
            [(sample.name, sample.labels, sample.value) for sample in family.samples])
        for family in parsed
        if not MOVES.match(family.name)
    }
