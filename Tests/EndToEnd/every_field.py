"""Events that give every field of SPEC's dataclasses a value."""

from expectations import ago

EVENTS = [
    {"type": "session.started", "session_id": "one"},
    {"type": "session.started", "session_id": "two"},
    {"type": "session.ended", "session_id": "two", "duration_ms": 61_000},
    *[
        {"type": "latency.sample", "metric": metric, "value_ms": 350, "session_id": "one"}
        for metric in ["ttfa", "turn", "webrtc_connect", "session_create", "sdp_exchange"]
    ],
    {
        "type": "tool.finished", "call_id": "c1", "tool_name": "task", "session_id": "one", "success": False,
        "duration_ms": 2500, "error": "It broke.", "agent_name": "bug-hunter", "instruction_preview": "Find the bug.",
    },
    {
        "type": "error", "category": "audio", "code": "codec_error", "message": "It crackles.", "session_id": "one",
        "stack_trace": "here", "request_context": {"attempt": 2},
    },
    {
        "type": "audio.stats", "session_id": "one", "packet_loss_pct": 2, "jitter_ms": 20, "rtt_ms": 100,
        "codec": "opus", "bitrate_kbps": 48, "sample_rate_hz": 24000, "buffer_level_ms": 60,
    },
    {"type": "task.completed", "task_id": "t1", "duration_ms": 12_000, "agent_name": "bug-hunter"},
    {
        "type": "task.started", "task_id": "t2", "agent_name": "zen-architect", "session_id": "one",
        "instruction_preview": "Draw the house.",
    },
    {"type": "task.progress", "task_id": "t2", "progress_pct": 40, "current_step": "the roof"},
    {"type": "task.failed", "task_id": "t3", "duration_ms": 12_000, "agent_name": "zen-architect"},
    {
        "type": "bridge.status", "initialized": True, "tools_count": 13, "health_status": "healthy", "queue_depth": 2,
        "started_at": ago(60).isoformat(),
    },
]
