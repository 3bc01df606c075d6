"""Hand-made logs: a few events told with a clock, and the figures that came of them."""

from typing import List, Optional

from .clock import DAY, MILLISECOND, SECOND, format_rfc_3339
from .monitor import Monitor, Snapshot

START = {"monotonic_ns": 10_000 * SECOND, "wall_ns": 20_000 * DAY + 43_200 * SECOND, "utc_offset_s": 0}


class Story:
    def __init__(self, **start: int):
        self.start = {**START, **start}
        self.monitor = Monitor(self.start)

    def say(self, kind: str, *, times: int = 1, at_ms: Optional[int] = None, **fields) -> str:
        """The outcome of the event; `at_ms` is how far its `at` lies from now."""
        if at_ms is not None:
            fields["at"] = format_rfc_3339(self.monitor.now.wall + at_ms * MILLISECOND)
        for _ in range(times):
            self.monitor.run({"event": {"type": kind, **fields}})
        return self.monitor.state.outcomes[-1]

    def post_audio(self, session_id: Optional[str], **body) -> str:
        self.monitor.run({"audio": body, "session_id": session_id})
        return self.monitor.state.outcomes[-1]

    def wait(self, seconds: float) -> None:
        self.monitor.run({"advance_ns": round(seconds * SECOND)})

    def jump(self, seconds: float) -> None:
        self.monitor.run({"jump_wall_ns": round(seconds * SECOND)})

    def look(self) -> Snapshot:
        return self.monitor.run({"snapshot": True})

    def section(self, slug: str) -> dict:
        return self.look().json["summary"][slug]

    def metric(self, name: str, **labels: str) -> Optional[float]:
        return self.look().exposition.values.get((f"amplifier_voice_{name}", frozenset(labels.items())))

    def states(self) -> List[str]:
        by_state = self.monitor.state.sessions.by_state
        return sorted(state for state, count in by_state.items() for _ in range(count))
