// The page that is being labelled: blocks, labels, suggestions, what is picked.

export const NONE = "?";

export const state = {
  document: "", texts: [], paths: [], ends: [], labels: [], suggestions: [],
  picked: new Set(), anchor: 0, cursor: 0, version: 0, stamp: null, canUndo: false, canRedo: false, facts: {},
};

// Views are told which blocks changed: their labels and suggestions, or what is picked.
const views = { labels: [], picked: [], page: [] };

export const on = (kind, view) => views[kind].push(view);
export const tell = (kind, indices) => { for (const view of views[kind]) view(indices); };

export function openPage(page) {
  Object.assign(state, page, { suggestions: [], stamp: null, picked: new Set(), anchor: 0, cursor: 0 });
  tell("page");
  pick(nextUnlabelled(-1) ?? 0);
}

export function setLabels(labels) {
  const changed = [];
  for (const [index, label] of labels) {
    if (state.labels[index] !== label) {
      state.labels[index] = label;
      changed.push(index);
    }
  }
  if (changed.length) tell("labels", changed);
  return changed;
}

// All suggestions, or those that have changed since the last ones.
export function takeSuggestions({ stamp, labels, changed }) {
  const indices = [];
  const fresh = labels ? state.texts.map((_, index) => [index, labels[index]]) : Object.entries(changed);
  for (const [index, label] of fresh) {
    if (state.suggestions[index] === label) continue;
    state.suggestions[index] = label;
    indices.push(Number(index));
  }
  state.stamp = stamp;
  tell("labels", indices);
}

// The label that a block has, or would have.
export function shown(index) {
  const label = state.labels[index];
  return label !== NONE ? label : state.suggestions[index] || NONE;
}

export const isSuggested = (index) => state.labels[index] === NONE && Boolean(state.suggestions[index]);

export function nextUnlabelled(after, step = 1) {
  const number = state.labels.length;
  for (let tried = 1; tried <= number; tried++) {
    const index = (((after + step * tried) % number) + number) % number;
    if (state.labels[index] === NONE) return index;
  }
  return null;
}

function setPicked(picked, anchor, cursor) {
  const changed = new Set([...state.picked, ...picked, state.cursor, cursor]);
  Object.assign(state, { picked, anchor, cursor });
  tell("picked", changed);
}

const within = (index) => Math.max(0, Math.min(index, state.texts.length - 1));

export function pick(index) {
  if (!state.texts.length) return;
  const cursor = within(index);
  setPicked(new Set([cursor]), cursor, cursor);
}

export function extend(index) {
  if (!state.texts.length) return;
  const cursor = within(index);
  const [first, last] = [Math.min(state.anchor, cursor), Math.max(state.anchor, cursor)];
  setPicked(new Set(Array.from({ length: last - first + 1 }, (_, offset) => first + offset)), state.anchor, cursor);
}

// All blocks at the path of this one that have its label, or none as it has none; a second time, all at the path.
export function pickPath(index) {
  const alike = [...state.paths.keys()].filter((other) => state.paths[other] === state.paths[index]);
  const narrow = alike.filter((other) => state.labels[other] === state.labels[index]);
  const again = state.picked.size === narrow.length && narrow.every((other) => state.picked.has(other));
  setPicked(new Set(again && narrow.length < alike.length ? alike : narrow), index, index);
}

// From the first picked block to the end of its element; again, to the end of the element around it.
export function pickElement() {
  const first = Math.min(...state.picked);
  const last = Math.max(...state.picked);
  const end = state.ends[first].find((each) => each > last);
  if (end !== undefined) {
    state.anchor = first;
    extend(end);
  }
}

// Blocks beside this one for which the same is suggested.
export function pickSuggested(index) {
  let [first, last] = [index, index];
  const same = (other) => isSuggested(other) && state.suggestions[other] === state.suggestions[index];
  while (same(first - 1)) first--;
  while (same(last + 1)) last++;
  return Array.from({ length: last - first + 1 }, (_, offset) => first + offset);
}
