// The last hour in twelve columns, as SVG: drawn once, then only changed. A cursor tells the values of one column.

const SVG = "http://www.w3.org/2000/svg";
const COLUMNS = 12;
const HEIGHT = 32;

function add(parent, name, attributes) {
  const element = document.createElementNS(SVG, name);
  for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, value);
  parent.append(element);
  return element;
}

const trends = new WeakMap();

// Shows a trend in a figure that has an `svg` and a `figcaption`. Points have `low` and `high` values or null, a `kind` of
// status and a `text`; `bound` is drawn as a line.
export function showTrend(figure, points, summary, bound = null) {
  if (!trends.has(figure)) trends.set(figure, mountTrend(figure));
  trends.get(figure)(points, summary, bound);
}

function mountTrend(figure) {
  const svg = figure.querySelector("svg");
  const caption = figure.querySelector("figcaption");
  svg.setAttribute("viewBox", `0 0 ${COLUMNS * 10} ${HEIGHT}`);
  const columns = Array.from({ length: COLUMNS }, (_, index) => {
    const at = { x: index * 10 + 1, width: 8, y: HEIGHT, height: 0, rx: 1 };
    return { back: add(svg, "rect", at), front: add(svg, "rect", at) };
  });
  const line = add(svg, "line", { x1: 0, x2: COLUMNS * 10, y1: -1, y2: -1 });
  let shown = { points: [], summary: "" };
  let cursor = null;

  function describe() {
    const text = cursor === null ? shown.summary : shown.points[cursor]?.text ?? "";
    if (caption.textContent !== text) caption.textContent = text;
    columns.forEach(({ back }, index) => back.parentNode && back.classList.toggle("at", index === cursor));
  }

  function move(to) {
    cursor = to === null ? null : Math.max(0, Math.min(COLUMNS - 1, to));
    describe();
  }

  svg.addEventListener("pointermove", event => {
    const box = svg.getBoundingClientRect();
    move(Math.floor((event.clientX - box.left) / box.width * COLUMNS));
  });
  svg.addEventListener("pointerleave", () => move(null));
  svg.addEventListener("blur", () => move(null));
  svg.addEventListener("keydown", event => {
    const step = { ArrowLeft: -1, ArrowRight: 1 }[event.key];
    if (step) move((cursor ?? (step > 0 ? -1 : COLUMNS)) + step);
    else if (event.key === "Escape") move(null);
    else return;
    event.preventDefault();
  });

  return function update(points, summary, bound) {
    shown = { points, summary };
    const top = Math.max(bound ?? 0, ...points.map(point => point.high ?? 0)) * 1.05 || 1;
    columns.forEach(({ back, front }, index) => {
      const point = points[index] ?? {};
      raise(back, point.high, top, point.kind);
      raise(front, point.low, top, point.kind);
    });
    const y = bound === null ? -1 : (HEIGHT * (1 - bound / top)).toFixed(1);
    for (const end of ["y1", "y2"]) line.setAttribute(end, y);
    svg.setAttribute("aria-label", summary);
    describe();
  };
}

function raise(rect, value, top, kind = "unknown") {
  const height = value > 0 ? Math.max(1, HEIGHT * value / top) : 0;
  rect.setAttribute("y", (HEIGHT - height).toFixed(1));
  rect.setAttribute("height", height.toFixed(1));
  rect.dataset.kind = kind;
}
