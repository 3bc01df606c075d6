"""What pages of other origins can do in Chromium, whatever they try: nothing. One kind has a name of its own that leads
to the exporter, so that the browser takes the exporter for the page's own server; such a page cannot post either."""

import json

import pytest

from chromium import TIMEOUT
from exporter import Exporter
from ingest import counted
from microphone import host  # noqa: F401
from python_client import address
from waiting import wait_until

POSTS = {"/api/events": '{"type":"session.started","session_id":"forged"}', "/api/metrics/audio": '{"jitter":5}'}
REFUSED = 'amplifier_voice_exporter_refused_requests_total{reason="origin_not_allowed"}'

# Each way in which a page can post; those that tell the page what came back tell the test too.
WAYS = {
    "fetch": """async ([address, body]) =>
        (await fetch(address, { method: "POST", body }).catch(error => ({ status: error.name }))).status""",
    "fetch that asks first": """async ([address, body]) =>
        (await fetch(address, { method: "POST", body, headers: { "Content-Type": "application/json" } })
            .catch(error => ({ status: error.name }))).status""",
    "fetch that wants no answer": """async ([address, body]) =>
        (await fetch(address, { method: "POST", mode: "no-cors", body })).status""",
    "request": """([address, body]) => new Promise(resolve => {
        const request = new XMLHttpRequest();
        request.onloadend = () => resolve(request.status);
        request.open("POST", address);
        request.send(body);
    })""",
    "beacon": "([address, body]) => navigator.sendBeacon(address, body)",
    # The field's name and value make up JSON, with the form's equals sign in a string of it.
    "form": """([address, body]) => {
        const form = Object.assign(document.createElement("form"),
            { method: "POST", action: address, enctype: "text/plain" });
        form.append(Object.assign(
            document.createElement("input"), { name: `${body.slice(0, -1)},"x":"`, value: '"}' }));
        document.body.append(form);
        form.submit();
    }""",
}

READ = """async ([address, path]) => {
    const read = fetch(address + path).then(answer => answer.text(), error => error.name);
    const stream = new Promise(resolve => {
        const source = new EventSource(`${address}/metrics/stream`);
        const end = told => { source.close(); resolve(told); };
        source.onmessage = event => end(event.data);
        source.onerror = () => end("no stream");
    });
    return [await read, await stream];
}"""


@pytest.fixture(scope="module")
def browser(launch):
    browser = launch("--host-resolver-rules=MAP evil.test 127.0.0.1")
    yield browser
    browser.close()


@pytest.fixture
def page(browser):
    context = browser.new_context()
    context.set_default_timeout(TIMEOUT)
    yield context.new_page()
    context.close()


def rebound(page, exporter):
    """A page of a name that leads to the exporter. It stands for one that another server gave before the name led here;
    of that kind this browser itself would stop some requests to the own machine, which others do not."""
    origin = f"http://evil.test:{exporter.port}"
    page.goto(f"{origin}/openapi.json")
    return origin


def of_another_origin(page, exporter, host):  # noqa: F811
    page.goto(host)
    return address(exporter)


@pytest.fixture(scope="module")
def closed():
    """An exporter that has no other page's origin on its list."""
    with Exporter() as exporter:
        yield exporter


@pytest.fixture(scope="module")
def open_to_host(host, tmp_path_factory):  # noqa: F811
    file = tmp_path_factory.mktemp("foreign") / "configuration.json"
    file.write_text(json.dumps({"origins": [host]}))
    with Exporter("--config", str(file)) as exporter:
        yield exporter


@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize("path", POSTS)
def test_a_page_whose_name_leads_to_the_exporter_posts_nothing(page, closed, path, way):
    check_refusal(page, closed, rebound(page, closed), path, way, reads=True)


@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize("path", POSTS)
def test_a_page_of_another_origin_posts_nothing(page, closed, host, path, way):  # noqa: F811
    check_refusal(page, closed, of_another_origin(page, closed, host), path, way, reads=False)


@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize("path", POSTS)
def test_a_page_of_a_named_origin_posts_in_each_of_these_ways(page, open_to_host, host, path, way):  # noqa: F811
    before = counted(open_to_host)
    page.evaluate(WAYS[way], [of_another_origin(page, open_to_host, host) + path, POSTS[path]])
    wait_until(lambda: counted(open_to_host) != before, "the post is counted")
    assert open_to_host.samples().get(REFUSED, 0) == 0


def check_refusal(page, exporter, target, path, way, reads):
    before = exporter.samples().get(REFUSED, 0)
    result = page.evaluate(WAYS[way], [target + path, POSTS[path]])
    wait_until(lambda: exporter.samples().get(REFUSED, 0) > before, "the page is refused")
    if way in ("fetch", "request", "fetch that asks first"):
        assert result == (403 if reads else 0 if way == "request" else "TypeError")
    assert counted(exporter) == {}
    assert exporter.get_json("/metrics/sessions")["active_count"] == 0


def test_a_page_of_another_origin_reads_nothing(page, closed, host):  # noqa: F811
    target = of_another_origin(page, closed, host)
    for path in ("/", "/metrics", "/metrics/summary", "/metrics/sessions", "/openapi.json", "/-/healthy"):
        assert page.evaluate(READ, [target, path]) == ["TypeError", "no stream"]


@pytest.mark.parametrize("name", ["127.0.0.1", "localhost"])
def test_the_exporters_own_page_posts(page, exporter, name):
    origin = f"http://{name}:{exporter.port}"
    page.goto(f"{origin}/openapi.json")
    assert page.evaluate(WAYS["fetch"], [f"{origin}/api/events", POSTS["/api/events"]]) == 202
    assert counted(exporter) != {}
