// The page as it looks, in a frame where no script runs: what happens in it is done from here.

import { byId, oncePerFrame } from "./dom.js";
import { dragged, markUnseen, pressed } from "./list.js";
import { isSuggested, on, shown, state } from "./state.js";

const frame = byId("page");
const TOGETHER = 150;
let parts = [];
let tops = [];
let seenFrom = 0;
const waiting = new Set();
let resting = false;
let keyHandler = () => {};
let scrolled = () => {};
let loaded = "";

const page = () => frame.contentDocument;
const indexOf = (event) => {
  const part = event.target.closest?.("[data-label]");
  return part ? Number(part.dataset.label) : null;
};

function dress(index) {
  for (const part of parts[index] ?? []) {
    part.setAttribute("data-shown-label", shown(index));
    part.toggleAttribute("data-suggested", isSuggested(index));
  }
}

function mark(index) {
  for (const part of parts[index] ?? []) {
    part.toggleAttribute("data-picked", state.picked.has(index));
    part.toggleAttribute("data-cursor", index === state.cursor && !state.picked.has(index));
  }
}

function draw(index) {
  dress(index);
  mark(index);
  waiting.delete(index);
}

// What is out of sight, a thousand blocks at a time, is drawn when the browser rests or when it is scrolled to.
function drawSoon(indices) {
  const height = frame.clientHeight;
  for (const index of indices) {
    if (index === state.cursor || Math.abs((tops[index] ?? 0) - seenFrom - height / 2) < 1.5 * height) draw(index);
    else waiting.add(index);
  }
  if (waiting.size && !resting) {
    resting = true;
    requestIdleCallback(() => {
      resting = false;
      for (const index of [...waiting].slice(0, TOGETHER)) draw(index);
      drawSoon([]);
    }, { timeout: 500 });
  }
}

const isSeen = (part) => {
  const box = part.getBoundingClientRect();
  return box.width * box.height > 0 && getComputedStyle(part).visibility === "visible";
};

function measure() {
  const window = frame.contentWindow;
  tops = parts.map((of) => (of[0] && isSeen(of[0]) ? of[0].getBoundingClientRect().top + window.scrollY : null));
  let last = 0;
  tops = tops.map((top, index) => {
    markUnseen(index, top === null);
    last = top ?? last;
    return last;
  });
}

// Blocks stand on the page in another order than in its source where style sheets say so.
export function firstVisible() {
  const y = frame.contentWindow.scrollY;
  let best = 0;
  for (let index = 0; index < tops.length; index++) {
    if (Math.abs(tops[index] - y) < Math.abs(tops[best] - y)) best = index;
  }
  return best;
}

export function scrollTo(index) {
  frame.contentWindow?.scrollTo(0, tops[index] ?? 0);
}

export function keepInSight() {
  const part = parts[state.cursor]?.[0];
  if (!part) return;
  const box = part.getBoundingClientRect();
  if (box.top < 0 || box.bottom > frame.clientHeight) {
    frame.contentWindow.scrollTo(0, box.top + frame.contentWindow.scrollY - frame.clientHeight / 3);
  }
}

export function reveal(wanted) {
  for (const part of page().querySelectorAll("[data-revealed],[data-revealed-around]")) {
    part.removeAttribute("data-revealed");
    part.removeAttribute("data-revealed-around");
  }
  if (wanted) {
    for (const part of parts.flat().filter((each) => !isSeen(each))) {
      part.setAttribute("data-revealed", "");
      for (let around = part; around && around !== page().body; around = around.parentElement) {
        const style = getComputedStyle(around);
        if (style.display === "none" || style.visibility !== "visible" || style.maxHeight === "0px") {
          around.setAttribute("data-revealed-around", "");
        }
      }
    }
  }
  measure();
}

function load() {
  if (loaded !== state.document || !page()?.body) return;
  parts = state.texts.map(() => []);
  for (const part of page().querySelectorAll("[data-label]")) parts[Number(part.dataset.label)]?.push(part);
  for (const details of page().querySelectorAll("details")) details.open = true;
  parts.forEach((_, index) => { dress(index); mark(index); });
  measure();
  const inside = page();
  inside.addEventListener("mousedown", (event) => pressed(event, indexOf(event)));
  inside.addEventListener("mousemove", (event) => dragged(event, indexOf(event)));
  for (const kind of ["click", "dblclick", "auxclick", "submit", "dragstart"]) {
    inside.addEventListener(kind, (event) => event.preventDefault(), true);
  }
  inside.addEventListener("keydown", (event) => keyHandler(event));
  inside.addEventListener("scroll", () => {
    seenFrom = frame.contentWindow.scrollY;
    drawSoon(waiting);
    scrolled();
  }, { passive: true });
  frame.dataset.ready = state.document;
}

export function begin(onKey, onScroll) {
  const seen = oncePerFrame(keepInSight);
  keyHandler = onKey;
  scrolled = onScroll;
  frame.addEventListener("load", load);
  on("page", () => {
    parts = [];
    tops = [];
    seenFrom = 0;
    waiting.clear();
    loaded = state.document;
    delete frame.dataset.ready;
    frame.src = `/frame?${new URLSearchParams({ document: state.document })}`;
  });
  on("labels", drawSoon);
  on("picked", (indices) => {
    drawSoon(indices);
    seen();
  });
  addEventListener("resize", () => parts.length && measure());
}
