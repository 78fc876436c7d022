// All pages: what is left of each in blocks and minutes, and what was noted.

import { ask, change } from "./api.js";
import { byId, element, say, setText } from "./dom.js";
import { afterStep, left } from "./labelling.js";
import { openPage, state } from "./state.js";

const IDLE = 30;
const SECONDS_A_BLOCK = 1;
let entries = [];
const counted = { seconds: 0, blocks: 0, at: 0, left: null };

// The pace of this session; breaks of more than half a minute are none of it.
function pace() {
  const now = performance.now() / 1000;
  const here = left();
  if (counted.at && now - counted.at < IDLE && counted.left !== null && here <= counted.left) {
    counted.seconds += now - counted.at;
    counted.blocks += counted.left - here;
  }
  Object.assign(counted, { at: now, left: here });
  return counted.blocks >= 30 ? counted.seconds / counted.blocks : SECONDS_A_BLOCK;
}

export function showProgress() {
  const seconds = pace();
  const here = left();
  const entry = entries.find((each) => each.document === state.document);
  if (entry) Object.assign(entry, { left: here, blocks: state.texts.length });
  const all = entries.reduce((sum, each) => sum + each.left, 0);
  const minutes = Math.ceil((all * seconds) / 60);
  const pages = entries.filter((each) => each.left).length;
  setText(byId("progress"), `${here} of ${state.texts.length} left · ${pages} of ${entries.length} pages, ${all} blocks, about ${minutes} min`);
  byId("bar").max = state.texts.length || 1;
  byId("bar").value = state.texts.length - here;
}

export async function go(name) {
  try {
    const page = await ask("page", { document: name });
    byId("document").textContent = name;
    byId("document").title = name;
    counted.left = null;
    history.replaceState(null, "", `#${encodeURIComponent(name)}`);
    openPage(page);
    byId("queue").close();
    showProgress();
    byId("blocks").focus({ preventScroll: true });
  } catch (error) {
    say(error.message, true);
  }
}

// The next page with something left, after this one; those noted as unsure come last.
export function next() {
  const here = entries.findIndex((each) => each.document === state.document);
  const order = [...entries.slice(here + 1), ...entries.slice(0, here)].filter((each) => each.left || !each.blocks);
  const following = order.find((each) => !each.unsure) ?? order[0];
  if (following) go(following.document);
  else say("Nothing is left: every block of every page has a label.");
}

function row(entry) {
  return element("tr", { className: entry.document === state.document ? "here" : "" },
    element("td", {}, element("button", { textContent: entry.document, onclick: () => go(entry.document) })),
    element("td", { className: "number", textContent: entry.blocks || "" }),
    element("td", { className: "number", textContent: entry.blocks ? entry.left : "" }),
    element("td", { textContent: `${entry.unsure ? "unsure" : ""} ${entry.remark}`.trim() }));
}

export async function show() {
  entries = await ask("queue");
  showProgress();
  const titles = ["Page", "Blocks", "Left", "Noted"].map((title) => element("th", { textContent: title }));
  byId("queue").replaceChildren(
    element("table", {}, element("thead", {}, element("tr", {}, ...titles)), element("tbody", {}, ...entries.map(row))),
    ...extras.map((make) => make()),
    element("div", { className: "row" }, element("button", { textContent: "Close", onclick: () => byId("queue").close() })),
  );
  if (!byId("queue").open) byId("queue").showModal();
}

const extras = [];
export const beside = (make) => extras.push(make);

export function remark() {
  const entry = entries.find((each) => each.document === state.document);
  const text = element("textarea", { value: entry?.remark ?? "" });
  const save = async (unsure) => {
    entries = await change("remark", { document: state.document, unsure, text: text.value });
    byId("remark").close();
    if (unsure) next();
  };
  byId("remark").replaceChildren(
    element("p", { textContent: "What is unsure about this page?" }), text,
    element("div", { className: "row" },
      element("button", { textContent: "Unsure, next page", onclick: () => save(true) }),
      element("button", { textContent: "Sure again", onclick: () => save(false) }),
      element("button", { textContent: "Cancel", onclick: () => byId("remark").close() })));
  byId("remark").showModal();
  text.focus();
}

export function begin(queue) {
  entries = queue;
  afterStep(showProgress);
}

export const first = () => {
  const wanted = decodeURIComponent(location.hash.slice(1));
  return entries.find((each) => each.document === wanted)?.document
    ?? entries.find((each) => (each.left || !each.blocks) && !each.unsure)?.document ?? entries[0]?.document;
};
