import { setBar, setValue, showTrend } from "../dom.js";
import { NO_DATA, clock, count, duration, total } from "../format.js";

// SPEC section 2.
export function update({ at }, data) {
  for (const metric of ["ttfa", "turn"]) {
    updateTrend(at[`${metric}_trend`], data[`${metric}_trend`] ?? [], data.status?.[`${metric}_p95`]);
  }
  setValue(at.dead_air, deadAir(data.dead_air, data.responses_last_hour));
  // A component has a target and no threshold; its bar is full at twice the target.
  for (const [name, target] of Object.entries(data.targets ?? {})) {
    const value = data[name]?.p50;
    setBar(at[name], value / (2 * target), value > target ? "warning" : "ok");
  }
  return [];
}

// Where nobody tells of responses, none without an answer is no news.
function deadAir(silence, responses) {
  if (!silence?.total && !total(responses)) return NO_DATA;
  return count(silence.last_hour) + (silence.length.count ? `, P95 ${duration(silence.length.p95)}` : "");
}

function updateTrend(figure, points, number) {
  const filled = points.filter(point => point.count > 0);
  const columns = points.map(point => ({
    low: point.p50,
    high: point.p95,
    kind: number && point.count >= number.minimum_samples ? crossed(point.p95, number) : "unknown",
    text: `${clock(point.window_start).slice(0, 5)}  ` + (point.count
      ? `P50 ${duration(point.p50)}  P95 ${duration(point.p95)}  n ${count(point.count)}` : "no data"),
  }));
  showTrend(figure, columns, filled.length
    ? `P95 now ${duration(filled.at(-1).p95)}, peak ${duration(Math.max(...filled.map(point => point.p95)))}`
    : "no data in the last hour", filled.length ? number?.warning : null);
}

function crossed(value, { warning, critical }) {
  return value > critical ? "critical" : value > warning ? "warning" : "ok";
}
