// The legend: every label with its key, its colour and how many blocks have it.

import { byId, element, setText } from "./dom.js";
import { label as give } from "./labelling.js";
import { NONE, on, state } from "./state.js";

const legend = byId("legend");
const entries = {};

function count() {
  const counts = {};
  for (const name of state.labels) counts[name] = (counts[name] ?? 0) + 1;
  for (const [name, entry] of Object.entries(entries)) setText(entry.lastChild, counts[name] ?? 0);
}

// Only the labels of one role may be given next; all where there is none.
export function narrow(labels) {
  for (const [name, entry] of Object.entries(entries)) {
    const place = labels?.indexOf(name) ?? -1;
    entry.classList.toggle("off", Boolean(labels) && place < 0);
    if (name !== NONE) entry.querySelector("kbd").textContent = place >= 0 && place < 9
      ? `${entry.dataset.key} ${place + 1}` : entry.dataset.key;
  }
}

export function begin(labels) {
  let role = "";
  for (const each of labels) {
    if (each.role !== role) {
      role = each.role;
      const digit = ["body", "optional", "boilerplate"].indexOf(role) + 1;
      legend.append(element("span", { className: "role" }, `${role} `, element("kbd", { textContent: digit })));
    }
    entries[each.label] = element("button", {
      className: "entry", tabIndex: -1, title: `${each.label}: ${each.role}`, onclick: () => give(each.label),
    }, element("span", { className: "swatch" }), element("kbd", { textContent: each.key }), each.label,
    element("span", { className: "count" }));
    entries[each.label].dataset.key = each.key;
    entries[each.label].dataset.shownLabel = each.label;
    entries[each.label].style.setProperty("background", "none", "important");
    legend.append(entries[each.label]);
  }
  entries[NONE] = element("button", { className: "entry", tabIndex: -1, title: "Take the label away", onclick: () => give(NONE) },
    element("kbd", { textContent: "Del" }), "no label", element("span", { className: "count" }));
  legend.append(entries[NONE]);
  on("labels", count);
  on("page", count);
}
