"""Statuses of numbers, sections and the whole, kept as sets of what is possible near a percentile's threshold."""

from dataclasses import dataclass
from itertools import product
from typing import Dict, FrozenSet, Iterable, Optional, Tuple

from .windows import Percentile

ORDER = ("unknown", "ok", "warning", "critical")


class OneOf(frozenset):
    """The statuses (or numbers of reasons) that the other side may show."""


class Optionally:
    """A value that the definitions leave open: absent, null or this."""

    def __init__(self, value):
        self.value = value


@dataclass(frozen=True)
class Threshold:
    target: Optional[float]
    warning: Optional[float]
    critical: Optional[float]
    minimum_samples: int = 0
    higher_is_worse: bool = True


THRESHOLDS: Dict[str, Threshold] = {
    "ttfa_p50": Threshold(400, 600, 1000, 10),
    "ttfa_p95": Threshold(800, 1200, 2000, 20),
    "ttfa_p99": Threshold(1500, 2500, 4000, 100),
    "turn_p50": Threshold(1500, 2000, 3000, 10),
    "turn_p95": Threshold(2500, 3500, 5000, 20),
    "turn_p99": Threshold(5000, 7000, 10000, 100),
    "total_errors_per_minute": Threshold(None, 5, 20),
    "session_failure_rate": Threshold(None, 10, 25, 10),
    "packet_loss_pct": Threshold(1, 3, None, 1000),
    "jitter_ms": Threshold(30, 50, None, 30),
    "rtt_ms": Threshold(100, 200, None, 30),
    "mos_score": Threshold(4.0, 3.5, None, 30, higher_is_worse=False),
    "queue_depth": Threshold(None, 10, None),
}

CATEGORY_THRESHOLDS: Dict[str, Threshold] = {
    "infrastructure": Threshold(None, 1, 5),
    "openai_api": Threshold(None, 2, 10),
    "amplifier": Threshold(None, 1, 5),
    "audio": Threshold(None, 0.5, 2),
    "session": Threshold(None, 0.5, 2),
}


def status_of(value: float, threshold: Threshold) -> str:
    def beyond(limit: Optional[float]) -> bool:
        if limit is None:
            return False
        return value > limit if threshold.higher_is_worse else value < limit

    if beyond(threshold.critical):
        return "critical"
    return "warning" if beyond(threshold.warning) else "ok"


def possible_statuses(value: Optional[float], threshold: Threshold, samples: int, minimum: int) -> OneOf:
    if value is None or samples < minimum:
        return OneOf({"unknown"})
    if isinstance(value, Percentile):
        return OneOf(status_of(value * factor, threshold) for factor in (0.99, 1, 1.01))
    return OneOf({status_of(value, threshold)})


def number_status(field: str, value: Optional[float], samples: int, minimum: Optional[int] = None) -> dict:
    threshold = THRESHOLDS[field]
    guarded = threshold.minimum_samples > 0
    needed = threshold.minimum_samples if minimum is None else minimum
    return {
        "status": possible_statuses(value, threshold, samples, needed),
        "value": value,
        "target": threshold.target,
        "warning": threshold.warning,
        "critical": threshold.critical,
        "samples": samples if guarded else Optionally(samples),
        "minimum_samples": needed if guarded else Optionally(0),
    }


def worst(statuses: Iterable[str]) -> str:
    return max(statuses, key=ORDER.index)


def section_health(possibilities: Iterable[FrozenSet[str]]) -> dict:
    each = [sorted(possible) for possible in possibilities]
    if not each:
        return {"status": OneOf({"ok"}), "reasons": OneOf({0})}
    outcomes: Tuple[Tuple[str, ...], ...] = tuple(product(*each))
    return {
        "status": OneOf(worst(outcome) for outcome in outcomes),
        "reasons": OneOf(sum(status in ("warning", "critical") for status in outcome) for outcome in outcomes),
    }


def whole_status(sections: Iterable[FrozenSet[str]]) -> OneOf:
    meaning = {"critical": "unhealthy", "warning": "degraded", "ok": "healthy", "unknown": "healthy"}
    return OneOf(meaning[worst(outcome)] for outcome in product(*[sorted(possible) for possible in sections]))
