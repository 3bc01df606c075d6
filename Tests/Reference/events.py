"""The shape of events: what is required, what is refused, what is cut."""

from typing import Any, Callable, Dict, Tuple

from .amplifier import TASK_STATUSES
from .clock import LONGEST_DURATION_MS, SECOND, parse_rfc_3339
from .errors import KNOWN_CODES
from .latency import MARKS, TOLD_KINDS
from .sessions import CONNECTED_STATES

NAME_LENGTH = 256
MESSAGE_LENGTH = 8192
SESSION_ID_LENGTH = 128
EVENT_ID_LENGTH = 64


class Refused(ValueError):
    pass


Reader = Callable[[Any], Any]


def _string(longest: int, cut: bool) -> Reader:
    def read(value: Any) -> str:
        if not isinstance(value, str) or not value or (len(value) > longest and not cut):
            raise Refused(value)
        return value[:longest]

    return read


def _number(lowest: float = float("-inf"), highest: float = float("inf")) -> Reader:
    def read(value: Any) -> float:
        if isinstance(value, bool) or not isinstance(value, (int, float)) or not lowest <= value <= highest:
            raise Refused(value)
        return value

    return read


def _one_of(*allowed: str) -> Reader:
    def read(value: Any) -> str:
        if value not in allowed:
            raise Refused(value)
        return value

    return read


def _boolean(value: Any) -> bool:
    if not isinstance(value, bool):
        raise Refused(value)
    return value


def _object(value: Any) -> dict:
    if not isinstance(value, dict):
        raise Refused(value)
    return value


def _time(value: Any) -> int:
    if isinstance(value, str):
        try:
            return parse_rfc_3339(value)
        except ValueError as error:
            raise Refused(value) from error
    return round(_number()(value) * SECOND)


NAME = _string(NAME_LENGTH, cut=True)
MESSAGE = _string(MESSAGE_LENGTH, cut=True)
IDENTIFIER = _string(SESSION_ID_LENGTH, cut=False)
DURATION = _number(0, LONGEST_DURATION_MS)
PERCENTAGE = _number(0, 100)
COUNT = _number(0)
BRIDGE_HEALTH = ("healthy", "degraded", "unhealthy")

EVENT_FIELDS: Dict[str, Reader] = {
    "id": _string(EVENT_ID_LENGTH, cut=False),
    "at": _time,
    "session_id": IDENTIFIER,
}

AUDIO_READINGS: Dict[str, Reader] = {
    "packet_loss_pct": PERCENTAGE,
    "jitter_ms": _number(0, 10_000),
    "rtt_ms": _number(0, 60_000),
    "codec": NAME,
    "bitrate_kbps": COUNT,
    "sample_rate_hz": COUNT,
    "buffer_level_ms": DURATION,
    "dropout_ms": DURATION,
    "buffer_underruns": COUNT,
    "vad_triggered_count": COUNT,
    "false_positive_interrupts": COUNT,
    "packetsLost": _number(),
    "packetsReceived": COUNT,
    "bytesReceived": COUNT,
    "bytesSent": COUNT,
}

_SESSION = {"session_id": IDENTIFIER}
_TASK = {"task_id": IDENTIFIER}
_CALL = {"call_id": IDENTIFIER, "tool_name": NAME}
_CALL_EXTRA = {"agent_name": NAME, "instruction_preview": MESSAGE}

EVENT_TYPES: Dict[str, Tuple[Dict[str, Reader], Dict[str, Reader]]] = {
    "session.connecting": (_SESSION, {}),
    "session.started": (_SESSION, {}),
    "session.heartbeat": (_SESSION, {}),
    "session.state": ({**_SESSION, "state": _one_of(*CONNECTED_STATES)}, {}),
    "session.ended": (_SESSION, {"duration_ms": DURATION, "reason": NAME, "failed": _boolean}),
    "latency.sample": ({"metric": _one_of(*TOLD_KINDS), "value_ms": DURATION}, {"turn_id": IDENTIFIER}),
    "turn.mark": ({**_SESSION, "turn_id": IDENTIFIER, "mark": _one_of(*MARKS)}, {"offset_ms": _number()}),
    "tool.started": (_CALL, _CALL_EXTRA),
    "tool.finished": ({**_CALL, "success": _boolean, "duration_ms": DURATION}, {**_CALL_EXTRA, "error": MESSAGE}),
    "error": (
        {"category": _one_of(*KNOWN_CODES), "code": NAME, "message": MESSAGE},
        {"stack_trace": MESSAGE, "request_context": _object},
    ),
    "task.queued": (_TASK, {"agent_name": NAME}),
    "task.started": ({**_TASK, "agent_name": NAME}, {"instruction_preview": MESSAGE}),
    "task.agent_spawned": ({**_TASK, "agent_name": NAME}, {"instruction_preview": MESSAGE}),
    "task.progress": (
        _TASK,
        {"status": _one_of(*TASK_STATUSES), "progress_pct": PERCENTAGE, "current_step": NAME},
    ),
    "task.completed": (_TASK, {"duration_ms": DURATION, "agent_name": NAME}),
    "task.failed": (
        _TASK,
        {"duration_ms": DURATION, "agent_name": NAME, "error": MESSAGE, "reason": _one_of("error", "timeout")},
    ),
    "bridge.status": (
        {"initialized": _boolean, "tools_count": COUNT, "health_status": _one_of(*BRIDGE_HEALTH)},
        {"queue_depth": COUNT, "started_at": _time},
    ),
    "audio.stats": (_SESSION, AUDIO_READINGS),
    "vad": ({**_SESSION, "outcome": _one_of("speech", "false_positive")}, {}),
}


def read_event(raw: dict) -> dict:
    """The event with nothing but known fields, or `Refused`."""
    kind = raw.get("type")
    if kind not in EVENT_TYPES:
        raise Refused(kind)
    required, optional = EVENT_TYPES[kind]
    event = {"type": kind}
    for name, read in {**EVENT_FIELDS, **optional, **required}.items():
        if raw.get(name) is not None:
            event[name] = read(raw[name])
        elif name in required:
            raise Refused(name)
    if kind == "audio.stats" and not any(name in event for name in AUDIO_READINGS):
        raise Refused("no reading")
    return event


def read_audio_body(body: dict, session_id) -> dict:
    """SPEC's snippet as an event; its `packetLoss` is a constant of the snippet and stands for nothing."""
    names = {"jitter": "jitter_ms", "rtt": "rtt_ms"}
    names.update({name: name for name in ("packetsLost", "packetsReceived", "bytesReceived", "bytesSent")})
    raw = {"type": "audio.stats", "session_id": session_id or "none"}
    raw.update({new: body[old] for old, new in names.items() if old in body})
    # The snippet begins with zeros and overwrites what it finds.
    if raw.get("jitter_ms") == 0 and raw.get("packetsReceived") is None:
        del raw["jitter_ms"]
    for name in ("rtt_ms", "bytesReceived", "bytesSent"):
        if raw.get(name) == 0:
            del raw[name]
    event = read_event(raw)
    if session_id is None:
        del event["session_id"]
    return event
