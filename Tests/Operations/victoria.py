"""A real VictoriaMetrics that takes what Prometheus agents send, and a vmalert that evaluates rules over it."""

import json
import socket
import subprocess
import urllib.request

from prometheus import Prometheus
from waiting import wait_until


def free_port():
    """These programs do not tell which port the system chose."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        return server.getsockname()[1]


class Victoria(Prometheus):
    """A program of VictoriaMetrics, which answers queries as Prometheus does."""

    program = None
    readiness = "/health"

    def __init__(self, folder, *flags):
        self.address = f"127.0.0.1:{free_port()}"
        self._log = folder / f"{self.program}.log"
        with self._log.open("w") as log:
            self.process = subprocess.Popen(
                [self.program, f"-httpListenAddr={self.address}", *flags],
                stdin=subprocess.DEVNULL, stdout=log, stderr=log)
        try:
            wait_until(self._is_ready, self.program)
        except BaseException:
            self.stop()
            raise

    def _is_ready(self):
        assert self.process.poll() is None, self._log.read_text()
        try:
            with urllib.request.urlopen(f"http://{self.address}{self.readiness}", timeout=5) as response:
                return response.status == 200
        except OSError:
            return False


class VictoriaMetrics(Victoria):
    program = "victoria-metrics"

    def __init__(self, folder):
        # By itself it hides what is younger than 30 s, since it may be incomplete.
        super().__init__(
            folder, f"-storageDataPath={folder / 'data'}", "-search.latencyOffset=0s", "-search.disableCache")


class VMAlert(Victoria):
    program = "vmalert"

    def __init__(self, folder, database, rules, notifier):
        url = f"http://{database.address}"
        super().__init__(
            folder, f"-datasource.url={url}", f"-remoteWrite.url={url}", f"-notifier.url={notifier}",
            "-datasource.queryTimeAlignment=false", "-disableAlertgroupLabel", "-remoteWrite.flushInterval=200ms",
            *[f"-rule={rule}" for rule in rules])

    def firing(self):
        """The name, job and instance of each alert that fires."""
        with urllib.request.urlopen(f"http://{self.address}/api/v1/alerts", timeout=10) as response:
            alerts = json.load(response)["data"]["alerts"]
        return {
            (alert["name"], alert["labels"].get("job"), alert["labels"].get("instance"))
            for alert in alerts if alert["state"] == "firing"
        }
