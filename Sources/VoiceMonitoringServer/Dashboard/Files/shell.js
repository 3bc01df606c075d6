// What the page says of itself: the connection's state in the header, the title and the icon, and to screen readers.

import { setAttribute, setText } from "./dom.js";
import { ICONS as STATUS_ICONS } from "./status.js";

const ICONS = { ...STATUS_ICONS, live: "●", paused: "‖" };
// A shape for each state, in the colours of SPEC section 7.
const SHAPES = {
  live: ["10B981", "M2 8a6 6 0 1 0 12 0a6 6 0 1 0-12 0"],
  paused: ["6B7280", "M3 2h4v12H3zM9 2h4v12H9z"],
  warning: ["F59E0B", "M8 1l7 14H1z"],
  critical: ["EF4444", "M3 1l5 5 5-5 2 2-5 5 5 5-2 2-5-5-5 5-2-2 5-5-5-5z"],
  unknown: ["6B7280", "M2 8a6 6 0 1 0 12 0a6 6 0 1 0-12 0M5 8a3 3 0 1 1 6 0a3 3 0 1 1-6 0"],
};
// Milliseconds between two announcements.
const PAUSE = 10_000;

const box = document.getElementById("connection");
const icon = document.querySelector("link[rel=icon]");
const voice = document.getElementById("voice");
const waiting = new Map();
let announced = "";
let drawn;
let quietUntil = 0;

export function showConnection({ kind, word, detail, isSignedOut = false }) {
  const [sign, label, note, link] = box.children;
  setText(link, isSignedOut ? "Sign in" : "");
  link.hidden = !isSignedOut;
  note.hidden = isSignedOut;
  setAttribute(box, "data-kind", kind);
  setText(sign, ICONS[kind]);
  setText(label, word);
  setText(note, detail);
  const title = `${ICONS[kind]} ${word} – Amplifier Voice`;
  if (document.title !== title) document.title = title;
  if (drawn !== kind) drawIcon(kind);
  if (announced !== word) {
    if (announced) announce(`Connection: ${word}`);
    announced = word;
  }
}

function drawIcon(kind) {
  const [color, path] = SHAPES[kind];
  drawn = kind;
  setAttribute(icon, "href", "data:image/svg+xml,"
    + encodeURIComponent(`<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 16 16"><path fill="#${color}" fill-rule="evenodd" d="${path}"/></svg>`));
}

// Tells a screen reader, at most once in a while and then all at once; of one subject only the last.
export function announce(sentence) {
  if (waiting.size === 0) setTimeout(speak, Math.max(0, quietUntil - Date.now()));
  waiting.set(sentence.split(":")[0], sentence);
}

function speak() {
  voice.textContent = [...waiting.values()].join(". ");
  waiting.clear();
  quietUntil = Date.now() + PAUSE;
}
