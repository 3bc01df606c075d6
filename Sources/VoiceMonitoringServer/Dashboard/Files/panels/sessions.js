import { setBar } from "../dom.js";

// SPEC section 1. It has no thresholds.
export function update({ at }, data) {
  const load = data.active_count / data.limit;
  setBar(at.load, load, load > 1 ? "critical" : "active");
  return [];
}
