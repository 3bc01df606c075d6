"""How the dashboard's files are served, and what must not stand in them."""

import gzip
import os
import re
import shutil
from pathlib import Path

import pytest

import exporter as exporter_module
from chromium import dashboard, module
from exporter import Exporter

FILES = Path(__file__).resolve().parents[2] / "Sources/VoiceMonitoringServer/Dashboard/Files"
ASSETS = sorted(str(file.relative_to(FILES)) for file in FILES.rglob("*.*") if file.name != "index.html")
PANELS = ["sessions", "latency", "tools", "errors", "audio", "amplifier"]
CONTENT_TYPES = {".js": "text/javascript; charset=utf-8", ".css": "text/css; charset=utf-8"}
GZIP = {"Accept-Encoding": "gzip"}
SECURITY = {
    "Content-Security-Policy":
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; "
        "base-uri 'none'; form-action 'none'; frame-ancestors 'none'; "
        "require-trusted-types-for 'script'; trusted-types 'none'",
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
}


@pytest.fixture(scope="module")
def exporter():
    with Exporter() as exporter:
        yield exporter


def folder(page):
    """The folder that the page loads from."""
    folders = set(re.findall(rb'(?:href|src)="(assets/[0-9a-f]+)/', page.body))
    assert len(folders) == 1
    return folders.pop().decode()


@pytest.fixture(scope="module")
def assets(exporter):
    return folder(exporter.request("GET", "/"))


def test_the_files_are_those_of_the_six_panels_and_of_the_shell():
    assert [f"panels/{panel}.js" for panel in sorted(PANELS)] == [name for name in ASSETS if "/" in name]
    assert {*BUNDLES, "style.css"} < set(ASSETS)


def test_the_page_is_never_kept(exporter):
    answer = exporter.request("GET", "/")
    assert answer.status == 200
    assert answer.headers["Content-Type"] == "text/html; charset=utf-8"
    assert answer.headers["Cache-Control"] == "no-cache"
    assert answer.headers["Vary"] == "Accept-Encoding"
    assert answer.headers["Content-Encoding"] is None
    assert {name: answer.headers[name] for name in SECURITY} == SECURITY


def test_the_page_comes_compressed_where_that_is_asked_for(exporter):
    answer = exporter.request("GET", "/", headers=GZIP)
    assert answer.headers["Content-Encoding"] == "gzip"
    assert gzip.decompress(answer.body).startswith(b"<!doctype html>")


@pytest.mark.parametrize("name", ASSETS)
def test_a_file_is_kept_for_ever_under_a_path_of_its_content(exporter, assets, name):
    plain = exporter.request("GET", f"/{assets}/{name}")
    compressed = exporter.request("GET", f"/{assets}/{name}", headers=GZIP)
    for answer in (plain, compressed):
        assert answer.status == 200
        assert answer.headers["Content-Type"] == CONTENT_TYPES[Path(name).suffix]
        assert answer.headers["Cache-Control"] == "public, max-age=31536000, immutable"
        assert answer.headers["Vary"] == "Accept-Encoding"
        assert {header: answer.headers[header] for header in SECURITY} == SECURITY
    assert plain.headers["Content-Encoding"] is None
    assert compressed.headers["Content-Encoding"] == "gzip"
    assert gzip.decompress(compressed.body) == plain.body
    assert plain.headers["ETag"] != compressed.headers["ETag"]


def imports(name):
    """The files that a module names, each with what it takes from there."""
    found = re.findall(r'^import \{ (.*) \} from "([^"]+)";$', (FILES / name).read_text(), re.MULTILINE)
    return [(os.path.normpath(Path(name).parent / target), names) for names, target in found]


def needed(name):
    """A module and all that it imports, those that others need first."""
    found = []
    for other, _ in imports(name):
        found += [each for each in needed(other) if each not in found]
    return [*found, name]


# What comes as one module: what shows the first numbers, and what keeps the page live.
BUNDLES = {"app.js": needed("app.js")}
BUNDLES["live.js"] = [name for name in needed("live.js") if name not in BUNDLES["app.js"]]
BUNDLED = [name for names in BUNDLES.values() for name in names]


def kept_lines(name):
    lines = [line.lstrip(" ") for line in (FILES / name).read_text().split("\n")]
    return [
        line for line in lines
        if line and not line.startswith("//") and not (line.startswith("/*") and line.endswith("*/"))]


@pytest.mark.parametrize("name", [name for name in ASSETS if name not in BUNDLED])
def test_a_file_is_sent_as_it_was_written_but_for_comments_and_indentation(exporter, assets, name):
    assert exporter.request("GET", f"/{assets}/{name}").body.decode() == "\n".join(kept_lines(name))


def exports(name):
    return re.findall(r"^export (?:async )?(?:function|const) (\w+)", (FILES / name).read_text(), re.MULTILINE)


