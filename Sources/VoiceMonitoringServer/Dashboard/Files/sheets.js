// The sheets by their addresses: what each is called and what stands in it.

import { clock, duration } from "./format.js";
import { ICONS, word } from "./status.js";
import { asked, copyButton, element, hideSheet, list, showSheet, table } from "./sheet.js";
import { waterfall } from "./waterfall.js";

const KEYS = [
  [["p", "Space"], "Pause and resume"], [["1", "–", "6"], "Go to a panel"], [["f"], "Full screen for the panel"],
  [["/"], "Look at one session"], [["s"], "Slowest turns of the last hour"], [["a"], "What crossed a threshold"],
  [["c"], "How the numbers are computed"], [["t"], "Theme: auto, light, dark"], [["k"], "Kiosk"],
  [["←", "→"], "Move the cursor of a trend"], [["Esc"], "Close, or leave what has the focus"], [["?"], "This help"],
];

function help() {
  return ["Keyboard", [element("dl", {}, ...KEYS.flatMap(([keys, meaning]) => [
    element("dt", {}, ...keys.map(key => key === "–" ? "–" : element("kbd", {}, key))), element("dd", {}, meaning)]))]];
}

function sessionLink(id) {
  return id ? element("a", { href: `?session=${encodeURIComponent(id)}`, "data-session": id }, id) : null;
}

// How far back a list goes: in words and in minutes.
const RANGES = { "15m": ["15 minutes", 15], "1h": ["hour", 60], "24h": ["24 hours", 1440] };

// The range that the address wants, where it is one of a sheet's; else the widest.
function rangeOf({ range }, choices) {
  return choices.includes(range) ? range : choices.at(-1);
}

const isWithin = (range, at, now) => now - Date.parse(at) <= RANGES[range][1] * 60_000;

// Buttons for the ranges of a sheet.
function rangeChoice(range, choices, { setRange }) {
  return element("div", { class: "choice", role: "group", "aria-label": "How far back" }, ...choices.map(choice =>
    element("button", { type: "button", "aria-pressed": String(choice === range), click: () => setRange(choice) }, choice)));
}

function error({ id, sections }) {
  const error = sections.errors.recent_errors?.find(error => error.error_id === id);
  if (!error) return ["Error", [element("p", {}, "This error is not among the last 50 any more.")]];
  const { error_id, category, code, timestamp } = error;
  return ["Error", [list({
    "Error id": error_id,
    Time: timestamp,
    Code: `${category}:${code}`,
    Message: error.message,
    Session: sessionLink(error.session_id),
    "Request context": error.request_context && JSON.stringify(error.request_context, null, 2),
    "Stack trace": error.stack_trace,
  })], [
    copyButton("Copy id", () => error_id),
    copyButton("Copy id, code and time", () => `${error_id} ${category}:${code} ${timestamp}`),
  ]];
}

function call({ id, sections }) {
  const call = sections.tools.recent_calls?.find(call => call.call_id === id);
  if (!call) return ["Tool call", [element("p", {}, "This call is not among the last 20 any more.")]];
  return ["Tool call", [list({
    "Call id": call.call_id,
    Started: call.started_at,
    Tool: call.tool_name,
    Agent: call.agent_name,
    Instruction: call.instruction_preview,
    Duration: duration(call.duration_ms),
    Result: call.success ? "OK" : "Failed",
    Error: call.error,
    Session: sessionLink(call.session_id),
  })], [
    copyButton("Copy id", () => call.call_id),
    copyButton("Copy id, tool and time", () => `${call.call_id} ${call.tool_name} ${call.started_at}`),
  ]];
}

async function slowest(place) {
  const choices = ["15m", "1h"];
  const range = rangeOf(place, choices);
  const { turns: kept } = await asked("metrics/latency/slowest");
  const turns = kept.filter(turn => isWithin(range, turn.at, place.now));
  const longest = Math.max(1, ...turns.map(turn => turn.turn_ms ?? turn.ttfa_ms));
  return [`Slowest turns of the last ${RANGES[range][0]}`, [rangeChoice(range, choices, place), ...turns.length
    ? turns.map(turn => element("section", {}, element("h3", {}, "Session ", sessionLink(turn.session_id) ?? "unknown"),
      waterfall(turn, longest)))
    : [element("p", {}, `No turn had a latency in the last ${RANGES[range][0]}.`)]]];
}

