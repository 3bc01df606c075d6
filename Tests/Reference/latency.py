"""Latency samples of every kind and the statuses of their percentiles."""

from typing import Dict, List, Tuple

from .clock import Now
from .status import number_status
from .windows import FIVE_MINUTES, HOUR_WINDOW, percentile_trend, windowed_percentile_set

TOLD_KINDS = ("ttfa", "turn", "webrtc_connect", "session_create", "sdp_exchange")
MARKS = (
    "speech_end_detected",
    "transcription_complete",
    "llm_first_token",
    "tool_call_started",
    "tool_call_complete",
    "tts_first_byte",
    "audio_playback_start",
    "response_complete",
)
DERIVED_FROM = {
    "ttfa": ("speech_end_detected", "audio_playback_start"),
    "turn": ("speech_end_detected", "response_complete"),
}


class Latency:
    def __init__(self) -> None:
        kinds = TOLD_KINDS + ("tool_execution", "amplifier_task")
        self.samples: Dict[str, List[Tuple[int, float]]] = {kind: [] for kind in kinds}

    def sample(self, now: Now, kind: str, value_ms: float) -> None:
        self.samples[kind].append((now.mono, float(value_ms)))

    def json(self, now: Now) -> dict:
        sections = {}
        for kind, samples in self.samples.items():
            window = FIVE_MINUTES if kind in ("ttfa", "turn") else HOUR_WINDOW
            sections[kind] = windowed_percentile_set(window, now, samples)
        status = {}
        for kind in ("ttfa", "turn"):
            for rank in ("p50", "p95", "p99"):
                field = f"{kind}_{rank}"
                status[field] = number_status(field, sections[kind][rank], sections[kind]["count"])
            sections[f"{kind}_trend"] = percentile_trend(HOUR_WINDOW, now, self.samples[kind])
        return {**sections, "status": status}
