// document.toml as a form: every value is saved when its field is left.

import { change } from "./api.js";
import { byId, element, say } from "./dom.js";
import { refreshSoon } from "./panels.js";
import { on, state } from "./state.js";

const form = byId("tab-facts");
let known = {};

async function save(key, text) {
  if (state.facts[key] === text) return;
  try {
    state.facts = await change("facts", { document: state.document, facts: { [key]: text } });
  } catch (error) {
    say(error.message, true);
  }
  draw();
  refreshSoon();
}

function chips(key) {
  const listed = key === "traps";
  const values = listed ? state.facts[key].split(",").map((each) => each.trim()).filter(Boolean) : [state.facts[key]];
  const chip = (name) => {
    const pressed = values.includes(name);
    const after = listed ? (pressed ? values.filter((each) => each !== name) : [...values, name]).join(", ") : name;
    const made = element("button", { type: "button", textContent: name, onclick: () => save(key, after) });
    made.setAttribute("aria-pressed", pressed);
    return made;
  };
  return element("div", { className: "chips" }, ...(known[key] ?? []).map(chip));
}

function draw() {
  // What is being typed meanwhile stays.
  const focused = form.contains(document.activeElement) ? document.activeElement : null;
  form.replaceChildren(...Object.entries(state.facts).flatMap(([key, text]) => [
    element("label", { htmlFor: `fact-${key}`, textContent: key }),
    element("input", {
      id: `fact-${key}`, name: key, value: text, autocomplete: "off",
      onchange: (event) => save(key, event.target.value),
    }),
    ...(key in known ? [chips(key)] : []),
  ]));
  const again = focused?.name && form.elements[focused.name];
  if (again) {
    again.value = focused.value;
    again.focus();
    again.setSelectionRange(focused.selectionStart, focused.selectionEnd);
  }
}

export function begin(values) {
  known = values;
  form.addEventListener("submit", (event) => event.preventDefault());
  on("page", draw);
}
