"""An exporter that has seen every kind of event, so that each of its families has something to show."""

from realtime_call import CALL

LATENCIES = {
    "ttfa": "amplifier_voice_time_to_first_audio_seconds",
    "turn": "amplifier_voice_turn_duration_seconds",
    "webrtc_connect": "amplifier_voice_webrtc_connect_duration_seconds",
    "session_create": "amplifier_voice_session_create_duration_seconds",
    "sdp_exchange": "amplifier_voice_sdp_exchange_duration_seconds",
}

LATENCIES_OF_RAW_EVENTS = [
    "amplifier_voice_time_to_answer_seconds",
    "amplifier_voice_time_to_first_audio_part_seconds",
    "amplifier_voice_turn_playback_end_seconds",
]

EVENTS = [
    {"type": "session.connecting", "session_id": "one"},
    {"type": "session.started", "session_id": "one"},
    {"type": "session.heartbeat", "session_id": "one"},
    {"type": "session.state", "session_id": "one", "state": "idle"},
    {"type": "session.linked", "session_id": "one", "aliases": ["rtc_one"]},
    {"type": "session.started", "session_id": "two"},
    {"type": "session.ended", "session_id": "two", "duration_ms": 61_000, "failed": True},
    *[
        {"type": "latency.sample", "metric": metric, "value_ms": value, "turn_id": f"{metric}-{value}"}
        for metric in LATENCIES
        for value in (90, 1234.5, 99_999)
    ],
    {"type": "turn.mark", "session_id": "one", "turn_id": "marked", "mark": "speech_end_detected", "offset_ms": 0},
    {"type": "turn.mark", "session_id": "one", "turn_id": "marked", "mark": "audio_playback_start", "offset_ms": 550},
    {"type": "tool.requested", "call_id": "runs", "tool_name": "bash"},
    {"type": "tool.started", "call_id": "runs", "tool_name": "bash"},
    {"type": "tool.finished", "call_id": "ended", "tool_name": "a new one", "success": False, "duration_ms": 5},
    {"type": "error", "category": "audio", "code": "codec_error", "message": "The codec stumbled."},
    {"type": "error", "category": "session", "code": "unheard of", "message": "Nobody knows."},
    {"type": "task.queued", "task_id": "waits"},
    {"type": "task.started", "task_id": "runs", "agent_name": "zen-architect"},
    {"type": "task.agent_spawned", "task_id": "runs", "agent_name": "zen-architect"},
    {"type": "task.progress", "task_id": "runs", "progress_pct": 50},
    {"type": "task.started", "task_id": "failed", "agent_name": "a new one"},
    {"type": "task.failed", "task_id": "failed", "duration_ms": 2_000, "reason": "timeout"},
    {"type": "task.started", "task_id": "completed", "agent_name": "bug-hunter"},
    {"type": "task.completed", "task_id": "completed", "duration_ms": 3_000},
    {
        "type": "bridge.status", "initialized": True, "tools_count": 7, "health_status": "degraded",
        "started_at": "2026-01-31T12:00:00Z",
    },
    {
        "type": "audio.stats", "session_id": "one", "packet_loss_pct": 0.5, "jitter_ms": 12, "rtt_ms": 80,
        "codec": "opus", "bitrate_kbps": 32, "sample_rate_hz": 48_000, "buffer_level_ms": 60, "dropout_ms": 20,
        "buffer_underruns": 1, "vad_triggered_count": 2, "false_positive_interrupts": 1, "packetsLost": 3,
        "packetsReceived": 997, "bytesReceived": 80_000, "bytesSent": 90_000,
    },
    {"type": "vad", "session_id": "one", "outcome": "false_positive"},
    {"type": "sideband.lag", "session_id": "one", "lag_ms": 40},
    *CALL,
]


# More than have places of their own, and as long as names can be.
MANY_NAMES = [f"{number:03}" + 253 * "x" for number in range(60)]


def feed_many_names(exporter):
    """Makes the exposition several times as large as what the kernel holds for a client that does not read."""
    exporter.record(*[
        {"type": "tool.finished", "call_id": name[:3], "tool_name": name, "success": True, "duration_ms": 5}
        for name in MANY_NAMES])
    exporter.record(*[{"type": "task.started", "task_id": name[:3], "agent_name": name} for name in MANY_NAMES])
    exporter.record(*[{"type": "task.completed", "task_id": name[:3], "duration_ms": 5} for name in MANY_NAMES])


def feed_everything(exporter):
    exporter.record(*EVENTS)
