"""The dataclasses of SPEC, copied by hand: every field, in SPEC's order, with its type."""

import re
from datetime import datetime

DATACLASSES = """
SessionMetrics
    active_count: int
    connecting_count: int
    total_today: int
    peak_concurrent_24h: int
    avg_duration_ms: float
    median_duration_ms: float
    min_duration_ms: float
    max_duration_ms: float
    by_state: Dict[str, int]
    last_session_started: datetime
    last_session_ended: datetime

LatencyMetrics
    ttfa: PercentileSet
    turn: PercentileSet
    webrtc_connect: PercentileSet
    session_create: PercentileSet
    sdp_exchange: PercentileSet
    tool_execution: PercentileSet
    amplifier_task: PercentileSet
    ttfa_trend: List[PercentileSet]
    turn_trend: List[PercentileSet]

PercentileSet
    p50: float
    p75: float
    p90: float
    p95: float
    p99: float
    min: float
    max: float
    count: int
    window_start: datetime
    window_end: datetime

ToolCallMetrics
    total_calls: int
    calls_last_hour: int
    calls_per_minute: float
    success_count: int
    failure_count: int
    success_rate: float
    by_tool: Dict[str, ToolStats]
    avg_duration_ms: float
    p50_duration_ms: float
    p95_duration_ms: float
    recent_calls: List[ToolCallRecord]

ToolStats
    tool_name: str
    call_count: int
    success_count: int
    failure_count: int
    avg_duration_ms: float
    last_called: datetime
    agents_delegated: Dict[str, int]

ToolCallRecord
    call_id: str
    tool_name: str
    session_id: str
    started_at: datetime
    duration_ms: float
    success: bool
    error: str
    agent_name: str
    instruction_preview: str

ErrorMetrics
    total_errors_per_minute: float
    session_failure_rate: float
    by_category: Dict[str, CategoryErrorStats]
    recent_errors: List[ErrorRecord]
    error_trend: List[ErrorTrendPoint]

CategoryErrorStats
    category: str
    count_last_hour: int
    rate_per_minute: float
    by_code: Dict[str, int]
    warning_threshold: float
    critical_threshold: float
    status: str

ErrorRecord
    error_id: str
    timestamp: datetime
    category: str
    code: str
    message: str
    session_id: str
    stack_trace: str
    request_context: Dict[str, Any]

ErrorTrendPoint
    start: datetime
    end: datetime
    total: int
    by_category: Dict[str, int]

AudioQualityMetrics
    packet_loss_pct: float
    jitter_ms: float
    rtt_ms: float
    codec: str
    bitrate_kbps: float
    sample_rate_hz: int
    mos_score: float
    quality_rating: str
    vad_triggered_count: int
    false_positive_interrupts: int
    buffer_underruns: int
    buffer_level_ms: float
    avg_by_session: Dict[str, SessionAudioStats]

SessionAudioStats
    session_id: str
    duration_ms: float
    avg_packet_loss_pct: float
    avg_jitter_ms: float
    avg_rtt_ms: float
    avg_mos: float
    total_underruns: int
    total_dropouts_ms: float

AmplifierTaskMetrics
    bridge_initialized: bool
    bridge_tools_count: int
    active_tasks: List[ActiveTask]
    active_count: int
    queue_depth: int
    total_completed: int
    total_failed: int
    success_rate: float
    avg_duration_ms: float
    p50_duration_ms: float
    p95_duration_ms: float
    by_agent: Dict[str, AgentStats]
    session_uptime_seconds: float
    last_health_check: datetime
    health_status: str

ActiveTask
    task_id: str
    session_id: str
    agent_name: str
    instruction_preview: str
    started_at: datetime
    elapsed_ms: float
    status: str
    progress_pct: float
    current_step: str

AgentStats
    agent_name: str
    spawn_count: int
    success_count: int
    failure_count: int
    avg_duration_ms: float
    last_spawned: datetime
    last_result: str
"""

SECTIONS = {
    "sessions": "SessionMetrics",
    "latency": "LatencyMetrics",
    "tools": "ToolCallMetrics",
    "errors": "ErrorMetrics",
    "audio": "AudioQualityMetrics",
    "amplifier": "AmplifierTaskMetrics",
}

FIELDS = {
    name: dict(re.findall(r"(\w+): (.+)", fields))
    for name, fields in re.findall(r"^(\w+)\n((?:    .+\n)+)", DATACLASSES, re.MULTILINE)
}

_SIMPLE = {
    "int": lambda value: type(value) is int,
    "float": lambda value: type(value) in (int, float),
    "str": lambda value: isinstance(value, str),
    "bool": lambda value: isinstance(value, bool),
    "Any": lambda value: True,
    "datetime": lambda value: is_time(value),
}


def is_time(value):
    """RFC 3339 in UTC with milliseconds, and nothing else."""
    if not isinstance(value, str) or not re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z", value):
        return False
    datetime.fromisoformat(value)
    return True


def fields(sections):
    """Every field of SPEC in the JSON of sections: its path, its dataclass and its value, which must have its type."""
    for section, dataclass in SECTIONS.items():
        yield from _fields(sections[section], dataclass, section)


def _fields(value, kind, path):
    if kind in FIELDS:
        missing = FIELDS[kind].keys() - value.keys()
        assert not missing, f"{path} lacks {missing} of {kind}"
        for field, kind_of_field in FIELDS[kind].items():
            child = value[field]
            yield f"{path}.{field}", kind, child
            if child is not None:
                yield from _fields(child, kind_of_field, f"{path}.{field}")
    elif kind.startswith("List["):
        assert isinstance(value, list), f"{path} is no list: {value!r}"
        for index, element in enumerate(value):
            yield from _fields(element, kind.removeprefix("List[").removesuffix("]"), f"{path}.{index}")
    elif kind.startswith("Dict["):
        assert isinstance(value, dict), f"{path} is no object: {value!r}"
        for key, element in value.items():
            yield from _fields(element, kind.removeprefix("Dict[str, ").removesuffix("]"), f"{path}.{key}")
    else:
        assert _SIMPLE[kind](value), f"{path} is no {kind}: {value!r}"
