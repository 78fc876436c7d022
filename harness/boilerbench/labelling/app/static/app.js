// The app: the page on the left, its blocks on the right, both scrolling together.

import { ask } from "./api.js";
import { byId, element, say } from "./dom.js";
import * as facts from "./facts.js";
import * as frame from "./frame.js";
import * as keys from "./keys.js";
import { acceptAll, afterStep, back, left, showSaved } from "./labelling.js";
import * as legend from "./legend.js";
import * as list from "./list.js";
import { form } from "./new.js";
import * as panels from "./panels.js";
import * as queue from "./queue.js";
import * as settle from "./settle.js";
import * as strip from "./strip.js";
import * as suggestions from "./suggestions.js";
import { on, state } from "./state.js";

const HELP = [
  ["click, shift-click, drag", "pick a block, pick to here"],
  ["double click or =", "pick all blocks at the same element path that have the same label or none; again, all"],
  ["]", "pick to the end of this element; again, of the element around it"],
  ["arrows, with shift", "move, pick to here; right and left go to blocks without a label"],
  ["a letter", "give its label; capitals are small letters"],
  ["1, 2, 3, then a letter or number", "role first: body, optional, boilerplate, then the label"],
  ["space, Enter, 0", "accept what is suggested for the picked blocks, for the group around, for all"],
  ["Del", "take the label away"],
  ["u or Ctrl+Z, Ctrl+Y", "one step back, and forth again, also of earlier sessions"],
  ["Ctrl+Enter", "next page with something left"],
  ["?", "these keys"],
];

function help() {
  byId("help").replaceChildren(
    element("table", {}, ...HELP.map(([key, what]) =>
      element("tr", {}, element("th", { textContent: key }), element("td", { textContent: what })))),
    element("button", { textContent: "Close", onclick: () => byId("help").close() }));
  byId("help").showModal();
}

// Which side a person scrolls leads for a moment; the other follows without leading back. What is picked comes into
// sight on each side by itself.
function scrollTogether() {
  let leader = null;
  let until = 0;
  on("picked", () => {
    leader = null;
    until = performance.now() + 300;
  });
  const lead = (name, follow) => () => {
    const now = performance.now();
    if (leader !== name && now < until) return;
    leader = name;
    until = now + 150;
    requestAnimationFrame(follow);
  };
  byId("blocks").addEventListener("scroll",
    lead("list", () => frame.scrollTo(list.firstVisible())), { passive: true });
  return lead("frame", () => list.scrollTo(frame.firstVisible()));
}

function listenToButtons() {
  let revealed = false;
  byId("undo").addEventListener("click", () => back("undo"));
  byId("redo").addEventListener("click", () => back("redo"));
  byId("accept-all").addEventListener("click", acceptAll);
  byId("show-queue").addEventListener("click", queue.show);
  byId("unsure").addEventListener("click", queue.remark);
  byId("show-settle").addEventListener("click", settle.show);
  byId("next").addEventListener("click", queue.next);
  byId("reveal").addEventListener("click", () => {
    revealed = !revealed;
    frame.reveal(revealed);
    byId("reveal").textContent = revealed ? "Hide again" : "Show hidden";
  });
  on("page", () => { revealed = false; byId("reveal").textContent = "Show hidden"; showSaved(); });
  // What is missing besides labels is the next thing to do.
  afterStep(() => {
    const missing = ["title", "language", "page_type"].some((key) => state.facts[key] === "");
    if (missing && !left()) panels.show("facts");
  });
  keys.command("Ctrl+Enter", queue.next);
  keys.command("?", help);
}

async function begin() {
  const start = await ask("start");
  legend.begin(start.labels);
  list.begin();
  keys.begin(start.labels);
  frame.begin(keys.pressedKey, scrollTogether());
  strip.begin(start.labels);
  panels.begin();
  facts.begin(start.known);
  suggestions.begin();
  queue.begin(start.queue);
  settle.begin();
  if (start.annotator === null) queue.beside(form);
  byId("show-settle").hidden = start.annotator !== null;
  listenToButtons();
  const first = queue.first();
  if (first) await queue.go(first);
  else queue.show();
  document.body.dataset.ready = "";
}

begin().catch((error) => say(error.message, true));
