"""Tool calls: what is counted once per call, what is measured once per finish."""

from dataclasses import dataclass
from typing import Dict, List, Optional

from .clock import MILLISECOND, Moment, Now, WallTime, latest
from .names import RESERVED_TOOLS, CappedNames
from .windows import FIVE_MINUTES, HOUR_WINDOW, mean, percentile, rate_per_minute

PREVIEW_LENGTH = 100
RECENT_CALLS = 20


@dataclass
class Call:
    call_id: str
    tool_name: str
    label: str
    counted_at: int
    called: Moment
    session_id: Optional[str] = None
    agent_name: Optional[str] = None
    agent_label: Optional[str] = None
    instruction_preview: Optional[str] = None
    started: Optional[WallTime] = None
    finished_at: Optional[int] = None
    started_shown: Optional[WallTime] = None
    duration_ms: Optional[float] = None
    success: Optional[bool] = None
    error: Optional[str] = None

    def record(self) -> dict:
        return {
            "call_id": self.call_id,
            "tool_name": self.tool_name,
            "session_id": self.session_id,
            "started_at": self.started_shown,
            "duration_ms": self.duration_ms,
            "success": self.success,
            "error": self.error,
            "agent_name": self.agent_name,
            "instruction_preview": self.instruction_preview,
        }


class Tools:
    def __init__(self, agent_names: CappedNames) -> None:
        self.tool_names = CappedNames(RESERVED_TOOLS)
        self.agent_names = agent_names
        self.calls: List[Call] = []
        self.finished: List[Call] = []
        self.open: Dict[str, Call] = {}

    def _call(self, now: Now, moment: Moment, event: dict) -> Call:
        name = event["tool_name"]
        return Call(event["call_id"], name, self.tool_names.label(name), now.mono, moment)

    def _count(self, now: Now, moment: Moment, event: dict) -> Call:
        call = self._call(now, moment, event)
        self.calls.append(call)
        return call

    def _complete(self, call: Call, event: dict, was_counted: bool = False) -> None:
        if call.session_id is None:
            call.session_id = event.get("session_id")
        if call.agent_name is None and event.get("agent_name") is not None:
            call.agent_name = event["agent_name"]
            if not was_counted:
                call.agent_label = self.agent_names.label(call.agent_name)
        if call.instruction_preview is None and event.get("instruction_preview") is not None:
            call.instruction_preview = event["instruction_preview"][:PREVIEW_LENGTH]

    def start(self, now: Now, moment: Moment, event: dict) -> None:
        call = self._count(now, moment, event)
        call.started = moment.shown
        self._complete(call, event)
        self.open[call.call_id] = call

    def finish(self, now: Now, moment: Moment, event: dict, was_counted: bool) -> None:
        call = self.open.pop(event["call_id"], None)
        if call is None:
            # The start of a lost call counted it.
            call = self._call(now, moment, event) if was_counted else self._count(now, moment, event)
        self._complete(call, event, was_counted)
        call.finished_at = now.mono
        call.duration_ms = float(event["duration_ms"])
        call.success = event["success"]
        call.error = event.get("error")
        call.started_shown = call.started
        if call.started_shown is None:
            call.started_shown = WallTime(moment.shown - round(call.duration_ms * MILLISECOND))
        self.finished.append(call)

    def forget(self, call_id: str) -> None:
        del self.open[call_id]

    def recent(self) -> List[dict]:
        return [call.record() for call in reversed(self.finished[-RECENT_CALLS:])]

    def _tool(self, now: Now, label: str) -> dict:
        calls = [call for call in self.calls if call.label == label]
        finished = [call for call in self.finished if call.label == label]
        delegated: Dict[str, int] = {}
        for call in calls:
            if call.agent_label is not None:
                delegated[call.agent_label] = delegated.get(call.agent_label, 0) + 1
        return {
            "tool_name": label,
            "call_count": len(calls),
            "success_count": sum(call.success for call in finished),
            "failure_count": sum(not call.success for call in finished),
            "avg_duration_ms": mean([c.duration_ms for c in finished if HOUR_WINDOW.contains(now, c.finished_at)]),
            "last_called": latest(call.called for call in calls).shown if calls else None,
            "agents_delegated": delegated or None,
            "call_count_last_hour": sum(HOUR_WINDOW.contains(now, call.counted_at) for call in calls),
        }

    def labels(self) -> List[str]:
        return sorted({call.label for call in self.calls + self.finished})

    def json(self, now: Now) -> dict:
        finished = [call for call in self.finished if HOUR_WINDOW.contains(now, call.finished_at)]
        durations = [call.duration_ms for call in finished]
        successes = sum(call.success for call in finished)
        in_five_minutes = sum(FIVE_MINUTES.contains(now, call.counted_at) for call in self.calls)
        return {
            "total_calls": len(self.calls),
            "calls_last_hour": sum(HOUR_WINDOW.contains(now, call.counted_at) for call in self.calls),
            "calls_per_minute": rate_per_minute(in_five_minutes),
            "success_count": sum(call.success for call in self.finished),
            "failure_count": sum(not call.success for call in self.finished),
            "success_rate": successes / len(finished) if finished else None,
            "by_tool": {label: self._tool(now, label) for label in self.labels()},
            "avg_duration_ms": mean(durations),
            "p50_duration_ms": percentile(durations, 50),
            "p95_duration_ms": percentile(durations, 95),
            "recent_calls": self.recent(),
            "in_progress": len(self.open),
        }
