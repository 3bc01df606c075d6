"""Tasks of the Amplifier bridge, their agents and the bridge's own reports."""

from dataclasses import dataclass
from typing import Dict, List, Optional, Tuple

from .clock import MILLISECOND, SECOND, Moment, Now, WallTime, duration_ms, latest
from .names import OTHER, CappedNames
from .status import number_status
from .windows import HOUR_WINDOW, mean, percentile

PREVIEW_LENGTH = 100
TASKS_SHOWN = 100
TASK_STATUSES = ("initializing", "executing", "completing")


@dataclass
class Task:
    task_id: str
    renewed: int
    started: Optional[Moment] = None
    status: Optional[str] = None
    session_id: Optional[str] = None
    agent_name: Optional[str] = None
    instruction_preview: Optional[str] = None
    progress_pct: Optional[float] = None
    current_step: Optional[str] = None
    spawn_counted: bool = False


@dataclass(frozen=True)
class Finished:
    mono: int
    agent: str
    completed: bool
    reason: Optional[str]
    duration_ms: Optional[float]

    @property
    def result(self) -> str:
        if self.completed:
            return "success"
        return "timeout" if self.reason == "timeout" else "failure"


class Amplifier:
    def __init__(self, agent_names: CappedNames) -> None:
        self.agent_names = agent_names
        self.tasks: Dict[str, Task] = {}
        self.finished: List[Finished] = []
        self.spawns: List[Tuple[str, Moment]] = []
        self.a_task_was_queued = False
        self.queue_depth_told: Optional[int] = None
        self.bridge: Optional[dict] = None
        self.last_health_check: Optional[WallTime] = None
        self.bridge_started: Optional[int] = None

    def _task(self, now: Now, event: dict) -> Task:
        task = self.tasks.setdefault(event["task_id"], Task(event["task_id"], now.mono))
        task.renewed = now.mono
        if task.session_id is None:
            task.session_id = event.get("session_id")
        if task.agent_name is None:
            task.agent_name = event.get("agent_name")
        if task.instruction_preview is None and event.get("instruction_preview") is not None:
            task.instruction_preview = event["instruction_preview"][:PREVIEW_LENGTH]
        return task

    def _count_spawn(self, task: Task, moment: Moment) -> None:
        if task.agent_name is not None and not task.spawn_counted:
            task.spawn_counted = True
            self.spawns.append((self.agent_names.label(task.agent_name), moment))

    def _activate(self, task: Task, moment: Moment) -> None:
        if task.started is None:
            task.started = moment
            task.status = "executing"
        self._count_spawn(task, moment)

    def queue(self, now: Now, event: dict) -> None:
        self.a_task_was_queued = True
        self._task(now, event)

    def start(self, now: Now, moment: Moment, event: dict) -> None:
        task = self._task(now, event)
        self._activate(task, moment)

    def progress(self, now: Now, moment: Moment, event: dict) -> None:
        task = self._task(now, event)
        self._activate(task, moment)
        task.status = event.get("status") or task.status
        if event.get("progress_pct") is not None:
            task.progress_pct = float(event["progress_pct"])
        if event.get("current_step") is not None:
            task.current_step = event["current_step"]

    def finish(self, now: Now, moment: Moment, event: dict, completed: bool) -> Optional[float]:
        task = self._task(now, event)
        del self.tasks[task.task_id]
        self._count_spawn(task, moment)
        agent = OTHER if task.agent_name is None else self.agent_names.label(task.agent_name)
        duration = event.get("duration_ms")
        if duration is None and task.started is not None:
            duration = duration_ms(task.started, moment)
        duration = None if duration is None else float(duration)
        reason = None if completed else event.get("reason") or "error"
        self.finished.append(Finished(now.mono, agent, completed, reason, duration))
        return duration

    def forget(self, task_id: str) -> None:
        del self.tasks[task_id]

    def report_bridge(self, moment: Moment, event: dict) -> None:
        self.bridge = event
        self.last_health_check = moment.shown
        if event.get("queue_depth") is not None:
            self.queue_depth_told = event["queue_depth"]
        # A bridge that no longer says when it began may be another one.
        self.bridge_started = event.get("started_at")

    @property
    def queue_depth(self) -> Optional[int]:
        if self.queue_depth_told is not None:
            return self.queue_depth_told
        if not self.a_task_was_queued:
            return None
        return sum(task.started is None for task in self.tasks.values())

    def active(self) -> List[Task]:
        return sorted(
            (task for task in self.tasks.values() if task.started is not None), key=lambda task: task.started.mono
        )

    def active_json(self, now: Now) -> List[dict]:
        return [
            {
                "task_id": task.task_id,
                "session_id": task.session_id,
                "agent_name": task.agent_name,
                "instruction_preview": task.instruction_preview,
                "started_at": task.started.shown,
                "elapsed_ms": (now.mono - task.started.mono) / MILLISECOND,
                "status": task.status,
                "progress_pct": task.progress_pct,
                "current_step": task.current_step,
            }
            for task in self.active()[:TASKS_SHOWN]
        ]

    def agents(self) -> List[str]:
        return sorted({agent for agent, _ in self.spawns} | {finished.agent for finished in self.finished})

    def _agent(self, now: Now, agent: str) -> dict:
        spawns = [moment for label, moment in self.spawns if label == agent]
        finished = [task for task in self.finished if task.agent == agent]
        durations = [
            task.duration_ms
            for task in finished
            if task.duration_ms is not None and HOUR_WINDOW.contains(now, task.mono)
        ]
        return {
            "agent_name": agent,
            "spawn_count": len(spawns),
            "success_count": sum(task.completed for task in finished),
            "failure_count": sum(not task.completed for task in finished),
            "avg_duration_ms": mean(durations),
            "last_spawned": latest(spawns).shown if spawns else None,
            "last_result": finished[-1].result if finished else None,
        }

    def json(self, now: Now) -> dict:
        recent = [task for task in self.finished if HOUR_WINDOW.contains(now, task.mono)]
        completed = sum(task.completed for task in recent)
        durations = [task.duration_ms for task in recent if task.duration_ms is not None]
        uptime = None
        if self.bridge_started is not None:
            # A start in the future is a clock that differs, not a negative age.
            uptime = max(0, now.wall - self.bridge_started) / SECOND
        return {
            "bridge_initialized": self.bridge["initialized"] if self.bridge else None,
            "bridge_tools_count": self.bridge["tools_count"] if self.bridge else None,
            "active_tasks": self.active_json(now),
            "active_count": len(self.active()),
            "queue_depth": self.queue_depth,
            "total_completed": sum(task.completed for task in self.finished),
            "total_failed": sum(not task.completed for task in self.finished),
            "success_rate": completed / len(recent) if recent else None,
            "avg_duration_ms": mean(durations),
            "p50_duration_ms": percentile(durations, 50),
            "p95_duration_ms": percentile(durations, 95),
            "by_agent": {agent: self._agent(now, agent) for agent in self.agents()},
            "session_uptime_seconds": uptime,
            "last_health_check": self.last_health_check,
            "health_status": self.bridge["health_status"] if self.bridge else None,
            "completed_last_hour": completed,
            "failed_last_hour": len(recent) - completed,
            "status": {"queue_depth": number_status("queue_depth", self.queue_depth, 1)},
        }
