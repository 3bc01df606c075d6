"""The series of /metrics as the reference sees them, and those that must exist before anything has happened."""

from collections import Counter
from dataclasses import dataclass, field
from typing import Dict, FrozenSet, Iterable, Set, Tuple

from .clock import SECOND, latest
from .errors import KNOWN_CODES
from .interpreter import Interpreter
from .names import OTHER, RESERVED_AGENTS, RESERVED_TOOLS
from .sessions import SESSIONS_LIMIT

PREFIX = "amplifier_voice_"

Series = Tuple[str, FrozenSet[Tuple[str, str]]]

BUCKETS = {
    "session_duration_seconds": (5, 10, 30, 60, 120, 180, 300, 600, 900, 1800, 3600, 7200),
    "time_to_first_audio_seconds": (0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.8, 1, 1.2, 1.5, 2, 2.5, 3, 4, 6, 10),
    "turn_duration_seconds": (0.5, 0.75, 1, 1.5, 2, 2.5, 3, 3.5, 4, 5, 6, 7, 8.5, 10, 15, 30),
    "webrtc_connect_duration_seconds": (0.05, 0.1, 0.2, 0.3, 0.4, 0.5, 0.75, 1, 1.5, 2.5, 5, 10),
    "session_create_duration_seconds": (0.05, 0.1, 0.2, 0.3, 0.4, 0.5, 0.75, 1, 1.5, 2.5, 5, 10),
    "sdp_exchange_duration_seconds": (0.05, 0.1, 0.2, 0.3, 0.4, 0.5, 0.75, 1, 1.5, 2.5, 5, 10),
    "tool_call_duration_seconds": (0.05, 0.1, 0.25, 0.5, 1, 2, 3, 5, 7.5, 10, 20, 30, 60),
    "task_duration_seconds": (0.5, 1, 2.5, 5, 10, 15, 20, 30, 45, 60, 120, 300),
    "audio_packet_loss_ratio": (0, 0.001, 0.0025, 0.005, 0.01, 0.02, 0.03, 0.05, 0.1, 0.2, 0.5, 1),
    "audio_jitter_seconds": (0.005, 0.01, 0.02, 0.03, 0.04, 0.05, 0.075, 0.1, 0.2, 0.5),
    "audio_round_trip_time_seconds": (0.025, 0.05, 0.075, 0.1, 0.15, 0.2, 0.3, 0.5, 1, 2),
    "audio_mos_score": (1.5, 2, 2.5, 3, 3.25, 3.5, 3.75, 4, 4.25, 4.5),
    "audio_buffer_level_seconds": (0.01, 0.02, 0.04, 0.06, 0.08, 0.1, 0.12, 0.15, 0.2, 0.3, 0.5, 1),
}

LATENCY_FAMILIES = {
    "ttfa": "time_to_first_audio_seconds",
    "turn": "turn_duration_seconds",
    "webrtc_connect": "webrtc_connect_duration_seconds",
    "session_create": "session_create_duration_seconds",
    "sdp_exchange": "sdp_exchange_duration_seconds",
}

# These have no series before the first report, so that absence never reads as 0.
REPORTED_GAUGES = (
    "session_last_started_timestamp_seconds",
    "session_last_ended_timestamp_seconds",
    "tool_last_call_timestamp_seconds",
    "task_queue_depth",
    "bridge_health",
    "bridge_initialized",
    "bridge_tools",
    "bridge_start_time_seconds",
    "bridge_last_health_check_timestamp_seconds",
)

COUNTED_BY_THE_EXPORTER = ("replaced_event_times_total", "late_session_events_total", "repeated_session_ends_total")


@dataclass
class Exposition:
    values: Dict[Series, float] = field(default_factory=dict)
    must_exist: Set[Series] = field(default_factory=set)

    def put(self, name: str, value: float, always: bool = True, **labels: str) -> None:
        series = (PREFIX + name, frozenset(labels.items()))
        self.values[series] = float(value)
        if always:
            self.must_exist.add(series)

    def histogram(self, name: str, values: Iterable[float], **labels: str) -> None:
        values = list(values)
        for bound in BUCKETS[name]:
            # Bounds are compared as numbers, so their text is that of Python on both sides.
            within = sum(value <= bound for value in values)
            self.put(name + "_bucket", within, le=repr(float(bound)), **labels)
        self.put(name + "_bucket", len(values), le=repr(float("inf")), **labels)
        self.put(name + "_count", len(values), **labels)
        self.put(name + "_sum", sum(values), **labels)


def _seconds(milliseconds: Iterable[float]) -> list:
    return [value / 1000 for value in milliseconds]


def exposition(state: Interpreter) -> Exposition:
    result = Exposition()
    _sessions(result, state)
    _latency(result, state)
    _tools(result, state)
    _errors(result, state)
    _audio(result, state)
    _amplifier(result, state)
    result.put("exporter_replaced_event_times_total", state.replaced_event_times)
    result.put("exporter_late_session_events_total", state.late_session_events)
    result.put("exporter_repeated_session_ends_total", state.repeated_session_ends)
    return result


