#!/usr/bin/env python3
"""How many exporters one Prometheus serves: its series, samples, processor and memory with the shipped configuration
and rules, for so many targets. Not a test: each number of targets takes some minutes, and it is run by hand.

    EXPORTER=.build/release/amplifier-voice-exporter .build/python/bin/python Tests/Operations/scale.py 200 500 1000

The targets are all one exporter with calls that go on, under as many instance labels: it is scraped once for each. A
new Prometheus has no past, over which the rules of the error budget look back three days: what those cost then is
measured apart, over made-up samples of a few targets.
"""

import argparse
import os
import subprocess
import sys
import tempfile
import time
import urllib.request
from pathlib import Path

import yaml

sys.path.append(str(Path(__file__).resolve().parents[1] / "EndToEnd"))

from everything import feed_everything
from exporter import Exporter
from files import ALERTS, RULE_FILES, rules
from prometheus import ConfiguredPrometheus
from simulation import address, simulating

# SPEC's load, at the pace of life.
CALLS = {"sessions": 50, "rate": 75, "seed": 1}
INTERVAL = 15
DAY = 86_400
PAST = 20
EVALUATIONS = 10
MEGABYTE = 1_000_000


def configured(static_configs):
    """The shipped configuration with the shipped rules; there is nobody to tell of alerts."""
    configuration = yaml.safe_load((ALERTS / "prometheus/static.yaml").read_text())
    del configuration["alerting"]
    configuration["rule_files"] = [str(file) for file in RULE_FILES]
    (job,) = configuration["scrape_configs"]
    job["static_configs"] = static_configs
    return configuration


def processor_seconds(process):
    fields = Path(f"/proc/{process.pid}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def memory(process, field):
    lines = Path(f"/proc/{process.pid}/status").read_text().splitlines()
    return int(next(line for line in lines if line.startswith(f"{field}:")).split()[1]) * 1024


def own_metrics(prometheus):
    """What Prometheus says of itself, summed over the labels."""
    sums = {}
    with urllib.request.urlopen(f"http://{prometheus.address}/metrics", timeout=30) as response:
        for line in response.read().decode().splitlines():
            if not line.startswith("#"):
                series, _, value = line.rpartition(" ")
                name = series.split("{")[0]
                sums[name] = sums.get(name, 0) + float(value)
    return sums


def measure(exporter, count, seconds, folder):
    target = f"{exporter.host}:{exporter.port}"
    targets = [{"targets": [target], "labels": {"instance": f"voice-{number:04}:9477"}} for number in range(count)]
    with ConfiguredPrometheus(folder, yaml.safe_dump(configured(targets))) as prometheus:
        # Until the rules have seen each target several times. What is not up by then is told.
        time.sleep(6 * INTERVAL)
        before, begin = own_metrics(prometheus), time.monotonic()
        own, other = processor_seconds(prometheus.process), processor_seconds(exporter.process)
        time.sleep(seconds)
        after, passed = own_metrics(prometheus), time.monotonic() - begin
        own = (processor_seconds(prometheus.process) - own) / passed
        other = (processor_seconds(exporter.process) - other) / passed

        def grown(name):
            return after[name] - before[name]

        figures = {
            "targets": count,
            "up at the end": round(prometheus.value("count(up == 1)")),
            "series of a target": round(prometheus.value("avg(scrape_samples_scraped)")),
            "series": round(after["prometheus_tsdb_head_series"]),
            "samples a second": round(grown("prometheus_tsdb_head_samples_appended_total") / passed),
            "processor, cores": round(own, 2),
            "evaluations of rule groups missed": round(grown("prometheus_rule_group_iterations_missed_total")),
            "resident, MB": round(memory(prometheus.process, "VmRSS") / MEGABYTE),
            "resident at most, MB": round(memory(prometheus.process, "VmHWM") / MEGABYTE),
            "the exporter's processor, cores": round(other, 2),
        }
        # Nobody needs what it would write on its way out.
        prometheus.process.kill()
        return figures


def write_past(folder):
    """Three days of turns in a few targets, of which one in ten has late first audio."""
    name = "amplifier_voice_time_to_first_audio_seconds"
    end = int(time.time()) // INTERVAL * INTERVAL
    past = folder / "past.txt"
    with past.open("w") as file:
        file.write(f"# TYPE {name} histogram\n")
        for target in range(PAST):
            labels = f'job="amplifier-voice",instance="voice-{target:04}:9477"'
            for series, growth in [(f'{name}_bucket{{{labels},le="1.2"}}', 9), (f"{name}_count{{{labels}}}", 10)]:
                for number in range(3 * DAY // INTERVAL):
                    file.write(f"{series} {growth * number} {end - 3 * DAY + number * INTERVAL}\n")
        file.write("# EOF\n")
    subprocess.run(
        ["promtool", "tsdb", "create-blocks-from", "openmetrics", str(past), str(folder / "data")],
        stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, check=True)


def measure_past(folder):
    """The processor time that one evaluation of the rules with long windows takes for one target."""
    write_past(folder)
    configuration = configured([])
    configuration["rule_files"] = []
    expressions = [rule["expr"] for rule in rules() if "first_audio_slow" in rule["expr"] + rule.get("record", "")]
    with ConfiguredPrometheus(folder, yaml.safe_dump(configuration)) as prometheus:
        assert prometheus.value(f"count({next(e for e in expressions if '[3d]' in e)})") == PAST
        begin = processor_seconds(prometheus.process)
        for expression in EVALUATIONS * expressions:
            prometheus.query(expression)
        return (processor_seconds(prometheus.process) - begin) / EVALUATIONS / PAST


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n\n")[0])
    parser.add_argument("targets", type=int, nargs="+")
    parser.add_argument("--seconds", type=int, default=120, help="how long each number of targets is measured")
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        cost = measure_past(Path(folder))
    print(f"the budget's rules over three days, ms of the processor a target: {1000 * cost:.2f}\n", flush=True)
    for count in arguments.targets:
        with tempfile.TemporaryDirectory() as folder, Exporter() as exporter:
            feed_everything(exporter)
            with simulating(address(exporter), **CALLS):
                for name, value in measure(exporter, count, arguments.seconds, Path(folder)).items():
                    print(f"{name}: {value}", flush=True)
        print(flush=True)


if __name__ == "__main__":
    main()
