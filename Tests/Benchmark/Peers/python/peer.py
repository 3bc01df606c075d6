"""The rows of the comparison with Python's prometheus-client. What each row does stands in Peers/README.md."""

import sys
import threading
import time

from prometheus_client import (
    CollectorRegistry, Counter, Histogram, disable_created_metrics, generate_latest, start_http_server)

disable_created_metrics()

BOUNDS = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 25]
METHODS = ["GET", "POST", "PUT", "DELETE"]
LABELS = ["method", "path"]


def make_values():
    state = 0

    def following():
        nonlocal state
        state = (state * 6364136223846793005 + 1442695040888963407) % 2**64
        return (state >> 11) / 2**53

    values = []
    for _ in range(4096):
        bucket = int(following() * 13)
        lower = BOUNDS[bucket - 1] if bucket > 0 else 0.0
        upper = BOUNDS[bucket] if bucket < 12 else 50.0
        values.append(lower + (upper - lower) * following())
    return values


VALUES = make_values()


def labels(child):
    return METHODS[child % 4], f"/api/v1/resources/{child // 4:02d}"


def counter_page():
    registry = CollectorRegistry()
    for family in range(50):
        counters = Counter(f"http_requests_{family:02d}", "Requests that were answered.", LABELS, registry=registry)
        for child in range(100):
            counters.labels(*labels(child)).inc((family * 100 + child) * 7919 % 1000003)
    return registry


def histogram_page():
    registry = CollectorRegistry()
    for family in range(100):
        histograms = Histogram(
            f"http_duration_{family:02d}_seconds", "Time to answer requests.", LABELS, registry=registry,
            buckets=BOUNDS[:11])
        for child in range(70):
            histogram = histograms.labels(*labels(child))
            for observation in range(5):
                histogram.observe(VALUES[(family * 350 + child * 5 + observation) % 4096])
    return registry


def sample(operations, threads, body, check):
    """Prints the nanoseconds of one operation, and a number that shows that all were done."""
    barrier = threading.Barrier(threads + 1)

    def run():
        barrier.wait()
        body()

    runners = [threading.Thread(target=run) for _ in range(threads)]
    for runner in runners:
        runner.start()
    barrier.wait()
    begin = time.perf_counter_ns()
    for runner in runners:
        runner.join()
    elapsed = time.perf_counter_ns() - begin
    answer(elapsed / (operations * threads), check())


def answer(*figures):
    print(*figures, flush=True)


def increments(threads):
    operations = 100_000
    counter = Counter("x", "X.", LABELS, registry=None).labels(*labels(1))

    def body():
        for _ in range(operations):
            counter.inc()

    sample(operations, threads, body, lambda: counter._value.get())


def lookups():
    operations = 50_000
    counters = Counter("x", "X.", LABELS, registry=None)
    children = [labels(child) for child in range(100)]
    for child in children:
        counters.labels(*child)

    def body():
        child = 0
        for _ in range(operations):
            counters.labels(*children[child]).inc()
            child = (child + 37) % 100

    sample(operations, 1, body, lambda: sum(counters.labels(*child)._value.get() for child in children))


def observations(threads):
    operations = 50_000
    histogram = Histogram("x", "X.", LABELS, registry=None, buckets=BOUNDS).labels(*labels(1))

    def body():
        for operation in range(operations):
            histogram.observe(VALUES[operation & 4095])

    sample(operations, threads, body, lambda: sum(bucket.get() for bucket in histogram._buckets))


def pages(registry):
    page = generate_latest(registry)
    lines = page.count(b"\n")
    sample(lines, 1, lambda: generate_latest(registry), lambda: lines)


def write_page(registry):
    page = generate_latest(registry)
    answer(len(page))
    sys.stdout.buffer.write(page)
    sys.stdout.buffer.flush()


def status(key):
    with open("/proc/self/status") as lines:
        return next(line.split()[1] for line in lines if line.startswith(key))


def memory():
    registry = histogram_page()
    before = status("VmRSS:")
    for _ in range(2):
        generate_latest(registry)
    answer(before, status("VmHWM:"))


def serve(registry):
    server, thread = start_http_server(0, "127.0.0.1", registry)
    answer(server.server_port)
    thread.join()


def main():
    made = {}

    def page(build):
        if build not in made:
            made[build] = build()
        return made[build]

    commands = {
        "increment": lambda: increments(1),
        "increment-2": lambda: increments(2),
        "lookup": lookups,
        "observe": lambda: observations(1),
        "observe-2": lambda: observations(2),
        "render-counters": lambda: pages(page(counter_page)),
        "render-histograms": lambda: pages(page(histogram_page)),
        "page-counters": lambda: write_page(page(counter_page)),
        "page-histograms": lambda: write_page(page(histogram_page)),
        "memory": memory,
        "serve": lambda: serve(counter_page()),
    }
    for line in sys.stdin:
        commands.get(line.strip(), lambda: answer("-"))()


main()
