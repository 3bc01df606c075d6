"""Memory does not grow with the number of ids."""

import json

from exporter import Exporter

KINDS = 8
BATCH = 2_000
BATCHES = 500
BATCHES_PER_SCRAPE = 25

MEGABYTE = 1_000_000
ALLOWANCE = 20 * MEGABYTE


def body(batch):
    """Events that each name an event and a session of their own, and in turn a turn, a call, a task, an utterance, a
    response, a requested call and another id of the session of their own."""
    events = []
    for number in range(batch * BATCH // KINDS, (batch + 1) * BATCH // KINDS):
        events.append(f'{{"type":"session.heartbeat","id":"heartbeat-{number}","session_id":"heartbeating-{number}"}}')
        events.append(
            f'{{"type":"turn.mark","id":"mark-{number}","session_id":"marking-{number}","turn_id":"turn-{number}",'
            '"mark":"speech_end_detected"}')
        events.append(
            f'{{"type":"tool.started","id":"call-event-{number}","session_id":"calling-{number}",'
            f'"call_id":"call-{number}","tool_name":"bash"}}')
        events.append(
            f'{{"type":"task.started","id":"task-event-{number}","session_id":"working-{number}",'
            f'"task_id":"task-{number}","agent_name":"bug-hunter"}}')
        events.append(raw(number, "speaking", {
            "type": "input_audio_buffer.speech_stopped", "item_id": f"item_{number}"}))
        events.append(raw(number, "answering", {
            "type": "response.done", "response": {
                "id": f"resp_{number}", "status": "completed", "usage": {"output_token_details": {"audio_tokens": 1}}}}))
        events.append(raw(number, "asking", {
            "type": "response.output_item.done",
            "item": {"type": "function_call", "call_id": f"fc_{number}", "name": "bash", "arguments": "{}"}}))
        events.append(
            f'{{"type":"session.linked","id":"link-{number}","session_id":"linked-{number}",'
            f'"aliases":["alias-{number}"]}}')
    return f"[{','.join(events)}]".encode()


def raw(number, name, event):
    return json.dumps({
        "type": "realtime.event", "id": f"{name}-event-{number}", "session_id": f"{name}-{number}", "source": "browser",
        "received_ms": number, "event": event})


class Feeder:
    """Posts batches over one connection, with a scrape now and then as Prometheus would."""

    def __init__(self, exporter):
        self._connection = exporter.connect()

    def post(self, batches):
        for batch in batches:
            answer = self._request("POST", "/api/events", body(batch), {"Content-Type": "application/json"})
            assert answer == b'{"accepted":%d,"duplicates":0,"rejected":[]}' % BATCH
            if batch % BATCHES_PER_SCRAPE == 0:
                self.scrape()

    def scrape(self):
        self._request("GET", "/metrics", headers={"Accept-Encoding": "gzip"})

    def close(self):
        self._connection.close()

    def _request(self, method, path, body=None, headers=None):
        self._connection.request(method, path, body, headers or {})
        response = self._connection.getresponse()
        assert response.status in (200, 202)
        return response.read()


def test_a_million_ids_of_each_kind_of_thing_take_less_than_20_megabytes(record_property):
    with Exporter() as exporter:
        feeder = Feeder(exporter)
        feeder.scrape()
        idle = exporter.memory()
        feeder.post(range(BATCHES))
        feeder.scrape()
        full = exporter.memory()
        feeder.close()
        figures = {"idle": idle, "full": full, "peak": exporter.memory("VmHWM")}
        for name, figure in figures.items():
            record_property(name, figure)
            print(f"{name}: {figure / MEGABYTE:.1f} MB")
        assert full - idle < ALLOWANCE, figures
        assert exporter.sample("amplifier_voice_sessions_started_total") == BATCHES * BATCH
