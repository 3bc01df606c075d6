"""Errors by category and code, their rates and the share of sessions that failed."""

from dataclasses import dataclass
from typing import Dict, List, Optional

from .clock import Now, WallTime
from .names import OTHER
from .sessions import AtLeastThese, Sessions
from .status import CATEGORY_THRESHOLDS, number_status, possible_statuses
from .windows import FIVE_MINUTES, HOUR_WINDOW, rate_per_minute

RECENT_ERRORS = 50

KNOWN_CODES = {
    "infrastructure": ("webrtc_connect_failed", "webrtc_ice_timeout", "websocket_closed", "network_timeout"),
    "openai_api": (
        "rate_limit_exceeded",
        "auth_error",
        "model_unavailable",
        "session_expired",
        "invalid_response",
        "content_filtered",
        "output_truncated",
    ),
    "amplifier": (
        "tool_not_found",
        "tool_execution_failed",
        "agent_spawn_failed",
        "session_not_initialized",
        "capability_missing",
    ),
    "audio": (
        "codec_error",
        "buffer_underrun",
        "invalid_format",
        "vad_failure",
        "transcription_failed",
        "capture_failed",
        "playback_blocked",
    ),
    "session": ("invalid_state", "cleanup_failed", "duplicate_session", "session_not_found"),
}


class Anything:
    """A value that the exporter makes up."""


@dataclass(frozen=True)
class Error:
    mono: int
    error_id: Optional[str]
    shown: WallTime
    category: str
    code: str
    message: str
    session_id: Optional[str]
    stack_trace: Optional[str]
    request_context: Optional[dict]

    @property
    def label(self) -> str:
        return self.code if self.code in KNOWN_CODES[self.category] else OTHER

    def record(self) -> dict:
        return {
            "error_id": Anything() if self.error_id is None else self.error_id,
            "timestamp": self.shown,
            "category": self.category,
            "code": self.code,
            "message": self.message,
            "session_id": self.session_id,
            "stack_trace": self.stack_trace,
            "request_context": self.request_context,
        }


class Errors:
    def __init__(self) -> None:
        self.errors: List[Error] = []

    def record(self, error: Error) -> None:
        self.errors.append(error)

    def recent(self) -> List[dict]:
        return [error.record() for error in reversed(self.errors[-RECENT_ERRORS:])]

    def _category(self, now: Now, category: str) -> dict:
        errors = [error for error in self.errors if error.category == category]
        last_hour = [error for error in errors if HOUR_WINDOW.contains(now, error.mono)]
        rate = rate_per_minute(sum(FIVE_MINUTES.contains(now, error.mono) for error in errors))
        by_code: Dict[str, int] = {}
        for error in last_hour:
            by_code[error.label] = by_code.get(error.label, 0) + 1
        threshold = CATEGORY_THRESHOLDS[category]
        return {
            "category": category,
            "count_last_hour": len(last_hour),
            "rate_per_minute": rate,
            "by_code": by_code,
            "warning_threshold": threshold.warning,
            "critical_threshold": threshold.critical,
            "status": possible_statuses(rate, threshold, len(errors), 0),
        }

    def _trend(self, now: Now) -> List[dict]:
        points = []
        for start, end, errors in HOUR_WINDOW.trend(now, [(error.mono, error) for error in self.errors]):
            by_category = {
                category: sum(error.category == category for error in errors) for category in KNOWN_CODES
            }
            points.append(
                {"start": start, "end": end, "total": len(errors), "by_category": AtLeastThese(by_category)}
            )
        return points

    def json(self, now: Now, sessions: Sessions) -> dict:
        recent = sum(FIVE_MINUTES.contains(now, error.mono) for error in self.errors)
        per_minute = rate_per_minute(recent)
        failure_rate, ended = sessions.failure_rate(now)
        return {
            "total_errors_per_minute": per_minute,
            "session_failure_rate": failure_rate,
            "by_category": {category: self._category(now, category) for category in KNOWN_CODES},
            "recent_errors": self.recent(),
            "error_trend": self._trend(now),
            "status": {
                "total_errors_per_minute": number_status("total_errors_per_minute", per_minute, recent),
                "session_failure_rate": number_status("session_failure_rate", failure_rate, ended),
            },
        }
