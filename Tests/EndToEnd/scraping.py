"""A scraper that goes on while a test does its worst, and remembers how it was answered."""

import threading
import time


class Scraper:
    """Scrapes every fifth of a second. Leaving the `with` block checks that each scrape was answered in time."""

    INTERVAL = 0.2

    def __init__(self, exporter, slowest=1):
        self.statuses = []
        self.longest = 0
        self._exporter = exporter
        self._slowest = slowest
        self._failure = None
        self._end = threading.Event()
        self._thread = threading.Thread(target=self._scrape)

    def _scrape(self):
        try:
            ended = False
            while not ended:
                # The last scrape comes at the end, so that there is one however short the block is.
                ended = self._end.wait(self.INTERVAL)
                begin = time.monotonic()
                self.statuses.append(self._exporter.request("GET", "/metrics").status)
                self.longest = max(self.longest, time.monotonic() - begin)
        except Exception as failure:
            self._failure = failure

    def __enter__(self):
        self._thread.start()
        return self

    def __exit__(self, failure, *_):
        self._end.set()
        self._thread.join()
        if not failure:
            assert self._failure is None, self._failure
            assert set(self.statuses) == {200}
            assert self.longest < self._slowest
