// The page's copy of the six sections, put together from the stream's messages and the answers to polls, and how old it
// is. Nothing here touches the page.

import { ROWS, TOPICS, topicsOf } from "./cadence.js";

const FEEDS = {
  recent_errors: { id: "error_id", capacity: 50 },
  recent_calls: { id: "call_id", capacity: 20 },
};

// `refreshed` holds when each row was refreshed, `heard` when each topic was, both in the server's time; `last` the last
// message of each topic.
export function emptyState() {
  const sections = {};
  for (const { section } of ROWS) sections[section] = {};
  return { sections, refreshed: new Map(), heard: {}, last: {} };
}

// A feed, newest first, with what is new in front: each record once, at most as many as fit.
export function mergedFeed(old, fresh, { id, capacity }) {
  const known = new Set();
  return [...fresh, ...old].filter(record => !known.has(record[id]) && known.add(record[id])).slice(0, capacity);
}

// The tasks that run, longest first, with what changed put in: each with the time since when it runs.
export function mergedTasks(old, { full, active_tasks, changed_tasks, ended_tasks }, time) {
  const fresh = active_tasks.map(task => ({ ...task, since: time - task.elapsed_ms }));
  if (full !== false) return fresh;
  const gone = new Set([...ended_tasks, ...fresh.map(task => task.task_id)]);
  const changes = new Map(changed_tasks.map(change => [change.task_id, change]));
  return [...old.filter(task => !gone.has(task.task_id)), ...fresh]
    .map(task => ({ ...task, ...changes.get(task.task_id) }))
    .sort((a, b) => a.since - b.since);
}

// Takes all sections as they stand.
export function takeSummary(state, summary, time) {
  for (const row of ROWS) takeRow(state, row, summary[row.section], time);
  state.last = {};
  takeSign(state, time);
}

// Takes any event as a sign of life: what the server did not send is as it was. Returns the sections that may look
// different now: those with times in them, and those with rows that waited for their turn.
export function takeSign(state, time) {
  for (const topic of Object.keys(TOPICS)) state.heard[topic] = time;
  return moveOn(state, time);
}

// Takes note of the time. Returns what `takeSign` does.
export function moveOn(state, time) {
  const rows = ROWS.filter(row => row.topic && !isFeed(row) && isDue(state, row, time));
  for (const row of rows) {
    const message = state.last[row.topic];
    if (message && Date.parse(message.server_time) > state.refreshed.get(row)) takeRow(state, row, message, time);
    else state.sections[row.section].time = time;
  }
  return [...new Set(rows.map(row => row.section))];
}

// Takes a message of the stream. Returns the sections that may look different now.
export function takeMessage(state, topic, message) {
  const time = Date.parse(message.server_time);
  const before = takeSign(state, time);
  state.last[topic] = message;
  const rows = ROWS.filter(row => row.topic === topic);
  // What SPEC calls real time is taken whenever it comes; else half of the topic's interval decides which of its messages
  // is nearest to the row's.
  for (const row of rows) {
    if (row.seconds <= 2 || isDue(state, row, time + TOPICS[topic] * 500)) takeRow(state, row, message, time);
  }
  return [...new Set([...before, ...rows.map(row => row.section)])];
}

// Takes the answer to a poll of a section, for the rows that are due.
export function takeAnswer(state, section, answer, rows, time) {
  for (const row of ROWS) {
    if (row.section !== section || row.via !== "poll") continue;
    if (rows.includes(row) || row.until && !row.until(state.sections[section])) takeRow(state, row, answer, time);
  }
}

function isDue(state, row, time) {
  return time - (state.refreshed.get(row) ?? -Infinity) >= row.seconds * 1000;
}

function isFeed(row) {
  return row.fields[0] in FEEDS;
}

function takeRow(state, row, source, time) {
  const section = state.sections[row.section];
  for (const field of row.fields) {
    const value = source[row.from ?? field];
    if (field in FEEDS && source.full === false) section[field] = mergedFeed(section[field] ?? [], value, FEEDS[field]);
    else if (field === "active_tasks") section[field] = mergedTasks(section[field] ?? [], source, time);
    else if (field === "status") section.status = { ...section.status, ...value };
    else section[field] = value;
  }
  section.time = time;
  state.refreshed.set(row, time);
}

// A section with the records of one session only.
export function ofSession(id, section) {
  const own = { ...section };
  for (const field of ["recent_errors", "recent_calls", "active_tasks"]) {
    if (own[field]) own[field] = own[field].filter(record => record.session_id === id);
  }
  return own;
}

// A topic may miss two messages before its panel is called stale, and nine before its numbers count for nothing.
const STALE = 3;
const GONE = 10;
// Where nothing changes there is a sign of life every five seconds. Milliseconds.
const LEAST = 7000;

// The age of a section's oldest topic in milliseconds, and whether it is `fresh`, `stale` or `gone`.
export function freshness(section, heard, now) {
  let oldest = { age: 0, level: "fresh" };
  const levels = ["fresh", "stale", "gone"];
  for (const topic of topicsOf(section)) {
    const age = Math.max(0, now - (heard[topic] ?? now));
    const interval = TOPICS[topic] * 1000;
    const level = age > Math.max(GONE * interval, GONE * LEAST / STALE) ? "gone"
      : age > Math.max(STALE * interval, LEAST) ? "stale" : "fresh";
    const isWorse = levels.indexOf(level) - levels.indexOf(oldest.level);
    if (isWorse > 0 || isWorse === 0 && age > oldest.age) oldest = { age, level };
  }
  return oldest;
}
