// What stands behind the gear: choices, copies and links.

import { setAnnouncements, setKiosk, setShortcuts, setTheme, settings, showSettings } from "./settings.js";
import { copyButton, element } from "./sheet.js";

const LINKS = [
  ["?", "#help", "Keyboard help"], ["/", "#find", "Look at one session"], ["s", "#slowest", "Slowest turns"],
  ["a", "#alerts", "What crossed a threshold"], ["c", "#numbers", "How the numbers are computed"],
];
const ROUTES = [["metrics/summary", "JSON summary"], ["metrics/health", "Health"], ["metrics", "Prometheus metrics"]];

// Fills the menu. `state()` is what can be copied, `build` which exporter it is.
export function fillMenu(menu, state, build) {
  const choice = (id, label, isOn, change) => element("label", {},
    element("input", { id, type: "checkbox", ...isOn ? { checked: "" } : {}, change: event => change(event.target.checked) }), label);
  const close = () => menu.hidePopover();
  menu.replaceChildren(
    element("h2", {}, "Settings"),
    element("div", { class: "choice", role: "group", "aria-label": "Theme" }, ...["auto", "light", "dark"].map(theme =>
      element("button", { "data-theme-choice": theme, click: () => setTheme(theme) }, theme[0].toUpperCase() + theme.slice(1)))),
    choice("kiosk", " Kiosk", settings.kiosk, setKiosk),
    choice("keep-live", " Stay live while hidden", settings.staysLive, isOn => { settings.staysLive = isOn; }),
    choice("shortcuts", " Single-key shortcuts", settings.shortcuts, setShortcuts),
    choice("announcements", " Read new errors out", settings.announcesErrors, setAnnouncements),
    ...LINKS.map(([key, href, label]) => element("a", { href, click: close, "aria-keyshortcuts": key }, label)),
    copyButton("Copy state as JSON", () => JSON.stringify(state(), null, 2)),
    ...ROUTES.map(([href, label]) => element("a", { href }, label)),
    element("small", {}, build));
  showSettings();
}
