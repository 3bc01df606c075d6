// The six panels as the page shows them: drawn from the page's copy of the sections, at the next frame.

import { panelOf, setStatus, setText, showFigures } from "./dom.js";
import { clock } from "./format.js";
import { update as amplifier } from "./panels/amplifier.js";
import { update as audio } from "./panels/audio.js";
import { update as errors } from "./panels/errors.js";
import { update as latency } from "./panels/latency.js";
import { update as sessions } from "./panels/sessions.js";
import { update as tools } from "./panels/tools.js";
import { overall, worst } from "./status.js";
import { freshness, ofSession } from "./store.js";

// The panels, in SPEC's order. A new one adds its module here and its section to the page.
const panels = { sessions, latency, tools, errors, audio, amplifier };

// Where the page shows what `state` holds; `now()` is the server's time. A pause stops it, a session filters it, and
// `onStatus(heading, before, kind)` hears of a panel whose status changes.
export function boardOf(state, now) {
  const views = Object.entries(panels)
    .map(([slug, update]) => ({ slug, update, panel: panelOf(document.getElementById(slug)), kind: "unknown" }));
  const pending = new Set();
  let isScheduled = false;

  function draw(slugs) {
    for (const view of views) {
      if (!slugs.has(view.slug)) continue;
      const section = board.session === null ? state.sections[view.slug] : ofSession(board.session, state.sections[view.slug]);
      const kinds = [...showFigures(view.panel, section), ...view.update(view.panel, section)];
      const before = view.kind;
      view.kind = worst(kinds);
      view.panel.root.dataset.kind = view.kind;
      if (kinds.length > 0) setStatus(view.panel.at.status, view.kind);
      if (before !== view.kind) board.onStatus(view.panel.root.querySelector("h2").textContent, before, view.kind);
    }
  }

  // Nobody knows how things are whose numbers are gone.
  function showOverall() {
    const isGone = views.some(view => view.panel.root.dataset.fresh === "gone");
    const { kind, word } = isGone ? { kind: "unknown", word: "Unknown" } : overall(views.map(view => view.kind));
    setStatus(document.getElementById("overall"), kind, word);
  }

  const board = {
    slugs: Object.keys(panels),
    session: null,
    isPaused: false,
    onStatus() {},

    // Draws all panels now.
    drawAll() {
      draw(new Set(board.slugs));
      board.showAges();
    },

    // Draws at the next frame, once for all that came before it.
    schedule(slugs) {
      for (const slug of slugs) pending.add(slug);
      if (isScheduled || board.isPaused) return;
      isScheduled = true;
      requestAnimationFrame(() => {
        isScheduled = false;
        if (board.isPaused) return;
        draw(pending);
        pending.clear();
        board.showAges();
      });
    },

    showAges() {
      for (const { slug, panel } of views) {
        const { age, level } = freshness(slug, state.heard, now());
        const seconds = Math.floor(age / 1000);
        panel.root.dataset.fresh = level;
        const since = clock(now() - age);
        setText(panel.at.age, level === "fresh" ? `${seconds}s ago` : level === "stale" ? `stale ${seconds}s` : `as of ${since}`);
      }
      showOverall();
    },
  };
  return board;
}
