"""What the sessions section counts; the table of live sessions itself is the interpreter's."""

from dataclasses import dataclass
from typing import Dict, List, Optional, Tuple

from .clock import Moment, Now, WallTime, latest
from .windows import DAY_WINDOW, HOUR_WINDOW, mean, percentile

CONNECTED_STATES = ("active", "idle", "tool_executing")
SESSIONS_LIMIT = 50


class AtLeastThese(dict):
    """A map of counts in which a key that is absent on the other side stands for 0."""


@dataclass(frozen=True)
class Ended:
    mono: int
    end: Moment
    duration_ms: Optional[float]
    failed: bool
    lost: bool


class Sessions:
    def __init__(self) -> None:
        self.opened: List[Tuple[int, int]] = []
        self.ended: List[Ended] = []
        self.levels: List[Tuple[int, int, int]] = []
        self.openings: List[Moment] = []
        self.by_state: Dict[str, int] = {state: 0 for state in ("connecting", *CONNECTED_STATES)}

    @property
    def connected(self) -> int:
        return sum(self.by_state[state] for state in CONNECTED_STATES)

    def open(self, now: Now, moment: Moment, state: str) -> None:
        self.opened.append((now.mono, now.local_day))
        self.openings.append(moment)
        self.move(now, None, state)

    def move(self, now: Now, old: Optional[str], new: Optional[str]) -> None:
        before = self.connected
        if old is not None:
            self.by_state[old] -= 1
        if new is not None:
            self.by_state[new] += 1
        if self.connected != before:
            self.levels.append((now.mono, before, self.connected))

    def end(self, now: Now, state: str, end: Moment, duration: Optional[float], failed: bool, lost: bool) -> None:
        self.ended.append(Ended(now.mono, end, duration, failed, lost))
        self.move(now, state, None)

    @property
    def last_started(self) -> Optional[WallTime]:
        opening = latest(self.openings)
        return None if opening is None else opening.shown

    @property
    def last_ended(self) -> Optional[WallTime]:
        # A lost session's end is its last event, which may be older than an end that was told meanwhile.
        end = latest(ended.end for ended in self.ended)
        return None if end is None else end.shown

    def durations(self) -> List[float]:
        return [ended.duration_ms for ended in self.ended if ended.duration_ms is not None]

    def failure_rate(self, now: Now) -> Tuple[Optional[float], int]:
        ended = [entry for entry in self.ended if HOUR_WINDOW.contains(now, entry.mono)]
        if not ended:
            return None, 0
        return 100 * sum(entry.failed for entry in ended) / len(ended), len(ended)

    def peak(self, now: Now) -> int:
        within = [(before, after) for mono, before, after in self.levels if DAY_WINDOW.contains(now, mono)]
        return max([self.connected] + [level for change in within for level in change])

    def json(self, now: Now) -> dict:
        durations = [
            ended.duration_ms
            for ended in self.ended
            if ended.duration_ms is not None and DAY_WINDOW.contains(now, ended.mono)
        ]
        return {
            "active_count": self.connected,
            "connecting_count": self.by_state["connecting"],
            "total_today": sum(day == now.local_day for _, day in self.opened),
            "peak_concurrent_24h": self.peak(now),
            "avg_duration_ms": mean(durations),
            "median_duration_ms": percentile(durations, 50),
            "min_duration_ms": float(min(durations)) if durations else None,
            "max_duration_ms": float(max(durations)) if durations else None,
            "by_state": AtLeastThese({state: self.by_state[state] for state in CONNECTED_STATES}),
            "last_session_started": self.last_started,
            "last_session_ended": self.last_ended,
            "limit": SESSIONS_LIMIT,
            "duration_count": len(durations),
        }
