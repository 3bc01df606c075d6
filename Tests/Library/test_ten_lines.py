"""The README's program in ten lines is a program of the package, and does what it says."""

import os
import subprocess
from pathlib import Path

from prometheus_client.parser import text_string_to_metric_families

ROOT = Path(__file__).resolve().parents[2]
PROGRAM = (ROOT / "Tests/TenLines/main.swift").read_text()


def test_it_stands_in_the_readme():
    assert f"```swift\n{PROGRAM}```" in (ROOT / "README.md").read_text()


def test_it_has_ten_lines_and_imports_nothing_else():
    lines = PROGRAM.splitlines()
    assert len(lines) == 10
    assert [line for line in lines if "import" in line] == ["import PrometheusMetrics"]


def test_it_counts_times_and_exposes():
    output = subprocess.run(
        [os.environ["TEN_LINES"]], capture_output=True, text=True, check=True, timeout=30).stdout
    jobs = "".join(f"Job {job}\n" for job in [1, 2, 3])
    assert output.startswith(jobs)
    families = {family.name: family for family in text_string_to_metric_families(output.removeprefix(jobs))}
    assert families.keys() == {"jobs", "job_duration_seconds"}
    values = {
        sample.name: sample.value for family in families.values() for sample in family.samples
        if sample.labels.get("le", "+Inf") == "+Inf"}
    assert 0 < values.pop("job_duration_seconds_sum") < 10
    assert values == {"jobs_total": 3, "job_duration_seconds_bucket": 3, "job_duration_seconds_count": 3}
