// Where two annotators differ: both labels, the one that holds, and the decision that it follows.

import { ask, change } from "./api.js";
import { byId, element, say } from "./dom.js";
import { keys } from "./keys.js";
import { took } from "./labelling.js";
import { pick, state } from "./state.js";

let differences = [];
let decision = "";

const open = () => differences.filter((each) => !each.label);

async function settle(difference, label) {
  try {
    const answered = await change("settle", { document: state.document, row: difference.row, label, decision });
    differences = answered.differences;
    took(answered);
    draw();
  } catch (error) {
    say(error.message, true);
  }
}

function row(each) {
  const choice = (label, number) =>
    element("button", { textContent: `${number} ${label}`, onclick: () => settle(each, label) });
  return element("tr", { className: each === open()[0] ? "here" : "" },
    element("td", { className: "number", textContent: each.row }),
    element("td", { textContent: each.text.slice(0, 200) }),
    element("td", {}, choice(each.first, 1), " ", choice(each.second, 2)),
    element("td", { textContent: each.label }),
    element("td", { textContent: each.decision }));
}

function draw() {
  const titles = ["Block", "Text", "Labels", "Settled", "Decision"];
  const field = element("input", {
    id: "decision", value: decision, title: "The number of a decision, or a few words",
    oninput: (event) => { decision = event.target.value; },
  });
  byId("settle").replaceChildren(
    element("p", { textContent: `${open().length} of ${differences.length} differences are not settled. 1, 2, or another label's key.` }),
    element("div", { className: "row" }, element("label", { htmlFor: "decision", textContent: "Decision" }), field),
    element("table", {},
      element("thead", {}, element("tr", {}, ...titles.map((title) => element("th", { textContent: title })))),
      element("tbody", {}, ...differences.map(row))),
    element("button", { textContent: "Close", onclick: () => byId("settle").close() }));
  const next = open()[0];
  if (next) pick(next.row - 1);
  byId("settle").focus();
}

function pressed(event) {
  const next = open()[0];
  if (!next || event.target.id === "decision" || event.ctrlKey || event.altKey || event.metaKey) return;
  const label = { 1: next.first, 2: next.second }[event.key] ?? keys[event.key.toLowerCase()];
  if (!label) return;
  event.preventDefault();
  settle(next, label);
}

export async function show() {
  try {
    differences = await ask("differences", { document: state.document });
    const answered = await change("settle", { document: state.document });
    took(answered);
    byId("settle").showModal();
    draw();
  } catch (error) {
    say(error.message, true);
  }
}

export function begin() {
  byId("settle").tabIndex = -1;
  byId("settle").addEventListener("keydown", pressed);
}
