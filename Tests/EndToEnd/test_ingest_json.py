"""`POST /api/events`: what is not JSON refuses its whole body."""

import json

import pytest

from ingest import NOT_JSON, STARTED, counted, report


@pytest.mark.parametrize(
    "body",
    [
        b"", b" \r\n", b"hello", b"{", b"{}x", b"[{}", b'{"type":}', b"{'type':'session.started'}",
        b'{"type":"latency.sample","metric":"ttfa","value_ms":NaN}',
        b'{"type":"latency.sample","metric":"ttfa","value_ms":Infinity}',
        b'{"type":"session.started","session_id":"one"} // comment',
        # Deep nesting must not overflow a stack.
        b"[" * 200_000, b'{"a":' * 100_000, b'{"type":"session.started","session_id":"one","a":' + b"[" * 100_000,
        # One element that is not JSON leaves no array whose other elements could be trusted.
        b'[{"type":"session.started","session_id":"one"},{"type":"latency.sample","metric":"ttfa","value_ms":NaN}]',
    ],
    ids=lambda body: repr(body[:60]),
)
def test_a_body_that_is_not_json_is_refused_as_a_whole(exporter, body):
    answer = exporter.post(body)
    assert (answer.status, answer.json) == (400, report(rejected=[NOT_JSON]))
    assert counted(exporter) == {'rejected_events{reason="invalid_json"}': 1}
    assert exporter.sample("amplifier_voice_sessions_started_total") == 0


@pytest.mark.parametrize(
    "value", [b"01", b"1.", b"1e", b"--1", b"[1,]", b"1,", b'"\xff"', b'"a\nb"', b'"\\q"'], ids=repr)
def test_bad_grammar_in_a_key_that_nobody_reads_is_still_no_json(exporter, value):
    answer = exporter.post(b'{"type":"session.started","session_id":"one","x":%b}' % value)
    assert (answer.status, answer.json) == (400, report(rejected=[NOT_JSON]))


def test_an_array_with_a_trailing_comma_is_no_json(exporter):
    answer = exporter.post(json.dumps([STARTED]).replace("]", ",]"))
    assert (answer.status, answer.json) == (400, report(rejected=[NOT_JSON]))
