"""`voice-monitor.js` in Chromium: two connections in one page with real audio between them, on a page of another origin
than the exporter's; and what becomes of recorded getStats."""

import functools
import gzip
import json
import shutil
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from types import SimpleNamespace

import pytest
from playwright.sync_api import sync_playwright

from chromium import SWITCHES, TIMEOUT
from exporter import Exporter
from python_client import accepted, address, free_port
from waiting import wait_until

FAKE_MICROPHONE = ["--use-fake-device-for-media-stream", "--use-fake-ui-for-media-stream",
                   "--autoplay-policy=no-user-gesture-required"]

# Two connections of one page that call each other, with a data channel as OpenAI's server opens it.
CALL = """
async ([module, options]) => {
  const { attach } = await import(module);
  const [near, far] = [new RTCPeerConnection(), new RTCPeerConnection()];
  near.onicecandidate = event => event.candidate && far.addIceCandidate(event.candidate);
  far.onicecandidate = event => event.candidate && near.addIceCandidate(event.candidate);
  const stream = await navigator.mediaDevices.getUserMedia({ audio: true });
  for (const connection of [near, far]) connection.addTrack(stream.getAudioTracks()[0], stream);
  near.ontrack = event => { const audio = new Audio(); audio.srcObject = event.streams[0]; audio.play(); };
  const channel = near.createDataChannel("oai-events");
  const opened = new Promise(resolve => { far.ondatachannel = event => resolve(event.channel); });
  window.monitor = attach(near, { ...options, dataChannel: channel });
  await near.setLocalDescription(await near.createOffer());
  await far.setRemoteDescription(near.localDescription);
  await far.setLocalDescription(await far.createAnswer());
  await near.setRemoteDescription(far.localDescription);
  Object.assign(window, { near, far, server: await opened });
}
"""

INBOUND = """
async () => {
  const inbound = [...(await near.getStats()).values()].find(entry => entry.type === "inbound-rtp");
  return { received: inbound.packetsReceived, lost: inbound.packetsLost };
}
"""


@pytest.fixture(scope="module")
def browser():
    executable = shutil.which("chromium")
    assert executable, "The tests need the Debian package chromium."
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=executable, args=[*SWITCHES, *FAKE_MICROPHONE])
        yield browser
        browser.close()


@pytest.fixture(scope="module")
def host():
    """A page of another origin."""
    class Page(BaseHTTPRequestHandler):
        def do_GET(self):
            self.send_response(200)
            self.send_header("Content-Type", "text/html")
            self.end_headers()
            self.wfile.write(b"<!doctype html><title>voice</title>")

        def log_message(self, *_):
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Page)
    thread = threading.Thread(target=functools.partial(server.serve_forever, poll_interval=0.02))
    thread.start()
    yield f"http://127.0.0.1:{server.server_address[1]}"
    server.shutdown()
    thread.join()
    server.server_close()


@pytest.fixture
def page(browser, host):
    context = browser.new_context(permissions=["microphone"])
    context.set_default_timeout(TIMEOUT)
    page = context.new_page()
    page.failures = []
    page.on("pageerror", lambda error: page.failures.append(str(error)))
    page.goto(host)
    yield page
    # Nothing was thrown into the page.
    assert page.failures == []
    context.close()


@pytest.fixture(scope="module")
def exporter(host, tmp_path_factory):
    file = tmp_path_factory.mktemp("browser") / "configuration.json"
    file.write_text(json.dumps({"origins": [host]}))
    with Exporter("--config", str(file)) as exporter:
        yield exporter


def call(page, exporter, session, endpoint=None):
    page.evaluate(CALL, [
        f"{address(exporter)}/client/voice-monitor.js",
        {"endpoint": endpoint or address(exporter), "sessionId": session, "period": 500}])


def waiting(page, count):
    return page.evaluate("monitor.counts()")[count]


def test_the_module_is_small(exporter):
    answer = exporter.request("GET", "/client/voice-monitor.js", headers={"Accept-Encoding": "gzip"})
    assert (answer.status, answer.headers["Content-Type"]) == (200, "text/javascript; charset=utf-8")
    assert answer.headers["Access-Control-Allow-Origin"] == "*"
    assert b"export function attach" in gzip.decompress(answer.body)
    assert len(answer.body) <= 5_000
    assert b"import " not in gzip.decompress(answer.body).replace(b"await import", b"")


