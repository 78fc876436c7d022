// The page as a whole: a line for every block, as high as its text is long, in the colour of its label.

import { byId, oncePerFrame } from "./dom.js";
import { isSuggested, on, pick, shown, state } from "./state.js";

const strip = byId("strip");
let colours = {};
let edges = [0];

function draw() {
  const height = strip.clientHeight;
  const scale = devicePixelRatio || 1;
  strip.width = 26 * scale;
  strip.height = height * scale;
  const context = strip.getContext("2d");
  context.scale(scale, scale * (height / (edges.at(-1) || 1)));
  for (let index = 0; index < state.texts.length; index++) {
    const name = shown(index);
    context.globalAlpha = isSuggested(index) ? 0.35 : 1;
    context.fillStyle = colours[name] ?? "#8884";
    context.fillRect(8, edges[index], 18, Math.max(edges[index + 1] - edges[index], 0.01));
    if (state.picked.has(index)) {
      context.globalAlpha = 1;
      context.fillStyle = "hsl(210 100% 50%)";
      context.fillRect(0, edges[index], 6, edges[index + 1] - edges[index]);
    }
  }
}

const soon = oncePerFrame(draw);

export function begin(labels) {
  colours = Object.fromEntries(labels.map((each) => [each.label, each.colour]));
  on("page", () => {
    edges = [0];
    for (const text of state.texts) edges.push(edges.at(-1) + 1 + Math.log2(1 + text.length / 40));
    soon();
  });
  on("labels", soon);
  on("picked", soon);
  addEventListener("resize", soon);
  strip.addEventListener("mousedown", (event) => {
    const y = (event.offsetY / strip.clientHeight) * edges.at(-1);
    pick(edges.findIndex((edge) => edge > y) - 1);
  });
}
