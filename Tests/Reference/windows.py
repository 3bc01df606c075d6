"""Windows as sets of slot numbers, and exact figures over the samples in them."""

from dataclasses import dataclass
from typing import Iterable, List, Optional, Sequence, Tuple, TypeVar

from .clock import MINUTE, SECOND, Now, WallTime

Value = TypeVar("Value")


class Percentile(float):
    """A percentile; the type tells the comparison that 1 % is allowed."""


@dataclass(frozen=True)
class Window:
    slot_ns: int
    slots: int

    def newest_slot(self, now: Now) -> int:
        return now.mono // self.slot_ns

    def oldest_slot(self, now: Now) -> int:
        return self.newest_slot(now) - self.slots + 1

    def contains(self, now: Now, mono: int) -> bool:
        return self.oldest_slot(now) <= mono // self.slot_ns <= self.newest_slot(now)

    def start(self, now: Now) -> WallTime:
        return now.wall_of(self.oldest_slot(now) * self.slot_ns)

    def values(self, now: Now, samples: Iterable[Tuple[int, Value]]) -> List[Value]:
        return [value for mono, value in samples if self.contains(now, mono)]

    def trend(self, now: Now, samples: Sequence[Tuple[int, Value]]) -> List[Tuple[WallTime, WallTime, List[Value]]]:
        points = []
        for slot in range(self.oldest_slot(now), self.newest_slot(now) + 1):
            newest = slot == self.newest_slot(now)
            end = WallTime(now.wall) if newest else now.wall_of((slot + 1) * self.slot_ns)
            within = [value for mono, value in samples if mono // self.slot_ns == slot]
            points.append((now.wall_of(slot * self.slot_ns), end, within))
        return points


FIVE_MINUTES = Window(10 * SECOND, 30)
HOUR_WINDOW = Window(5 * MINUTE, 12)
DAY_WINDOW = Window(15 * MINUTE, 96)


def percentile(values: Sequence[float], percent: int) -> Optional[Percentile]:
    if not values:
        return None
    # Whole numbers keep the rank exact where 0.95 * n would not be.
    rank = max(1, -(-percent * len(values) // 100))
    return Percentile(sorted(values)[rank - 1])


def mean(values: Sequence[float]) -> Optional[float]:
    return sum(values) / len(values) if values else None


def rate_per_minute(count: int) -> float:
    return count / 5


def percentile_set(values: Sequence[float], start: WallTime, end: WallTime) -> dict:
    return {
        "p50": percentile(values, 50),
        "p75": percentile(values, 75),
        "p90": percentile(values, 90),
        "p95": percentile(values, 95),
        "p99": percentile(values, 99),
        "min": float(min(values)) if values else None,
        "max": float(max(values)) if values else None,
        "count": len(values),
        "window_start": start,
        "window_end": end,
    }


def windowed_percentile_set(window: Window, now: Now, samples: Sequence[Tuple[int, float]]) -> dict:
    return percentile_set(window.values(now, samples), window.start(now), WallTime(now.wall))


def percentile_trend(window: Window, now: Now, samples: Sequence[Tuple[int, float]]) -> List[dict]:
    return [percentile_set(values, start, end) for start, end, values in window.trend(now, samples)]
