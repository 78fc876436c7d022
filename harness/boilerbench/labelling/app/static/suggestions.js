// Suggestions: asked for after each step, shown greyed, never saved before they are accepted.

import { ask } from "./api.js";
import { byId } from "./dom.js";
import { afterStep } from "./labelling.js";
import { isSuggested, on, setSuggestions, state } from "./state.js";

const AGAIN = 700;
let asked = 0;

async function refresh() {
  const { document: name } = state;
  const mine = ++asked;
  const answered = await ask("suggestions", { document: name }).catch(() => ({ ready: true, labels: [] }));
  if (mine !== asked || name !== state.document) return;
  if (!answered.ready) setTimeout(() => mine === asked && refresh(), AGAIN);
  else setSuggestions(answered.labels);
  byId("desk").dataset.fresh = Number(answered.ready);
  const number = state.labels.keys().reduce((sum, index) => sum + isSuggested(index), 0);
  byId("accept-all").hidden = !number;
  byId("accept-all").textContent = `Accept all ${number}`;
}

export function begin() {
  on("page", refresh);
  on("labels", () => { byId("desk").dataset.fresh = 0; });
  afterStep(refresh);
}