def test_a_call_with_real_audio_is_measured_until_it_closes(page, exporter):
    call(page, exporter, "real")
    wait_until(lambda: accepted(exporter).get("audio.stats", 0) >= 8, "readings arrive", timeout=30)
    direct = page.evaluate(INBOUND)
    samples = exporter.samples()
    received = samples["amplifier_voice_audio_packets_received_total"]
    # Opus has 50 packets a second, of which the exporter knows at most some seconds less.
    assert 0 < received <= direct["received"]
    wait_until(
        lambda: exporter.sample("amplifier_voice_audio_packets_received_total") >= direct["received"],
        "the exporter knows what getStats said", timeout=20)
    assert direct["lost"] == 0 == exporter.sample("amplifier_voice_audio_packets_lost_total")
    audio = exporter.get_json("/metrics/audio")
    assert (audio["codec"], audio["sample_rate_hz"]) == ("opus", 48_000)
    assert [name for name in ["jitter_ms", "rtt_ms", "buffer_level_ms", "bitrate_kbps"] if audio[name] is None] == []
    assert exporter.sample("amplifier_voice_audio_sent_bytes_total") > 0
    wait_until(
        lambda: exporter.sample("amplifier_voice_audio_uplink_jitter_seconds_count") > 0,
        "the far side reports the uplink", timeout=30)
    page.evaluate("near.close()")
    wait_until(lambda: page.evaluate("monitor.counts().waiting") == 0, "everything is sent")
    page.wait_for_timeout(1_500)
    ended = accepted(exporter)["audio.stats"]
    page.wait_for_timeout(2_500)
    assert accepted(exporter)["audio.stats"] == ended


def test_events_of_the_data_channel_are_forwarded_without_their_words(page, exporter):
    call(page, exporter, "channel")
    page.evaluate("""async () => {
      const send = event => server.send(JSON.stringify(event));
      send({ type: "input_audio_buffer.speech_started", item_id: "u1" });
      send({ type: "input_audio_buffer.speech_stopped", item_id: "u1" });
      await new Promise(resolve => setTimeout(resolve, 200));
      send({ type: "response.created", response: { id: "r1", instructions: "secret" } });
      send({ type: "output_audio_buffer.started", response_id: "r1" });
      send({ type: "response.done", response: { id: "r1", status: "completed" } });
      server.send("not JSON");
    }""")
    wait_until(
        lambda: exporter.sample("amplifier_voice_time_to_first_audio_seconds_count") == 1, "a first number", timeout=20)
    # What the page's own clock said, the sending and batching notwithstanding.
    assert 0.15 <= exporter.sample("amplifier_voice_time_to_first_audio_seconds_sum") < 2
    kept = page.evaluate(
        """async module => (await import(module)).withoutWords({
          type: "response.done", response: { id: "r1", instructions: "secret", output: [{ content: ["secret"] }] },
          transcript: "secret", arguments: '{"agent":"scout","instruction":"secret"}', delta: "secret" })""",
        f"{address(exporter)}/client/voice-monitor.js")
    assert kept == {
        "type": "response.done", "response": {"id": "r1", "output": [{}]}, "transcript": "…",
        "arguments": '{"agent":"scout"}'}


def test_a_page_that_goes_sends_what_waits(page, exporter, host):
    before = accepted(exporter).get("realtime.event", 0)
    call(page, exporter, "gone")
    page.evaluate('monitor.forward({ type: "response.created", response: { id: "r9" } })')
    page.goto("about:blank")
    wait_until(lambda: accepted(exporter).get("realtime.event", 0) == before + 1, "the beacon arrives")


def test_a_page_survives_that_the_exporter_is_away_and_loses_nothing(page, exporter, host, configured):
    port = free_port()
    call(page, exporter, "away", endpoint=f"http://127.0.0.1:{port}")
    page.evaluate("""() => {
      for (let number = 0; number < 300; number++) {
        monitor.forward({ type: "response.created", response: { id: `${number}` } });
      }
    }""")
    wait_until(lambda: waiting(page, "waiting") > 300, "readings wait too")
    page.evaluate("""() => {
      for (let number = 0; number < 2000; number++) monitor.forward({ type: "error", error: { code: "x" } });
    }""")
    counts = page.evaluate("monitor.counts()")
    assert counts["waiting"] == 1_000 and counts["dropped"] == counts["recorded"] - 1_000
    flags = [*configured({"origins": [host]}), "--web.listen-address", f"127.0.0.1:{port}"]
    with Exporter(*flags) as late:
        wait_until(lambda: waiting(page, "accepted") >= 1_000, "what waited arrives", timeout=40)
        page.evaluate("monitor.stop()")
        assert accepted(late)["realtime.event"] <= 1_000
        assert page.evaluate("monitor.counts()")["duplicates"] == 0


def test_a_page_of_another_origin_can_send_and_read_nothing(page, exporter):
    with Exporter() as strict:
        call(page, exporter, "foreign", endpoint=address(strict))
        page.evaluate('monitor.forward({ type: "response.created", response: { id: "r1" } })')
        read = """async address => {
          try { return (await fetch(address)).status } catch (error) { return error.name }
        }"""
        assert page.evaluate(read, f"{address(strict)}/metrics") == "TypeError"
        assert page.evaluate(read, f"{address(strict)}/metrics/summary") == "TypeError"
        refused = 'amplifier_voice_exporter_refused_requests_total{reason="origin_not_allowed"}'
        wait_until(lambda: strict.sample(refused) >= 1, "the page is refused")
        assert accepted(strict) == {}



