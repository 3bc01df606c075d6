// Where the viewer is, as the address says it: `#panel`, a sheet over the page such as `#errors/<id>`,
// `?session=<id>`, and `?range=15m` for how far back a sheet goes. Sheets and the view of a session are loaded when they are wanted.

// The sheets that have an address of their own; those of a panel's records have the panel's name and an id.
const SHEETS = ["help", "slowest", "alerts", "numbers", "trend", "find"];
const RECORDS = ["errors", "tools"];

// `sections()` is what the page knows, `now()` the server's time; `focus(slug)` goes to a panel, and `filter(session)` shows one session or all.
export function startRouting({ panels, sections, now, focus, filter }) {
  let wasOpenedHere = false;
  let session;

  function leave() {
    if (wasOpenedHere) history.back();
    else history.replaceState(null, "", location.pathname + location.search);
  }

  async function follow() {
    const [name, id] = location.hash.slice(1).split("/").map(decoded);
    const parameters = new URLSearchParams(location.search);
    const wanted = parameters.get("session");
    if (wanted !== (session ?? null)) {
      session = wanted;
      filter(wanted);
      if (wanted || document.getElementById("session")) {
        (await import("./session.js")).showSession(wanted, () => goTo(null));
      }
    }
    if (SHEETS.includes(name) || RECORDS.includes(name) && id) {
      (await import("./sheets.js")).openSheet({
        name, id, sections: sections(), now: now(), range: parameters.get("range"), setRange, whenClosed: leave });
    } else {
      if (document.getElementById("sheet")?.open) (await import("./sheet.js")).hideSheet();
      if (panels.includes(name)) focus(name);
    }
  }

  // Back closes the sheet, whatever ranges it had.
  function setRange(range) {
    const url = new URL(location.href);
    url.searchParams.set("range", range);
    history.replaceState(null, "", url);
    follow();
  }

  function goTo(id) {
    const url = new URL(location.href);
    url.hash = "";
    if (id) url.searchParams.set("session", id);
    else url.searchParams.delete("session");
    history.pushState(null, "", url);
    follow();
  }

  addEventListener("hashchange", () => { wasOpenedHere = true; });
  addEventListener("popstate", follow);
  document.addEventListener("click", event => {
    const link = event.target.closest?.("[data-session]");
    if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    goTo(link.dataset.session);
  });
  follow();
}

function decoded(part) {
  try {
    return decodeURIComponent(part);
  } catch {
    return "";
  }
}
