// Steps: shown at once, saved one after the other, taken back by the server's history.

import { change } from "./api.js";
import { byId, say, setText } from "./dom.js";
import { NONE, isSuggested, nextUnlabelled, pick, pickSuggested, setLabels, state, takeSuggestions } from "./state.js";

let waiting = 0;
const afterSteps = [];

export const afterStep = (call) => afterSteps.push(call);

export function showSaved() {
  setText(byId("saved"), waiting ? "saving…" : "saved");
  byId("saved").dataset.waiting = waiting;
  byId("undo").disabled = !state.canUndo && !waiting;
  byId("redo").disabled = !state.canRedo;
}

async function save(name, values) {
  const { document } = state;
  let answered = null;
  waiting++;
  showSaved();
  try {
    const known = () => ({ document, version: state.version, stamp: state.stamp, ...values });
    answered = await change(name, known);
    if (document === state.document) taken(answered);
    return answered;
  } catch (error) {
    say(`Not saved: ${error.message}`, true);
    return null;
  } finally {
    waiting--;
    showSaved();
    if (!waiting) for (const call of afterSteps) call(answered);
  }
}

function taken(answered) {
  const { version, canUndo, canRedo, labels, changed, suggestions, notice } = answered;
  Object.assign(state, { version, canUndo, canRedo });
  // What was pressed since is on its way, and must not flicker: the last answer then brings all labels.
  const fresh = labels?.entries() ?? Object.entries(changed ?? {}).map(([index, label]) => [Number(index), label]);
  if (waiting <= 1) setLabels(fresh);
  else if (labels || changed) state.version = null;
  if (suggestions) takeSuggestions(suggestions);
  if (notice) say(notice);
}

// What was done otherwise than by a key here, such as settling, is a step as well.
export function took(answered) {
  taken(answered);
  showSaved();
  for (const call of afterSteps) call(answered);
}

export function give(labels) {
  const first = Math.min(...Object.keys(labels).map(Number));
  if (!setLabels(Object.entries(labels).map(([index, label]) => [Number(index), label])).length) {
    pick(nextUnlabelled(first) ?? state.cursor);
    return;
  }
  state.canUndo = true;
  pick(nextUnlabelled(first) ?? Math.max(...state.picked));
  save("label", { labels });
}

export function label(name) {
  if (state.picked.size) give(Object.fromEntries([...state.picked].map((index) => [index, name])));
}

export function accept(indices) {
  const labels = {};
  for (const index of indices) if (isSuggested(index)) labels[index] = state.suggestions[index];
  if (Object.keys(labels).length) give(labels);
}

export const acceptPicked = () => accept(state.picked);
export const acceptGroup = () => isSuggested(state.cursor) && accept(pickSuggested(state.cursor));
export const acceptAll = () => accept(state.labels.keys());

export async function back(name) {
  const answered = await save(name, {});
  const [first] = Object.keys(answered?.changed ?? {});
  if (answered && first === undefined) {
    say(name === "undo" ? "Nothing to take back." : "Nothing to make again.");
  } else if (answered) {
    pick(Number(first));
  }
}

export const left = () => state.labels.reduce((sum, each) => sum + (each === NONE), 0);
