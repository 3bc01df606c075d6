// The view of one session: what is known of it while it lives, asked for again and again while it is shown.

import { clock, count, duration, percent, decimal } from "./format.js";
import { ICONS } from "./status.js";
import { element, list, styled, table } from "./sheet.js";
import { waterfall } from "./waterfall.js";

// Milliseconds.
const INTERVAL = 2000;
const view = element("section", { id: "session", class: "panel", tabindex: "-1", "aria-label": "Session", hidden: "" });
document.getElementById("main").before(view);
let shown;
let timer;

// Shows a session, or none. `onClose` is called when the viewer is done with it.
export async function showSession(id, onClose) {
  clearTimeout(timer);
  shown = id;
  view.hidden = !id;
  if (!id) return;
  await styled;
  const heading = element("header", {}, element("h2", {}, "Session "),
    element("button", { class: "chip", click: onClose, "aria-label": `Show all sessions instead of ${id}` }, `${id} ✕`));
  const body = element("div", { class: "body", tabindex: "0", role: "group", "aria-label": "Session" }, "Loading");
  view.replaceChildren(heading, body);
  refresh(id, body);
}

async function refresh(id, body) {
  if (shown !== id) return;
  try {
    const answer = await fetch(`metrics/sessions/${encodeURIComponent(id)}`, { signal: AbortSignal.timeout(5000) });
    if (shown !== id) return;
    if (answer.ok) draw(body, await answer.json());
    else if (answer.status === 404) end(body);
  } catch {
    // The connection's state says it already; what is shown stays.
  }
  if (shown === id) timer = setTimeout(() => refresh(id, body), document.hidden ? 5 * INTERVAL : INTERVAL);
}

function end(body) {
  if (body.dataset.over) return;
  body.dataset.over = "";
  const sentence = element("p", { class: "over" }, `${ICONS.unknown} This session is not live, or not any more.`);
  if (body.childElementCount) body.prepend(sentence);
  else body.replaceChildren(sentence);
}

// Only what changed is put in place, so that nothing moves under the viewer's hand.
function draw(body, story) {
  const parts = {
    facts: facts(story), turns: turns(story.turns), audio: audio(story), calls: calls(story.recent_calls),
    tasks: tasks(story.active_tasks), errors: errors(story.recent_errors),
  };
  if (!body.querySelector("[data-part]")) body.replaceChildren();
  delete body.dataset.over;
  body.querySelector(".over")?.remove();
  for (const [name, part] of Object.entries(parts)) {
    part.dataset.part = name;
    const old = body.querySelector(`[data-part=${name}]`);
    if (!old) body.append(part);
    else if (!old.isEqualNode(part)) old.replaceWith(part);
  }
}

function section(title, ...content) {
  return element("section", {}, element("h3", {}, title), ...content);
}

function facts(story) {
  const { audio } = story;
  return section("Session", list({
    State: story.state.replace("_", " "),
    Opened: clock(story.opened_at),
    "Last heard of": clock(story.last_seen_at),
    Lasts: story.duration_ms === null ? "not connected yet" : duration(Math.floor(story.duration_ms / 1000) * 1000),
    Errors: count(story.error_count),
    Audio: audio
      ? `MOS ${decimal(audio.avg_mos, 2)}, loss ${percent(audio.avg_packet_loss_pct)}, jitter ${duration(audio.avg_jitter_ms)}, `
        + `RTT ${duration(audio.avg_rtt_ms)}, ${count(audio.total_underruns)} underruns, ${duration(audio.total_dropouts_ms)} dropped out`
      : "no report",
  }));
}

function turns(turns) {
  const longest = Math.max(1, ...turns.flatMap(turn => [turn.turn_ms, turn.ttfa_ms, ...turn.marks.map(mark => mark.ms)]));
  return section("Turns", ...turns.length
    ? turns.slice(0, 10).map(turn => waterfall(turn, longest)) : [element("p", {}, "No turn with a latency in the last ten minutes")]);
}

function audio({ audio_trend }) {
  if (!audio_trend.length) return section("Audio over time", element("p", {}, "No report"));
  const metrics = [
    ["MOS", "mos_score", value => decimal(value, 2)], ["Packet loss", "packet_loss_pct", percent],
    ["Jitter", "jitter_ms", duration], ["RTT", "rtt_ms", duration]];
  return section("Audio over time", ...metrics.map(([name, field, text]) => line(name, audio_trend, field, text)));
}

const SVG = "http://www.w3.org/2000/svg";

// A line for one reading; it breaks where a report did not have it.
function line(name, points, field, text) {
  const values = points.map(point => point[field]).filter(value => value !== null);
  const [low, high] = [Math.min(...values), Math.max(...values)];
  const svg = document.createElementNS(SVG, "svg");
  svg.setAttribute("viewBox", "0 0 100 24");
  svg.setAttribute("preserveAspectRatio", "none");
  svg.setAttribute("role", "img");
  const summary = values.length ? `now ${text(values.at(-1))}, ${text(low)} to ${text(high)}` : "no data";
  svg.setAttribute("aria-label", `${name}: ${summary}`);
  const path = document.createElementNS(SVG, "path");
  let isBroken = true;
  path.setAttribute("d", points.map((point, index) => {
    if (point[field] === null) {
      isBroken = true;
      return "";
    }
    const x = points.length === 1 ? 50 : 100 * index / (points.length - 1);
    const y = high === low ? 12 : 22 - 20 * (point[field] - low) / (high - low);
    const step = `${isBroken ? "M" : "L"}${x.toFixed(1)} ${y.toFixed(1)}`;
    isBroken = false;
    return step;
  }).join(""));
  svg.append(path);
  return element("figure", { class: "reading" }, element("span", {}, name), svg, element("figcaption", {}, summary));
}

function calls(calls) {
  return section("Tool calls", calls.length ? table("Among the last 20 of all sessions", ["Time", "Tool", "Agent", "Result"], calls.map(call => [
    clock(call.started_at), element("a", { href: `#tools/${encodeURIComponent(call.call_id)}` }, call.tool_name), call.agent_name ?? "–",
    call.success ? `✓ ${duration(call.duration_ms)}` : `✗ ${call.error ?? "Failed"}`])) : element("p", {}, "None"));
}

function tasks(tasks) {
  return section("Tasks that run", tasks.length ? table("Longest first", ["Agent", "Instruction", "Status", "Runs for"], tasks.map(task => [
    task.agent_name ?? "–", task.instruction_preview ?? "–", task.current_step ? `${task.status}: ${task.current_step}` : task.status,
    duration(task.elapsed_ms)])) : element("p", {}, "None"));
}

function errors(errors) {
  return section("Errors", errors.length ? table("Among the last 50 of all sessions", ["Time", "Code", "Message"], errors.map(error => [
    clock(error.timestamp), element("a", { href: `#errors/${encodeURIComponent(error.error_id)}` }, `${error.category}:${error.code}`),
    error.message])) : element("p", {}, "None"));
}
