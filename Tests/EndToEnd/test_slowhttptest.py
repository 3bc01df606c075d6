"""The three attacks of slowhttptest: all are over by their deadline, and scrapes are answered throughout."""

import re
import subprocess

import pytest

from exchange import assert_healthy
from scraping import Scraper
from waiting import wait_until

CONNECTIONS = 200
# The program ends at this second or as soon as all its connections are closed.
LENGTH = 15


@pytest.mark.parametrize(
    "path, flags",
    [
        pytest.param("/metrics", ["-H", "-i", "1"], id="slow headers"),
        pytest.param("/api/events", ["-B", "-i", "1", "-s", "8192", "-f", "application/json"], id="slow body"),
        pytest.param("/metrics", ["-X", "-k", "3", "-n", "5", "-w", "10", "-y", "20", "-z", "32"], id="slow read"),
    ],
)
def test_the_attack_is_over_in_time_and_nobody_notices(exporter, path, flags):
    files = exporter.sample("process_open_fds")
    with Scraper(exporter) as scraper:
        attack = subprocess.run(
            [
                "slowhttptest", "-c", str(CONNECTIONS), "-r", "100", "-l", str(LENGTH), "-p", "3", *flags,
                "-u", f"http://{exporter.host}:{exporter.port}{path}",
            ],
            stdin=subprocess.DEVNULL, capture_output=True, text=True, timeout=LENGTH + 15)
        report = re.sub(r"\x1b\[[0-9;]*m", "", attack.stdout)
    assert attack.returncode == 0, report
    assert len(scraper.statuses) > 30
    if "-X" not in flags:
        # Of a connection whose answer it has not read the program does not see that it is closed.
        assert "No open connections left" in report
    assert "NO" not in re.findall(r"service available:\s*(\w+)", report)
    wait_until(lambda: exporter.sample("process_open_fds") <= files + 2, "the end of the connections", timeout=5)
    assert_healthy(exporter)
