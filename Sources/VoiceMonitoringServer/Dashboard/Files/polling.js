// Asks for the rows that SPEC polls, each at its interval give or take a tenth, while the page can be seen.

import { ROWS } from "./cadence.js";

export function startPolling({ onAnswer, isWanted }) {
  const rows = ROWS.filter(row => row.via === "poll");
  const due = new Map(rows.map(row => [row, nextTime(row, Date.now())]));
  const asking = new Set();

  async function ask(section, rows) {
    asking.add(section);
    for (const row of rows) due.set(row, nextTime(row, Date.now()));
    try {
      const answer = await fetch(`metrics/${section}`, { signal: AbortSignal.timeout(5000) });
      if (answer.ok) onAnswer(section, await answer.json(), rows);
    } catch {
      // The connection's state says it already.
    } finally {
      asking.delete(section);
    }
  }

  return {
    // Asks for everything at the next tick: it is another process that answers.
    restart() {
      for (const row of rows) due.set(row, 0);
    },
    tick() {
      if (document.hidden || !isWanted()) return;
      const now = Date.now();
      const sections = new Set(rows.filter(row => due.get(row) <= now).map(row => row.section));
      for (const section of sections) {
        if (asking.has(section)) continue;
        // What is nearly due is asked for with what is due.
        ask(section, rows.filter(row => row.section === section && due.get(row) <= now + row.seconds * 100));
      }
    },
  };
}

// When a row is due next.
export function nextTime(row, now, random = Math.random) {
  return now + row.seconds * 1000 * (0.9 + 0.2 * random());
}
