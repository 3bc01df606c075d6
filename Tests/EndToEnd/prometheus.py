"""A real Prometheus on a free loopback port, with its data in a given folder; unless it is told otherwise, it scrapes one
target every second."""

import json
import urllib.parse
import urllib.request

from listening import ListeningProgram

CONFIGURATION = """\
global:
  scrape_interval: 1s
  scrape_timeout: 900ms
scrape_configs:
  - job_name: amplifier-voice
    static_configs:
      - targets: ["{target}"]
"""


class Prometheus(ListeningProgram):
    storage = "--storage.tsdb.path"

    def __init__(self, folder, target, *flags):
        self._start(folder, CONFIGURATION.format(target=target), *flags)

    def _start(self, folder, text, *flags):
        configuration = folder / "prometheus.yml"
        configuration.write_text(text)
        arguments = [
            "prometheus", f"--config.file={configuration}", f"{self.storage}={folder / 'data'}",
            "--web.listen-address=127.0.0.1:0", *flags,
        ]
        self.start(arguments, folder / "prometheus.log", is_ready="Server is ready")

    def query(self, expression):
        """The vector that an instant query gives, as pairs of labels and value."""
        result = self._ask("query", query=expression)["result"]
        return [(series["metric"], float(series["value"][1])) for series in result]

    def exemplars(self, expression, start, end):
        """The exemplars of the series of an expression between two Unix times, as pairs of series and exemplars."""
        found = self._ask("query_exemplars", query=expression, start=start, end=end)
        return [(series["seriesLabels"], series["exemplars"]) for series in found]

    def metadata(self):
        """What is known of each family."""
        return self._ask("metadata")

    def _ask(self, question, **parameters):
        url = f"http://{self.address}/api/v1/{question}?{urllib.parse.urlencode(parameters)}"
        with urllib.request.urlopen(url, timeout=10) as response:
            answer = json.load(response)
        assert answer["status"] == "success"
        return answer["data"]

    def value(self, expression):
        """The one value that an instant query gives."""
        vector = self.query(expression)
        assert len(vector) == 1, f"{expression} gives {vector}"
        return vector[0][1]


class ConfiguredPrometheus(Prometheus):
    """One with a configuration of its own."""

    def __init__(self, folder, configuration, *flags):
        self._start(folder, configuration, *flags)


class PrometheusAgent(ConfiguredPrometheus):
    """One that scrapes and sends on, and answers no queries."""

    storage = "--storage.agent.path"

    def __init__(self, folder, configuration):
        super().__init__(folder, configuration, "--enable-feature=agent")
