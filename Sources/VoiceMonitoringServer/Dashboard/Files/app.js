// The page's shell: puts the panels, the stream, the polls and the viewer's wishes together.

import { TOPICS } from "./cadence.js";
import { described } from "./connection.js";
import { panelOf, setStatus, setText, showFigures } from "./dom.js";
import { clock } from "./format.js";
import { update as amplifier } from "./panels/amplifier.js";
import { update as audio } from "./panels/audio.js";
import { update as errors } from "./panels/errors.js";
import { update as latency } from "./panels/latency.js";
import { update as sessions } from "./panels/sessions.js";
import { update as tools } from "./panels/tools.js";
import { isOutdated, nextNight } from "./renewal.js";
import { startRouting } from "./route.js";
import { mountShortcuts, nextTheme, setKiosk, settings, showSettings } from "./settings.js";
import { announce, showConnection } from "./shell.js";
import { overall, word, worst } from "./status.js";
import { emptyState, freshness, moveOn, ofSession, takeAnswer, takeMessage, takeSign, takeSummary } from "./store.js";
import { openStream } from "./stream.js";

// The panels, in SPEC's order. A new one adds its module here and its section to the page.
const panels = { sessions, latency, tools, errors, audio, amplifier };

const byID = id => document.getElementById(id);
const state = emptyState();
const views = Object.entries(panels)
  .map(([slug, update]) => ({ slug, update, panel: panelOf(byID(slug)), kind: "unknown" }));
const pending = new Set();
let offset = 0;
let bootID;
let pausedAt = null;
let isScheduled = false;
let connection;
let session = null;
let build = "";
const renewalAt = nextNight(Date.now());

// The server's time, as far as its last message tells.
const now = () => Date.now() + offset;

function draw(slugs) {
  for (const view of views) {
    if (!slugs.has(view.slug)) continue;
    const before = view.kind;
    const section = session === null ? state.sections[view.slug] : ofSession(session, state.sections[view.slug]);
    const kinds = [...showFigures(view.panel, section), ...view.update(view.panel, section)];
    view.kind = worst(kinds);
    view.panel.root.dataset.kind = view.kind;
    if (kinds.length > 0) setStatus(view.panel.at.status, view.kind);
    const isWorth = kind => kind === "warning" || kind === "critical";
    if (before !== view.kind && (isWorth(before) || isWorth(view.kind))) {
      announce(`${view.panel.root.querySelector("h2").textContent}: ${word(view.kind)}`);
    }
  }
  showOverall();
}

// Nobody knows how things are whose numbers are gone.
function showOverall() {
  const isGone = views.some(view => view.panel.root.dataset.fresh === "gone");
  const { kind, word } = isGone ? { kind: "unknown", word: "Unknown" } : overall(views.map(view => view.kind));
  setStatus(byID("overall"), kind, word);
}

// Draws at the next frame, once for all that came before it.
function schedule(slugs) {
  for (const slug of slugs) pending.add(slug);
  if (isScheduled || pausedAt !== null) return;
  isScheduled = true;
  requestAnimationFrame(() => {
    isScheduled = false;
    if (pausedAt !== null) return;
    draw(pending);
    pending.clear();
    showAges();
  });
}

function showAges() {
  for (const { slug, panel } of views) {
    const { age, level } = freshness(slug, state.heard, now());
    const seconds = Math.floor(age / 1000);
    panel.root.dataset.fresh = level;
    const since = clock(now() - age);
    setText(panel.at.age, level === "fresh" ? `${seconds}s ago` : level === "stale" ? `stale ${seconds}s` : `as of ${since}`);
  }
  showOverall();
}

function newErrors() {
  const errors = state.sections.errors.recent_errors ?? [];
  return errors.filter(error => Date.parse(error.timestamp) > pausedAt).length;
}

function showState() {
  showConnection(described(connection, Date.now(), pausedAt, now()));
  const missed = pausedAt === null ? 0 : newErrors();
  setText(byID("missed"), missed ? `${missed >= 50 ? "50+" : missed} new ${missed === 1 ? "error" : "errors"}` : "");
}

