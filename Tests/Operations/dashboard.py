"""The Grafana dashboard."""

import functools
import json
import re
from dataclasses import dataclass

from files import GRAFANA

FILE = GRAFANA / "amplifier-voice.json"


@functools.cache
def load():
    return json.loads(FILE.read_text())


def panels():
    """Every panel that shows something, those of collapsed rows included."""
    top = load()["panels"]
    inner = [panel for row in top for panel in row.get("panels", [])]
    return [panel for panel in top + inner if panel["type"] != "row"]


@dataclass(frozen=True)
class Query:
    title: str
    expression: str

    def of(self, job, instance):
        """The expression with the variables that Grafana fills in."""
        filled = self.expression.replace("$instance", re.escape(instance).replace("\\", "\\\\"))
        return filled.replace("$job", job)


def queries():
    """All queries: of the panels and of the annotations."""
    shown = [
        Query(f"{panel['title']} {target['refId']}", target["expr"]) for panel in panels()
        for target in panel["targets"]
    ]
    return shown + [Query(note["name"], note["expr"]) for note in load()["annotations"]["list"]]
