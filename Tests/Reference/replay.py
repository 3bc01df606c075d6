"""Drives the program that the reference is compared with."""

import json
import subprocess
from dataclasses import dataclass
from typing import Dict, List

from .compare import compare_snapshot
from .monitor import replay

TIME_LIMIT_S = 120
DIFFERENCES_SHOWN = 40


def run_program(path: str, commands: List[dict]) -> List[dict]:
    text = "".join(json.dumps(command, allow_nan=False) + "\n" for command in commands)
    finished = subprocess.run(
        [path], input=text.encode(), stdout=subprocess.PIPE, stderr=subprocess.PIPE, timeout=TIME_LIMIT_S
    )
    if finished.returncode != 0:
        raise AssertionError(f"exit status {finished.returncode}: {finished.stderr.decode(errors='replace')[-2000:]}")
    return [json.loads(line) for line in finished.stdout.decode().splitlines() if line.strip()]


@dataclass(frozen=True)
class Disagreement:
    command_index: int
    text: str


def last_event_before(commands: List[dict], index: int, outcome: int) -> Dict:
    """The command that a position in the outcomes of the snapshot at `index` stands for."""
    start = max((i for i in range(index) if "snapshot" in commands[i]), default=0)
    said = [command for command in commands[start:index] if "event" in command or "audio" in command]
    return said[outcome]


def _explain(commands: List[dict], index: int, text: str) -> str:
    if not text.startswith("outcomes["):
        return text
    position = int(text[len("outcomes[") : text.index("]")])
    return f"{text} for {json.dumps(last_event_before(commands, index, position))[:400]}"


def disagreements(commands: List[dict], actual: List[dict]) -> List[Disagreement]:
    expected = replay(commands)
    indexes = [index for index, command in enumerate(commands) if "snapshot" in command]
    if len(actual) != len(expected):
        return [Disagreement(len(commands), f"{len(expected)} snapshots asked for, {len(actual)} printed")]
    found = []
    for index, snapshot, shown in zip(indexes, expected, actual):
        for text in compare_snapshot(snapshot, shown):
            found.append(Disagreement(index, _explain(commands, index, text)))
    return found


def assert_agreement(path: str, name: str, commands: List[dict]) -> None:
    found = disagreements(commands, run_program(path, commands))
    if found:
        lines = [f"{name}, command {each.command_index}: {each.text}" for each in found[:DIFFERENCES_SHOWN]]
        more = len(found) - len(lines)
        raise AssertionError("\n".join([f"{len(found)} differences", *lines] + ([f"and {more} more"] if more else [])))
