"""`voice-monitor.js` in Chromium: two connections in one page with real audio between them, on a page of another origin
than the exporter's; and what becomes of recorded getStats."""

import gzip
import json
from types import SimpleNamespace

import pytest

from exporter import Exporter
from microphone import browser, host, page  # noqa: F401
from python_client import accepted, address, free_port
from waiting import wait_until

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
def exporter(host, tmp_path_factory):
    file = tmp_path_factory.mktemp("browser") / "configuration.json"
    file.write_text(json.dumps({"origins": [host]}))
    with Exporter("--config", str(file)) as exporter:
        yield exporter


# A connection without a network, whose events and readings the page makes up.
PRETEND = """
async ([module, options]) => {
  const { attach } = await import(module);
  const stats = new Map([["I", { id: "I", type: "inbound-rtp", kind: "audio", packetsReceived: 1, packetsLost: 0 }]]);
  window.connection = Object.assign(
    new EventTarget(), { connectionState: "new", signalingState: "stable", getStats: async () => stats });
  window.channel = new EventTarget();
  window.monitor = attach(connection, { ...options, dataChannel: channel });
}
"""


def module(exporter):
    return f"{address(exporter)}/client/voice-monitor.js"


def call(page, exporter, session, endpoint=None):
    page.evaluate(CALL, [
        module(exporter), {"endpoint": endpoint or address(exporter), "sessionId": session, "period": 500}])


def pretend(page, exporter, **options):
    page.evaluate(PRETEND, [module(exporter), {"endpoint": address(exporter), "sessionId": "pretended", **options}])


def stop_clock(page):
    """From now on the page's timers and times move only when a test moves them."""
    page.clock.install(time="2030-01-01T00:00:00Z")
    page.clock.pause_at("2030-01-01T01:00:00Z")


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


def test_the_time_that_the_connection_takes_is_measured(page, exporter):
    name = "amplifier_voice_webrtc_connect_duration_seconds"
    before = exporter.samples()[f"{name}_count"]
    call(page, exporter, "connects")
    wait_until(lambda: exporter.sample(f"{name}_count") == before + 1, "the time of the connection", timeout=30)
    page.evaluate("monitor.stop()")


def test_the_time_of_the_connection_begins_with_the_answer_and_is_told_once(page, exporter):
    stop_clock(page)
    pretend(page, exporter)
    page.evaluate("""() => {
      window.sent = [];
      window.fetch = async (_, { body }) => { sent.push(...JSON.parse(body)); return new Response("{}"); };
      window.become = (name, state) => {
        connection[`${name}State`] = state;
        connection.dispatchEvent(new Event(`${name}statechange`));
      };
      become("signaling", "have-local-offer");
    }""")
    page.clock.run_for(3_000)
    page.evaluate('become("signaling", "stable")')
    page.clock.run_for(250)
    page.evaluate('become("connection", "connected")')
    page.clock.run_for(400)
    page.evaluate('["disconnected", "connected"].forEach(state => become("connection", state))')
    page.clock.run_for(1_000)
    told = [event for event in page.evaluate("sent") if event["type"] == "latency.sample"]
    assert [(event["metric"], event["session_id"], round(event["value_ms"])) for event in told] == [
        ("webrtc_connect", "pretended", 250)]
    page.evaluate("monitor.stop()")


def test_readings_are_taken_every_five_seconds(page, exporter):
    stop_clock(page)
    pretend(page, exporter)
    counts = []
    for pause in (4_900, 200, 4_700, 200, 15_000):
        page.clock.run_for(pause)
        counts.append(waiting(page, "recorded"))
    assert counts == [0, 1, 1, 2, 5]
    page.evaluate('connection.connectionState = "closed"')
    page.clock.run_for(60_000)
    assert waiting(page, "recorded") == 5


def test_what_waits_is_sent_in_batches(page, exporter):
    pretend(page, exporter)
    bodies = []
    page.on("request", lambda request: bodies.append(json.loads(request.post_data)))
    page.evaluate("""() => {
      for (let number = 0; number < 450; number++) {
        monitor.forward({ type: "response.created", response: { id: `${number}` } });
      }
    }""")
    wait_until(lambda: waiting(page, "accepted") == 450, "everything is accepted")
    assert [len(body) for body in bodies] == [200, 200, 50]
    assert len({event["id"] for body in bodies for event in body}) == 450
    page.evaluate("monitor.stop()")


