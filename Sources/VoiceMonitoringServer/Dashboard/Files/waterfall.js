// One turn as a waterfall: its marks on a line from the end of the user's speech.

import { duration } from "./format.js";
import { element } from "./sheet.js";

const NAMES = {
  speech_end_detected: "Speech end detected", transcription_complete: "Transcription complete",
  llm_first_token: "First token", tool_call_started: "Tool call started", tool_call_complete: "Tool call complete",
  tts_first_byte: "First byte of speech", audio_playback_start: "Playback starts", response_complete: "Response complete",
};

// The stretches between the marks of a turn, in the order of their times: from when, for how long, and what ended each.
export function stretches(marks) {
  const timed = marks.filter(mark => mark.ms !== null).sort((a, b) => a.ms - b.ms);
  return timed.map((mark, index) => {
    const from = index === 0 ? Math.min(0, mark.ms) : timed[index - 1].ms;
    return { name: mark.mark, from, length: mark.ms - from, at: mark.ms };
  });
}

// `longest` is what the whole width stands for, in milliseconds.
export function waterfall(turn, longest) {
  const rows = stretches(turn.marks).map(({ name, from, length, at }) => {
    const bar = element("i", {});
    bar.style.setProperty("--from", `${(100 * Math.max(0, from) / longest).toFixed(2)}%`);
    bar.style.setProperty("--length", `${Math.max(0.4, 100 * length / longest).toFixed(2)}%`);
    return element("li", {}, element("span", {}, NAMES[name] ?? name), element("span", { class: "lane" }, bar),
      element("b", {}, duration(at)), element("small", {}, `+${duration(length)}`));
  });
  const figures = `Turn ${turn.turn_id}  TTFA ${duration(turn.ttfa_ms)}  full ${duration(turn.turn_ms)}`;
  return element("figure", { class: "waterfall" }, element("figcaption", {}, figures),
    rows.length ? element("ol", {}, ...rows) : element("p", {}, "Its latency was told without marks."));
}
