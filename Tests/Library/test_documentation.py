"""The documentation is built, and every link in it leads somewhere."""

import json
import os
import shutil
import subprocess
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
CATALOG = ROOT / "Sources/PrometheusMetrics/PrometheusMetrics.docc"
ARTICLES = {"Count", "MeasureTime", "LabelSafely", "ChooseBuckets", "Expose"}


def run(*command):
    return subprocess.run(command, capture_output=True, text=True, timeout=300)


def convert(catalog, folder):
    products = Path(os.environ["RANDOM_REGISTRY"]).parent
    target = json.loads(run("swift", "-print-target-info").stdout)["target"]["triple"]
    symbols, site = folder / "symbols", folder / "site"
    symbols.mkdir()
    extracted = run(
        "swift-symbolgraph-extract", "-module-name", "PrometheusMetrics", "-I", str(products / "Modules"),
        "-target", target, "-output-dir", str(symbols), "-minimum-access-level", "public")
    assert extracted.returncode == 0, extracted.stderr
    built = run(
        "docc", "convert", str(catalog), "--additional-symbol-graph-dir", str(symbols), "--output-path", str(site),
        "--fallback-display-name", "PrometheusMetrics", "--fallback-bundle-identifier", "PrometheusMetrics",
        "--warnings-as-errors")
    return built, site


def test_the_documentation_is_built_without_a_warning(tmp_path):
    built, site = convert(CATALOG, tmp_path)
    assert built.returncode == 0, built.stdout + built.stderr
    pages = {path.stem for path in (site / "data/documentation/prometheusmetrics").glob("*.json")}
    assert {article.lower() for article in ARTICLES} <= pages


def test_a_link_that_leads_nowhere_is_found(tmp_path):
    catalog = tmp_path / CATALOG.name
    shutil.copytree(CATALOG, catalog)
    article = catalog / "Count.md"
    article.write_text(article.read_text().replace("A counter only", "A ``Nothing`` only"))
    built, _ = convert(catalog, tmp_path)
    assert built.returncode != 0
    assert "Nothing" in built.stdout + built.stderr
