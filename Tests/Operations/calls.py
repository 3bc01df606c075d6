"""Voice sessions that go on until they are told to stop: on a good or a bad network, with a healthy bridge or not."""

import itertools
import threading

from realtime_call import conversation, end_of_silence, silence

TICK = 0.25
SESSIONS = 45
REPORTING = 12
# A conversation whose raw events are forwarded begins every so many ticks, and is silent for so many.
CONVERSATION = 48
SILENCE = 22

NETWORKS = {
    "good": {"lost": 0, "received": 50, "jitter_ms": 8, "rtt_ms": 40},
    "bad": {"lost": 5, "received": 45, "jitter_ms": 80, "rtt_ms": 400},
}


class Calls:
    """Feeds an exporter several times a second; every kind of event is among them."""

    def __init__(self, exporter, network="good", bridge="healthy"):
        self._exporter = exporter
        self.network = network
        self.bridge = bridge
        self._packets = {"lost": 0, "received": 0}
        self._number = itertools.count()
        self._stopped = threading.Event()
        self._failure = None
        self._thread = threading.Thread(target=self._run)
        exporter.record(*[{"type": "session.started", "session_id": f"s{i}"} for i in range(SESSIONS)])

    def __enter__(self):
        self._thread.start()
        return self

    def __exit__(self, *_):
        self._stopped.set()
        self._thread.join()
        if self._failure:
            raise self._failure

    def _run(self):
        try:
            while not self._stopped.wait(TICK):
                self._exporter.record(*self._batch())
        except BaseException as failure:
            self._failure = failure

    def _batch(self):
        network = NETWORKS[self.network]
        for name in self._packets:
            self._packets[name] += network[name]
        number = next(self._number)
        return [*self._audio(network, number), *self._turn(number), *self._work(number), *self._conversation(number)]

    def _audio(self, network, number):
        for session in range(REPORTING):
            yield {
                "type": "audio.stats", "session_id": f"s{session}", "jitter_ms": network["jitter_ms"],
                "rtt_ms": network["rtt_ms"], "packetsLost": self._packets["lost"],
                "packetsReceived": self._packets["received"], "bytesReceived": 1000 * number,
                "bytesSent": 1000 * number, "buffer_level_ms": 60, "dropout_ms": 1, "buffer_underruns": number,
                "uplink_packet_loss_pct": 0.4, "uplink_jitter_ms": 9,
                "codec": "opus", "sample_rate_hz": 48_000,
            }

    def _turn(self, number):
        for metric in ("ttfa", "turn", "webrtc_connect", "session_create", "sdp_exchange"):
            yield {"type": "latency.sample", "metric": metric, "value_ms": 250 + number % 50, "turn_id": f"t{number}"}
        yield {"type": "sideband.lag", "session_id": "s0", "lag_ms": number % 20}
        yield {"type": "vad", "session_id": "s0", "outcome": "speech" if number % 4 else "false_positive"}
        # An error now and then; one session in twenty ends with it.
        if number % 80 == 0:
            yield {
                "type": "error", "category": "openai_api", "code": "rate_limit_exceeded", "message": "Slow down.",
                "session_id": f"e{number}",
            }
        if number % 4 == 0:
            yield {"type": "session.started", "session_id": f"e{number}"}
            yield {"type": "session.ended", "session_id": f"e{number}", "duration_ms": 60_000}

    def _conversation(self, number):
        session = f"raw{number // CONVERSATION}"
        call = {"call_id": f"{session}-call", "tool_name": "delegate", "session_id": session}
        if number % CONVERSATION == 0:
            yield from conversation(session)
            yield {"type": "tool.started", **call, "queue_wait_ms": 200}
            yield {"type": "tool.finished", **call, "success": True, "duration_ms": 300}
            yield from silence(session)
            # One is always live.
            yield {
                "type": "session.ended", "session_id": f"raw{number // CONVERSATION - 1}", "duration_ms": 12_000,
                "reason": "user_ended"}
        elif number % CONVERSATION == SILENCE:
            yield from end_of_silence(session)

    def _work(self, number):
        for tool in ("task", "bash", "grep"):
            call = {"call_id": f"{tool}-{number}", "tool_name": tool, "session_id": "s1"}
            yield {"type": "tool.started", **call}
            yield {"type": "tool.finished", **call, "success": number % 20 != 0, "duration_ms": 300}
        for agent in ("modular-builder", "bug-hunter"):
            task = {"task_id": f"{agent}-{number}", "agent_name": agent}
            yield {"type": "task.started", **task}
            if number % 20:
                yield {"type": "task.completed", **task, "duration_ms": 2_000}
            else:
                yield {"type": "task.failed", **task, "duration_ms": 2_000, "reason": "timeout"}
        yield {
            "type": "bridge.status", "initialized": True, "tools_count": 13, "health_status": self.bridge,
            "queue_depth": 1, "started_at": "2026-01-31T12:00:00Z",
        }
