"""What may import what, what the program is linked with, and what lies at the top of the repository."""

import re
import subprocess
from pathlib import Path

import pytest

from exporter import binary

ROOT = Path(__file__).resolve().parents[2]
SOURCES = ROOT / "Sources"

MAY_IMPORT = {
    "PrometheusMetrics": {"Synchronization"},
    "PrometheusSwiftMetrics": {"CoreMetrics", "PrometheusMetrics", "Synchronization"},
    "VoiceMonitoring": {"PrometheusMetrics", "DequeModule", "FoundationEssentials", "Glibc", "Synchronization"},
    "VoiceAlerting": {"VoiceMonitoring"},
}

MUST_NOT_IMPORT = {
    "VoiceMonitoringServer": {"ArgumentParser", "amplifier_voice_exporter"},
}

TOP_LEVEL = {"Package.swift", "Sources", "Tests", "README.md", "alerts", "grafana"}

IMPORT = re.compile(
    r"^\s*(?:@\w+(?:\([^)]*\))?\s+)*(?:(?:public|package|internal|fileprivate|private)\s+)?"
    r"import\s+(?:(?:typealias|struct|class|enum|protocol|let|var|func)\s+)?(\w+)",
    re.MULTILINE)

# What stands only in the build for the thread sanitizer, which is no build of the program.
SANITIZED = re.compile(r"^#if THREAD_SANITIZER$.*?^#endif$", re.MULTILINE | re.DOTALL)


def imports(folder):
    """The files that import each module."""
    files = sorted(folder.rglob("*.swift"))
    assert files, f"{folder} holds no Swift"
    found = {}
    for file in files:
        for module in IMPORT.findall(SANITIZED.sub("", file.read_text())):
            found.setdefault(module, []).append(str(file.relative_to(ROOT)))
    return found


def tracked_files():
    # Git refuses a clone that belongs to another user, as in some containers.
    listing = subprocess.run(
        ["git", "-c", "safe.directory=*", "ls-files", "-z"], cwd=ROOT, check=True, capture_output=True, text=True,
        timeout=30)
    files = listing.stdout.rstrip("\0").split("\0")
    assert "Package.swift" in files
    return files


@pytest.mark.parametrize(
    "line",
    [
        "import Foundation", "public import Foundation", "@testable import Foundation",
        "@preconcurrency internal import Foundation", "@_spi(Some) import Foundation",
        "import struct Foundation.Date", "    import Foundation",
    ],
)
def test_an_import_is_seen_in_each_of_its_forms(line):
    assert IMPORT.findall(f"// A file.\n{line}\n") == ["Foundation"]


@pytest.mark.parametrize("module", MAY_IMPORT)
def test_a_module_imports_only_what_is_below_it(module):
    found = imports(SOURCES / module)
    assert {name: files for name, files in found.items() if name not in MAY_IMPORT[module]} == {}


@pytest.mark.parametrize("module", MUST_NOT_IMPORT)
def test_a_module_does_not_import_what_is_above_it(module):
    found = imports(SOURCES / module)
    assert {name: files for name, files in found.items() if name in MUST_NOT_IMPORT[module]} == {}


def test_nobody_imports_full_foundation():
    assert imports(SOURCES).get("Foundation") is None


def test_the_program_is_linked_with_the_essentials_of_foundation_alone():
    listing = subprocess.run(["ldd", binary()], check=True, capture_output=True, text=True, timeout=30)
    libraries = {line.split()[0].rpartition("/")[2] for line in listing.stdout.splitlines()}
    assert "libFoundationEssentials.so" in libraries
    assert "libFoundation.so" not in libraries
    assert [name for name in libraries if re.match(r"libicu|lib_FoundationICU", name)] == []


def test_the_top_of_the_repository_holds_nothing_else():
    top = {file.split("/")[0] for file in tracked_files()}
    assert {name for name in top if not name.startswith(".")} - TOP_LEVEL == set()


def test_what_a_build_writes_is_not_tracked():
    assert [file for file in tracked_files() if file == "Package.resolved" or file.startswith(".build/")] == []
