"""The differences between what the reference expects and what the program shows, each with its path."""

import math
from collections import Counter
from typing import Any, Dict, FrozenSet, Iterator, List, Tuple

from prometheus_client.parser import text_string_to_metric_families

from .clock import MILLISECOND, WallTime, format_rfc_3339, parse_rfc_3339
from .errors import Anything
from .events import MESSAGE_LENGTH
from .exposition import PREFIX, REPORTED_GAUGES, Exposition
from .sessions import AtLeastThese
from .status import OneOf, Optionally
from .windows import Percentile

Series = Tuple[str, FrozenSet[Tuple[str, str]]]

# Where names from outside are the keys, an additional key is a wrong one.
MAPS_OF_NAMES = ("by_tool", "by_agent", "by_code", "by_category", "avg_by_session", "agents_delegated")

# "8 kB" may mean either of these.
SHORTEST_CUT = 8000


def _show(value: Any) -> str:
    if isinstance(value, OneOf):
        return " or ".join(sorted(map(str, value)))
    return repr(value)


class Differences(List[str]):
    def note(self, path: str, expected: Any, actual: Any) -> None:
        self.append(f"{path}: expected {_show(expected)}, the program shows {_show(actual)}")


def is_close(expected: float, actual: float, relative: float = 1e-9) -> bool:
    return abs(expected - actual) <= relative * max(abs(expected), abs(actual)) + 1e-9


def _is_number(value: Any) -> bool:
    return isinstance(value, (int, float)) and not isinstance(value, bool)


def compare(path: str, expected: Any, actual: Any, differences: Differences) -> None:
    if isinstance(expected, Anything):
        if not (isinstance(actual, str) and actual):
            differences.note(path, "something made up", actual)
    elif isinstance(expected, Optionally):
        if actual is not None and actual != 0:
            compare(path, expected.value, actual, differences)
    elif isinstance(expected, OneOf):
        if actual not in expected:
            differences.note(path, expected, actual)
    elif isinstance(expected, WallTime):
        _compare_time(path, expected, actual, differences)
    elif isinstance(expected, dict):
        _compare_map(path, expected, actual, differences)
    elif isinstance(expected, list):
        _compare_list(path, expected, actual, differences)
    elif isinstance(expected, Percentile):
        if not _is_number(actual) or not is_close(expected, actual, 0.01):
            differences.note(path, expected, actual)
    elif isinstance(expected, float):
        if not _is_number(actual) or not is_close(expected, actual):
            differences.note(path, expected, actual)
    elif isinstance(expected, str) and len(expected) >= MESSAGE_LENGTH:
        if not (isinstance(actual, str) and expected.startswith(actual) and len(actual) >= SHORTEST_CUT):
            differences.note(path, expected[:20] + "…", actual if actual is None else len(actual))
    elif expected is None or isinstance(expected, (bool, str)):
        if actual is not expected and (expected is None or type(actual) is not type(expected) or actual != expected):
            differences.note(path, expected, actual)
    elif not _is_number(actual) or actual != expected:
        differences.note(path, expected, actual)


def _compare_time(path: str, expected: WallTime, actual: Any, differences: Differences) -> None:
    try:
        wall = parse_rfc_3339(actual)
    except (TypeError, ValueError):
        differences.note(path, format_rfc_3339(expected), actual)
        return
    if abs(wall - expected) > MILLISECOND or not actual.endswith("Z"):
        differences.note(path, format_rfc_3339(expected), actual)


def _compare_map(path: str, expected: dict, actual: Any, differences: Differences) -> None:
    if not isinstance(actual, dict):
        differences.note(path, expected, actual)
        return
    for key, value in expected.items():
        if key in actual:
            compare(f"{path}.{key}", value, actual[key], differences)
        elif isinstance(value, Optionally) or (isinstance(expected, AtLeastThese) and value == 0):
            continue
        else:
            differences.append(f"{path}.{key}: expected {_show(value)}, the program shows no such key")
    if path.rsplit(".", 1)[-1] in MAPS_OF_NAMES and not isinstance(expected, AtLeastThese):
        for key in actual.keys() - expected.keys():
            differences.append(f"{path}.{key}: not expected, the program shows {_show(actual[key])}")


def _compare_list(path: str, expected: list, actual: Any, differences: Differences) -> None:
    if not isinstance(actual, list):
        differences.note(path, expected, actual)
        return
    if len(expected) != len(actual):
        differences.append(f"{path}: expected {len(expected)} entries, the program shows {len(actual)}")
    if path.rsplit(".", 1)[-1] in ("active_tasks", "tasks_active"):
        ages = [task["elapsed_ms"] for task in actual]
        if ages != sorted(ages, reverse=True):
            differences.append(f"{path}: the longest-running task is not first: {ages}")
        expected, actual = _in_one_order(expected), _in_one_order(actual)
    for index, (one, other) in enumerate(zip(expected, actual)):
        compare(f"{path}[{index}]", one, other, differences)


