// Numbers, times and names as text. Pure functions; nothing that is absent becomes a number.

export const NONE = "–";
export const NO_DATA = "no data";

const absent = value => value === null || value === undefined || !Number.isFinite(value);

// Making a formatter of the browser's takes longer than all else that the page does until its first number.
export function count(value) {
  return absent(value) ? NONE : String(Math.round(value)).replace(/\B(?=(\d{3})+$)/g, ",");
}

export function decimal(value, digits) {
  return absent(value) ? NONE : value.toFixed(digits);
}

// A duration in milliseconds: 320ms, 1.2s, 4m 32s, 4h 32m, 3d 4h.
export function duration(milliseconds) {
  if (absent(milliseconds)) return NONE;
  if (milliseconds < 999.5) return milliseconds < 9.95 && milliseconds % 1 ? `${milliseconds.toFixed(1)}ms` : `${Math.round(milliseconds)}ms`;
  if (milliseconds < 59_950) return `${(milliseconds / 1000).toFixed(1)}s`;
  const seconds = Math.round(milliseconds / 1000);
  const minutes = Math.floor(seconds / 60);
  const hours = Math.floor(minutes / 60);
  if (minutes < 60) return `${minutes}m ${seconds % 60}s`;
  return hours < 24 ? `${hours}h ${minutes % 60}m` : `${Math.floor(hours / 24)}d ${hours % 24}h`;
}

// A percentage. What is not all is never shown as 100 %, and what is not nothing never as 0 %.
export function percent(value, digits = 1) {
  if (absent(value)) return NONE;
  const step = 10 ** -digits;
  if (value > 0 && value < step / 2) return `<${step}%`;
  if (value < 100 && value > 100 - step / 2) return `${(100 - step).toFixed(digits)}%`;
  return `${value.toFixed(digits)}%`;
}

// Things in a minute, with one decimal.
export function rate(value) {
  if (absent(value)) return NONE;
  return value > 0 && value < 0.05 ? "<0.1" : value.toFixed(value < 100 ? 1 : 0);
}

// The share of a part in percent; none where there is no whole.
export function share(part, whole) {
  return whole > 0 ? 100 * part / whole : null;
}

// The clock time of an instant, in the viewer's zone.
export function clock(instant) {
  const date = new Date(instant);
  if (instant === null || instant === undefined || Number.isNaN(date.getTime())) return NONE;
  return [date.getHours(), date.getMinutes(), date.getSeconds()].map(part => String(part).padStart(2, "0")).join(":");
}

// How long ago something was: 12s ago, 4m ago, 3h ago, 2d ago.
export function ago(instant, now) {
  if (instant === null || instant === undefined) return NONE;
  const seconds = Math.max(0, Math.floor((now - Date.parse(instant)) / 1000));
  if (seconds < 60) return `${seconds}s ago`;
  if (seconds < 3600) return `${Math.floor(seconds / 60)}m ago`;
  return seconds < 86_400 ? `${Math.floor(seconds / 3600)}h ago` : `${Math.floor(seconds / 86_400)}d ago`;
}

// The sum of the counts of an object.
export function total(counts) {
  return Object.values(counts ?? {}).reduce((sum, value) => sum + value, 0);
}

// A word with its first letter in upper case.
export function capitalised(word) {
  return word ? word[0].toUpperCase() + word.slice(1) : NONE;
}

const orNoData = (value, text) => absent(value) ? NO_DATA : text;

// What the page's `data-show` can name: text of a value and, where it needs more, of its section.
export const FORMATS = {
  ago: (value, section) => ago(value, section.time),
  count,
  dollars: value => orNoData(value, value > 0 && value < 0.005 ? "<$0.01" : `$${decimal(value, 2)}`),
  duration,
  ended: value => value ? `${count(value)} ended, 24h` : NO_DATA,
  kbps: value => orNoData(value, `${Math.round(value)}kbps`),
  khz: value => absent(value) ? NONE : `${value / 1000}kHz`,
  p95: value => absent(value) ? "" : `P95 ${duration(value)}`,
  percent: value => orNoData(value, percent(value)),
  plain: String,
  rate,
  ratio: value => orNoData(value, percent(value * 100)),
  samples: value => value ? `n ${count(value)}` : NO_DATA,
  score: value => decimal(value, 2),
  spread: value => value?.count ? `P50 ${duration(value.p50)} P95 ${duration(value.p95)} n ${count(value.count)}` : NO_DATA,
  seconds: value => absent(value) ? NONE : duration(value * 1000),
  whole: value => percent(value, 0),
  word: value => value ? capitalised(value) : "No data",
};
