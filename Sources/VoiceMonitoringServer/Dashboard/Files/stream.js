// The stream's shell: an EventSource that the connection's state machine opens and closes.

import { TOPICS } from "./cadence.js";
import { opening, step } from "./connection.js";

// Milliseconds.
const HIDDEN = 60_000;
const POLLING = 10_000;

// Keeps the stream open. `onEvent(name, message)` gets each event, `onSummary(summary)` the answers while the stream is
// refused, `onState()` hears of every step, and `staysOpen()` says whether a hidden page listens on.
export function openStream({ onEvent, onSummary, onState, staysOpen }) {
  let state = opening(Date.now());
  let source;
  let hiddenAt;
  let polledAt = 0;
  let lastID = "";

  function dispatch(event) {
    let actions;
    [state, actions] = step(state, event, Date.now());
    for (const action of actions) ({ connect, close, probe })[action]();
    onState(state);
  }

  function close() {
    source?.close();
    source = undefined;
  }

  function connect() {
    close();
    // What this page has heard of already is not sent again.
    source = new EventSource(`metrics/stream?topics=all&last_event_id=${lastID}`);
    // Only a closed source was refused by an answer; any other failure is the network's.
    source.onerror = event => dispatch(event.target.readyState === EventSource.CLOSED ? "refused" : "failed");
    for (const name of ["hello", "ping", "alert", ...Object.keys(TOPICS)]) {
      source.addEventListener(name, event => {
        lastID = event.lastEventId || lastID;
        dispatch("message");
        onEvent(name, JSON.parse(event.data));
      });
    }
    source.addEventListener("bye", () => dispatch("bye"));
  }

  async function probe() {
    polledAt = Date.now();
    try {
      const answer = await fetch("metrics/summary", { signal: AbortSignal.timeout(5000) });
      if (!answer.ok) throw new Error(answer.statusText);
      onSummary(await answer.json());
      dispatch("answered");
    } catch {
      dispatch("silent");
    }
  }

  function tick() {
    if (document.hidden && hiddenAt && Date.now() - hiddenAt > HIDDEN && !staysOpen() && source) dispatch("hide");
    dispatch("tick");
    if (state.phase === "polling" && Date.now() - polledAt >= POLLING) probe();
  }

  document.addEventListener("visibilitychange", () => {
    hiddenAt = document.hidden ? Date.now() : undefined;
    if (!document.hidden) dispatch("wake");
  });
  addEventListener("online", () => dispatch("wake"));
  connect();
  onState(state);
  return { tick };
}
