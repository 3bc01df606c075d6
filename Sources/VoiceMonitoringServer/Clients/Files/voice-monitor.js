// Tells an amplifier-voice-exporter what a browser hears of a voice session over WebRTC:
//
//   import("http://127.0.0.1:9477/client/voice-monitor.js")
//     .then(({ attach }) => attach(peerConnection, { endpoint: "http://127.0.0.1:9477", sessionId, dataChannel }))
//     .catch(() => {});
//
// Every 5 s it reads getStats, it measures how long the connection takes once the answer is there, and it forwards the
// server events of the data channel without the words in them. It never throws into the page; what cannot be sent waits
// in a bounded queue, and each event has an id, so that it counts once.

const PERIOD = 5000;
const PAUSE = 1000;
const LONGEST_PAUSE = 30_000;
const QUEUE = 1000;
const BATCH = 200;
// What browsers let pages send while they go: 64 KiB.
const BEACON = 60_000;

const names = (text, inner = {}) => ({ ...Object.fromEntries(text.split(" ").map(name => [name, true])), ...inner });
const ERROR = names("type code message event_id");
const TOKENS = names("text_tokens audio_tokens image_tokens");
const USAGE = names("type seconds total_tokens input_tokens output_tokens", {
  input_token_details: { ...TOKENS, cached_tokens: true, cached_tokens_details: TOKENS }, output_token_details: TOKENS,
});
const VAD = names("type prefix_padding_ms silence_duration_ms");
const MODEL = names("model");
const ITEM = names("id type call_id name arguments");
// What of a server event leaves the page.
const EVENT = names(
  "type event_id item_id response_id call_id name arguments audio_start_ms audio_end_ms transcript", {
    error: ERROR, usage: USAGE, item: ITEM, rate_limits: names("name limit remaining reset_seconds"),
    session: names("id model expires_at", {
      turn_detection: VAD, input_audio_transcription: MODEL,
      audio: { input: { turn_detection: VAD, transcription: MODEL } },
    }),
    response: names("id status", {
      usage: USAGE, output: ITEM, status_details: names("type reason", { error: ERROR }),
    }),
  });

// The event without words, audio and instructions.
export function withoutWords(value, fields = EVENT) {
  if (Array.isArray(value)) return value.map(item => withoutWords(item, fields));
  if (value === null || typeof value !== "object") return null;
  const kept = {};
  for (const [name, inner] of Object.entries(fields)) {
    const item = value[name];
    if (item === undefined || item === null) continue;
    if (name === "transcript") kept[name] = String(item).trim() ? "…" : "";
    else if (name === "arguments") kept[name] = agentOf(item);
    else kept[name] = inner === true ? item : withoutWords(item, inner);
  }
  return kept;
}

// The agent of a delegation, and whether the rest is JSON at all.
function agentOf(text) {
  try {
    const told = JSON.parse(text);
    if (told === null || typeof told !== "object" || Array.isArray(told)) return "[]";
    return JSON.stringify(typeof told.agent === "string" ? { agent: told.agent } : {});
  } catch {
    return "not JSON";
  }
}

