// The stream's shell: an EventSource, or what another page of the browser hears, that the connection's state machine opens
// and closes.

import { TOPICS } from "./cadence.js";
import { opening, step } from "./connection.js";
import { joinPages } from "./leader.js";

// Milliseconds.
const HIDDEN = 60_000;
const POLLING = 10_000;

class SignedOut extends Error {}

// Keeps the stream open. `onEvent(name, message)` gets each event, `onSummary(summary)` the answers while the stream is
// refused, `onState()` hears of every step, and `staysOpen()` says whether a hidden page listens on.
export function openStream({ onEvent, onSummary, onState, staysOpen }) {
  let state = opening(Date.now());
  let source;
  let hiddenAt;
  let polledAt = 0;
  let lastID = "";
  let hello;
  // What came while a page that follows another still asked for the whole.
  let early;

  function dispatch(event) {
    let actions;
    [state, actions] = step(state, event, Date.now());
    for (const action of actions) ({ connect: pages.ask, close, probe })[action]();
    onState(state);
  }

  // What goes wrong for the page that listens goes wrong for all.
  function fail(event) {
    hello = undefined;
    pages.tell({ failure: event });
    dispatch(event);
  }

  function take(message) {
    lastID = message.id || lastID;
    dispatch("message");
    if (early) early.push(message);
    else onEvent(message.name, JSON.parse(message.data));
  }

  function close() {
    source?.close();
    source = undefined;
  }

  function listen() {
    close();
    // What this page has heard of already is not sent again.
    source = new EventSource(`metrics/stream?topics=all&last_event_id=${lastID}`);
    // Only a closed source was refused by an answer; any other failure is the network's.
    source.onerror = event => fail(event.target.readyState === EventSource.CLOSED ? "refused" : "failed");
    for (const name of ["hello", "ping", "alert", ...Object.keys(TOPICS)]) {
      source.addEventListener(name, event => {
        const message = { name, data: event.data, id: event.lastEventId };
        if (name === "hello") hello = message;
        pages.tell(message);
        take(message);
      });
    }
    source.addEventListener("bye", () => fail("bye"));
  }

  async function summary() {
    const answer = await fetch("metrics/summary", { signal: AbortSignal.timeout(5000) });
    if (answer.status === 401) throw new SignedOut();
    if (!answer.ok) throw new Error(answer.statusText);
    onSummary(await answer.json());
  }

  async function probe() {
    polledAt = Date.now();
    try {
      await summary();
      dispatch("answered");
    } catch (failure) {
      dispatch(failure instanceof SignedOut ? "unauthorized" : "silent");
    }
  }

  // A page that begins to follow another has missed what came since its own snapshot.
  async function follow(message) {
    early = [];
    take(message);
    try {
      await summary();
    } catch {
      // The stream goes on, and polls bring the rest.
    }
    const came = early;
    early = undefined;
    for (const { name, data } of came) onEvent(name, JSON.parse(data));
  }

  const pages = joinPages({
    onLead: listen,
    onDeposed: close,
    onTold(message) {
      if (message.failure) dispatch(message.failure);
      else if (message.name === "hello" && !early) follow(message);
      else take(message);
    },
    answer: () => hello ?? { failure: "failed" },
  });

  function tick() {
    if (document.hidden && hiddenAt && Date.now() - hiddenAt > HIDDEN && !staysOpen() && source) {
      dispatch("hide");
      pages.resign();
    }
    dispatch("tick");
    if (state.phase === "polling" && Date.now() - polledAt >= POLLING) probe();
  }

  document.addEventListener("visibilitychange", () => {
    hiddenAt = document.hidden ? Date.now() : undefined;
    if (!document.hidden) dispatch("wake");
  });
  addEventListener("online", () => dispatch("wake"));
  pages.ask();
  onState(state);
  return { tick };
}
