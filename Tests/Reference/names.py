"""Names from outside that become map keys and labels: a fixed number of places, then `other`."""

from typing import Set, Tuple

OTHER = "other"
PLACES = 50
RESERVED_TOOLS = ("task", "read_file", "bash", "grep", "delegate", "dispatch")
RESERVED_AGENTS = ("modular-builder", "bug-hunter", "zen-architect", "security-guardian")


class CappedNames:
    def __init__(self, reserved: Tuple[str, ...]):
        self.admitted: Set[str] = set(reserved)
        self.overflowed = False

    def label(self, name: str) -> str:
        if name not in self.admitted:
            if len(self.admitted) >= PLACES:
                self.overflowed = True
                return OTHER
            self.admitted.add(name)
        return name
