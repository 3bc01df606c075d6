"""Instants, wall times and the one rule by which a duration between two moments is found."""

import re
from dataclasses import dataclass
from datetime import datetime, timedelta, timezone
from typing import Iterable, Optional

MILLISECOND = 10**6
SECOND = 10**9
MINUTE = 60 * SECOND
HOUR = 60 * MINUTE
DAY = 24 * HOUR

LONGEST_DURATION_MS = 86_400_000
FARTHEST_BELIEVED_NS = 5 * MINUTE

_EPOCH = datetime(1970, 1, 1, tzinfo=timezone.utc)
_RFC_3339 = re.compile(
    r"(\d{4})-(\d{2})-(\d{2})[Tt ](\d{2}):(\d{2}):(\d{2})(?:\.(\d{1,9})\d*)?(?:([Zz])|([+-])(\d{2}):(\d{2}))"
)


class WallTime(int):
    """Nanoseconds since 1970 that stand for a time in JSON; the type tells the comparison to parse the other side."""


@dataclass(frozen=True)
class Now:
    mono: int
    wall: int
    utc_offset_s: int = 0

    @property
    def local_day(self) -> int:
        return (self.wall + self.utc_offset_s * SECOND) // DAY

    def wall_of(self, mono: int) -> WallTime:
        return WallTime(self.wall - (self.mono - mono))


@dataclass(frozen=True)
class Moment:
    """When something happened: receipt on the monotonic clock, the time to show, and what the sender said of it."""

    mono: int
    shown: WallTime
    at_is_believed: bool
    # Where the sender places it on the monotonic clock: "latest" must not depend on a wall clock that is set back.
    placed: int
    offset_ms: Optional[float] = None


def moment_of(now: Now, at: Optional[int]) -> Moment:
    believed = at is not None and abs(at - now.wall) <= FARTHEST_BELIEVED_NS
    shown = WallTime(at if believed else now.wall)
    return Moment(now.mono, shown, believed, now.mono - (now.wall - shown))


def latest(moments: Iterable[Moment]) -> Optional[Moment]:
    """Of those at the same place the one that came last."""
    return max(moments, key=lambda moment: (moment.placed, moment.mono), default=None)


def duration_ms(start: Moment, end: Moment) -> Optional[float]:
    if start.offset_ms is not None and end.offset_ms is not None:
        difference = end.offset_ms - start.offset_ms
    elif start.at_is_believed and end.at_is_believed:
        difference = (end.shown - start.shown) / MILLISECOND
    else:
        difference = (end.mono - start.mono) / MILLISECOND
    return difference if 0 <= difference <= LONGEST_DURATION_MS else None


def parse_rfc_3339(text: str) -> int:
    match = _RFC_3339.fullmatch(text)
    if match is None:
        raise ValueError(f"{text!r} is no RFC 3339 time")
    year, month, day, hour, minute, second = (int(part) for part in match.groups()[:6])
    instant = datetime(year, month, day, hour, minute, second, tzinfo=timezone.utc)
    if match[9]:
        shift = timedelta(hours=int(match[10]), minutes=int(match[11]))
        instant += -shift if match[9] == "+" else shift
    fraction = int((match[7] or "0").ljust(9, "0"))
    whole = instant - _EPOCH
    return (whole.days * 86_400 + whole.seconds) * SECOND + fraction


def format_rfc_3339(wall: int, offset_minutes: int = 0) -> str:
    shifted = _EPOCH + timedelta(seconds=wall // SECOND + offset_minutes * 60)
    text = shifted.strftime("%Y-%m-%dT%H:%M:%S") + f".{wall % SECOND // MILLISECOND:03d}"
    if offset_minutes == 0:
        return text + "Z"
    sign = "+" if offset_minutes > 0 else "-"
    return text + f"{sign}{abs(offset_minutes) // 60:02d}:{abs(offset_minutes) % 60:02d}"
