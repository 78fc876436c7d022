// The list of blocks, one row each, all of one height, in pieces: those out of sight cost nothing.

import { byId, element, oncePerFrame } from "./dom.js";
import { extend, isSuggested, on, pick, pickPath, shown, state } from "./state.js";

const list = byId("blocks");
let rows = [];
let dragging = false;

export const ROW = 26;
const PIECE = 40;

function piece(rows) {
  const made = element("ul", { role: "presentation" }, ...rows);
  made.style.setProperty("--rows", rows.length);
  return made;
}

function dress(index) {
  const row = rows[index];
  const name = shown(index);
  if (row.dataset.shownLabel !== name) {
    row.dataset.shownLabel = name;
    row.children[1].textContent = name === "?" ? "" : name;
  }
  row.toggleAttribute("data-suggested", isSuggested(index));
}

function mark(index) {
  const row = rows[index];
  if (!row) return;
  const picked = state.picked.has(index);
  row.toggleAttribute("data-picked", picked);
  row.setAttribute("aria-selected", picked);
  row.toggleAttribute("data-cursor", index === state.cursor && !picked);
}

export function markUnseen(index, unseen) {
  rows[index]?.toggleAttribute("data-unseen", unseen);
}

export function firstVisible() {
  return Math.min(rows.length - 1, Math.max(0, Math.round(list.scrollTop / ROW)));
}

export function scrollTo(index) {
  list.scrollTop = index * ROW;
}

function keepInSight() {
  const top = state.cursor * ROW;
  const margin = 3 * ROW;
  if (top < list.scrollTop + margin) list.scrollTop = top - margin;
  else if (top + ROW > list.scrollTop + list.clientHeight - margin) {
    list.scrollTop = top - list.clientHeight + ROW + margin;
  }
}

const indexOf = (event) => {
  const row = event.target.closest("li");
  return row ? Number(row.dataset.index) : null;
};

// What a press on a block does, here and in the frame.
export function pressed(event, index) {
  if (index === null || event.button !== 0) return;
  event.preventDefault();
  list.focus({ preventScroll: true });
  if (event.detail === 2) pickPath(index);
  else if (event.shiftKey) extend(index);
  else if (event.detail < 2) {
    pick(index);
    dragging = true;
  }
}

export function dragged(event, index) {
  if (dragging && event.buttons & 1) {
    if (index !== null && index !== state.cursor) extend(index);
  } else dragging = false;
}

export function begin() {
  const seen = oncePerFrame(keepInSight);
  on("page", () => {
    rows = state.texts.map((text, index) =>
      element("li", { id: `block-${index}`, role: "option" },
        element("span", { className: "number", textContent: index + 1 }),
        element("span", { className: "label" }),
        element("span", { className: "text", textContent: text, title: state.paths[index] })));
    rows.forEach((row, index) => { row.dataset.index = index; });
    const pieces = [];
    for (let start = 0; start < rows.length; start += PIECE) pieces.push(piece(rows.slice(start, start + PIECE)));
    list.replaceChildren(...pieces);
    for (const index of rows.keys()) dress(index);
    list.scrollTop = 0;
  });
  on("labels", (indices) => { for (const index of indices) dress(index); });
  on("picked", (indices) => {
    for (const index of indices) mark(index);
    list.setAttribute("aria-activedescendant", `block-${state.cursor}`);
    seen();
  });
  list.addEventListener("mousedown", (event) => pressed(event, indexOf(event)));
  list.addEventListener("mousemove", (event) => dragged(event, indexOf(event)));
  addEventListener("mouseup", () => { dragging = false; });
}
