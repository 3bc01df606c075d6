"""From events to facts: repeats, the table of sessions with its leases, and what belongs together."""

from dataclasses import dataclass, field, replace
from typing import Dict, List, Optional, Set, Tuple

from .amplifier import Amplifier
from .audio import SESSIONS_SHOWN, Audio, SessionAudio
from .clock import MILLISECOND, MINUTE, SECOND, Moment, Now, duration_ms, moment_of
from .errors import Error, Errors
from .events import Refused, read_audio_body, read_event
from .latency import DERIVED_FROM, Latency
from .names import RESERVED_AGENTS, CappedNames
from .sessions import Sessions
from .tools import Tools

ACCEPTED, DUPLICATE, REJECTED = "accepted", "duplicate", "rejected"

EVENT_ID_MEMORY = 10 * MINUTE
SESSION_LEASE = 120 * SECOND
ENDED_SESSION_MEMORY = 10 * MINUTE
CALL_LEASE = 10 * MINUTE
FINISHED_CALL_MEMORY = 10 * MINUTE
TURN_LEASE = 10 * MINUTE
TASK_LEASE = 30 * MINUTE
FINISHED_TASK_MEMORY = 30 * MINUTE

SESSION_CAP = 5_000
OTHER_CAP = 10_000


@dataclass
class LiveSession:
    session_id: str
    state: str
    last: Moment
    audio: SessionAudio
    started: Optional[Moment] = None
    state_was_told: bool = False
    an_error_named_it: bool = False
    open_calls: Set[str] = field(default_factory=set)


@dataclass
class Turn:
    renewed: int
    marks: Dict[str, Moment] = field(default_factory=dict)
    known: Set[str] = field(default_factory=set)


@dataclass
class OpenCall:
    opened: int
    session: Optional[LiveSession]


def _oldest(table: dict, age) -> object:
    return min(table, key=lambda key: age(table[key]))


