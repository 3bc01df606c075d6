// The connection to the stream as a state machine: (state, event, time) to (state, what to do). Pure functions.
//
// Phases: connecting, live, delayed (no event for a while), waiting (for the next try), polling (the server answers but
// refuses the stream). Whoever is signed out goes on trying, as others may sign in for all pages of the browser.

import { clock } from "./format.js";

// Milliseconds.
export const DELAYED = 7000;
export const WATCHDOG = 12_000;
const OPENING = 10_000;
const HEALTHY = 10_000;
// Seconds: the longest wait before each try.
const BACKOFF = [1, 2, 4, 8, 16, 30];
// From this try on the page says that it is disconnected.
const HOPELESS = 4;

export function opening(now) {
  return { phase: "connecting", tries: 0, since: now, heard: now };
}

// The wait before a try: anything up to the bound, so that not all browsers come back at once.
export function backoff(tries, random) {
  return Math.round(random() * 1000 * BACKOFF[Math.min(tries, BACKOFF.length - 1)]);
}

export function step(state, event, now, random = Math.random) {
  switch (event) {
    case "message": return [heard(state, now), []];
    case "failed": return [{ ...waiting(state, now, random), isSignedOut: false }, ["close"]];
    case "refused": return [{ ...waiting(state, now, random), phase: refusedPhase(state) }, ["close", "probe"]];
    case "bye": return [{ ...waiting(state, now, random), retryAt: now + 500 + Math.round(random() * 1500) }, ["close"]];
    case "answered": return [isTrying(state) ? { ...state, phase: "polling", isSignedOut: false } : state, []];
    case "silent": return [{ ...state, phase: state.phase === "polling" ? "waiting" : state.phase, isSignedOut: false }, []];
    case "unauthorized": return [{ ...state, phase: isTrying(state) ? "waiting" : state.phase, isSignedOut: true }, []];
    case "wake": return isTrying(state) ? connecting(state, now) : [state, []];
    case "hide": return [{ ...state, phase: "waiting", retryAt: Infinity }, ["close"]];
    case "tick": return tick(state, now, random);
  }
  throw new Error(`unknown event ${event}`);
}

function tick(state, now, random) {
  switch (state.phase) {
    case "live":
    case "delayed":
      if (now - state.heard >= WATCHDOG) return [waiting(state, now, random), ["close"]];
      return [{ ...state, phase: now - state.heard >= DELAYED ? "delayed" : "live" }, []];
    case "connecting":
      return now - state.since >= OPENING ? [waiting(state, now, random), ["close"]] : [state, []];
    default:
      return now >= state.retryAt ? connecting(state, now) : [state, []];
  }
}

function isTrying(state) {
  return state.phase === "waiting" || state.phase === "polling";
}

// Who polls already goes on until a poll fails.
function refusedPhase(state) {
  return state.phase === "polling" ? "polling" : "waiting";
}

function heard(state, now) {
  const isLive = state.phase === "live" || state.phase === "delayed";
  const since = isLive ? state.since : now;
  return { ...state, phase: "live", isSignedOut: false, heard: now, since, tries: now - since >= HEALTHY ? 0 : state.tries };
}

function waiting(state, now, random) {
  return { ...state, phase: "waiting", tries: state.tries + 1, since: now, retryAt: now + backoff(state.tries, random) };
}

function connecting(state, now) {
  return [{ ...state, phase: state.phase === "polling" ? "polling" : "connecting", since: now, retryAt: now + OPENING },
    ["connect"]];
}

// What the page says of the connection: a kind of status, a word and a detail.
export function described(state, now, pausedAt, serverTime) {
  if (pausedAt !== null) return { kind: "paused", word: "Paused", detail: clock(pausedAt) };
  const seconds = milliseconds => Math.max(0, Math.ceil(milliseconds / 1000));
  switch (state.phase) {
    case "live": return { kind: "live", word: "Live", detail: clock(serverTime) };
    case "delayed": return { kind: "warning", word: "Delayed", detail: `${Math.floor((now - state.heard) / 1000)}s` };
    case "polling": return { kind: "warning", word: "Polling", detail: "every 10s" };
  }
  if (state.isSignedOut) return { kind: "critical", word: "Signed out", detail: "", isSignedOut: true };
  if (state.tries === 0) return { kind: "unknown", word: "Connecting", detail: "" };
  const wait = state.phase === "waiting" && Number.isFinite(state.retryAt) ? `, ${seconds(state.retryAt - now)}s` : "";
  const detail = `try ${state.tries}${wait}`;
  return state.tries < HOPELESS
    ? { kind: "warning", word: "Reconnecting", detail }
    : { kind: "critical", word: "Disconnected", detail };
}
