// What keeps the page live: the stream, the polls, the viewer's keys and wishes.

import { TOPICS } from "./cadence.js";
import { described } from "./connection.js";
import { setText } from "./dom.js";
import { isOutdated, nextNight } from "./renewal.js";
import { startRouting } from "./route.js";
import { nextTheme, setKiosk, settings } from "./settings.js";
import { announce, showConnection } from "./shell.js";
import { mountShortcuts } from "./shortcuts.js";
import { word } from "./status.js";
import { moveOn, takeAnswer, takeMessage, takeSign, takeSummary } from "./store.js";
import { openStream } from "./stream.js";

const byID = id => document.getElementById(id);

// Takes over a page that shows its first numbers.
export function goLive(state, board, time, now) {
  const renewalAt = nextNight(Date.now());
  let bootID;
  let build = "";
  let connection;
  let pausedAt = null;
  let polling;

  const isWorth = kind => kind === "warning" || kind === "critical";
  board.onStatus = (heading, before, kind) => {
    if (isWorth(before) || isWorth(kind)) announce(`${heading}: ${word(kind)}`);
  };

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
    board.isPaused = pausedAt !== null;
    document.documentElement.classList.toggle("paused", board.isPaused);
    byID("pause").ariaPressed = String(board.isPaused);
    showState();
    board.schedule([]);
  }

  function takeEvent(name, message) {
    time.offset = Date.parse(message.server_time) - Date.now();
    if (name === "hello") {
      if (bootID && bootID !== message.boot_id) polling?.restart();
      bootID = message.boot_id;
      if (isOutdated(build, message.build)) renew();
      build = message.build;
    }
    board.schedule(Object.hasOwn(TOPICS, name)
      ? takeMessage(state, name, message) : takeSign(state, Date.parse(message.server_time)));
  }

  // A kiosk has nobody who would do it; whoever looks at something is asked.
  function renew() {
    if (settings.kiosk) location.reload();
    byID("renew").hidden = false;
  }

  const stream = openStream({
    onEvent: takeEvent,
    onSummary(summary) {
      takeSummary(state, summary, now());
      board.schedule(board.slugs);
    },
    onState(state) {
      connection = state;
      showState();
    },
    staysOpen: () => settings.kiosk || settings.staysLive,
  });
  // The first polls are due in seconds.
  import("./polling.js").then(({ startPolling }) => { polling = startPolling({
    onAnswer(section, answer, rows) {
      takeAnswer(state, section, answer, rows, now());
      board.schedule([section]);
    },
    isWanted: () => ["live", "delayed", "polling"].includes(connection.phase),
  }); });
  setInterval(() => {
    stream.tick();
    polling?.tick();
    showState();
    if (!board.isPaused) board.showAges();
    // Where nothing changes, what says how long something lasts goes on between the signs of life.
    if (connection.phase === "live") board.schedule(moveOn(state, now()));
    // Who cannot reach the exporter would lose what still stands there.
    if (settings.kiosk && connection.phase === "live" && Date.now() >= renewalAt) location.reload();
  }, 1000);

  byID("pause").onclick = togglePause;
  byID("settings").addEventListener("beforetoggle", async event => {
    if (event.newState === "open") (await import("./menu.js")).fillMenu(byID("settings"), () => state.sections, `Exporter ${build}`);
  });
  const focus = slug => byID(slug).focus();
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
    ...Object.fromEntries(board.slugs.map((slug, index) => [String(index + 1), () => {
      focus(slug);
      history.replaceState(null, "", `#${slug}`);
    }])),
  });
  startRouting({
    panels: board.slugs,
    sections: () => state.sections,
    now,
    focus,
    filter(id) {
      board.session = id;
      document.documentElement.classList.toggle("filtered", id !== null);
      board.drawAll();
    },
  });
}
