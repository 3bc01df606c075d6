"""A fixed log of events that gives every figure of the dashboard a value."""

from expectations import ago

AGENTS = {"modular-builder": (28, 1), "bug-hunter": (8, 1), "zen-architect": (4, 0), "security-guardian": (2, 0)}
TOOLS = {"task": 42, "read_file": 8, "bash": 4, "grep": 2}
CODES = {
    ("openai_api", "rate_limit_exceeded"): 12, ("openai_api", "session_expired"): 4,
    ("openai_api", "model_unavailable"): 2, ("amplifier", "tool_execution_failed"): 3,
    ("infrastructure", "network_timeout"): 2, ("audio", "codec_error"): 1, ("session", "invalid_state"): 1,
}
COMPONENTS = {"webrtc_connect": 180, "session_create": 120, "sdp_exchange": 450}
STATES = ["active"] * 5 + ["tool_executing"] * 2 + ["idle"]


def sessions():
    for number in range(12):
        yield {"type": "session.started", "session_id": f"ended-{number}"}
        yield {
            "type": "session.ended", "session_id": f"ended-{number}", "duration_ms": 200_000 + 13_000 * number,
            "failed": number == 0}
    for number, state in enumerate(STATES):
        yield {"type": "session.started", "session_id": f"live-{number}"}
        yield {"type": "session.state", "session_id": f"live-{number}", "state": state}
    yield {"type": "session.connecting", "session_id": "next"}


def latencies():
    # With one value the percentiles of the program are exact, so that the reference's can be shown, too.
    for metric, count, value in [("ttfa", 120, 1300), ("turn", 30, 1480)]:
        for number in range(count):
            yield {"type": "latency.sample", "metric": metric, "value_ms": value, "turn_id": f"{metric}-{number}"}
    for metric, value in COMPONENTS.items():
        for _ in range(12):
            yield {"type": "latency.sample", "metric": metric, "value_ms": value}


def tools():
    agents = [agent for agent, (count, _) in AGENTS.items() for _ in range(count)]
    for name, count in TOOLS.items():
        for number in range(count):
            failed = name == "task" and number in (3, 40)
            yield {
                "type": "tool.finished", "call_id": f"{name}-{number}", "tool_name": name, "session_id": "live-0",
                "success": not failed, "duration_ms": 8_200, **({"error": "It broke."} if failed else {}),
                **({"agent_name": agents[number]} if name == "task" else {})}
    yield {"type": "tool.started", "call_id": "running", "tool_name": "bash"}


def errors():
    for (category, code), count in CODES.items():
        for number in range(count):
            yield {
                "type": "error", "id": f"{code}-{number}", "category": category, "code": code,
                "message": f"{code}, number {number}"}


def audio():
    for number in range(32):
        yield {
            "type": "audio.stats", "session_id": f"live-{number % 8}", "packet_loss_pct": 0.8, "jitter_ms": 22,
            "rtt_ms": 210, "codec": "opus", "bitrate_kbps": 48, "sample_rate_hz": 24_000, "buffer_level_ms": 120,
            "buffer_underruns": number // 8}
    for number in range(156):
        yield {"type": "vad", "session_id": "live-0", "outcome": "false_positive" if number < 3 else "speech"}


def tasks():
    for agent, (count, failures) in AGENTS.items():
        for number in range(count):
            task = {"task_id": f"{agent}-{number}", "agent_name": agent}
            yield {"type": "task.started", **task}
            yield {"type": "task.failed" if number < failures else "task.completed", "duration_ms": 14_200, **task}
    for agent, told in [("modular-builder", "Implement the user settings."), ("bug-hunter", "Fix the failing test.")]:
        yield {
            "type": "task.started", "task_id": agent, "agent_name": agent, "instruction_preview": told,
            "session_id": "live-5"}
    yield {"type": "task.progress", "task_id": "bug-hunter", "status": "executing", "progress_pct": 40,
           "current_step": "reading"}
    yield {
        "type": "bridge.status", "initialized": True, "tools_count": 13, "health_status": "healthy", "queue_depth": 11,
        "started_at": ago(16_350).isoformat()}


def events():
    return [*sessions(), *latencies(), *tools(), *errors(), *audio(), *tasks()]