// The fields of an audio.stats event, and what the next call needs to know. Counters are added up over streams: one
// that is new or goes back begins anew, and what is missing is no reading.
export function readings(stats, before = {}) {
  const all = [...stats.values()];
  const isAudio = entry => (entry.kind ?? entry.mediaType ?? "audio") === "audio";
  const find = type => all.filter(entry => entry.type === type && isAudio(entry))
    .sort((one, other) => (other.packetsReceived ?? 0) - (one.packetsReceived ?? 0))[0] ?? {};
  const inbound = find("inbound-rtp");
  const outbound = find("outbound-rtp");
  const remote = find("remote-inbound-rtp");
  const playout = find("media-playout");
  const transport = all.find(entry => entry.type === "transport" && entry.selectedCandidatePairId);
  const pair = (transport && stats.get(transport.selectedCandidatePairId))
    ?? all.find(entry => entry.type === "candidate-pair" && entry.selected) ?? {};
  const codec = (inbound.codecId && stats.get(inbound.codecId)) ?? {};
  const next = { totals: { ...before.totals }, inbound, outbound, playout, remote };
  const isSame = name => before[name] !== undefined && before[name].id === next[name].id
    && before[name].ssrc === next[name].ssrc;
  const difference = (name, field) => {
    const change = isSame(name) ? next[name][field] - before[name][field] : NaN;
    return Number.isFinite(change) ? change : undefined;
  };
  const hasGoneBack = name => ["packetsReceived", "bytesReceived", "bytesSent", "synthesizedSamplesEvents"]
    .some(field => difference(name, field) < 0);
  const total = (name, field) => {
    const value = next[name][field];
    if (!Number.isFinite(value)) return next.totals[field];
    const change = before[name]?.[field] === undefined && next.totals[field] === undefined ? value
      : hasGoneBack(name) ? 0 : difference(name, field) ?? 0;
    return next.totals[field] = (next.totals[field] ?? 0) + Math.max(0, change);
  };
  const perSample = (field, samples) => {
    const [sum, count] = [difference("inbound", field), difference("inbound", samples)];
    return count > 0 && sum >= 0 ? 1000 * sum / count : undefined;
  };
  const concealed = difference("inbound", "concealedSamples") - (difference("inbound", "silentConcealedSamples") ?? 0);
  const isHeard = inbound.packetsReceived > 0;
  const hasNewReport = remote.timestamp !== undefined && remote.timestamp !== before.remote?.timestamp;
  const fields = {
    packetsLost: total("inbound", "packetsLost"),
    packetsReceived: total("inbound", "packetsReceived"),
    bytesReceived: total("inbound", "bytesReceived"),
    bytesSent: total("outbound", "bytesSent"),
    buffer_underruns: total("playout", "synthesizedSamplesEvents"),
    jitter_ms: isHeard ? 1000 * inbound.jitter : undefined,
    rtt_ms: 1000 * (remote.roundTripTime ?? pair.currentRoundTripTime),
    buffer_level_ms: perSample("jitterBufferDelay", "jitterBufferEmittedCount"),
    dropout_ms: concealed >= 0 && codec.clockRate > 0 ? 1000 * concealed / codec.clockRate : undefined,
    codec: codec.mimeType?.split("/").pop().toLowerCase(),
    sample_rate_hz: codec.clockRate,
    uplink_packet_loss_pct: hasNewReport ? 100 * remote.fractionLost : undefined,
    uplink_jitter_ms: hasNewReport ? 1000 * remote.jitter : undefined,
  };
  for (const [name, value] of Object.entries(fields)) {
    if (value === undefined || value === null || Number.isNaN(value)) delete fields[name];
  }
  return [fields, next];
}

class Sender {
  constructor(endpoint) {
    this.address = `${String(endpoint).replace(/\/+$/, "")}/api/events`;
    this.boot = Math.random().toString(36).slice(2, 12) + Date.now().toString(36);
    this.queue = [];
    this.counts = { recorded: 0, accepted: 0, duplicates: 0, rejected: 0, dropped: 0 };
    this.pause = PAUSE;
  }

  record(event) {
    // Written at once: what cannot be written would else hold up what waits behind it.
    const id = `${this.boot}-${this.counts.recorded + 1}`;
    this.queue.push(JSON.stringify({ id, at: Date.now() / 1000, ...event }));
    this.counts.recorded += 1;
    if (this.queue.length > QUEUE) this.counts.dropped += this.queue.splice(0, this.queue.length - QUEUE).length;
    this.timer ??= setTimeout(() => this.send(), this.pause);
  }

  async send() {
    const batch = this.queue.slice(0, BATCH);
    if (!batch.length) return void (this.timer = undefined);
    let isSettled = false;
    try {
      // A simple request: browsers need not ask before it.
      const answer = await fetch(this.address, {
        method: "POST", body: `[${batch}]`, headers: { "Content-Type": "text/plain" }, credentials: "omit",
        signal: AbortSignal.timeout(10_000),
      });
      isSettled = answer.status < 500 && answer.status !== 408 && answer.status !== 429;
      if (isSettled) this.note(batch, await answer.json().catch(() => null));
    } catch {
      // The exporter is away, or the page is offline: what was recorded waits.
    }
    if (isSettled) this.forget(batch);
    this.pause = isSettled ? PAUSE : Math.min(2 * this.pause, LONGEST_PAUSE);
    this.timer = this.queue.length ? setTimeout(() => this.send(), this.pause) : undefined;
  }

