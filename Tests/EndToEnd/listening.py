"""A program on a free loopback port, which says in its log where it listens."""

import re
import subprocess

from waiting import wait_until


class ListeningProgram:
    """Ends with its `with` block, and no other process with it."""

    # As programs of the Prometheus family say it.
    address_in_log = r'msg="Listening on" address=(\S+)'

    def start(self, arguments, log, is_ready=None, **options):
        """Starts the program and waits until its address is known, and until its log says that it is ready.

        What else a process may be given, such as its environment, stands in `options`.
        """
        self.log = log
        with log.open("w") as output:
            self.process = subprocess.Popen(
                arguments, stdin=subprocess.DEVNULL, stdout=output, stderr=output, **options)
        try:
            self.address = wait_until(self._find_address, f"the address of {arguments[0]}")
            if is_ready:
                wait_until(lambda: is_ready in log.read_text(), arguments[0])
        except BaseException:
            self.stop()
            raise

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.stop()

    def stop(self):
        self.process.terminate()
        try:
            self.process.wait(20)
        finally:
            self.process.kill()
            self.process.wait()

    def _find_address(self):
        log = self.log.read_text()
        assert self.process.poll() is None, log
        found = re.search(self.address_in_log, log)
        return found and found[1]