class Interpreter:
    def __init__(self) -> None:
        # An agent has one label, whether a tool call or a task named it.
        agent_names = CappedNames(RESERVED_AGENTS)
        self.sessions = Sessions()
        self.latency = Latency()
        self.tools = Tools(agent_names)
        self.errors = Errors()
        self.audio = Audio()
        self.amplifier = Amplifier(agent_names)

        self.live: Dict[str, LiveSession] = {}
        self.ended: Dict[str, int] = {}
        self.turns: Dict[Tuple[Optional[str], str], Turn] = {}
        self.calls: Dict[str, OpenCall] = {}
        self.finished_calls: Dict[str, int] = {}
        self.lost_calls: Dict[str, int] = {}
        self.finished_tasks: Dict[str, int] = {}
        self.event_ids: Dict[str, int] = {}

        self.replaced_event_times = 0
        self.late_session_events = 0
        self.repeated_session_ends = 0
        self.outcomes: List[str] = []
        self._expired_at: Optional[int] = None

    # What comes in.

    def event(self, now: Now, raw: dict) -> None:
        try:
            event = read_event(raw)
        except Refused:
            self.outcomes.append(REJECTED)
            return
        self.outcomes.append(self._accept(now, event))

    def audio_body(self, now: Now, body: dict, session_id: Optional[str]) -> None:
        try:
            event = read_audio_body(body, session_id)
        except Refused:
            self.outcomes.append(REJECTED)
            return
        self.outcomes.append(self._accept(now, event))

    def _accept(self, now: Now, event: dict) -> str:
        self.expire(now)
        identity = event.get("id")
        if identity is not None:
            if identity in self.event_ids and now.mono < self.event_ids[identity] + EVENT_ID_MEMORY:
                return DUPLICATE
            self.event_ids[identity] = now.mono
        moment = moment_of(now, event.get("at"))
        if event.get("at") is not None and not moment.at_is_believed:
            self.replaced_event_times += 1

        session = None
        opened = len(self.sessions.opened)
        if event.get("session_id") is not None and event["type"] != "session.ended":
            session = self._touch(now, moment, event)
        handle = getattr(self, "_" + event["type"].replace(".", "_"))
        outcome = handle(now, moment, event, session) or ACCEPTED
        # A repeat that opened a session was no mere repeat.
        return outcome if opened == len(self.sessions.opened) else ACCEPTED

    # Sessions.

    def _touch(self, now: Now, moment: Moment, event: dict) -> Optional[LiveSession]:
        session_id, kind = event["session_id"], event["type"]
        session = self.live.get(session_id)
        if session is not None:
            session.last = moment
            return session
        if session_id in self.ended:
            if kind != "session.started":
                self.late_session_events += 1
                return None
            del self.ended[session_id]
        state = {"session.connecting": "connecting", "session.state": event.get("state")}.get(kind, "active")
        begin_was_seen = kind in ("session.connecting", "session.started")
        session = LiveSession(session_id, state, moment, SessionAudio(session_id, begin_was_seen))
        if state != "connecting":
            session.started = moment
        self.live[session_id] = session
        self.sessions.open(now, moment, state)
        if len(self.live) > SESSION_CAP:
            self._lose(now, self.live[_oldest(self.live, lambda live: live.last.mono)])
        return session

    def _move(self, now: Now, moment: Moment, session: LiveSession, state: str) -> None:
        if session.started is None:
            session.started = moment
        if session.state != state:
            self.sessions.move(now, session.state, state)
            session.state = state

    def _end(self, now: Now, session: LiveSession, end: Moment, told_ms, failed: bool, lost: bool) -> None:
        del self.live[session.session_id]
        duration = told_ms
        if duration is None and session.started is not None:
            duration = duration_ms(session.started, end)
        duration = None if duration is None else float(duration)
        self.sessions.end(now, session.state, end, duration, failed or session.an_error_named_it, lost)

    def _lose(self, now: Now, session: LiveSession) -> None:
        last = session.last
        if not last.at_is_believed:
            # The wall clock may have been set since then.
            last = replace(last, shown=now.wall_of(last.mono))
        self._end(now, session, last, None, failed=False, lost=True)

    def _session_connecting(self, now, moment, event, session):
        pass

    def _session_heartbeat(self, now, moment, event, session):
        pass

    def _session_started(self, now, moment, event, session):
        if session.state == "connecting":
            self._move(now, moment, session, "active")

    def _session_state(self, now, moment, event, session):
        if session is not None:
            session.state_was_told = True
            self._move(now, moment, session, event["state"])

    def _session_ended(self, now, moment, event, session):
        live = self.live.get(event["session_id"])
        if live is None:
            self.repeated_session_ends += 1
            return
        self._end(now, live, moment, event.get("duration_ms"), event.get("failed") is True, lost=False)
        self.ended[live.session_id] = now.mono

    # Turns.

    def _turn(self, now: Now, event: dict) -> Turn:
        key = (event.get("session_id"), event["turn_id"])
        turn = self.turns.setdefault(key, Turn(now.mono))
        turn.renewed = now.mono
        if len(self.turns) > OTHER_CAP:
            del self.turns[_oldest(self.turns, lambda other: other.renewed)]
        return turn

    def _latency_sample(self, now, moment, event, session):
        if event.get("turn_id") is not None:
            turn = self._turn(now, event)
            if event["metric"] in turn.known:
                return DUPLICATE
            turn.known.add(event["metric"])
        self.latency.sample(now, event["metric"], event["value_ms"])

    def _turn_mark(self, now, moment, event, session):
        turn = self._turn(now, event)
        if event["mark"] in turn.marks:
            return
        # Only the marks of one turn share the clock of their offsets.
        turn.marks[event["mark"]] = replace(moment, offset_ms=event.get("offset_ms"))
        for kind, (start, end) in DERIVED_FROM.items():
            if event["mark"] not in (start, end) or kind in turn.known:
                continue
            if start in turn.marks and end in turn.marks:
                value = duration_ms(turn.marks[start], turn.marks[end])
                if value is not None:
                    turn.known.add(kind)
                    self.latency.sample(now, kind, value)

    # Tool calls.

    def _tool_started(self, now, moment, event, session):
        call_id = event["call_id"]
        if call_id in self.calls or call_id in self.finished_calls or call_id in self.lost_calls:
            return DUPLICATE
        self.tools.start(now, moment, event)
        self.calls[call_id] = OpenCall(now.mono, session)
        if session is not None:
            session.open_calls.add(call_id)
            if not session.state_was_told:
                self._move(now, moment, session, "tool_executing")
        if len(self.calls) > OTHER_CAP:
            self._drop_call(now, _oldest(self.calls, lambda call: call.opened))

    def _close_call(self, now: Now, call_id: str) -> None:
        session = self.calls.pop(call_id).session
        if session is None or self.live.get(session.session_id) is not session:
            return
        session.open_calls.discard(call_id)
        if not session.open_calls and not session.state_was_told and session.state == "tool_executing":
            self.sessions.move(now, session.state, "active")
            session.state = "active"

    def _drop_call(self, now: Now, call_id: str) -> None:
        self._close_call(now, call_id)
        self.tools.forget(call_id)

    def _tool_finished(self, now, moment, event, session):
        call_id = event["call_id"]
        if call_id in self.finished_calls:
            return DUPLICATE
        if call_id in self.calls:
            self._close_call(now, call_id)
        was_counted = self.lost_calls.pop(call_id, None) is not None
        self.tools.finish(now, moment, event, was_counted)
        self.latency.sample(now, "tool_execution", event["duration_ms"])
        self.finished_calls[call_id] = now.mono

    # Errors.

    def _error(self, now, moment, event, session):
        if session is not None:
            session.an_error_named_it = True
        self.errors.record(
            Error(
                now.mono,
                event.get("id"),
                moment.shown,
                event["category"],
                event["code"],
                event["message"],
                event.get("session_id"),
                event.get("stack_trace"),
                event.get("request_context"),
            )
        )

    # Tasks and the bridge.

    def _cap_tasks(self) -> None:
        if len(self.amplifier.tasks) > OTHER_CAP:
            self.amplifier.forget(_oldest(self.amplifier.tasks, lambda task: task.renewed))

    def _task_queued(self, now, moment, event, session):
        if event["task_id"] in self.amplifier.tasks or event["task_id"] in self.finished_tasks:
            return DUPLICATE
        self.amplifier.queue(now, event)
        self._cap_tasks()

    def _task_started(self, now, moment, event, session):
        if event["task_id"] in self.finished_tasks:
            return DUPLICATE
        self.amplifier.start(now, moment, event)
        self._cap_tasks()

    _task_agent_spawned = _task_started

    def _task_progress(self, now, moment, event, session):
        if event["task_id"] in self.finished_tasks:
            return DUPLICATE
        self.amplifier.progress(now, moment, event)
        self._cap_tasks()

    def _finish_task(self, now, moment, event, completed):
        if event["task_id"] in self.finished_tasks:
            return DUPLICATE
        duration = self.amplifier.finish(now, moment, event, completed)
        if duration is not None:
            self.latency.sample(now, "amplifier_task", duration)
        self.finished_tasks[event["task_id"]] = now.mono

    def _task_completed(self, now, moment, event, session):
        return self._finish_task(now, moment, event, completed=True)

    def _task_failed(self, now, moment, event, session):
        return self._finish_task(now, moment, event, completed=False)

    def _bridge_status(self, now, moment, event, session):
        self.amplifier.report_bridge(moment, event)

    # Audio.

    def _audio_stats(self, now, moment, event, session):
        if event.get("session_id") is None:
            self.audio.sessionless_report(now, event)
        else:
            self.audio.report(now, moment, event, session.audio if session else None)

    def _vad(self, now, moment, event, session):
        self.audio.vad(event["outcome"], session.audio if session else None)

    # What runs out.

    def expire(self, now: Now) -> None:
        # Nothing that is younger than the last look can have run out by the same instant.
        if self._expired_at == now.mono:
            return
        self._expired_at = now.mono
        for session in [live for live in self.live.values() if now.mono >= live.last.mono + SESSION_LEASE]:
            self._lose(now, session)
        for call_id in [key for key, call in self.calls.items() if now.mono >= call.opened + CALL_LEASE]:
            self._drop_call(now, call_id)
            self.lost_calls[call_id] = now.mono
        for task_id in [key for key, t in self.amplifier.tasks.items() if now.mono >= t.renewed + TASK_LEASE]:
            self.amplifier.forget(task_id)
        self.turns = {key: turn for key, turn in self.turns.items() if now.mono < turn.renewed + TURN_LEASE}
        self.ended = self._younger(now, self.ended, ENDED_SESSION_MEMORY)
        self.finished_calls = self._younger(now, self.finished_calls, FINISHED_CALL_MEMORY)
        self.lost_calls = self._younger(now, self.lost_calls, FINISHED_CALL_MEMORY)
        self.finished_tasks = self._younger(now, self.finished_tasks, FINISHED_TASK_MEMORY)

    @staticmethod
    def _younger(now: Now, table: Dict[str, int], memory: int) -> Dict[str, int]:
        return {key: mono for key, mono in table.items() if now.mono < mono + memory}

    # What is asked.

    def audio_by_session(self, now: Now) -> Dict[str, dict]:
        reporting = [session for session in self.live.values() if session.audio.reports]
        reporting.sort(key=lambda session: session.audio.last_report, reverse=True)
        shown = {}
        for session in reporting[:SESSIONS_SHOWN]:
            age = None if session.started is None else (now.mono - session.started.mono) / MILLISECOND
            shown[session.session_id] = session.audio.json(age)
        return shown
