"""A real Alertmanager with the shipped configuration, its durations shortened, its URLs pointed at a sink."""

import json
import shutil
import urllib.request

import yaml

import faster
from files import ALERTS
from listening import ListeningProgram


class Alertmanager(ListeningProgram):
    def __init__(self, folder, sink):
        configuration = folder / "alertmanager.yaml"
        configuration.write_text(yaml.safe_dump(self._configured(folder, sink)))
        shutil.copy(ALERTS / "amplifier-voice.tmpl", folder)
        arguments = [
            "prometheus-alertmanager", f"--config.file={configuration}", f"--storage.path={folder / 'data'}",
            "--web.listen-address=127.0.0.1:0", "--cluster.listen-address=",
        ]
        self.start(arguments, folder / "alertmanager.log")

    @staticmethod
    def _configured(folder, sink):
        """The secrets are files of the test, and the addresses of the world are those of the sink."""
        configuration = faster.read("alertmanager.yaml")

        def secret(name, text):
            file = folder / name
            file.write_text(text)
            return str(file)

        configuration["global"] = {
            "slack_api_url_file": secret("slack", f"{sink.url}/slack"), "pagerduty_url": f"{sink.url}/pagerduty"}
        receivers = {receiver["name"]: receiver for receiver in configuration["receivers"]}
        (pagerduty,) = receivers["slack-and-pagerduty"]["pagerduty_configs"]
        pagerduty["routing_key_file"] = secret("pagerduty", "a routing key")
        (switch,) = receivers["dead-mans-switch"]["webhook_configs"]
        switch["url"] = f"{sink.url}/dead-mans-switch"
        switch["http_config"]["authorization"]["credentials_file"] = secret("switch", "a token")
        return configuration

    def _ask(self, path, body=None):
        data = None if body is None else json.dumps(body).encode()
        request = urllib.request.Request(
            f"http://{self.address}/api/v2/{path}", data, {"Content-Type": "application/json"})
        with urllib.request.urlopen(request, timeout=10) as response:
            return json.loads(response.read() or b"null")

    def raise_alerts(self, *alerts):
        """Raises alerts with these labels, as Prometheus does."""
        self._ask("alerts", [{"labels": labels, "annotations": {"runbook_url": "http://x"}} for labels in alerts])

    def states(self):
        """Each alert's name and instance with its state: active or suppressed."""
        return {
            (alert["labels"]["alertname"], alert["labels"].get("instance")): alert["status"]["state"]
            for alert in self._ask("alerts")
        }