def _in_one_order(tasks: List[dict]) -> List[dict]:
    # Tasks that began at the same instant have no order among themselves.
    return sorted(tasks, key=lambda task: (-round(task["elapsed_ms"] * 1000), task["task_id"]))


def parse_exposition(text: str, differences: Differences) -> Dict[Series, float]:
    values: Dict[Series, float] = {}
    for family in text_string_to_metric_families(text):
        for sample in family.samples:
            labels = dict(sample.labels)
            if "le" in labels:
                labels["le"] = repr(float(labels["le"]))
            series = (sample.name, frozenset(labels.items()))
            if series in values:
                differences.append(f"metrics.{describe(series)}: shown twice")
            values[series] = sample.value
            if math.isnan(sample.value):
                differences.append(f"metrics.{describe(series)}: not a number")
            elif sample.value < 0:
                differences.append(f"metrics.{describe(series)}: negative, {sample.value}")
    return values


def describe(series: Series) -> str:
    name, labels = series
    return name + "{" + ",".join(f'{key}="{value}"' for key, value in sorted(labels)) + "}"


def compare_exposition(expected: Exposition, text: str, differences: Differences) -> None:
    actual = parse_exposition(text, differences)
    names = {name for name, _ in expected.values}
    reported = {PREFIX + name for name in REPORTED_GAUGES}
    for series, value in sorted(expected.values.items(), key=lambda item: describe(item[0])):
        shown = actual.get(series)
        if shown is None:
            if value != 0 or series in expected.must_exist:
                differences.append(f"metrics.{describe(series)}: expected {value}, the program shows no such series")
            continue
        if series[0].endswith("timestamp_seconds"):
            matches = abs(value - shown) <= 0.001
        elif series[0].endswith(("_bucket", "_count")):
            matches = value == shown
        else:
            matches = is_close(value, shown)
        if not matches:
            differences.note(f"metrics.{describe(series)}", value, shown)
    for series, shown in actual.items():
        if series[0] in names | reported and series not in expected.values:
            # A series may be there early with 0, but not where 0 would claim a report.
            if shown != 0 or series[0] in reported:
                differences.append(f"metrics.{describe(series)}: not expected, the program shows {shown}")


def _numbers(path: str, value: Any) -> Iterator[Tuple[str, float]]:
    if isinstance(value, dict):
        for key, inner in value.items():
            # What the sender put there is shown as it is, and a mark may lie before the end of speech.
            if key not in ("request_context", "marks"):
                yield from _numbers(f"{path}.{key}", inner)
    elif isinstance(value, list):
        for index, inner in enumerate(value):
            yield from _numbers(f"{path}[{index}]", inner)
    elif _is_number(value):
        yield path, value


def check_properties(path: str, value: Any, differences: Differences) -> None:
    """No age, duration, rate or count is negative, and nothing is not a number."""
    for where, number in _numbers(path, value):
        if not math.isfinite(number):
            differences.append(f"{where}: {number} is no finite number")
        elif number < 0:
            differences.append(f"{where}: negative, {number}")


def _count_reasons(health: Any) -> Any:
    # Reasons are prose, so only their number is compared.
    if not isinstance(health, dict) or not isinstance(health.get("sections"), dict):
        return health
    sections = {
        slug: {**section, "reasons": len(section["reasons"])} if isinstance(section.get("reasons"), list) else section
        for slug, section in health["sections"].items()
    }
    return {**health, "sections": sections}


def compare_snapshot(snapshot, actual: dict) -> Differences:
    differences = Differences()
    actual = {**actual, "health": _count_reasons(actual.get("health"))}
    outcomes, shown = snapshot.json["outcomes"], actual.get("outcomes")
    if outcomes != shown:
        _compare_outcomes(outcomes, shown, differences)
    for key in ("summary", "health", "stream"):
        compare(key, snapshot.json[key], actual.get(key), differences)
    for key in ("summary", "stream", "slowest"):
        check_properties(key, actual.get(key), differences)
    compare_exposition(snapshot.exposition, actual["metrics"], differences)
    return differences


def _compare_outcomes(expected: List[str], actual: Any, differences: Differences) -> None:
    if not isinstance(actual, list) or len(actual) != len(expected):
        differences.note("outcomes", Counter(expected), actual if not isinstance(actual, list) else Counter(actual))
        return
    for index, (one, other) in enumerate(zip(expected, actual)):
        if one != other:
            differences.note(f"outcomes[{index}]", one, other)
