// What the page does first: it shows the numbers that it came with. What keeps them live follows, since who is far away
// waits for every byte that comes before them.

import { boardOf } from "./board.js";
import { showSettings } from "./settings.js";
import { emptyState, takeSummary } from "./store.js";

// What was not loaded when it was wanted, or does not run, is there on a fresh page.
addEventListener("unhandledrejection", () => {
  const renew = document.getElementById("renew");
  renew.textContent = "Incomplete: reload";
  renew.hidden = false;
});

const first = JSON.parse(document.getElementById("snapshot").textContent);
const state = emptyState();
// How far the server's clock is ahead, as far as its last message tells. Milliseconds.
const time = { offset: Date.parse(first.server_time) - Date.now() };
const now = () => Date.now() + time.offset;
const board = boardOf(state, now);
showSettings();
takeSummary(state, first.summary, now());
board.drawAll();
import("./live.js").then(({ goLive }) => goLive(state, board, time, now));
