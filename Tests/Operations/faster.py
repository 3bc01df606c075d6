"""The one substitution under which the shipped files are run here: every duration is a thirtieth of its length, so
that five minutes are ten seconds. Thresholds, guards, labels, texts and routes stay as they are.

What is counted per minute is an increase divided by the minutes of its window, and so a thirtieth as well: no test
relies on such a rate here.
"""

import re

import yaml

from files import ALERTS, RULE_FILES

FACTOR = 30
MILLISECONDS = {"ms": 1, "s": 1000, "m": 60_000, "h": 3_600_000, "d": 86_400_000}
DURATION = re.compile(r"(?<![\w.])(\d+)(ms|s|m|h|d)\b")

# Where durations stand; messages hold some as well, which are not touched.
FIELDS = {
    "interval", "for", "expr", "record", "group_wait", "group_interval", "repeat_interval", "scrape_interval",
    "scrape_timeout", "evaluation_interval",
}


def shortened(text):
    return DURATION.sub(lambda found: f"{int(found[1]) * MILLISECONDS[found[2]] // FACTOR}ms", text)


def steps(expression):
    """The expression with its subqueries' steps shortened: they fall on whole multiples of their length, so that a new
    Prometheus knows nothing of a minute's before the minute is over."""
    return re.sub(r":\w+\]", lambda step: shortened(step[0]), expression)


def faster(value):
    """A configuration with its durations shortened."""
    if isinstance(value, list):
        return [faster(item) for item in value]
    if isinstance(value, dict):
        return {
            key: shortened(item) if key in FIELDS and isinstance(item, str) else faster(item)
            for key, item in value.items()
        }
    return value


def read(path):
    return faster(yaml.safe_load((ALERTS / path).read_text()))


def write_rules(folder):
    """The shipped rules, shortened; their paths."""
    paths = []
    for file in RULE_FILES:
        path = folder / file.name
        path.write_text(yaml.safe_dump(read(file.name)))
        paths.append(str(path))
    return paths