  note(batch, report) {
    if (!Array.isArray(report?.rejected)) {
      this.counts.rejected += batch.length;
      return;
    }
    this.counts.accepted += report.accepted;
    this.counts.duplicates += report.duplicates;
    this.counts.rejected += report.rejected.length;
  }

  forget(batch) {
    const sent = new Set(batch);
    this.queue = this.queue.filter(event => !sent.has(event));
  }

  // Hands what waits to the browser, which sends it even when the page is gone.
  hand() {
    while (this.queue.length) {
      let batch = this.queue.slice(0, BATCH);
      while (batch.length > 1 && `${batch}`.length > BEACON / 3) batch = batch.slice(0, batch.length >> 1);
      if (!navigator.sendBeacon(this.address, `[${batch}]`)) return;
      this.forget(batch);
    }
  }
}

const harmless = work => (...values) => {
  try {
    const result = work(...values);
    result?.catch?.(() => {});
    return result;
  } catch {
    return undefined;
  }
};

// Watches a connection until it closes, or until `stop` is called. `forward` takes events of other channels.
export function attach(peerConnection, { endpoint, sessionId, dataChannel, period = PERIOD } = {}) {
  const sender = new Sender(endpoint);
  const seen = new Set();
  let before;
  const record = (type, fields) => sender.record({ type, session_id: sessionId, ...fields });
  const forward = harmless(message => {
    const received = performance.now();
    const event = typeof message === "string" ? JSON.parse(message) : message;
    const kind = String(event.type);
    if (kind.endsWith(".delta")) {
      // Only the first piece of an output tells anything new.
      const key = `${kind} ${event.response_id}`;
      if (seen.has(key)) return;
      if (seen.size > 256) seen.clear();
      seen.add(key);
    }
    record("realtime.event", { event: withoutWords(event), received_ms: received, source: "browser" });
  });
  const read = harmless(async () => {
    if (peerConnection.connectionState === "closed" || peerConnection.signalingState === "closed") return stop();
    const [fields, next] = readings(await peerConnection.getStats(), before);
    before = next;
    if (timer !== undefined && Object.keys(fields).length) record("audio.stats", fields);
  });
  const hear = event => forward(event.data);
  const watch = event => event.channel.addEventListener("message", hear);
  let answered;
  const note = harmless(() => {
    if (peerConnection.signalingState === "stable") answered ??= performance.now();
  });
  const time = harmless(() => {
    if (peerConnection.connectionState !== "connected") return;
    if (answered !== undefined) {
      record("latency.sample", { metric: "webrtc_connect", value_ms: performance.now() - answered });
    }
    // A connection that comes back was not made anew.
    peerConnection.removeEventListener("connectionstatechange", time);
  });
  const leave = harmless(() => {
    if (document.visibilityState === "hidden") sender.hand();
  });
  const go = harmless(() => sender.hand());
  const stop = harmless(() => {
    clearInterval(timer);
    timer = undefined;
    dataChannel?.removeEventListener("message", hear);
    peerConnection.removeEventListener("datachannel", watch);
    peerConnection.removeEventListener("signalingstatechange", note);
    peerConnection.removeEventListener("connectionstatechange", time);
    document.removeEventListener("visibilitychange", leave);
    removeEventListener("pagehide", go);
    sender.hand();
  });
  let timer = setInterval(read, period);
  harmless(() => {
    dataChannel?.addEventListener("message", hear);
    peerConnection.addEventListener("datachannel", watch);
    peerConnection.addEventListener("signalingstatechange", note);
    peerConnection.addEventListener("connectionstatechange", time);
    document.addEventListener("visibilitychange", leave);
    addEventListener("pagehide", go);
  })();
  return { forward, stop, counts: () => ({ ...sender.counts, waiting: sender.queue.length }) };
}
