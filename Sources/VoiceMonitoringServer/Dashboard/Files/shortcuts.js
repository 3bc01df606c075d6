// Single keys.

import { settings } from "./settings.js";

// They are off in fields, with modifiers, and where the viewer switched them off (WCAG 2.1.4). `keys` maps a key to what
// it does with the event.
export function mountShortcuts(keys) {
  document.addEventListener("keydown", event => {
    const target = event.target;
    const isTyping = target.matches?.("input:not([type=checkbox]), textarea, select, [contenteditable]");
    const isPressing = event.key === " " && target.matches?.("button, a, input, summary, .body");
    if (!settings.shortcuts || event.ctrlKey || event.metaKey || event.altKey || isTyping || isPressing) return;
    if (document.querySelector("dialog[open]") || !keys[event.key]) return;
    event.preventDefault();
    keys[event.key](event);
  });
}
