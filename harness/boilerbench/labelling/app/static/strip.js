// The page as a whole: a line for every block, as high as its text is long, in the colour of its label.

import { byId, oncePerFrame } from "./dom.js";
import { isSuggested, on, pick, shown, state } from "./state.js";

const strip = byId("strip");
let colours = {};
let edges = [0];
const waiting = new Set();

// Changing its size empties a canvas, so that all has to be drawn.
function fit() {
  const scale = devicePixelRatio || 1;
  const [width, height] = [26 * scale, strip.clientHeight * scale];
  if (strip.width === width && strip.height === height) return;
  Object.assign(strip, { width, height });
  for (const index of state.texts.keys()) waiting.add(index);
}

function drawLine(context, index, unit) {
  // Whole pixels, so that lines which are drawn again do not run into their neighbours.
  const top = Math.round(edges[index] * unit);
  const height = Math.max(Math.round(edges[index + 1] * unit) - top, 1);
  const line = (from, to, colour, alpha = 1) => {
    context.globalAlpha = alpha;
    context.fillStyle = colour;
    context.fillRect((from * strip.width) / 26, top, ((to - from) * strip.width) / 26, height);
  };
  context.clearRect(0, top, strip.width, height);
  line(8, 26, colours[shown(index)] ?? "#8884", isSuggested(index) ? 0.35 : 1);
  if (state.picked.has(index)) line(0, 6, "hsl(210 100% 50%)");
}

const draw = oncePerFrame(() => {
  fit();
  const context = strip.getContext("2d");
  const unit = strip.height / (edges.at(-1) || 1);
  for (const index of waiting) if (index < state.texts.length) drawLine(context, index, unit);
  waiting.clear();
});

function soon(indices) {
  for (const index of indices) waiting.add(index);
  draw();
}

export function begin(labels) {
  colours = Object.fromEntries(labels.map((each) => [each.label, each.colour]));
  on("page", () => {
    edges = [0];
    for (const text of state.texts) edges.push(edges.at(-1) + 1 + Math.log2(1 + text.length / 40));
    strip.width = 0;
    draw();
  });
  on("labels", soon);
  on("picked", soon);
  addEventListener("resize", draw);
  strip.addEventListener("mousedown", (event) => {
    const y = (event.offsetY / strip.clientHeight) * edges.at(-1);
    pick(edges.findIndex((edge) => edge > y) - 1);
  });
}
