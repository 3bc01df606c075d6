import { fill, setAttribute, setBar, setRows, setStatus, setText, setValue, showTrend } from "../dom.js";
import { FORMATS, NO_DATA, clock, count, percent, rate, share } from "../format.js";

// The categories in SPEC's order, as its headings write them.
const CATEGORIES = {
  infrastructure: "Infrastructure", openai_api: "OpenAI API", amplifier: "Amplifier", audio: "Audio", session: "Session",
};
const SEVERITY = { critical: 3, warning: 2, ok: 1, unknown: 0 };

// SPEC section 4.
export function update({ at }, data) {
  const categories = Object.keys(CATEGORIES).map(name => data.by_category?.[name]).filter(Boolean);
  setRows(at.by_category, categories, category => category.category, "category-row", fillCategory);
  updateTrend(at.trend, data.error_trend ?? []);
  updateCodes(at, data.code_breakdown ?? {});
  const limits = Object.entries(data.rate_limits ?? {}).sort(([a], [b]) => a < b ? -1 : 1)
    .map(([name, { headroom_ratio }]) => `${name} ${FORMATS.ratio(headroom_ratio)}`);
  setValue(at.rate_limits, limits.join(", ") || NO_DATA);
  const errors = data.recent_errors ?? [];
  setRows(at.recent, errors, error => error.error_id, "error-row", fillError);
  return categories.map(category => category.status);
}

// A bar is full at the critical threshold.
function fillCategory(row, category) {
  setStatus(row.querySelector(".st"), category.status);
  fill(row, {
    name: category.category,
    value: `${rate(category.rate_per_minute)}/min`,
    note: `limit > ${category.warning_threshold}`,
  });
  setBar(row.querySelector(".bar"), category.rate_per_minute / category.critical_threshold, category.status);
}

function updateTrend(figure, points) {
  const sum = points.reduce((all, point) => all + point.total, 0);
  const columns = points.map(point => ({
    low: point.total,
    high: point.total,
    kind: "neutral",
    text: `${clock(point.start).slice(0, 5)}  ${count(point.total)} in 5m`,
  }));
  showTrend(figure, columns, points.length ? `${count(sum)} in the last hour` : "no data");
}

// The codes of the category that is worst: by its status, then by its errors of the last hour.
function updateCodes(at, categories) {
  const [first] = Object.values(categories)
    .filter(category => category.count_last_hour > 0)
    .sort((a, b) => SEVERITY[b.status] - SEVERITY[a.status] || b.count_last_hour - a.count_last_hour);
  const codes = Object.entries(first?.by_code ?? {}).sort((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1));
  setText(at.worst, first ? `${CATEGORIES[first.category]} Breakdown (1h)` : "Breakdown (1h)");
  setRows(at.codes, codes.slice(0, 8), ([code]) => code, "share-row", (row, [code, errors]) => {
    fill(row, { name: code, value: count(errors), note: `(${percent(share(errors, first.count_last_hour), 0)})` });
  });
}

function fillError(row, error) {
  fill(row, {
    time: clock(error.timestamp),
    name: `${error.category}:${error.code}`,
    note: error.message,
  });
  setAttribute(row.firstElementChild, "href", `#errors/${encodeURIComponent(error.error_id)}`);
}
