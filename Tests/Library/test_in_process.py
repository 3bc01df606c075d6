"""The README's program that records in its own process is a program of the package, and does what it says."""

import os
import subprocess
from pathlib import Path

from prometheus_client.parser import text_string_to_metric_families

ROOT = Path(__file__).resolve().parents[2]
PROGRAM = (ROOT / "Tests/InProcess/main.swift").read_text()


def test_it_stands_in_the_readme():
    assert f"```swift\n{PROGRAM}```" in (ROOT / "README.md").read_text()


def test_it_shows_what_it_recorded():
    output = subprocess.run(
        [os.environ["IN_PROCESS"]], capture_output=True, text=True, check=True, timeout=30).stdout
    said, exposition = output.split("\n", 1)
    assert said == "Slowest first audio: 420.0 ms"
    values = {
        (sample.name, *sample.labels.values()): sample.value
        for family in text_string_to_metric_families(exposition) for sample in family.samples}
    assert values["amplifier_voice_sessions_started_total",] == 1
    assert values["amplifier_voice_sessions", "active"] == 1
    assert values["amplifier_voice_time_to_first_audio_seconds_count",] == 1
    assert values["amplifier_voice_time_to_first_audio_seconds_sum",] == 0.42
    assert values["amplifier_voice_time_to_first_audio_seconds_bucket", "0.4"] == 0
    assert values["amplifier_voice_time_to_first_audio_seconds_bucket", "0.5"] == 1
