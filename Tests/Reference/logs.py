"""Seeded random event logs, written as the commands of the replay program."""

import random
from dataclasses import dataclass, field
from typing import Callable, Dict, List, Optional

from .clock import DAY, HOUR, MILLISECOND, MINUTE, SECOND, format_rfc_3339
from .errors import KNOWN_CODES
from .latency import MARKS, TOLD_KINDS
from .names import RESERVED_AGENTS, RESERVED_TOOLS

UTC_OFFSETS_S = (0, 3600, -18_000, 19_800, 20_700, 43_200, -39_600)

# Each of these lies on, or one tick beside, the end of a lease, a memory or a slot.
EDGE_STEPS = (
    10 * SECOND,
    120 * SECOND,
    120 * SECOND - 1,
    120 * SECOND + 1,
    300 * SECOND,
    300 * SECOND - 1,
    600 * SECOND,
    600 * SECOND - 1,
    1800 * SECOND,
    1800 * SECOND - 1,
    HOUR,
    DAY,
)


@dataclass(frozen=True)
class Profile:
    name: str
    commands: int
    steps: Dict[str, float]
    weights: Dict[str, float] = field(default_factory=dict)
    sessions: int = 12
    names: int = 8
    milliseconds_only: bool = True


BASE_WEIGHTS = {
    "session": 12,
    "latency": 10,
    "mark": 16,
    "call_start": 9,
    "call_finish": 11,
    "error": 8,
    "task": 20,
    "bridge": 3,
    "audio_event": 12,
    "audio_body": 6,
    "vad": 5,
    "invalid": 5,
    "repeat": 4,
    "jump": 0.6,
}

SNAPSHOT_PROBABILITY = 1 / 80

# Some logs have good networks and fast answers and some have not, so that every status comes up.
BADNESS = (1, 0.6, 1.5, 5)

TIGHT = {"none": 8, "tiny": 90, "short": 2, "medium": 0.05, "edge": 0.03}
DENSE = {"none": 3, "tiny": 60, "short": 33, "edge": 0.7, "medium": 1}
SPARSE = {"none": 8, "tiny": 30, "short": 40, "edge": 4, "medium": 12, "long": 4, "huge": 0.6}
HOURS = {"none": 5, "tiny": 25, "short": 30, "edge": 5, "medium": 25, "long": 14, "huge": 1.5}
EDGES = {"none": 20, "tiny": 35, "short": 15, "edge": 20, "medium": 5, "boundary": 15}

PROFILES = (
    Profile("a busy hour", 3000, DENSE),
    Profile("a sparse day", 1500, SPARSE),
    Profile("days", 1500, HOURS, milliseconds_only=False),
    Profile("edges of leases and slots", 1500, EDGES, sessions=6),
    Profile("many names", 2500, DENSE, {"call_start": 40, "call_finish": 40, "task": 90}, names=120),
    Profile("audio", 2000, TIGHT, {"audio_event": 60, "audio_body": 30, "vad": 20, "session": 8}, sessions=8),
    Profile("tasks and errors", 1500, SPARSE, {"task": 60, "error": 40, "bridge": 8}, names=12),
    Profile("turns", 3500, TIGHT, {"mark": 120, "latency": 120}),
)