@pytest.mark.parametrize("bundle", BUNDLES)
def test_what_is_needed_together_is_one_module_with_each_file_as_it_was_written(exporter, assets, bundle):
    expected, taken_from = [], set()
    names = {name: f"module{index}" for index, name in enumerate(BUNDLED)}
    for name in BUNDLES[bundle]:
        taken = ["const { %s } = %s;" % (names_taken.replace(" as ", ": "), names[target])
                 for target, names_taken in imports(name)]
        taken_from |= {target for target, _ in imports(name)}
        lines = [line.removeprefix("export ") for line in kept_lines(name) if not line.startswith("import ")]
        expected += [f"const {names[name]} = (() => {{", *taken, *lines,
                     f"return {{ {', '.join(exports(name))} }};", "})();"]
    expected.append(f"export {{ {', '.join(names[name] for name in BUNDLES[bundle])} }};")
    if exports(bundle):
        expected.append(f"export const {{ {', '.join(exports(bundle))} }} = {names[bundle]};")
    others = [names[name] for name in BUNDLED if name in taken_from - set(BUNDLES[bundle])]
    if others:
        expected.insert(0, f'import {{ {", ".join(others)} }} from "./app.js";')
    assert exporter.request("GET", f"/{assets}/{bundle}").body.decode().split("\n") == expected


@pytest.mark.parametrize("bundle, name", [
    (bundle, name) for bundle, names in BUNDLES.items() for name in names if name != bundle])
def test_a_module_of_a_bundle_has_the_same_functions_wherever_it_is_asked_for(chromium, exporter, bundle, name):
    with dashboard(chromium, exporter) as page:
        same = page.evaluate(
            """async ([bundle, path, index]) => {
              const [all, own] = [await import(bundle), await import(path)];
              return Object.keys(own).filter(key => own[key] === all[`module${index}`][key]);
            }""",
            [f"/{module(page, bundle)}", f"/{module(page, name)}", BUNDLED.index(name)])
    assert sorted(same) == sorted(exports(name))


@pytest.mark.parametrize("name", ASSETS)
def test_no_text_of_a_file_goes_on_over_lines(name):
    # Else what looks like a comment or like indentation could be part of it.
    assert (FILES / name).suffix == ".css" or all(
        line.count("`") % 2 == 0 and not line.endswith("\\") for line in (FILES / name).read_text().split("\n"))


@pytest.mark.parametrize("coding", [{}, GZIP], ids=["plain", "gzip"])
def test_who_has_a_file_is_told_so(exporter, assets, coding):
    path = f"/{assets}/app.js"
    tag = exporter.request("GET", path, headers=coding).headers["ETag"]
    for known in [tag, f"W/{tag}", f'"other", {tag}', "*"]:
        answer = exporter.request("GET", path, headers={**coding, "If-None-Match": known})
        assert (answer.status, answer.body, answer.headers["ETag"]) == (304, b"", tag)
    answer = exporter.request("GET", path, headers={**coding, "If-None-Match": '"other"'})
    assert answer.status == 200


def test_head_is_get_without_its_body(exporter, assets):
    for path in ["/", f"/{assets}/style.css"]:
        get, head = exporter.request("GET", path), exporter.request("HEAD", path)
        assert (head.status, head.body) == (200, b"")
        assert head.headers["Content-Type"] == get.headers["Content-Type"]


@pytest.mark.parametrize(
    "path", [
        "/index.html", "/style.css", "/assets", "/assets/", "/assets/0/app.js", "/{assets}", "/{assets}/index.html",
        "/{assets}/nothing.js", "/{assets}/../app.js", "/{assets}/panels", "/{assets}/panels/..%2fapp.js",
        "/{assets}//etc/passwd",
    ])
def test_nothing_else_is_there(exporter, assets, path):
    answer = exporter.request("GET", path.replace("{assets}", assets))
    assert (answer.status, answer.json["error"]["code"]) == (404, "not_found")


def test_a_file_cannot_be_written(exporter, assets):
    answer = exporter.request("POST", f"/{assets}/app.js", b"x")
    assert (answer.status, answer.headers["Allow"]) == (405, "GET, HEAD")


def test_the_page_names_one_style_sheet_and_one_module(exporter, assets):
    page = exporter.request("GET", "/").body.decode()
    assert re.findall(rf'(?:href|src)="{assets}/([^"]+)"', page) == ["style.css", "app.js"]


# What the policy forbids, and what could make text into something else.
FORBIDDEN = [
    r"innerHTML|outerHTML|insertAdjacentHTML|document\.write|srcdoc|DOMParser|createContextualFragment|setHTML",
    r"\beval\b|new Function|setTimeout\([\"']|setInterval\([\"']", r"\bon[a-z]+=\"", r"\bstyle=\"", r"javascript:",
    r"https?://(?!www\.w3\.org/2000/svg)", r"<style|<script(?! type=\"(module|application/json)\")",
]


@pytest.mark.parametrize("name", [*ASSETS, "index.html"])
def test_no_file_makes_text_into_anything_else(name):
    text = (FILES / name).read_text()
    assert [found[0] for pattern in FORBIDDEN for found in re.finditer(pattern, text)] == []


def test_the_forbidden_is_found():
    bad = 'a.innerHTML = b; eval(c) <p onclick="d" style="e" href="https://example.com"> <script>f</script>'
    assert sum(bool(re.search(pattern, bad)) for pattern in FORBIDDEN) == 6


def test_the_program_serves_the_page_wherever_it_lies(tmp_path, monkeypatch):
    copy = tmp_path / "somewhere else" / "exporter"
    copy.parent.mkdir()
    shutil.copy(exporter_module.binary(), copy)
    monkeypatch.setenv("EXPORTER", str(copy))
    monkeypatch.chdir(tmp_path)
    with Exporter() as exporter:
        page = exporter.request("GET", "/")
        assert b"AMPLIFIER VOICE MONITORING DASHBOARD" in page.body
        for name in ASSETS:
            assert exporter.request("GET", f"/{folder(page)}/{name}").status == 200