async function alerts(place) {
  const choices = ["15m", "1h", "24h"];
  const range = rangeOf(place, choices);
  const { alerts: kept } = await asked("metrics/alerts");
  const alerts = kept.filter(alert => isWithin(range, alert.at, place.now));
  const status = kind => element("span", { class: "st", "data-kind": kind },
    element("i", { "aria-hidden": "true" }, ICONS[kind]), element("b", {}, kind === "unknown" ? "Too few samples" : word(kind)));
  return [`What crossed a threshold in the last ${RANGES[range][0]}`, [rangeChoice(range, choices, place), alerts.length
    ? table("Newest first", ["Time", "Number", "Before", "Since", "Value", "Threshold"], alerts.map(alert => [
      element("time", { datetime: alert.at, title: alert.at }, clock(alert.at)), alert.number, status(alert.from),
      status(alert.status), shown(alert.value), shown(alert.threshold)]))
    : element("p", {}, `Nothing has crossed a threshold in the last ${RANGES[range][0]}.`)]];
}

function shown(value) {
  return value === null ? "–" : String(Math.round(value * 100) / 100);
}

const WINDOWS = {
  now: "this moment", "5m": "the last 5 minutes", "1h": "the last hour", "24h": "the last 24 hours",
  start: "since the exporter began", today: "since local midnight",
};

async function numbers({ id: slug }) {
  const all = (await asked("metrics/numbers")).numbers;
  const shownNumbers = slug ? all.filter(({ number }) => number.startsWith(`${slug}.`)) : all;
  return [`How the numbers are computed${slug ? `: ${slug}` : ""}`, shownNumbers.map(number => {
    const side = number.direction === "below" ? "<" : ">";
    return element("section", {}, element("h3", {}, number.number), list({
      Unit: number.unit.replaceAll("_", " "),
      Window: WINDOWS[number.window],
      "Judged from": number.minimum_samples ? `${number.minimum_samples} samples` : null,
      Target: number.target === null ? null : `${number.direction === "below" ? ">" : "<"} ${number.target}`,
      Warning: number.warning === null ? null : `${side} ${number.warning}`,
      Critical: number.critical === null ? null : `${side} ${number.critical}`,
      Prometheus: element("code", {}, number.promql),
    }), copyButton("Copy query", () => number.promql));
  })];
}

const trendRows = {
  ttfa: point => [clock(point.window_start), duration(point.p50), duration(point.p95), String(point.count)],
  errors: point => [clock(point.start), String(point.total),
    Object.entries(point.by_category).filter(([, count]) => count).map(([name, count]) => `${name} ${count}`).join(", ")],
};

// The numbers behind a trend.
function trend(place) {
  const { id: name, sections: { latency, errors } } = place;
  const choices = ["15m", "1h"];
  const range = rangeOf(place, choices);
  const choice = rangeChoice(range, choices, place);
  // In slots of five minutes.
  const latest = points => (points ?? []).slice(-RANGES[range][1] / 5);
  if (name === "errors") {
    return [`Errors of the last ${RANGES[range][0]}`, [choice,
      table("In slots of five minutes", ["From", "Errors", "By category"], latest(errors.error_trend).map(trendRows.errors))]];
  }
  return [`Latencies of the last ${RANGES[range][0]}`, [choice, ...["ttfa", "turn"].map(metric => table(
    metric === "ttfa" ? "Time to first audio" : "Full turn", ["From", "P50", "P95", "Samples"],
    latest(latency[`${metric}_trend`]).map(trendRows.ttfa)))]];
}

async function find({ sections }) {
  const { avg_by_session } = await asked("metrics/audio");
  const known = new Set([
    ...Object.keys(avg_by_session),
    ...[...sections.errors.recent_errors ?? [], ...sections.tools.recent_calls ?? [], ...sections.amplifier.active_tasks ?? []]
      .map(record => record.session_id).filter(Boolean)]);
  const field = element("input", { name: "session", autocomplete: "off", "aria-label": "Session id", maxlength: "128", autofocus: "" });
  const form = element("form", { class: "find", action: "", method: "get" }, field, element("button", {}, "Look at it"));
  return ["Look at one session", [form,
    element("h3", {}, "Heard of lately"),
    element("ul", { class: "sessions" }, ...[...known].slice(0, 100).map(id => element("li", {}, sessionLink(id)))),
    known.size ? null : element("p", {}, "None.")].filter(Boolean)];
}

const SHEETS = { help, slowest, alerts, numbers, trend, find, errors: error, tools: call };

// Shows the sheet of a place: its name and the id that follows it, the sections and the server's time, the range and how
// to have another.
export async function openSheet({ name, whenClosed, ...place }) {
  let sheet;
  try {
    sheet = await SHEETS[name](place);
  } catch (failure) {
    sheet = ["Not now", [element("p", {}, `The exporter could not be asked. ${failure.message}`)]];
  }
  const [heading, content, actions = []] = sheet;
  await showSheet(heading, content, actions, whenClosed);
}

export { hideSheet };
