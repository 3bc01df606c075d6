"""`process_*` and the build: what the exporter says of itself is what the kernel says of it."""

import os
import time
from pathlib import Path

import pytest

from exporter import run

MEGABYTE = 1_000_000


def folder(exporter):
    return Path(f"/proc/{exporter.process.pid}")


def fields(exporter):
    """The fields of `stat` from the third on; the second is a name in brackets that may hold anything."""
    return (folder(exporter) / "stat").read_text().rpartition(") ")[2].split()


def limit(exporter, name):
    line = next(line for line in (folder(exporter) / "limits").read_text().splitlines() if line.startswith(name))
    soft = line.removeprefix(name).split()[0]
    return float("inf") if soft == "unlimited" else float(soft)


def cpu_seconds(exporter):
    user, system = fields(exporter)[11:13]
    return (int(user) + int(system)) / os.sysconf("SC_CLK_TCK")


def test_the_processor_time_lies_between_two_readings_of_the_kernel(exporter):
    for _ in range(50):
        exporter.exposition()
    before = cpu_seconds(exporter)
    told = exporter.sample("process_cpu_seconds_total")
    assert before <= told <= cpu_seconds(exporter)
    assert told > 0


def test_the_resident_memory_is_the_kernels(exporter):
    assert exporter.sample("process_resident_memory_bytes") == pytest.approx(exporter.memory(), abs=10 * MEGABYTE)


def test_the_virtual_memory_is_the_kernels(exporter):
    # A thread that begins in between maps its stack and its arena.
    assert exporter.sample("process_virtual_memory_bytes") == pytest.approx(
        exporter.memory("VmSize"), abs=200 * MEGABYTE)


def test_the_start_is_when_it_was_started(exporter):
    # The kernel tells the time of its boot in whole seconds.
    assert exporter.sample("process_start_time_seconds") == pytest.approx(time.time(), abs=5)


def test_the_threads_are_the_kernels(exporter):
    assert abs(exporter.sample("process_threads") - len(list((folder(exporter) / "task").iterdir()))) <= 2


def test_the_open_files_are_the_kernels(exporter):
    # The connection of the scrape is gone by the time the folder is read.
    assert abs(exporter.sample("process_open_fds") - len(list((folder(exporter) / "fd").iterdir()))) <= 3


def test_each_connection_is_an_open_file(exporter):
    before = exporter.sample("process_open_fds")
    connections = [exporter.connect() for _ in range(20)]
    for connection in connections:
        connection.request("GET", "/-/ready")
        connection.getresponse().read()
    assert exporter.sample("process_open_fds") - before == pytest.approx(20, abs=2)
    for connection in connections:
        connection.close()


@pytest.mark.parametrize(
    "family, name",
    [
        ("process_max_fds", "Max open files"),
        ("process_virtual_memory_max_bytes", "Max address space"),
    ],
)
def test_a_limit_is_the_kernels(exporter, family, name):
    assert exporter.sample(family) == limit(exporter, name)


def test_the_build_is_the_one_of_the_command_line(exporter):
    series = [name for name in exporter.samples() if name.startswith("amplifier_voice_build_info")]
    assert len(series) == 1
    assert exporter.sample(series[0]) == 1
    assert f'version="{run("--version").stdout.split()[-1]}"' in series[0]