IN = {"id": "I", "type": "inbound-rtp", "kind": "audio", "ssrc": 1, "codecId": "C"}
CODEC = {"id": "C", "type": "codec", "mimeType": "audio/opus", "clockRate": 48_000}
SERIES = SimpleNamespace(
    loss=[
        [{**IN, "packetsReceived": 100, "packetsLost": 0}], [{**IN, "packetsReceived": 190, "packetsLost": 10}],
    ],
    negative=[
        [{**IN, "packetsReceived": 100, "packetsLost": -2}], [{**IN, "packetsReceived": 150, "packetsLost": -3}],
        [{**IN, "packetsReceived": 200, "packetsLost": 1}],
    ],
    restart=[
        [{**IN, "packetsReceived": 100, "packetsLost": 5}],
        [{**IN, "id": "J", "ssrc": 2, "packetsReceived": 500, "packetsLost": 50}],
        [{**IN, "id": "J", "ssrc": 2, "packetsReceived": 520, "packetsLost": 51}],
        [{**IN, "id": "J", "ssrc": 2, "packetsReceived": 10, "packetsLost": 0}],
        [{**IN, "id": "J", "ssrc": 2, "packetsReceived": 30, "packetsLost": 2}],
    ],
)


@pytest.mark.parametrize(
    "reports, expected",
    [
        ([[]], [{}]),
        (SERIES.loss, [{"packetsLost": 0, "packetsReceived": 100}, {"packetsLost": 10, "packetsReceived": 190}]),
        (SERIES.negative, [
            {"packetsLost": 0, "packetsReceived": 100}, {"packetsLost": 0, "packetsReceived": 150},
            {"packetsLost": 4, "packetsReceived": 200}]),
        (SERIES.restart, [
            {"packetsLost": 5, "packetsReceived": 100}, {"packetsLost": 5, "packetsReceived": 100},
            {"packetsLost": 6, "packetsReceived": 120}, {"packetsLost": 6, "packetsReceived": 120},
            {"packetsLost": 8, "packetsReceived": 140}]),
        # The round-trip time of RTCP wins over that of the selected pair, and no other pair counts.
        (
            [[
                {"id": "T", "type": "transport", "selectedCandidatePairId": "P2"},
                {"id": "P1", "type": "candidate-pair", "state": "succeeded", "currentRoundTripTime": 9},
                {"id": "P2", "type": "candidate-pair", "state": "succeeded", "currentRoundTripTime": 0.05},
            ], [
                {"id": "T", "type": "transport", "selectedCandidatePairId": "P2"},
                {"id": "P2", "type": "candidate-pair", "state": "succeeded", "currentRoundTripTime": 0.05},
                {"id": "R", "type": "remote-inbound-rtp", "kind": "audio", "timestamp": 1, "roundTripTime": 0.25,
                 "fractionLost": 0.125, "jitter": 0.5},
            ], [
                {"id": "R", "type": "remote-inbound-rtp", "kind": "audio", "timestamp": 1, "roundTripTime": 0.25,
                 "fractionLost": 0.125, "jitter": 0.5},
            ]],
            [{"rtt_ms": 50}, {"rtt_ms": 250, "uplink_packet_loss_pct": 12.5, "uplink_jitter_ms": 500},
             {"rtt_ms": 250}],
        ),
        # Of concealed audio only what can be heard drops out.
        (
            [[CODEC, {**IN, "jitterBufferDelay": 10, "jitterBufferEmittedCount": 48_000, "concealedSamples": 0,
                      "silentConcealedSamples": 0}],
             [CODEC, {**IN, "jitterBufferDelay": 16, "jitterBufferEmittedCount": 96_000, "concealedSamples": 4_800,
                      "silentConcealedSamples": 2_400}]],
            [{"codec": "opus", "sample_rate_hz": 48_000},
             {"codec": "opus", "sample_rate_hz": 48_000, "buffer_level_ms": 0.125, "dropout_ms": 50}],
        ),
        (
            [[{"id": "O", "type": "media-playout", "kind": "audio", "synthesizedSamplesEvents": 2}],
             [{"id": "O", "type": "media-playout", "kind": "audio", "synthesizedSamplesEvents": 5}]],
            [{"buffer_underruns": 2}, {"buffer_underruns": 5}],
        ),
        # Video is none of it.
        ([[{**IN, "kind": "video", "packetsReceived": 9, "packetsLost": 1}]], [{}]),
    ],
)
def test_recorded_stats_become_readings(page, exporter, reports, expected):
    assert page.evaluate(
        """async ([module, reports]) => {
          const { readings } = await import(module);
          let before, fields, all = [];
          for (const report of reports) {
            [fields, before] = readings(new Map(report.map(entry => [entry.id, entry])), before);
            all.push(fields);
          }
          return all;
        }""", [f"{address(exporter)}/client/voice-monitor.js", reports]) == expected
