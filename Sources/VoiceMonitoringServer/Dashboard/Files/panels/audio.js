import { setBar, setText, setValue } from "../dom.js";
import { FORMATS, NO_DATA, capitalised, count, decimal, duration, percent, share, total } from "../format.js";

const SCALE = 5;

// SPEC section 5.
export function update({ at }, data) {
  const kind = name => ({ unknown: "neutral" })[data.status?.[name]?.status] ?? data.status?.[name]?.status;
  setBar(at.mos_score, data.mos_score / SCALE, kind("mos_score"));
  setText(at.scale, `${decimal(data.mos_score, 2)} / ${SCALE}.0`);
  setValue(at.rating, data.quality_rating ? `(${capitalised(data.quality_rating)})` : NO_DATA);
  for (const name of ["packet_loss_pct", "jitter_ms", "rtt_ms"]) {
    // A bar is full where SPEC's warning begins.
    setBar(at[name], data[name] / data.status?.[name]?.warning, kind(name));
  }
  setValue(at.codec, data.codec ? `${capitalised(data.codec)} @ ${FORMATS.kbps(data.bitrate_kbps)}` : NO_DATA);
  setValue(at.buffer, data.buffer_health ? `${duration(data.buffer_level_ms)} (${data.buffer_health})` : NO_DATA);
  const wrong = share(data.false_positive_interrupts, data.vad_triggered_count);
  setValue(at.false_positives, count(data.false_positive_interrupts) + (wrong === null ? "" : ` (${percent(wrong)})`));
  setValue(at.uplink, uplink(data));
  updateInterruptions(at, data);
  return [];
}

// What the Realtime API hears of the caller, where somebody tells.
function uplink({ uplink_packet_loss_pct: loss, uplink_jitter_ms: jitter }) {
  const parts = [[loss, `${percent(loss)} loss`], [jitter, `${duration(jitter)} jitter`]];
  return parts.filter(([value]) => Number.isFinite(value)).map(([, text]) => text).join(", ") || NO_DATA;
}

// Where nobody tells of speech, no interruption is no news.
function updateInterruptions(at, { interruptions, vad_triggered_count }) {
  const all = total(interruptions?.by_outcome_last_hour);
  const isKnown = all > 0 || vad_triggered_count > 0;
  const confirmed = interruptions?.by_outcome_last_hour.confirmed;
  setValue(at.interruptions, isKnown ? `${count(confirmed)} confirmed` : NO_DATA);
  const ratio = all > 0 ? ` (${percent(100 * interruptions.false_ratio)})` : "";
  setValue(at.false_interruptions,
    isKnown ? `${count(all - confirmed)}${ratio}, ${count(interruptions?.orphaned_last_hour)} orphaned` : NO_DATA);
}
