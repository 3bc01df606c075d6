"""The reference as a whole: commands go in, one snapshot comes out for each that asks for it."""

from dataclasses import replace
from typing import List

from .clock import Now
from .exposition import Exposition, exposition
from .interpreter import Interpreter
from .status import OneOf, section_health, whole_status

BRIDGE_STATUS = {"healthy": "ok", "degraded": "warning", "unhealthy": "critical"}


class Snapshot:
    def __init__(self, now: Now, state: Interpreter, outcomes: List[str]):
        self.json = snapshot_json(now, state)
        self.json["outcomes"] = outcomes
        self.exposition: Exposition = exposition(state)


class Monitor:
    def __init__(self, start: dict):
        self.now = Now(start["monotonic_ns"], start["wall_ns"], start.get("utc_offset_s", 0))
        self.state = Interpreter()

    def run(self, command: dict):
        """One command; a snapshot is returned where the command asks for one."""
        if "advance_ns" in command:
            step = command["advance_ns"]
            self.now = replace(self.now, mono=self.now.mono + step, wall=self.now.wall + step)
        elif "jump_wall_ns" in command:
            self.now = replace(self.now, wall=self.now.wall + command["jump_wall_ns"])
        elif "event" in command:
            self.state.event(self.now, command["event"])
        elif "audio" in command:
            self.state.audio_body(self.now, command["audio"], command["session_id"])
        elif "snapshot" in command:
            self.state.expire(self.now)
            outcomes, self.state.outcomes = self.state.outcomes, []
            return Snapshot(self.now, self.state, outcomes)
        else:
            raise ValueError(f"no such command: {command}")
        return None


def replay(commands: List[dict]) -> List[Snapshot]:
    monitor = Monitor(commands[0]["start"])
    answers = [monitor.run(command) for command in commands[1:]]
    return [answer for answer in answers if answer is not None]


def health_json(sections: dict) -> dict:
    possibilities = {
        slug: [number["status"] for number in section.get("status", {}).values()] for slug, section in sections.items()
    }
    possibilities["errors"] += [stats["status"] for stats in sections["errors"]["by_category"].values()]
    bridge = sections["amplifier"]["health_status"]
    if bridge is not None:
        possibilities["amplifier"].append(OneOf({BRIDGE_STATUS[bridge]}))
    health = {slug: section_health(statuses) for slug, statuses in possibilities.items()}
    return {"status": whole_status(section["status"] for section in health.values()), "sections": health}


def snapshot_json(now: Now, state: Interpreter) -> dict:
    summary = {
        "sessions": state.sessions.json(now),
        "latency": state.latency.json(now),
        "errors": state.errors.json(now, state.sessions),
        "tools": state.tools.json(now),
        "amplifier": state.amplifier.json(now),
        "audio": state.audio.json(now, state.audio_by_session(now)),
    }
    stream = {
        "sessions": summary["sessions"],
        "latency": summary["latency"],
        "errors_recent": summary["errors"]["recent_errors"],
        "tools_recent": summary["tools"]["recent_calls"],
        "tasks_active": summary["amplifier"]["active_tasks"],
        "audio": summary["audio"],
    }
    return {"summary": summary, "health": health_json(summary), "stream": stream}
