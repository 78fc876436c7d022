// Suggestions: shown greyed, never saved before they are accepted. Each step brings those that it changes.

import { ask } from "./api.js";
import { byId, setText } from "./dom.js";
import { afterStep } from "./labelling.js";
import { isSuggested, on, state, takeSuggestions } from "./state.js";

const AGAIN = 700;
let asked = 0;

function show(ready) {
  byId("desk").dataset.fresh = Number(ready);
  const number = state.labels.keys().reduce((sum, index) => sum + isSuggested(index), 0);
  byId("accept-all").hidden = !number;
  setText(byId("accept-all"), `Accept all ${number}`);
}

async function refresh() {
  const { document: name } = state;
  const mine = ++asked;
  const answered = await ask("suggestions", { document: name }).catch(() => ({ ready: true, labels: [] }));
  if (mine !== asked || name !== state.document) return;
  if (!answered.ready) setTimeout(() => mine === asked && refresh(), AGAIN);
  else takeSuggestions(answered);
  show(answered.ready);
}

export function begin() {
  on("page", refresh);
  on("labels", () => { byId("desk").dataset.fresh = 0; });
  afterStep((answered) => {
    if (!answered?.suggestions) refresh();
    else {
      asked++;
      show(true);
    }
  });
}
