// What the panels do to the page. Data reaches it as text only, and only where it changed.

import { FORMATS, NONE, NO_DATA } from "./format.js";
import { ICONS, judged, word } from "./status.js";

// The panel of a section: its element, the elements that its module fills by name, and those that say themselves what
// they show: `data-show="path format"`, and `data-judge="number format"` for a status.
export function panelOf(root) {
  const at = {};
  for (const element of root.querySelectorAll("[data-at]")) at[element.dataset.at] = element;
  const declared = name => [...root.querySelectorAll(`[data-${name}]`)].map(element => {
    const [path, format, side] = element.dataset[name].split(" ");
    return { element, path: path.split("."), format: FORMATS[format], isLow: side === "low" };
  });
  return { root, at, figures: declared("show"), judgements: declared("judge") };
}

// Shows what the elements of a panel say they show. Returns the kinds of status.
export function showFigures({ figures, judgements }, section) {
  for (const { element, path, format } of figures) {
    const value = path.reduce((value, key) => value?.[key], section);
    setValue(element, format(value, section));
  }
  return judgements.map(({ element, path, format, isLow }) => {
    const status = judged(section.status?.[path], format, isLow);
    setStatus(element, status.kind, status.word, status.name, status.bound);
    return status.kind;
  });
}

export function setText(element, text) {
  if (element.textContent !== text) element.textContent = text;
}

// The text of a value, which looks like none where it says that there is none.
export function setValue(element, text) {
  setText(element, text);
  element.classList.toggle("none", text === NONE || text === NO_DATA);
}

export function setAttribute(element, name, value) {
  if (element.getAttribute(name) !== value) element.setAttribute(name, value);
}

// An icon and a word, and what else is to be said beside them.
export function setStatus(element, kind, name = word(kind), ...notes) {
  if (element.childElementCount === 0) {
    for (const part of ["i", "b", "em", "small"]) element.append(document.createElement(part));
    element.firstChild.ariaHidden = "true";
  }
  setAttribute(element, "data-kind", kind);
  [ICONS[kind] ?? "", name, ...notes].forEach((text, index) => setText(element.children[index], text ?? ""));
}

// The filled part of a bar, from 0 to 1; nothing where there is no value.
export function setBar(element, ratio, kind = "neutral") {
  const filled = Number.isFinite(ratio) ? Math.min(1, Math.max(0, ratio)) : 0;
  // What is not nothing is seen.
  const width = filled > 0 ? `${Math.max(1.5, filled * 100).toFixed(1)}%` : "0%";
  if (element.style.getPropertyValue("--filled") !== width) element.style.setProperty("--filled", width);
  setAttribute(element, "data-kind", kind);
}

// Shows a trend once its module is there; the page does not wait for it.
export async function showTrend(...parts) {
  (await import("./trend.js")).showTrend(...parts);
}

// Text in the parts of an element that have a class.
export function fill(element, texts) {
  for (const [name, text] of Object.entries(texts)) setText(element.querySelector(`.${name}`), text);
}

// Makes the rows of a list those of the records, in their order. The row of a record stays the same element while the
// record is there. Rows are placed by a transform, so that a new one moves the others without a new layout.
export function setRows(list, records, key, template, fillRow) {
  const old = new Map([...list.children].map(row => [row.dataset.key, row]));
  const rows = records.map(record => {
    const id = String(key(record));
    const row = old.get(id) ?? document.getElementById(template).content.firstElementChild.cloneNode(true);
    row.dataset.key = id;
    fillRow(row, record);
    return row;
  });
  list.style.setProperty("--rows", rows.length);
  rows.forEach((row, index) => {
    row.style.setProperty("--row", index);
    if (list.children[index] !== row) list.insertBefore(row, list.children[index] ?? null);
  });
  while (list.children.length > rows.length) list.lastElementChild.remove();
}
