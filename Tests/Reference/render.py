"""The reference's own snapshot in the form the program prints, which lets the comparison itself be tested."""

from .clock import WallTime, format_rfc_3339
from .errors import Anything
from .exposition import Exposition
from .monitor import Snapshot
from .status import OneOf, Optionally


def render_value(value):
    if isinstance(value, dict):
        return {key: render_value(inner) for key, inner in value.items()}
    if isinstance(value, list):
        return [render_value(inner) for inner in value]
    if isinstance(value, Anything):
        return "made-up"
    if isinstance(value, Optionally):
        return None
    if isinstance(value, OneOf):
        return sorted(value)[0]
    if isinstance(value, WallTime):
        return format_rfc_3339(value)
    return value


def render_exposition(exposition: Exposition) -> str:
    lines = []
    for (name, labels), value in exposition.values.items():
        escaped = {
            key: text.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n") for key, text in labels
        }
        pairs = ",".join(f'{key}="{text}"' for key, text in sorted(escaped.items()))
        lines.append(f"{name}{{{pairs}}} {value!r}\n")
    return "".join(lines)


def render(snapshot: Snapshot) -> dict:
    rendered = render_value(snapshot.json)
    for section in rendered["health"]["sections"].values():
        section["reasons"] = ["a reason"] * section["reasons"]
    return {**rendered, "metrics": render_exposition(snapshot.exposition), "slowest": []}
