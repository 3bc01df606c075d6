"""How the dashboard writes numbers, said a second time and apart from it."""

from datetime import datetime, timezone
from decimal import ROUND_HALF_UP, Decimal

NONE = "–"
ICONS = {"ok": "✓", "warning": "⚠", "critical": "✗", "active": "●", "unknown": "○"}
WORDS = {"ok": "OK", "warning": "Warning", "critical": "Critical", "unknown": "No data"}


def fixed(value, digits):
    """Rounded as people do, halves up."""
    return str(Decimal(value).quantize(Decimal(1).scaleb(-digits), ROUND_HALF_UP))


def count(value):
    return NONE if value is None else f"{value:,}"


def duration(milliseconds):
    if milliseconds is None:
        return NONE
    if milliseconds < 999.5:
        digits = 0 if milliseconds >= 9.95 or milliseconds == int(milliseconds) else 1
        return f"{fixed(milliseconds, digits)}ms"
    if milliseconds < 59_950:
        return f"{fixed(milliseconds / 1000, 1)}s"
    minutes, seconds = divmod(int(milliseconds / 1000 + 0.5), 60)
    hours, minutes_left = divmod(minutes, 60)
    if hours == 0:
        return f"{minutes}m {seconds}s"
    days, hours_left = divmod(hours, 24)
    return f"{hours}h {minutes_left}m" if days == 0 else f"{days}d {hours_left}h"


def percent(value, digits=1):
    if value is None:
        return "no data"
    step = 10 ** -digits
    if 0 < value < step / 2:
        return f"<{step}%"
    if 100 - step / 2 < value < 100:
        return f"{fixed(100 - step, digits)}%"
    return f"{fixed(value, digits)}%"


def ratio(value):
    return percent(None if value is None else 100 * value)


def rate(value):
    return "<0.1" if 0 < value < 0.05 else fixed(value, 1 if value < 100 else 0)


def score(value):
    return NONE if value is None else fixed(value, 2)


def samples(value):
    return f"n {value:,}" if value else "no data"


def clock(time):
    return moment(time).astimezone(timezone.utc).strftime("%H:%M:%S")


def moment(time):
    return datetime.fromisoformat(time.replace("Z", "+00:00"))


def plain(value):
    return f"{value:g}"


def status(number, shown, is_low=False):
    """The parts of a judged number's status."""
    if number["value"] is None:
        return [ICONS["unknown"], "No data"]
    kind = number["status"]
    if kind == "unknown":
        return [ICONS["unknown"], "Insufficient data", f"{number['samples']}/{number['minimum_samples']}"]
    is_good = kind == "ok"
    is_at_target = number["target"] is not None and (
        number["value"] >= number["target"] if is_low else number["value"] <= number["target"])
    name = "target" if is_good and is_at_target else "limit"
    bound = (number["target"] if is_at_target else number["warning"]) if is_good else number[kind]
    return [ICONS[kind], WORDS[kind], name, f"{'<' if is_good != is_low else '>'} {shown(bound)}"]
