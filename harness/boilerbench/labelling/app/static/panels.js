// Beside the list: the block that is picked, the body as it will be, and what check finds.

import { ask } from "./api.js";
import { byId, element, oncePerFrame, setText } from "./dom.js";
import { afterStep } from "./labelling.js";
import { isSuggested, on, pick, shown, state } from "./state.js";

// Milliseconds without a step before it is checked: nobody who is about to press the next key waits for it.
const QUIET = 900;
let tab = "block";
let waiting = 0;
let asked = 0;
let drawn = "";

const panel = (name) => byId(`tab-${name}`);
const button = (name) => document.querySelector(`[data-tab=${name}]`);

export function show(name) {
  tab = name;
  for (const each of document.querySelectorAll("[data-tab]")) {
    each.setAttribute("aria-selected", each.dataset.tab === name);
    panel(each.dataset.tab).hidden = each.dataset.tab !== name;
  }
  refresh();
}

function drawBlock() {
  if (tab !== "block") return;
  const index = state.cursor;
  const number = state.picked.size;
  const suggested = isSuggested(index) ? `suggested: ${state.suggestions[index]}` : shown(index);
  panel("block").replaceChildren(
    element("div", { className: "path", textContent: state.paths[index] ?? "" }),
    element("p", { textContent: state.texts[index] ?? "This page has no block." }),
    element("div", { className: "path", textContent: `block ${index + 1} of ${state.texts.length} · ${suggested}${number > 1 ? ` · ${number} picked` : ""}` }),
  );
}

function finding(each) {
  const line = element("p", { className: "finding", textContent: `${each.file ? `${each.file}: ` : ""}${each.message}` });
  const labels = each.file === "labels.tsv" || each.file === "";
  if (each.row && labels) line.append(element("button", { textContent: `block ${each.row}`, onclick: () => pick(each.row - 1) }));
  return line;
}

export async function refresh() {
  const { document: name } = state;
  const mine = ++asked;
  if (tab === "body") {
    const body = await ask("body", { document: name });
    if (mine === asked) panel("body").replaceChildren(...body.map((text) => element("p", { textContent: text })));
  }
  const found = await ask("findings", { document: name }).catch((error) => [{ file: "", message: error.message }]);
  if (mine !== asked) return;
  byId("desk").dataset.findings = found.length;
  if (drawn === JSON.stringify(found)) return;
  drawn = JSON.stringify(found);
  setText(button("findings"), found.length ? `Check (${found.length})` : "Check: fine");
  button("findings").classList.toggle("bad", found.length > 0);
  panel("findings").replaceChildren(
    ...found.map(finding),
    element("button", { textContent: "Hold against other pages", onclick: compare }),
  );
}

async function compare() {
  const found = await ask("consistency", { document: state.document });
  // It holds for the labels of now, and goes with the next check.
  drawn = "";
  panel("findings").append(
    ...(found.length ? found.map(finding) : [element("p", { textContent: "Nothing is labelled in two ways." })]),
  );
}

const soon = () => {
  clearTimeout(waiting);
  byId("desk").dataset.findings = "?";
  waiting = setTimeout(refresh, QUIET);
};

export const refreshSoon = soon;

export function begin() {
  for (const each of document.querySelectorAll("[data-tab]")) {
    each.addEventListener("click", () => show(each.dataset.tab));
  }
  const draw = oncePerFrame(drawBlock);
  on("picked", draw);
  on("labels", draw);
  on("page", () => { panel("body").replaceChildren(); soon(); });
  afterStep(soon);
}
