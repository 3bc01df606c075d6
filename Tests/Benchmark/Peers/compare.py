#!/usr/bin/env python3
"""Compares the benchmark of this library with other Prometheus clients, in the same rounds. See README.md beside it."""

import argparse
import json
import os
import pathlib
import shutil
import statistics
import subprocess
import sys

from prometheus_client.parser import text_string_to_metric_families

HERE = pathlib.Path(__file__).resolve().parent
ROOT = HERE.parents[2]
BUILD = ROOT / ".build" / "peers"

OPERATIONS = ["increment", "increment-2", "lookup", "observe", "observe-2", "render-counters", "render-histograms"]

# DESIGN section 9: against which peers, and the largest ratio of this library's figure to the fastest of them. The
# prometheus crate finds children by a hash whose values it never compares, so it is no target for a look-up.
BUDGETS = {
    "increment-2": (["go", "rust", "python"], 1.0),
    "lookup": (["go"], 0.5),
    "observe": (["go", "rust", "python"], 0.7),
    "observe-2": (["go", "rust", "python"], 0.7),
    "render-counters": (["go", "rust", "python"], 1 / 3),
    "render-histograms": (["go", "rust", "python"], 1 / 3),
}

# swift-prometheus comes from neither Debian nor PyPI. This is its time over that of client_golang 1.14 as both were
# measured for this project in one run (revision 7ec390b, two-core AMD EPYC); the budgets hold against it too.
SWIFT_PROMETHEUS_OVER_GO = {
    "increment": 3.04 / 2.51, "increment-2": 8.79 / 4.64, "lookup": 540 / 140, "observe": 30.0 / 24.1,
    "observe-2": 133 / 42.8, "render-counters": 94 / 1228, "render-histograms": 260 / 656,
}


class Program:
    """A program that answers the lines of README.md."""

    def __init__(self, command):
        self.process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE)

    def ask(self, name):
        self.process.stdin.write(name.encode() + b"\n")
        self.process.stdin.flush()
        return self.process.stdout.readline().decode().split()

    def page(self, name):
        return self.process.stdout.read(int(self.ask(name)[0]))

    def end(self):
        self.process.stdin.close()
        self.process.wait()


def build_go():
    source, program = HERE / "go" / "main.go", BUILD / "go-peer"
    environment = {"GO111MODULE": "off", "GOPATH": "/usr/share/gocode", "GOCACHE": str(BUILD / "go-cache")}
    run(["go", "build", "-o", program, source], environment)
    return [str(program)]


def build_rust():
    folder = BUILD / "rust"
    shutil.copytree(HERE / "rust", folder, dirs_exist_ok=True)
    (folder / ".cargo").mkdir(exist_ok=True)
    (folder / ".cargo" / "config.toml").write_text(
        '[source.crates-io]\nreplace-with = "debian"\n[source.debian]\ndirectory = "/usr/share/cargo/registry"\n')
    run(["cargo", "build", "--quiet", "--release", "--offline", "--manifest-path", folder / "Cargo.toml"], {}, folder)
    return [str(folder / "target" / "release" / "peer")]


def run(command, environment, folder=None):
    subprocess.run(list(map(str, command)), check=True, env={**os.environ, **environment}, cwd=folder)


def samples(page):
    """The samples of a page, bounds as numbers, so that programs may print them differently."""
    found = {}
    for family in text_string_to_metric_families(page.decode()):
        for name, labels, value, *_ in family.samples:
            if "le" in labels:
                labels = {**labels, "le": float(labels["le"])}
            found[name, tuple(sorted(labels.items()))] = value
    return found


def check_pages(commands):
    for name in ["page-counters", "page-histograms"]:
        expected = None
        for program, command in commands.items():
            running = Program(command)
            found = samples(running.page(name))
            running.end()
            if expected is None:
                expected = found
            elif found != expected:
                sys.exit(f"{name}: {program} prints other samples than this library.")
        print(f"{name}: all programs print the same {len(expected)} samples.")


def measure(commands, names, rounds):
    programs = {program: Program(command) for program, command in commands.items()}
    figures = {name: {program: [] for program in programs} for name in names}
    counts = {}
    for round in range(rounds + 1):
        for name in names:
            for program, running in programs.items():
                nanoseconds, counted = map(float, running.ask(name))
                if counts.setdefault((name, program), counted) != counted:
                    sys.exit(f"{name}: {program} counted {counted} after {counts[name, program]}.")
                # The first round warms up.
                if round > 0:
                    figures[name][program].append(nanoseconds)
    for running in programs.values():
        running.end()
    return figures


def memory(commands):
    figures = {}
    for program, command in commands.items():
        running = Program(command)
        before, peak = map(int, running.ask("memory"))
        running.end()
        figures[program] = (before / 1024, peak / 1024)
    return figures