LEAVING = {
    "hidden": """
      Object.defineProperty(document, "visibilityState", { value: "hidden" });
      document.dispatchEvent(new Event("visibilitychange"));""",
    "going": 'dispatchEvent(new PageTransitionEvent("pagehide"));',
}


@pytest.mark.parametrize("how", LEAVING)
def test_a_page_that_is_left_hands_over_what_waits(page, exporter, how):
    before = accepted(exporter).get("realtime.event", 0)
    stop_clock(page)
    pretend(page, exporter)
    # More than one beacon takes.
    page.evaluate("""() => {
      for (let number = 0; number < 150; number++) {
        monitor.forward({ type: "response.created", response: { id: `${number}-${"x".repeat(100)}` } });
      }
      document.dispatchEvent(new Event("visibilitychange"));
    }""")
    assert waiting(page, "waiting") == 150
    page.evaluate(f"() => {{ {LEAVING[how]} }}")
    wait_until(lambda: accepted(exporter).get("realtime.event", 0) == before + 150, "the beacons arrive")
    assert waiting(page, "waiting") == 0
    page.evaluate("monitor.stop()")


HOSTILE = {
    "no options": "attach(new EventTarget()).stop()",
    "no connection": 'attach(undefined, { endpoint, sessionId: "one" }).stop()',
    "an address that is none": 'attach(new EventTarget(), { endpoint: "http://[", sessionId: "one" }).forward({})',
    "an event that is none":
        "[null, undefined, 7, Symbol(), '', '[]', 'null', { type: { toString: null } }].forEach(monitor.forward)",
    "an event that cannot be written": "monitor.forward({ type: 'session.created', session: { expires_at: 1n } })",
    "a message that is none": "channel.dispatchEvent(new MessageEvent('message', { data: new ArrayBuffer(8) }))",
    "readings that fail": "connection.getStats = () => Promise.reject(new Error('no'))",
    "readings that throw": "connection.getStats = () => { throw new Error('no') }",
    "readings that are none": "connection.getStats = async () => undefined",
    "a browser without beacons": "navigator.sendBeacon = undefined; monitor.forward({ type: 'error' }); monitor.stop()",
    "a browser without fetch": "window.fetch = undefined; monitor.forward({ type: 'error' })",
}


@pytest.mark.parametrize("what", HOSTILE)
def test_nothing_is_thrown_into_the_page(page, exporter, what):
    pretend(page, exporter, period=20)
    page.evaluate(
        f"async ([module, endpoint]) => {{ const {{ attach }} = await import(module); {HOSTILE[what]} }}",
        [module(exporter), address(exporter)])
    # The page's fixture holds what was thrown, at once, or later by a timer or a promise.
    page.wait_for_timeout(1_200)
    page.evaluate("monitor.stop()")


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
        module(exporter))
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
    failed = []
    page.on("requestfailed", lambda request: failed.append(request))
    call(page, exporter, "away", endpoint=f"http://127.0.0.1:{port}")
    page.evaluate("""() => {
      for (let number = 0; number < 300; number++) {
        monitor.forward({ type: "response.created", response: { id: `${number}` } });
      }
    }""")
    wait_until(lambda: waiting(page, "waiting") > 300, "readings wait too")
    wait_until(lambda: page.evaluate("true") and len(failed) >= 2, "requests fail", timeout=30)
    counts = page.evaluate("monitor.counts()")
    assert counts["waiting"] == counts["recorded"] > 300
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
        [{**IN, "id": "J", "ssrc": 3, "packetsReceived": 900, "packetsLost": 90}],
        [{**IN, "id": "J", "ssrc": 3, "packetsReceived": 910, "packetsLost": 90}],
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
            {"packetsLost": 8, "packetsReceived": 140}, {"packetsLost": 8, "packetsReceived": 140},
            {"packetsLost": 8, "packetsReceived": 150}]),
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
        }""", [module(exporter), reports]) == expected
