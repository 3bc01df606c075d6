// What a viewer chooses: theme, kiosk and single-key shortcuts. The address wins over what was chosen before.

const THEMES = ["auto", "light", "dark"];
const parameters = new URLSearchParams(location.search);
const root = document.documentElement;
let lock = null;

function stored(name) {
  try {
    return localStorage.getItem(name);
  } catch {
    return null;
  }
}

function store(name, value) {
  try {
    localStorage.setItem(name, value);
  } catch {
    // Without storage a choice lasts as long as the page.
  }
}

// `staysLive` says that a hidden page goes on listening.
export const settings = {
  theme: [parameters.get("theme"), stored("theme")].find(theme => THEMES.includes(theme)) ?? "auto",
  kiosk: parameters.get("kiosk") === "1",
  shortcuts: stored("shortcuts") !== "off",
  announcesErrors: stored("announcements") === "on",
  staysLive: false,
};

// Puts the choices into the page, and into the menu where that is there.
export function showSettings() {
  root.dataset.theme = settings.theme;
  root.classList.toggle("kiosk", settings.kiosk);
  document.getElementById("error-log").ariaLive = settings.announcesErrors ? "polite" : "off";
  for (const button of document.querySelectorAll("[data-theme-choice]")) {
    button.ariaPressed = String(button.dataset.themeChoice === settings.theme);
  }
  const kiosk = document.getElementById("kiosk");
  if (kiosk) kiosk.checked = settings.kiosk;
  keepAwake();
}

// A screen on the wall stays on, where the browser offers that; it lets go of the lock whenever the page is hidden.
async function keepAwake() {
  if (settings.kiosk === Boolean(lock) || document.hidden) return;
  lock?.release();
  lock = null;
  if (!settings.kiosk) return;
  try {
    lock = await navigator.wakeLock?.request("screen");
    lock?.addEventListener("release", () => { lock = null; });
  } catch {
    // The system saves power.
  }
}

document.addEventListener("visibilitychange", keepAwake);

export function setTheme(theme) {
  settings.theme = theme;
  store("theme", theme);
  showSettings();
}

export function nextTheme() {
  setTheme(THEMES[(THEMES.indexOf(settings.theme) + 1) % THEMES.length]);
}

export function setKiosk(isKiosk) {
  settings.kiosk = isKiosk;
  const url = new URL(location.href);
  if (isKiosk) url.searchParams.set("kiosk", "1");
  else url.searchParams.delete("kiosk");
  history.replaceState(null, "", url);
  showSettings();
}

export function setShortcuts(areOn) {
  settings.shortcuts = areOn;
  store("shortcuts", areOn ? "on" : "off");
}

export function setAnnouncements(areOn) {
  settings.announcesErrors = areOn;
  store("announcements", areOn ? "on" : "off");
  showSettings();
}