def processor_seconds(process):
    """The processor time that a process has used, in clock ticks of 10 ms."""
    fields = pathlib.Path(f"/proc/{process.pid}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def scrapes(commands, rounds, count=200):
    """The median milliseconds of a scrape of the small page over HTTP, the processor time of the server for one, and
    the bytes, by encoding and program. This library's program is the client of all."""
    client = Program(commands["own"])
    servers = {program: Program(commands[program]) for program in ["own", "go"]}
    ports = {program: server.ask("serve")[0] for program, server in servers.items()}
    figures = {(encoding, program): [] for encoding in ["plain", "gzip"] for program in servers}
    try:
        for round in range(rounds + 1):
            for (encoding, program), found in figures.items():
                process = servers[program].process
                before = processor_seconds(process)
                milliseconds, size = map(float, client.ask(f"scrape {ports[program]} {encoding} {count}"))
                processor = 1000 * (processor_seconds(process) - before) / count
                if round > 0:
                    found.append((milliseconds, processor, size))
    finally:
        for running in [*servers.values(), client]:
            running.process.terminate()
            running.end()
    return figures


def report_scrapes(figures):
    for encoding in ["plain", "gzip"]:
        print(f"\na scrape of 5,100 lines over HTTP, {encoding}: ms, processor ms of the server, bytes")
        for program in ["own", "go"]:
            milliseconds, processor, sizes = zip(*figures[encoding, program])
            print(f"  {program:<18}{text(milliseconds):<34}{text(processor):<34}{sizes[0]:.0f}")


def text(samples):
    return f"{statistics.median(samples):.4g} ({min(samples):.4g} .. {max(samples):.4g})"


def report(figures):
    """Prints the table. Returns the budgets that were missed."""
    missed = []
    for name, programs in figures.items():
        medians = {program: statistics.median(values) for program, values in programs.items()}
        medians["swift-prometheus"] = medians["go"] * SWIFT_PROMETHEUS_OVER_GO[name]
        print(f"\n{name}, ns")
        for program, values in programs.items():
            ratio = "" if program == "own" else f"   {medians['own'] / medians[program]:.3f} of it"
            print(f"  {program:<18}{text(values):<34}{ratio}")
        print(f"  {'swift-prometheus':<18}{medians['swift-prometheus']:<34.4g}   "
              f"{medians['own'] / medians['swift-prometheus']:.3f} of it (computed from Go's)")
        if name in BUDGETS:
            peers, limit = BUDGETS[name]
            fastest = min([*peers, "swift-prometheus"], key=medians.get)
            ratio = medians["own"] / medians[fastest]
            verdict = "met" if ratio <= limit else "MISSED"
            print(f"  budget: {limit:.2f} of {fastest}: {ratio:.3f}, {verdict}")
            if ratio > limit:
                missed.append(name)
    return missed


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("names", nargs="*", default=OPERATIONS, help="the rows to compare; all where none is named")
    parser.add_argument("--benchmark", default=ROOT / ".build/release/benchmark", help="this library's program")
    parser.add_argument("--rounds", type=int, default=9)
    parser.add_argument("--check", action="store_true", help="exit with 1 where a budget is missed")
    parser.add_argument("--json", type=pathlib.Path, help="write all samples to this file")
    arguments = parser.parse_args()

    missing = [command for command in ["go", "cargo"] if shutil.which(command) is None]
    missing += [folder for folder in ["/usr/share/gocode/src/github.com/prometheus/client_golang",
                                      "/usr/share/cargo/registry/prometheus-0.13.3"]
                if not pathlib.Path(folder).exists()]
    if missing:
        sys.exit(f"Missing: {', '.join(missing)}. Run: apt-get install --no-install-recommends golang-go "
                 "golang-github-prometheus-client-golang-dev cargo librust-prometheus-dev")
    BUILD.mkdir(parents=True, exist_ok=True)
    commands = {
        "own": [str(arguments.benchmark), "--peer"],
        "go": build_go(),
        "rust": build_rust(),
        "python": [sys.executable, str(HERE / "python" / "peer.py")],
    }
    check_pages(commands)
    figures = measure(commands, arguments.names, arguments.rounds)
    missed = report(figures)
    report_scrapes(scrapes(commands, arguments.rounds))
    print("\nresident memory of the 98,200-line process, MiB: before it is rendered, and at the peak")
    memories = memory(commands)
    for program, (before, peak) in memories.items():
        print(f"  {program:<18}{before:.1f} -> {peak:.1f}")
    if arguments.json:
        arguments.json.write_text(json.dumps({"nanoseconds": figures, "memory": memories}))
    if arguments.check and missed:
        sys.exit(f"Budgets missed: {', '.join(missed)}")


main()
