"""Tells an amplifier-voice-exporter what happens in a voice server.

Set AMPLIFIER_VOICE_EXPORTER_URL, or call `configure`, and record:

    import voice_monitoring

    voice_monitoring.record_session_start(session_id)
    voice_monitoring.forward(event, session_id)

Nothing here blocks the caller or raises into it. Events wait in a bounded queue, whose oldest go first when it is full,
and a thread of this module's own sends them in batches, again and again until the exporter has them. Each has an id, so
that the exporter counts it once. Without an address everything does nothing.

One file, the standard library only, Python 3.11 and later, for threads and for asyncio.
"""

import asyncio
import atexit
import contextlib
# To be there before a process is forked: a child that is born while the thread imports it with its first connection
# never has it, and finds no host.
import encodings.idna
import functools
import http.client
import json
import logging
import os
import random
import threading
import time
import urllib.parse
import uuid
from collections import deque
from dataclasses import dataclass

__all__ = [
    "Counts", "configure", "counts", "flush", "forward", "link_session", "reading", "record", "record_audio_stats",
    "record_error", "record_latency_sample", "record_session_end", "record_session_start", "record_task_end",
    "record_task_start", "record_tool_call", "record_tool_start", "succeeded",
]

_log = logging.getLogger(__name__)


def _harmless(function):
    """A function that tells the log, and not its caller, of what goes wrong in it."""
    @functools.wraps(function)
    def harmless(*arguments, **named):
        try:
            return function(*arguments, **named)
        except Exception:
            _log.debug("%s failed.", function.__name__, exc_info=True)
    return harmless


# SPEC section 9, collectors.py


@_harmless
def record_session_start(session_id):
    """Records the start of a session."""
    record("session.started", session_id)


@_harmless
def record_session_end(session_id, duration_ms=None, *, reason=None, failed=None):
    """Records the end of a session. The first end counts; a later one is no second session."""
    record("session.ended", session_id, duration_ms=duration_ms, reason=reason, failed=failed)


@_harmless
def record_latency_sample(sample_type, value_ms, session_id=None, *, turn_id=None):
    """Records a latency: `ttfa`, `turn`, `webrtc_connect`, `session_create` or `sdp_exchange`."""
    record("latency.sample", session_id, metric=sample_type, value_ms=value_ms, turn_id=turn_id)


@_harmless
def record_error(category, code, message, session_id=None, *, stack_trace=None):
    """Records an error."""
    record("error", session_id, category=category, code=code, message=str(message), stack_trace=stack_trace)


@_harmless
def record_tool_start(tool_name, call_id, session_id=None):
    """Records that a tool begins to run, after it waited for its turn."""
    record("tool.started", session_id, call_id=call_id, tool_name=tool_name)


@_harmless
def record_tool_call(
        tool_name, duration_ms, success, session_id=None, agent_name=None, *, call_id=None, error=None):
    """Records that a tool has run. Ask `succeeded` where its result only wraps a failure."""
    record(
        "tool.finished", session_id, call_id=call_id or uuid.uuid4().hex, tool_name=tool_name, success=bool(success),
        duration_ms=duration_ms, agent_name=agent_name, error=_text(error))


@_harmless
def record_task_start(task):
    """Records the start of a task: an object or a mapping with the fields of the specification's ActiveTask."""
    preview = _field(task, "instruction_preview")
    record(
        "task.started", _field(task, "session_id"), task_id=_field(task, "task_id"),
        agent_name=_field(task, "agent_name"), instruction_preview=preview and str(preview)[:100])


@_harmless
def record_task_end(task_id, success, duration_ms=None, *, agent_name=None, error=None):
    """Records the end of a task."""
    kind = "task.completed" if success else "task.failed"
    told = {} if success else {"error": _text(error)}
    record(kind, task_id=task_id, duration_ms=duration_ms, agent_name=agent_name, **told)


@_harmless
def record_audio_stats(stats, session_id):
    """Records a client's readings: an object or a mapping with fields of the specification's AudioQualityMetrics."""
    record("audio.stats", session_id, **{name: _field(stats, name) for name in _AUDIO_FIELDS})


# Beyond the specification


@_harmless
def record(type, session_id=None, **fields):
    """Records an event of any type that the exporter knows. Fields that are None are left out."""
    client = _client
    if client is not None:
        client.record(type, session_id, fields)


@_harmless
def link_session(session_id, *aliases):
    """Says that several ids name one session: the server's own, the call's, and OpenAI's. None is no id."""
    session_id, *aliases = [id for id in (session_id, *aliases) if id] or [None]
    if aliases:
        record("session.linked", session_id, aliases=aliases)