def _sessions(result: Exposition, state: Interpreter) -> None:
    sessions = state.sessions
    for name, count in sessions.by_state.items():
        result.put("sessions", count, state=name)
    result.put("sessions_limit", SESSIONS_LIMIT)
    result.put("sessions_started_total", len(sessions.opened))
    result.put("sessions_ended_total", len(sessions.ended))
    result.put("sessions_failed_total", sum(ended.failed for ended in sessions.ended))
    result.put("sessions_lost_total", sum(ended.lost for ended in sessions.ended))
    result.histogram("session_duration_seconds", _seconds(sessions.durations()))
    if sessions.last_started is not None:
        result.put("session_last_started_timestamp_seconds", sessions.last_started / SECOND)
    if sessions.last_ended is not None:
        result.put("session_last_ended_timestamp_seconds", sessions.last_ended / SECOND)


def _latency(result: Exposition, state: Interpreter) -> None:
    for kind, family in LATENCY_FAMILIES.items():
        result.histogram(family, _seconds(value for _, value in state.latency.samples[kind]))


def _tools(result: Exposition, state: Interpreter) -> None:
    tools = state.tools
    calls = Counter(call.label for call in tools.calls)
    failures = Counter(call.label for call in tools.finished if not call.success)
    in_progress = Counter(call.label for call in tools.open.values())
    for label in sorted({*tools.labels(), *RESERVED_TOOLS}):
        result.put("tool_calls_total", calls[label], tool=label)
        result.put("tool_call_failures_total", failures[label], tool=label)
        result.put("tool_calls_in_progress", in_progress[label], tool=label)
        durations = [call.duration_ms for call in tools.finished if call.label == label]
        result.histogram("tool_call_duration_seconds", _seconds(durations), tool=label)
    for label in calls:
        last = latest(call.called for call in tools.calls if call.label == label)
        result.put("tool_last_call_timestamp_seconds", last.shown / SECOND, tool=label)


def _errors(result: Exposition, state: Interpreter) -> None:
    counts = Counter((error.category, error.label) for error in state.errors.errors)
    for category, codes in KNOWN_CODES.items():
        for code in (*codes, OTHER):
            result.put("errors_total", counts[category, code], category=category, code=code)


def _audio(result: Exposition, state: Interpreter) -> None:
    audio = state.audio
    result.put("audio_packets_lost_total", sum(lost for _, (lost, _) in audio.packets))
    result.put("audio_packets_received_total", sum(received for _, (_, received) in audio.packets))
    result.put("audio_received_bytes_total", audio.totals["bytes_received"])
    result.put("audio_sent_bytes_total", audio.totals["bytes_sent"])
    result.put("audio_buffer_underruns_total", sum(count for _, count in audio.underruns))
    result.put("audio_dropout_seconds_total", audio.dropouts_ms / 1000)
    result.put("vad_activations_total", audio.totals["vad"])
    result.put("vad_false_positives_total", audio.totals["false_positives"])
    readings = {name: [value for _, value in samples] for name, samples in audio.readings.items()}
    result.histogram("audio_packet_loss_ratio", [loss / 100 for loss in audio.losses])
    result.histogram("audio_jitter_seconds", _seconds(readings["jitter_ms"]))
    result.histogram("audio_round_trip_time_seconds", _seconds(readings["rtt_ms"]))
    result.histogram("audio_buffer_level_seconds", _seconds(readings["buffer_level_ms"]))
    result.histogram("audio_mos_score", readings["mos_score"], model="spec")
    result.histogram("audio_mos_score", readings["mos_g107"], model="g107")


def _amplifier(result: Exposition, state: Interpreter) -> None:
    amplifier = state.amplifier
    statuses = Counter(task.status for task in amplifier.active())
    for status in ("initializing", "executing", "completing"):
        result.put("tasks_active", statuses[status], status=status)
    spawned = Counter(agent for agent, _ in amplifier.spawns)
    finished = Counter(task.agent for task in amplifier.finished)
    failures = Counter((task.agent, task.reason) for task in amplifier.finished if not task.completed)
    for agent in sorted({*spawned, *finished, *RESERVED_AGENTS}):
        reserved = agent in RESERVED_AGENTS
        result.put("agents_spawned_total", spawned[agent], always=reserved or agent in spawned, agent=agent)
        result.put("tasks_finished_total", finished[agent], always=reserved or agent in finished, agent=agent)
        for reason in ("error", "timeout"):
            count = failures[agent, reason]
            result.put("task_failures_total", count, always=reserved or count > 0, agent=agent, reason=reason)
        durations = [t.duration_ms for t in amplifier.finished if t.agent == agent and t.duration_ms is not None]
        if durations or reserved:
            result.histogram("task_duration_seconds", _seconds(durations), agent=agent)
    if amplifier.queue_depth is not None:
        result.put("task_queue_depth", amplifier.queue_depth)
    if amplifier.bridge is not None:
        for health in ("healthy", "degraded", "unhealthy"):
            result.put("bridge_health", amplifier.bridge["health_status"] == health, state=health)
        result.put("bridge_initialized", amplifier.bridge["initialized"])
        result.put("bridge_tools", amplifier.bridge["tools_count"])
        result.put("bridge_last_health_check_timestamp_seconds", amplifier.last_health_check / SECOND)
    if amplifier.bridge_started is not None:
        result.put("bridge_start_time_seconds", amplifier.bridge_started / SECOND)
