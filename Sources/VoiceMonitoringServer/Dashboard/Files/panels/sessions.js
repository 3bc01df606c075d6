import { setBar, setValue } from "../dom.js";
import { NO_DATA, count, duration, total } from "../format.js";

// SPEC section 1. It has no thresholds.
export function update({ at }, data) {
  const load = data.active_count / data.limit;
  setBar(at.load, load, load > 1 ? "critical" : "active");
  const left = Date.parse(data.next_expiry_at) - data.time;
  setValue(at.expiry, data.next_expiry_at ? left > 0 ? `in ${duration(left)}` : "now" : NO_DATA);
  const [input, output] = ["input", "output"].map(way => total(data.usage?.[`${way}_last_hour`].by_modality));
  setValue(at.tokens, input + output > 0 ? `${count(input)} in, ${count(output)} out` : NO_DATA);
  return [];
}