@_harmless
def forward(event, session_id, *, received=None):
    """Forwards a server event of the Realtime API, as a mapping or as JSON text.

    Only what the exporter reads leaves the process: no words, no audio, no instructions. `received` is when the event
    came, by `time.monotonic`; now, if it is not told.
    """
    if _client is None:
        return
    received = time.monotonic() if received is None else received
    event = json.loads(event) if isinstance(event, (str, bytes, bytearray)) else event
    kind = event.get("type", "")
    if kind.endswith(".delta") and not _deltas.is_first((session_id, event.get("response_id"), kind)):
        return
    record(
        "realtime.event", session_id, event=_selected(event, _EVENT_FIELDS), received_ms=1000 * received,
        source="sideband")


async def reading(messages, session_id, *, limit=10_000):
    """Forwards every message of a sideband the moment it comes, and gives it on to whoever handles it.

    A task of its own reads, so that a handler that takes long, since it awaits a tool, neither makes the times wrong
    nor keeps the connection from answering pings. At most `limit` messages wait for the handler. How long they wait is
    recorded, the longest of each second.
    """
    waiting = asyncio.Queue(limit)
    end = object()

    async def read():
        failure = None
        try:
            async for message in messages:
                received = time.monotonic()
                forward(message, session_id, received=received)
                await waiting.put((received, message))
        except Exception as error:
            # The handler hears of it once it has handled what came before.
            failure = error
        await waiting.put((failure, end))

    lag = _Lag(session_id)
    reader = asyncio.create_task(read())
    try:
        while (item := await waiting.get())[1] is not end:
            received, message = item
            lag.note(received)
            yield message
        if item[0] is not None:
            raise item[0]
    finally:
        lag.tell()
        reader.cancel()
        with contextlib.suppress(asyncio.CancelledError):
            await reader


class _Lag:
    """How late the handler of a sideband gets its messages."""

    def __init__(self, session_id):
        self._session_id = session_id
        self._largest = None
        self._told = 0.0

    def note(self, received):
        now = time.monotonic()
        self._largest = max(self._largest or 0.0, now - received)
        if now - self._told >= 1:
            self._told = now
            self.tell()

    def tell(self):
        if self._largest is not None:
            record("sideband.lag", self._session_id, lag_ms=1000 * self._largest)
        self._largest = None


def succeeded(result):
    """Whether the result of a tool, however deep it is wrapped, says that it did what it should."""
    try:
        for _ in range(8):
            if _field(result, "success") is False:
                return False
            inner = _field(result, "output")
            if inner is None or isinstance(inner, (str, bytes)):
                return True
            result = inner
    except Exception:
        _log.debug("A result could not be read.", exc_info=True)
    return True


@dataclass(frozen=True)
class Counts:
    """What became of the events recorded in this process."""

    recorded: int = 0
    # What the exporter said.
    accepted: int = 0
    duplicates: int = 0
    rejected: int = 0
    # The oldest of a full queue, those over five minutes old, and those that are no JSON.
    dropped: int = 0
    waiting: int = 0


def configure(url, *, queue_size=10_000):
    """Sends to the exporter at an address such as http://127.0.0.1:9477; to none if it is empty."""
    global _client
    before, _client = _client, _Client(url, queue_size) if url else None
    if before is not None:
        before.close()


def counts():
    """What became of the events so far."""
    client = _client
    return Counts() if client is None else client.counts()


def flush(timeout=2.0):
    """Waits until everything recorded is with the exporter, at most so many seconds; whether it is.

    Blocks the caller, so under asyncio call `await asyncio.to_thread(voice_monitoring.flush)`.
    """
    client = _client
    return client is None or client.flush(timeout)


# What of an event leaves the process

_AUDIO_FIELDS = (
    "packet_loss_pct", "jitter_ms", "rtt_ms", "codec", "bitrate_kbps", "sample_rate_hz", "buffer_level_ms",
    "dropout_ms", "buffer_underruns", "vad_triggered_count", "false_positive_interrupts",
)

