// A sheet over the page, for what is not needed at once. Its address opens it; closing it, or Back, leads to the page.

const dialog = document.createElement("dialog");
const title = document.createElement("h2");
const body = document.createElement("div");
const buttons = document.createElement("form");
title.id = "sheet-title";
dialog.id = "sheet";
dialog.setAttribute("aria-labelledby", title.id);
buttons.method = "dialog";
dialog.append(title, body, buttons);
document.body.append(dialog);

const style = document.createElement("link");
style.rel = "stylesheet";
style.href = new URL("sheet.css", import.meta.url);
// Without its style a sheet is still readable.
export const styled = new Promise(resolve => { style.onload = style.onerror = resolve; });
document.head.append(style);

let onClose;
dialog.addEventListener("close", () => onClose?.());

// An element with text and elements in it; attributes that are null are left out.
export function element(tag, attributes = {}, ...content) {
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (typeof value === "function") made.addEventListener(name, value);
    else if (value !== null && value !== undefined) made.setAttribute(name, value);
  }
  made.append(...content.filter(part => part !== null && part !== undefined));
  return made;
}

// Shows a sheet. `whenClosed` is called when the viewer closes it.
export async function showSheet(heading, content, actions, whenClosed) {
  await styled;
  title.textContent = heading;
  body.replaceChildren(...content);
  buttons.replaceChildren(...actions, element("button", {}, "Close"));
  onClose = whenClosed;
  if (!dialog.open) dialog.showModal();
  dialog.scrollTop = 0;
}

export function hideSheet() {
  onClose = undefined;
  dialog.close();
}

// Names and values; values that are absent are left out.
export function list(values) {
  return element("dl", {}, ...Object.entries(values).filter(([, value]) => value !== null && value !== undefined && value !== "")
    .flatMap(([name, value]) => [element("dt", {}, name), element("dd", {}, value)]));
}

// A table with a heading for each column; rows are lists of texts and elements.
export function table(caption, columns, rows) {
  return element("div", { class: "scroll", tabindex: "0", role: "region", "aria-label": caption }, element("table", {},
    element("caption", {}, caption),
    element("thead", {}, element("tr", {}, ...columns.map(name => element("th", { scope: "col" }, name)))),
    element("tbody", {}, ...rows.map(cells => element("tr", {}, ...cells.map(cell => element("td", {}, cell)))))));
}

// A button that copies a text and says whether it did.
export function copyButton(label, text) {
  const button = element("button", { type: "button", click: copy }, label);
  async function copy() {
    try {
      await navigator.clipboard.writeText(text());
      button.textContent = "Copied";
    } catch {
      // Browsers keep the clipboard from pages that came over plain HTTP from elsewhere.
      button.textContent = "Not allowed here";
    }
    setTimeout(() => { button.textContent = label; }, 1500);
  }
  return button;
}

// What a route answers, or a sentence that says that it does not.
export async function asked(path) {
  const answer = await fetch(path, { signal: AbortSignal.timeout(5000) });
  if (!answer.ok) throw new Error(`The exporter answered ${answer.status}.`);
  return answer.json();
}
