"""What stands on the dashboard, read from its elements."""

READ = """
() => {
  // Links beside a heading are no part of it.
  const text = element => {
    const copy = element.cloneNode(true);
    for (const link of copy.querySelectorAll("a")) link.remove();
    return copy.textContent.replace(/\\s+/g, " ").trim();
  };
  // A status or a figure with parts is the list of its parts; a bar is how far it is filled.
  const cell = element => element.matches(".bar") ? element.style.getPropertyValue("--filled")
    : element.matches(".st") ? [...element.children].map(text).filter(Boolean) : text(element);
  const panels = {};
  for (const panel of document.querySelectorAll(".panel")) {
    const read = { title: text(panel.querySelector("h2")), figures: {}, lists: {}, bars: {}, trends: {}, other: {} };
    const state = panel.querySelector("header .st");
    if (state) read.status = cell(state);
    for (const term of panel.querySelectorAll("dt")) {
      const group = [];
      for (let next = term.nextElementSibling; next?.matches("dd"); next = next.nextElementSibling) {
        group.push(cell(next.querySelector(".st") && !next.matches(".st") ? next.firstElementChild : next));
        const inner = next.querySelector(".st");
        if (inner) group.push(cell(inner));
      }
      // The same name may stand in two groups of one panel.
      const name = text(term).replace(/^[●○] /, "");
      read.figures[name] = [...(read.figures[name] ?? []), ...group];
    }
    for (const list of panel.querySelectorAll("ul")) {
      let heading = list.previousElementSibling;
      while (heading && !heading.matches("h3")) heading = heading.previousElementSibling;
      read.lists[text(heading)] = [...list.children].map(row =>
        [...row.querySelectorAll(":scope > :not(a, p), :scope > a > *, :scope > p > *")].map(cell));
      const empty = list.nextElementSibling;
      if (empty?.matches(".empty") && getComputedStyle(empty).display !== "none") {
        read.lists[text(heading)] = text(empty);
      }
    }
    for (const figure of panel.querySelectorAll("figure")) {
      read.trends[text(figure.querySelector("span"))] = {
        caption: text(figure.querySelector("figcaption")),
        label: figure.querySelector("svg").getAttribute("aria-label"),
        columns: [...figure.querySelectorAll("rect")].filter(rect => Number(rect.getAttribute("height")) > 0).length,
        kinds: [...figure.querySelectorAll("rect")].map(rect => rect.dataset.kind),
      };
    }
    for (const gauge of panel.querySelectorAll(".gauge, .score")) {
      read.other[gauge.className] = [...gauge.children].map(cell);
    }
    for (const aside of panel.querySelectorAll(".aside")) {
      read.other[text(aside.querySelector("span"))] = text(aside.querySelector("b"));
    }
    for (const heading of panel.querySelectorAll("h3")) read.other[text(heading)] = true;
    panels[panel.id] = read;
  }
  return panels;
}
"""


def read(page):
    """The six panels by their slugs."""
    return page.evaluate(READ)