function togglePause() {
  pausedAt = pausedAt === null ? now() : null;
  document.documentElement.classList.toggle("paused", pausedAt !== null);
  byID("pause").ariaPressed = String(pausedAt !== null);
  showState();
  schedule([]);
}

function takeEvent(name, message) {
  offset = Date.parse(message.server_time) - Date.now();
  if (name === "hello") {
    if (bootID && bootID !== message.boot_id) polling?.restart();
    bootID = message.boot_id;
    if (isOutdated(build, message.build)) renew();
    build = message.build;
  }
  schedule(Object.hasOwn(TOPICS, name) ? takeMessage(state, name, message) : takeSign(state, Date.parse(message.server_time)));
}

// A kiosk has nobody who would do it; whoever looks at something is asked.
function renew() {
  if (settings.kiosk) location.reload();
  byID("renew").hidden = false;
}

// What was not loaded when it was wanted, or does not run, is there on a fresh page.
addEventListener("unhandledrejection", () => {
  byID("renew").textContent = "Incomplete: reload";
  byID("renew").hidden = false;
});

function takeWhole(summary, time = now()) {
  takeSummary(state, summary, time);
  schedule(Object.keys(state.sections));
}

function focusPanel(slug) {
  byID(slug).focus();
  history.replaceState(null, "", `#${slug}`);
}

const first = JSON.parse(byID("snapshot").textContent);
offset = Date.parse(first.server_time) - Date.now();
showSettings();
takeSummary(state, first.summary, now());
draw(new Set(Object.keys(state.sections)));
showAges();

const stream = openStream({
  onEvent: takeEvent,
  onSummary: takeWhole,
  onState(state) {
    connection = state;
    showState();
  },
  staysOpen: () => settings.kiosk || settings.staysLive,
});
let polling;
// The first polls are due in seconds.
import("./polling.js").then(({ startPolling }) => { polling = startPolling({
  onAnswer(section, answer, rows) {
    takeAnswer(state, section, answer, rows, now());
    schedule([section]);
  },
  isWanted: () => ["live", "delayed", "polling"].includes(connection.phase),
}); });
setInterval(() => {
  stream.tick();
  polling?.tick();
  showState();
  if (pausedAt === null) showAges();
  // Where nothing changes, what says how long something lasts goes on between the signs of life.
  if (connection.phase === "live") schedule(moveOn(state, now()));
  // Who cannot reach the exporter would lose what still stands there.
  if (settings.kiosk && connection.phase === "live" && Date.now() >= renewalAt) location.reload();
}, 1000);

byID("pause").onclick = togglePause;
byID("settings").addEventListener("beforetoggle", async event => {
  if (event.newState === "open") (await import("./menu.js")).fillMenu(byID("settings"), () => state.sections, `Exporter ${build}`);
});
mountShortcuts({
  p: togglePause,
  " ": togglePause,
  t: nextTheme,
  k: () => setKiosk(!settings.kiosk),
  f: () => document.fullscreenElement
    ? document.exitFullscreen() : document.activeElement.closest(".panel")?.requestFullscreen(),
  ...Object.fromEntries(Object.entries({ "?": "help", "/": "find", s: "slowest", a: "alerts", c: "numbers" })
    .map(([key, sheet]) => [key, () => { location.hash = sheet; }])),
  Escape: () => document.activeElement.blur(),
  ...Object.fromEntries(Object.keys(panels).map((slug, index) => [String(index + 1), () => focusPanel(slug)])),
});
startRouting({
  panels: Object.keys(panels),
  sections: () => state.sections,
  now,
  focus: slug => byID(slug).focus(),
  filter(id) {
    session = id;
    document.documentElement.classList.toggle("filtered", id !== null);
    draw(new Set(Object.keys(panels)));
  },
});
document.documentElement.dataset.ready = "";
