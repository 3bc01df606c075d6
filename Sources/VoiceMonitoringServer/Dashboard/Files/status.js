// What a number's status looks like: always an icon and a word, with the bound that decides it. Pure functions.

// SPEC section 7, "Status Indicators".
export const ICONS = { ok: "✓", warning: "⚠", critical: "✗", active: "●", unknown: "○" };

const WORDS = { ok: "OK", warning: "Warning", critical: "Critical", active: "Active", unknown: "No data" };
const SEVERITY = ["unknown", "ok", "warning", "critical"];

// The status of a judged number of the JSON: its kind, its word, and the bound it is measured by: what it is and where.
// `shown` makes text of a value; `isLow` says that low values are bad.
export function judged(number, shown, isLow = false) {
  if (!number || number.value === null) return { kind: "unknown", word: WORDS.unknown };
  const { status, value, target, warning, critical, samples, minimum_samples } = number;
  if (status === "unknown") return { kind: "unknown", word: "Insufficient data", bound: `${samples}/${minimum_samples}` };
  const isOK = status === "ok";
  const isAtTarget = target !== null && (isLow ? value >= target : value <= target);
  const bound = { ok: isAtTarget ? target : warning ?? target, warning, critical }[status];
  const name = isOK && bound === target ? "target" : "limit";
  // A number that is well is on the good side of its target or limit.
  return { kind: status, word: WORDS[status], name, bound: `${isOK !== isLow ? "<" : ">"} ${shown(bound)}` };
}

// The status of a section: the worst of its numbers.
export function worst(kinds) {
  return kinds.reduce((a, b) => SEVERITY.indexOf(b) > SEVERITY.indexOf(a) ? b : a, "unknown");
}

export function word(kind) {
  return WORDS[kind];
}

// The words of the whole, the same as in `/metrics/health`.
export function overall(kinds) {
  const kind = worst(kinds);
  return { kind: kind === "unknown" ? "ok" : kind, word: { critical: "Unhealthy", warning: "Degraded" }[kind] ?? "Healthy" };
}
