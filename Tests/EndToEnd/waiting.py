"""Waiting for a condition, with a bound."""

import time


def wait_until(condition, what, timeout=15):
    """Asks until `condition` returns something true, and returns that."""
    deadline = time.monotonic() + timeout
    while True:
        result = condition()
        if result:
            return result
        assert time.monotonic() < deadline, f"{what}: not within {timeout} s"
        time.sleep(0.02)