_ERROR = {"type": True, "code": True, "message": True, "event_id": True}
_TOKENS = {"text_tokens": True, "audio_tokens": True, "image_tokens": True}
_USAGE = {
    "type": True, "seconds": True, "total_tokens": True, "input_tokens": True, "output_tokens": True,
    "input_token_details": {**_TOKENS, "cached_tokens": True, "cached_tokens_details": _TOKENS},
    "output_token_details": _TOKENS,
}
_VAD = {"type": True, "prefix_padding_ms": True, "silence_duration_ms": True}
_ITEM = {"id": True, "type": True, "call_id": True, "name": True, "arguments": True}
_EVENT_FIELDS = {
    "type": True, "event_id": True, "item_id": True, "response_id": True, "call_id": True, "name": True,
    "arguments": True, "audio_start_ms": True, "audio_end_ms": True, "transcript": True, "error": _ERROR,
    "usage": _USAGE, "item": _ITEM,
    "rate_limits": {"name": True, "limit": True, "remaining": True, "reset_seconds": True},
    "session": {
        "id": True, "model": True, "expires_at": True, "turn_detection": _VAD,
        "input_audio_transcription": {"model": True},
        "audio": {"input": {"turn_detection": _VAD, "transcription": {"model": True}}},
    },
    "response": {
        "id": True, "status": True, "usage": _USAGE, "output": _ITEM,
        "status_details": {"type": True, "reason": True, "error": _ERROR},
    },
}
_LONGEST_ARGUMENTS = 4096


def _selected(value, fields):
    if isinstance(value, list):
        return [_selected(item, fields) for item in value]
    if not isinstance(value, dict):
        return None
    selected = {}
    for name, inner in fields.items():
        if (item := value.get(name)) is None:
            continue
        if name == "transcript":
            item = "…" if str(item).strip() else ""
        elif name == "arguments":
            item = _arguments(item)
        elif inner is not True:
            item = _selected(item, inner)
        selected[name] = item
    return selected


def _arguments(text):
    """The agent of a delegation, and whether the rest is JSON at all; never what the model asks for."""
    try:
        told = json.loads(text)
    except (TypeError, ValueError):
        return "not JSON"
    if not isinstance(told, dict):
        return "[]"
    return json.dumps({"agent": told["agent"]} if isinstance(told.get("agent"), str) else {})[:_LONGEST_ARGUMENTS]


class _Deltas:
    """Which pieces of an output are its first; the others tell nothing new."""

    def __init__(self):
        self._seen = deque(maxlen=256)
        self._lock = threading.RLock()

    def is_first(self, key):
        with self._lock:
            if key in self._seen:
                return False
            self._seen.append(key)
            return True


_deltas = _Deltas()


def _field(value, name):
    return value.get(name) if isinstance(value, dict) else getattr(value, name, None)


def _text(value):
    return None if value is None else str(value)


# Sending