class LogWriter:
    def __init__(self, seed: int, profile: Profile):
        self.random = random.Random(f"log {seed}")
        self.profile = profile
        self.commands: List[dict] = []
        self.tick = MILLISECOND if profile.milliseconds_only else 1
        offset = self.random.choice(UTC_OFFSETS_S)
        midnight = 20_000 * DAY - offset * SECOND
        wall = midnight - self.random.randrange(0, 3 * HOUR // MILLISECOND) * MILLISECOND
        mono = self.random.choice((5 * SECOND, 37 * MINUTE, 11 * DAY)) + self.random.randrange(20_000) * MILLISECOND
        self.mono, self.wall = mono, wall
        self.commands.append({"start": {"monotonic_ns": mono, "wall_ns": wall, "utc_offset_s": offset}})
        self.serial = 0
        self.badness = BADNESS[seed // len(PROFILES) % len(BADNESS)]
        self.sessions = [f"session-{n}" for n in range(profile.sessions)]
        self.calls: List[str] = []
        self.tasks: List[str] = []
        self.turns: List[tuple] = []
        self.event_ids: List[str] = []
        self.counters: Dict[str, Dict[str, int]] = {}
        self.makers: Dict[str, Callable[[], Optional[dict]]] = {
            "session": self.session,
            "latency": self.latency,
            "mark": self.mark,
            "call_start": self.call_start,
            "call_finish": self.call_finish,
            "error": self.error,
            "task": self.task,
            "bridge": self.bridge,
            "audio_event": self.audio_event,
            "audio_body": self.audio_body,
            "vad": self.vad,
            "invalid": self.invalid,
            "repeat": self.repeat,
            "jump": self.jump,
        }

    # Pieces.

    def chance(self, probability: float) -> bool:
        return self.random.random() < probability

    def new_id(self, kind: str) -> str:
        self.serial += 1
        return f"{kind}-{self.serial}"

    def known_or_new(self, known: List[str], kind: str, new: float, recent: int = 12) -> str:
        if known and not self.chance(new):
            return self.random.choice(known[-recent:])
        known.append(self.new_id(kind))
        return known[-1]

    def session_id(self) -> str:
        if self.chance(0.03):
            self.sessions[self.random.randrange(len(self.sessions))] = self.new_id("session")
        return self.random.choice(self.sessions)

    def milliseconds(self, median: float, spread: float = 0.7) -> float:
        choice = self.random.random()
        if choice < 0.05:
            return self.random.choice((0, 0.5, 100, 250, 400, 500, 800, 1000, 1200, 2000, 5000, 30_000))
        if choice < 0.06:
            return self.random.choice((86_400_000, 3_600_000))
        value = self.random.lognormvariate(0, spread) * median
        return round(value, 3) if self.chance(0.7) else round(value)

    def tool(self) -> str:
        if self.chance(0.35):
            return self.random.choice(RESERVED_TOOLS)
        return self.name("tool")

    def agent(self) -> str:
        if self.chance(0.35):
            return self.random.choice(RESERVED_AGENTS)
        return self.name("agent")

    def name(self, kind: str) -> str:
        odd = (f'{kind} "quoted"', f"{kind}\\back\nline", f"mcp:{kind}/x", f"{kind}-é", f"{kind}-" + "n" * 300)
        number = self.random.randrange(self.profile.names)
        return odd[number] if number < len(odd) and self.chance(0.5) else f"{kind}_{number}"

    def at(self) -> Optional[object]:
        choice = self.random.random()
        near = self.wall - self.random.randrange(-4000, 4001) * MILLISECOND
        if choice < 0.6:
            return None
        if choice < 0.8:
            return format_rfc_3339(near)
        if choice < 0.84:
            return format_rfc_3339(near, self.random.choice((120, -300, 345)))
        if choice < 0.88:
            # Whole and half seconds are exact in a double even as nanoseconds.
            return near // SECOND + self.random.choice((0, 0.5))
        if choice < 0.92:
            return format_rfc_3339(self.wall - self.random.randrange(299_000) * MILLISECOND)
        if choice < 0.95:
            limit = 5 * MINUTE if self.wall % MILLISECOND == 0 else 5 * MINUTE - SECOND
            return format_rfc_3339(self.wall + self.random.choice((-1, 1)) * limit)
        away = self.random.choice((301 * SECOND, 5 * MINUTE + 2 * MILLISECOND, HOUR, 3 * HOUR, 40 * DAY))
        return format_rfc_3339(self.wall + self.random.choice((-1, 1)) * away)

    def event(self, kind: str, fields: dict) -> dict:
        event = {"type": kind, **{name: value for name, value in fields.items() if value is not None}}
        if self.chance(0.3):
            event["id"] = self.new_id("event")
            self.event_ids.append(event["id"])
        at = self.at()
        if at is not None:
            event["at"] = at
        if self.chance(0.03):
            event["unknown_key"] = {"nested": [1, None, "x"]}
        return {"event": event}

    def maybe(self, probability: float, value):
        return value if self.chance(probability) else None

    # Events.

    def session(self) -> dict:
        kinds = {
            "session.connecting": 2,
            "session.started": 4,
            "session.heartbeat": 5,
            "session.state": 2,
            "session.ended": 3,
        }
        kind = self.random.choices(list(kinds), list(kinds.values()))[0]
        fields = {"session_id": self.session_id()}
        if kind == "session.state":
            fields["state"] = self.random.choice(("active", "idle", "tool_executing"))
        if kind == "session.ended":
            fields["duration_ms"] = self.maybe(0.3, self.milliseconds(200_000))
            fields["failed"] = self.maybe(0.3, self.chance(0.6))
            fields["reason"] = self.maybe(0.3, "hung up")
        return self.event(kind, fields)

    def turn(self) -> tuple:
        if self.turns and not self.chance(0.3):
            return self.random.choice(self.turns[-8:])
        self.turns.append((self.session_id(), self.new_id("turn"), self.random.randrange(10**6) * 0.25))
        return self.turns[-1]

    def latency(self) -> dict:
        metric = self.random.choice(TOLD_KINDS + ("ttfa", "turn") * 2)
        median = {"ttfa": 450, "turn": 1700}.get(metric, 250)
        session_id, turn_id, _ = self.turn()
        fields = {"metric": metric, "value_ms": self.milliseconds(median * self.badness)}
        if self.chance(0.4):
            fields["turn_id"] = turn_id
        if self.chance(0.8):
            fields["session_id"] = session_id
        return self.event("latency.sample", fields)

    def mark(self) -> dict:
        session_id, turn_id, offset = self.turn()
        usual = ("speech_end_detected", "audio_playback_start", "response_complete")
        mark = self.random.choice(usual if self.chance(0.85) else MARKS)
        since = {"speech_end_detected": 0, "audio_playback_start": 480, "response_complete": 1900}.get(mark, 300)
        since = round(since * self.badness * self.random.lognormvariate(0, 0.5))
        since += self.random.choice((0, 0, 0, 0.25, -700))
        fields = {"session_id": session_id, "turn_id": turn_id, "mark": mark}
        fields["offset_ms"] = self.maybe(0.75, max(0, offset + since))
        return self.event("turn.mark", fields)

    def call_fields(self) -> dict:
        return {
            "call_id": self.known_or_new(self.calls, "call", new=0.45),
            "tool_name": self.tool(),
            "session_id": self.maybe(0.85, self.session_id()),
            "agent_name": self.maybe(0.4, self.agent()),
            "instruction_preview": self.maybe(0.3, "Implement the é thing " * self.random.randrange(1, 9)),
        }

    def call_start(self) -> dict:
        return self.event("tool.started", self.call_fields())

    def call_finish(self) -> dict:
        success = self.chance(0.8)
        fields = {**self.call_fields(), "success": success, "duration_ms": self.milliseconds(900, 1.2)}
        fields["error"] = self.maybe(0 if success else 0.8, 'Tool said "no"\nand stopped')
        return self.event("tool.finished", fields)

    def error(self) -> dict:
        category = self.random.choice(list(KNOWN_CODES))
        codes = [code for known in KNOWN_CODES.values() for code in known]
        code = self.random.choice(KNOWN_CODES[category] if self.chance(0.7) else codes + ["weird:code", "other"])
        message = self.random.choice(("Something broke", "<b>&\"'\n", "long " * 3000, "é"))
        return self.event(
            "error",
            {
                "category": category,
                "code": code,
                "message": message,
                "session_id": self.maybe(0.5, self.session_id()),
                "stack_trace": self.maybe(0.3, "Traceback:\n  line 1"),
                "request_context": self.maybe(0.3, {"model": "realtime", "tries": 2, "deep": {"list": [1, "a", None]}}),
            },
        )

    def task(self) -> dict:
        kinds = {
            "task.queued": 3,
            "task.started": 4,
            "task.agent_spawned": 3,
            "task.progress": 5,
            "task.completed": 4,
            "task.failed": 2,
        }
        kind = self.random.choices(list(kinds), list(kinds.values()))[0]
        fields = {
            "task_id": self.known_or_new(self.tasks, "task", new=0.35),
            "session_id": self.maybe(0.4, self.session_id()),
        }
        if kind in ("task.started", "task.agent_spawned"):
            fields["agent_name"] = self.agent()
            fields["instruction_preview"] = self.maybe(0.5, "Fix the failing test " * self.random.randrange(1, 9))
        elif kind == "task.progress":
            fields["status"] = self.maybe(0.7, self.random.choice(("initializing", "executing", "completing")))
            fields["progress_pct"] = self.maybe(0.6, self.random.choice((0, 12.5, 50, 99.9, 100)))
            fields["current_step"] = self.maybe(0.5, self.random.choice(("reading", "writing")))
        else:
            fields["agent_name"] = self.maybe(0.5, self.agent())
        if kind in ("task.completed", "task.failed"):
            fields["duration_ms"] = self.maybe(0.5, self.milliseconds(9000, 1.0))
        if kind == "task.failed":
            fields["error"] = self.maybe(0.5, "it failed")
            fields["reason"] = self.maybe(0.6, self.random.choice(("error", "timeout")))
        return self.event(kind, fields)

    def bridge(self) -> dict:
        started = self.wall - self.random.randrange(-600, 100_000) * SECOND
        return self.event(
            "bridge.status",
            {
                "initialized": self.chance(0.8),
                "tools_count": self.random.randrange(20),
                "health_status": self.random.choices(("healthy", "degraded", "unhealthy"), (6, 2, 1))[0],
                "queue_depth": self.maybe(0.4, self.random.choice((0, 3, 10, 11, 40))),
                "started_at": self.maybe(0.5, format_rfc_3339(started)),
            },
        )

    # Audio.

    def count_on(self, session_id: str, name: str, most: int, back: float = 0.03) -> int:
        counters = self.counters.setdefault(session_id, {})
        value = counters.get(name, 0) + self.random.randrange(most)
        if self.chance(back):
            value = self.random.choice((0, value // 2, max(0, value - 3)))
        if name == "packetsLost" and self.chance(0.05):
            value = -self.random.randrange(1, 30)
        counters[name] = value
        return value

    def network(self, session_id: str) -> dict:
        return {
            "packetsLost": self.maybe(0.93, self.count_on(session_id, "packetsLost", 12)),
            "packetsReceived": self.maybe(0.93, self.count_on(session_id, "packetsReceived", 260)),
            "bytesReceived": self.maybe(0.9, self.count_on(session_id, "bytesReceived", 30_000)),
            "bytesSent": self.maybe(0.9, self.count_on(session_id, "bytesSent", 30_000)),
        }

    def jitter(self) -> float:
        usual = self.badness * self.random.lognormvariate(3, 0.9)
        return self.random.choice((0, 5, 30, 50, *[round(min(10_000, usual), 3)] * 4))

    def rtt(self) -> float:
        usual = self.badness * self.random.lognormvariate(4.6, 0.8)
        return self.random.choice((0, 25, 100, 177.3, 200, *[round(min(60_000, usual), 3)] * 4))

    def audio_event(self) -> dict:
        session_id = self.session_id()
        fields = {"session_id": session_id, "jitter_ms": self.maybe(0.8, self.jitter()), "rtt_ms": self.rtt()}
        style = self.random.random()
        if style < 0.6:
            fields.update(self.network(session_id))
        if style > 0.5:
            loss = self.random.choice((0, 0.1, 1, 3, 10, 100, round(self.random.expovariate(1) % 100, 3)))
            fields["packet_loss_pct"] = self.maybe(0.9, loss)
        fields["buffer_level_ms"] = self.maybe(0.5, self.random.choice((0, 40, 120, 151.5, 900)))
        fields["bitrate_kbps"] = self.maybe(0.15, self.random.choice((24, 48.5)))
        fields["codec"] = self.maybe(0.2, self.random.choice(("opus", "pcmu")))
        fields["sample_rate_hz"] = self.maybe(0.2, self.random.choice((24_000, 48_000)))
        fields["dropout_ms"] = self.maybe(0.2, self.random.choice((0, 12.5, 300)))
        fields["buffer_underruns"] = self.maybe(0.4, self.count_on(session_id, "underruns", 3))
        fields["vad_triggered_count"] = self.maybe(0.3, self.count_on(session_id, "vad", 4))
        fields["false_positive_interrupts"] = self.maybe(0.3, self.count_on(session_id, "false", 2))
        if self.chance(0.3):
            del fields["rtt_ms"]
        names = [name for name, value in fields.items() if value is not None]
        if names == ["session_id"]:
            fields["buffer_level_ms"] = 60
        return self.event("audio.stats", fields)

    def audio_body(self) -> dict:
        session_id = self.maybe(0.75, self.session_id())
        network = {name: value for name, value in self.network(session_id or "nobody").items() if value is not None}
        body = {"packetLoss": 0, "jitter": self.jitter(), "rtt": self.rtt(), "bytesReceived": 0, "bytesSent": 0}
        if self.chance(0.7):
            body.update(network)
        else:
            # The snippet never fills its byte counters.
            body.update({name: network[name] for name in ("packetsLost", "packetsReceived") if name in network})
        return {"audio": body, "session_id": session_id}

    def vad(self) -> dict:
        outcome = "speech" if self.chance(0.8) else "false_positive"
        return self.event("vad", {"session_id": self.session_id(), "outcome": outcome})

    # What must change nothing.

    def invalid(self) -> dict:
        session_id = self.random.choice((*self.sessions, "never-seen-" + self.new_id("session")))
        sample = {"type": "latency.sample", "metric": "ttfa", "value_ms": 300, "session_id": session_id}
        call = {"call_id": self.new_id("call"), "tool_name": "bash", "session_id": session_id}
        finish = {"type": "tool.finished", **call, "success": True, "duration_ms": 10}
        error = {"type": "error", "category": "audio", "code": "codec_error", "message": "x", "session_id": session_id}
        audio = {"type": "audio.stats", "session_id": session_id, "jitter_ms": 10}
        bridge = {"type": "bridge.status", "initialized": True, "tools_count": 3, "health_status": "healthy"}
        bad = self.random.choice(
            (
                {"session_id": session_id},
                {"type": "session.exploded", "session_id": session_id},
                {"type": "session.started"},
                {"type": "session.started", "session_id": ""},
                {"type": "session.started", "session_id": "s" * 129},
                {"type": "session.started", "session_id": 12},
                {"type": "session.heartbeat", "session_id": session_id, "id": "i" * 65},
                {"type": "session.heartbeat", "session_id": session_id, "at": "yesterday"},
                {"type": "session.state", "session_id": session_id, "state": "sleeping"},
                {"type": "session.ended", "session_id": session_id, "duration_ms": -1},
                {"type": "session.ended", "session_id": session_id, "duration_ms": 86_400_001},
                {**sample, "value_ms": -0.5},
                {**sample, "value_ms": 86_400_000.5},
                {**sample, "value_ms": "300"},
                {**sample, "metric": "speed"},
                {name: value for name, value in sample.items() if name != "value_ms"},
                {"type": "turn.mark", "session_id": session_id, "turn_id": "t", "mark": "coffee"},
                {"type": "turn.mark", "turn_id": "t", "mark": "response_complete"},
                {"type": "tool.started", "call_id": call["call_id"], "session_id": session_id},
                {"type": "tool.started", **call, "tool_name": ""},
                {**finish, "duration_ms": 86_400_001},
                {**finish, "success": None},
                {**error, "category": "weather"},
                {**error, "message": ""},
                {name: value for name, value in error.items() if name != "code"},
                {"type": "task.started", "task_id": self.new_id("task"), "session_id": session_id},
                {"type": "task.progress", "task_id": "t", "progress_pct": 100.1},
                {"type": "task.progress", "task_id": "t", "status": "resting"},
                {"type": "task.failed", "task_id": "t", "reason": "boredom"},
                {**bridge, "health_status": "fine"},
                {name: value for name, value in bridge.items() if name != "initialized"},
                {"type": "audio.stats", "session_id": session_id},
                {"type": "audio.stats", "jitter_ms": 10},
                {**audio, "jitter_ms": 10_000.5},
                {**audio, "jitter_ms": -1},
                {**audio, "rtt_ms": 60_001},
                {**audio, "packet_loss_pct": 101},
                {**audio, "packet_loss_pct": -0.1},
                {"type": "vad", "session_id": session_id, "outcome": "maybe"},
            )
        )
        return {"event": bad}

    def repeat(self) -> Optional[dict]:
        """An event whose id has been used before, or one that was sent before word for word."""
        said = [command for command in self.commands[-300:] if "event" in command]
        if not said:
            return None
        event = dict(self.random.choice(said)["event"])
        if self.event_ids and self.chance(0.5):
            event["id"] = self.random.choice(self.event_ids[-60:])
        return {"event": event}

    # Time.

    def jump(self) -> dict:
        step = self.random.choice((2 * HOUR, -2 * HOUR, 2 * HOUR, -2 * HOUR, 30 * SECOND, -45 * SECOND, -6 * MINUTE))
        self.wall += step
        return {"jump_wall_ns": step}

    def step(self) -> None:
        kind = self.random.choices(list(self.profile.steps), list(self.profile.steps.values()))[0]
        if kind == "none":
            return
        if kind == "edge":
            ns = self.random.choice(EDGE_STEPS[:-2] if self.chance(0.95) else EDGE_STEPS)
        elif kind == "boundary":
            slot = self.random.choice((10 * SECOND, 5 * MINUTE, 15 * MINUTE))
            ns = slot - self.mono % slot - self.random.choice((0, 1))
        else:
            limits = {
                "tiny": (1, 500 * MILLISECOND),
                "short": (500 * MILLISECOND, 8 * SECOND),
                "medium": (20 * SECOND, 400 * SECOND),
                "long": (10 * MINUTE, 90 * MINUTE),
                "huge": (2 * HOUR, 30 * HOUR),
            }
            ns = self.random.randrange(*limits[kind]) // self.tick * self.tick
        self.mono += ns
        self.wall += ns
        self.commands.append({"advance_ns": ns})

    def write(self) -> List[dict]:
        weights = {**BASE_WEIGHTS, **self.profile.weights}
        while len(self.commands) < self.profile.commands:
            command = self.makers[self.random.choices(list(weights), list(weights.values()))[0]]()
            if command is None:
                continue
            self.commands.append(command)
            self.step()
            if self.chance(SNAPSHOT_PROBABILITY):
                self.commands.append({"snapshot": True})
        self.commands.append({"snapshot": True})
        return self.commands


def profile_of(seed: int) -> Profile:
    return PROFILES[seed % len(PROFILES)]


def random_log(seed: int) -> List[dict]:
    return LogWriter(seed, profile_of(seed)).write()


# Logs that fill a table. Events come in groups of one instant, so that "oldest" never has to choose within a group.

GROUP = 20


def _crowd(events: List[dict], after: List[dict]) -> List[dict]:
    commands: List[dict] = [{"start": {"monotonic_ns": 77 * SECOND, "wall_ns": 20_000 * DAY, "utc_offset_s": 0}}]
    for index, event in enumerate(events):
        if index % GROUP == 0:
            commands.append({"advance_ns": 20 * MILLISECOND})
        commands.append({"event": event})
    commands.append({"snapshot": True})
    commands.append({"advance_ns": SECOND})
    commands += [{"event": event} for event in after]
    return commands + [{"snapshot": True}]


def crowd_of_sessions() -> List[dict]:
    events = [{"type": "session.started", "session_id": f"s{n}"} for n in range(5_100)]
    after = [{"type": "session.heartbeat", "session_id": f"s{n}"} for n in (0, 1, 99, 100, 5_099)]
    after += [{"type": "session.ended", "session_id": f"s{n}"} for n in (2, 300, 300)]
    return _crowd(events, after)


def crowd_of_calls() -> List[dict]:
    events = [{"type": "tool.started", "call_id": f"c{n}", "tool_name": "bash"} for n in range(10_200)]
    finish = {"type": "tool.finished", "tool_name": "bash", "success": True, "duration_ms": 5}
    return _crowd(events, [{**finish, "call_id": f"c{n}"} for n in (0, 199, 200, 10_199)])


def crowd_of_tasks() -> List[dict]:
    events = [{"type": "task.started", "task_id": f"t{n}", "agent_name": "bug-hunter"} for n in range(10_200)]
    return _crowd(events, [{"type": "task.completed", "task_id": f"t{n}"} for n in (0, 199, 200, 10_199)])


def crowd_of_turns() -> List[dict]:
    def mark(n: int, name: str, offset: int) -> dict:
        return {"type": "turn.mark", "session_id": "s", "turn_id": f"t{n}", "mark": name, "offset_ms": offset}

    events = [mark(n, "speech_end_detected", 1000 + n) for n in range(10_200)]
    return _crowd(events, [mark(n, "audio_playback_start", 1300 + 2 * n) for n in (200, 500, 10_199)])


def crowd_of_reporting_sessions() -> List[dict]:
    events = [
        {"type": "audio.stats", "session_id": f"s{n}", "jitter_ms": n, "packet_loss_pct": 1, "rtt_ms": 50}
        for n in range(160)
    ]
    return _crowd(events, [{"type": "audio.stats", "session_id": f"s{n}", "jitter_ms": 1} for n in range(30)])


CROWDS = (crowd_of_sessions, crowd_of_calls, crowd_of_tasks, crowd_of_turns, crowd_of_reporting_sessions)
