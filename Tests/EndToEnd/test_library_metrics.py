"""What the exporter's libraries count of themselves stands in the exposition beside its own families."""

from prometheus_client.parser import text_string_to_metric_families

from stream import StreamClient
from waiting import wait_until


def requests(exporter):
    """The requests by method, path and status, as the HTTP server counts them."""
    return {
        tuple(sample.labels[name] for name in ["http_request_method", "http_route", "http_response_status_code"]):
            sample.value
        for family in text_string_to_metric_families(exporter.exposition()) if family.name == "hb_requests"
        for sample in family.samples if sample.name == "hb_requests_total"
    }


def await_requests(exporter, expected):
    """Waits until requests are counted, which they are after their answer is sent."""
    def found():
        counted = requests(exporter)
        return all(counted.get(key) == count for key, count in expected.items())

    wait_until(found, expected)


def active(exporter):
    """The requests that are being answered, by method."""
    return {
        sample.labels["http_request_method"]: sample.value
        for family in text_string_to_metric_families(exporter.exposition())
        if family.name == "http_server_active_requests" for sample in family.samples
    }


def test_requests_are_counted_by_the_template_of_their_path(exporter):
    exporter.record({"type": "session.started", "session_id": "alive"})
    for path in ["/metrics/sessions/alive", "/metrics/sessions/alive", "/metrics/sessions/dead", "/metrics/summary"]:
        exporter.request("GET", path)
    exporter.request("PUT", "/metrics/summary")
    await_requests(exporter, {
        ("POST", "/api/events", "202"): 1, ("GET", "/metrics/sessions/{id}", "200"): 2,
        ("GET", "/metrics/sessions/{id}", "404"): 1, ("GET", "/metrics/summary", "200"): 1,
        ("PUT", "NotFound", "405"): 1,
    })


def test_every_request_ends_whatever_its_method(exporter):
    for method in ["HEAD", "PUT", "OPTIONS"]:
        for path in ["/metrics", "/metrics/stream", "/nowhere"]:
            exporter.request(method, path)
    await_requests(exporter, {
        ("HEAD", "/metrics", "200"): 1, ("HEAD", "/metrics/stream", "200"): 1, ("HEAD", "NotFound", "404"): 1,
        ("PUT", "NotFound", "405"): 2, ("PUT", "NotFound", "404"): 1,
    })
    # The one that asks is being answered.
    ended = {"GET": 1, "HEAD": 0, "PUT": 0, "OPTIONS": 0}
    wait_until(lambda: active(exporter) == ended, "the end of every request")


def test_a_stream_is_active_until_its_client_goes(exporter):
    with StreamClient(exporter) as client:
        client.message()
        wait_until(lambda: active(exporter)["GET"] == 2, "the stream")
    wait_until(lambda: active(exporter)["GET"] == 1, "the end of the stream")


def test_paths_from_outside_make_no_series(exporter):
    exporter.request("GET", "/nowhere")
    await_requests(exporter, {("GET", "NotFound", "404"): 1})
    before = requests(exporter)
    for number in range(200):
        exporter.request("GET", f"/nowhere/{number}")
        exporter.request("GET", f"/metrics/sessions/{number}")
    await_requests(exporter, {("GET", "NotFound", "404"): 201, ("GET", "/metrics/sessions/{id}", "404"): 200})
    new = requests(exporter).keys() - before.keys()
    assert new - {("GET", "/metrics", "200")} == {("GET", "/metrics/sessions/{id}", "404")}


def test_methods_from_outside_make_no_series(exporter):
    for number in range(50):
        assert exporter.request(f"METHOD{number}", "/metrics").status == 400
    assert {method for method, _, _ in requests(exporter)} <= {"GET"}


def test_a_request_takes_its_time_in_seconds(exporter):
    exporter.get_json("/metrics/summary")
    await_requests(exporter, {("GET", "/metrics/summary", "200"): 1})
    durations = next(
        family for family in text_string_to_metric_families(exporter.exposition())
        if family.name == "http_server_request_duration_seconds")
    assert durations.type == "histogram"
    sums = [
        sample.value for sample in durations.samples
        if sample.name.endswith("_sum") and sample.labels["http_route"] == "/metrics/summary"]
    assert len(sums) == 1 and 0 < sums[0] < 10


def test_nothing_of_the_libraries_was_refused(exporter):
    exporter.exposition()
    samples = exporter.samples()
    assert samples["swift_metrics_refused_total"] == samples["swift_metrics_overflows_total"] == 0