class _Client:
    """A bounded queue, and a thread that empties it."""

    # The exporter takes 10,000 events and 1 MiB in one request.
    _batch_events = 500
    _batch_bytes = 256 << 10
    _event_bytes = 64 << 10
    # The exporter remembers ids for ten minutes and takes times of the last five for true.
    _oldest = 300.0
    _gathering = 0.05
    _first_pause = 0.25
    _longest_pause = 30.0
    _answer_deadline = 5.0

    def __init__(self, url, queue_size):
        parts = urllib.parse.urlsplit(url)
        # Asking for the port checks it.
        if parts.scheme not in ("http", "https") or not parts.hostname or parts.port == 0:
            raise ValueError(f"The address of the exporter must be like http://127.0.0.1:9477, not {url!r}.")
        self._parts = parts
        self._limit = max(queue_size, 2)
        self._most_in_batch = min(self._batch_events, self._limit // 2)
        self.begin()

    def begin(self):
        """A process begins with nothing: what waited when it was forked is its parent's to send."""
        self._boot = uuid.uuid4().hex[:12]
        self._condition = threading.Condition()
        self._queue = deque()
        # Events that are under way; they count as waiting.
        self._sending = 0
        # How many wait for everything to be sent.
        self._flushing = 0
        self._thread = None
        self._closed = False
        self._number = 0
        self._accepted = self._duplicates = self._rejected = self._dropped = 0
        self._complained = 0.0

    def record(self, type, session_id, fields):
        try:
            event = {"type": type, "at": time.time()}
            if session_id is not None:
                event["session_id"] = str(session_id)
            event.update((name, value) for name, value in fields.items() if value is not None)
            with self._condition:
                self._number += 1
                event["id"] = f"{self._boot}-{self._number}"
            text = json.dumps(event, allow_nan=False, separators=(",", ":")).encode()
            if len(text) > self._event_bytes:
                raise ValueError("The event is too large.")
        except Exception:
            _log.debug("An event could not be written.", exc_info=True)
            with self._condition:
                self._dropped += 1
            return
        with self._condition:
            while len(self._queue) + self._sending >= self._limit and self._queue:
                self._queue.popleft()
                self._dropped += 1
            self._queue.append((time.monotonic(), text))
            if self._thread is None and not self._closed:
                self._start()
            # Whoever records should not pay for waking the thread at each event.
            if len(self._queue) in (1, self._most_in_batch):
                self._condition.notify_all()

    def _start(self):
        try:
            self._thread = threading.Thread(target=self._run, name="voice_monitoring", daemon=True)
            self._thread.start()
        except RuntimeError:
            # The interpreter is ending; what is recorded now is lost.
            self._thread = None

    def counts(self):
        with self._condition:
            return Counts(
                self._number, self._accepted, self._duplicates, self._rejected, self._dropped,
                len(self._queue) + self._sending)

    def flush(self, timeout):
        with self._condition:
            self._flushing += 1
            self._condition.notify_all()
            try:
                return self._condition.wait_for(lambda: not self._queue and not self._sending, timeout)
            finally:
                self._flushing -= 1

    def close(self):
        with self._condition:
            self._closed = True
            self._condition.notify_all()

    # The thread

    def _run(self):
        connection = None
        while batch := self._take():
            pause = self._first_pause
            while True:
                batch = self._still_young(batch)
                if not batch:
                    break
                connection, answer, retry_after = self._post(connection, batch)
                if answer is not None:
                    self._settle(*answer)
                    break
                # A connection that nobody used for a while may be closed; the next one is not.
                if pause > self._first_pause:
                    self._complain("The exporter cannot be reached; what is recorded waits.")
                with self._condition:
                    self._condition.wait_for(
                        lambda: self._closed, retry_after or pause * random.uniform(0.5, 1))
                    if self._closed:
                        return
                pause = min(2 * pause, self._longest_pause)

    def _take(self):
        with self._condition:
            self._condition.wait_for(lambda: self._queue or self._closed)
            if self._closed and not self._queue:
                return None
            # What follows at once goes along.
            self._condition.wait_for(
                lambda: self._closed or self._flushing or len(self._queue) >= self._most_in_batch, self._gathering)
            batch, size = [], 0
            most = self._most_in_batch
            while self._queue and len(batch) < most and size + len(self._queue[0][1]) <= self._batch_bytes:
                batch.append(self._queue.popleft())
                size += len(batch[-1][1])
            self._sending = len(batch)
            return batch

    def _still_young(self, batch):
        young = [event for event in batch if event[0] > time.monotonic() - self._oldest]
        if len(young) < len(batch):
            with self._condition:
                self._dropped += len(batch) - len(young)
                self._sending = len(young)
                self._condition.notify_all()
        return young

    def _post(self, connection, batch):
        """The connection to go on with, what the exporter said, and when it wants to be asked again."""
        body = b"[" + b",".join(text for _, text in batch) + b"]"
        try:
            connection = connection or self._connect()
            connection.request(
                "POST", f"{self._parts.path.rstrip('/')}/api/events", body, {"Content-Type": "application/json"})
            response = connection.getresponse()
            answer = response.read(4 << 20)
        except Exception:
            if connection is not None:
                connection.close()
            return None, None, None
        if response.will_close:
            connection.close()
            connection = None
        if response.status in (408, 429) or response.status >= 500:
            return connection, None, self._seconds(response.getheader("Retry-After"))
        try:
            told = json.loads(answer)
            counted = int(told["accepted"]), int(told["duplicates"]), len(told["rejected"])
            reason = told["rejected"][0] if told["rejected"] else None
        except Exception:
            counted, reason = (0, 0, len(batch)), answer[:200]
        if counted[2]:
            self._complain("The exporter rejected %d events, of which the first: %s", counted[2], reason)
        return connection, counted, None

    def _connect(self):
        kind = http.client.HTTPSConnection if self._parts.scheme == "https" else http.client.HTTPConnection
        return kind(self._parts.hostname, self._parts.port, timeout=self._answer_deadline)

    def _seconds(self, retry_after):
        try:
            return min(max(float(retry_after), self._first_pause), self._longest_pause)
        except (TypeError, ValueError):
            return None

    def _settle(self, accepted, duplicates, rejected):
        with self._condition:
            self._accepted += accepted
            self._duplicates += duplicates
            self._rejected += rejected
            self._sending = 0
            self._condition.notify_all()

    def _complain(self, message, *arguments):
        """At most once a minute."""
        now = time.monotonic()
        if not self._complained or now - self._complained > 60:
            self._complained = now
            _log.warning(message, *arguments)


def _client_of_environment():
    try:
        configure(os.environ.get("AMPLIFIER_VOICE_EXPORTER_URL"))
    except ValueError as error:
        _log.warning("%s", error)


def _begin_in_child():
    global _deltas
    _deltas = _Deltas()
    if _client is not None:
        _client.begin()


_client = None
_client_of_environment()
os.register_at_fork(after_in_child=_begin_in_child)
atexit.register(flush)
