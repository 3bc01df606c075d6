"""The patch of the README for Amplifier Voice, hunk by hunk."""

import re
from dataclasses import dataclass
from pathlib import Path

README = Path(__file__).resolve().parents[2] / "README.md"


@dataclass
class Hunk:
    file: str
    function: str
    place: str
    lines: list


def hunks():
    block = re.search(r"^### Amplifier Voice$.*?^```diff$\n(.*?)^```$", README.read_text(), re.DOTALL | re.MULTILINE)
    found, file = [], None
    for line in block[1].splitlines():
        if line.startswith("--- "):
            file = line.removeprefix("--- ")
        elif named := re.fullmatch(r"@@ (\w+)(.*) @@", line):
            found.append(Hunk(file, named[1], named[2], []))
        else:
            assert line.startswith("+"), line
            found[-1].lines.append(line[1:])
    assert found
    return found


def lines(function, part):
    """What the patch adds to the place in a function that its heading tells of."""
    [hunk] = [hunk for hunk in hunks() if hunk.function == function and part in hunk.place]
    return "\n".join(hunk.lines)
