// The page that is being labelled: blocks, labels, suggestions, what is picked.

export const NONE = "?";

export const state = {
  document: "", texts: [], paths: [], ends: [], labels: [], suggestions: [],
  picked: new Set(), anchor: 0, cursor: 0, version: 0, canUndo: false, canRedo: false, facts: {},
};

// Views are told which blocks changed: their labels and suggestions, or what is picked.
const views = { labels: [], picked: [], page: [] };

export const on = (kind, view) => views[kind].push(view);
export const tell = (kind, indices) => { for (const view of views[kind]) view(indices); };

export function openPage(page) {
  Object.assign(state, page, { suggestions: [], picked: new Set(), anchor: 0, cursor: 0 });
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

export function setSuggestions(suggestions) {
  const changed = [];
  for (let index = 0; index < state.texts.length; index++) {
    if (state.suggestions[index] !== suggestions[index]) changed.push(index);
  }
  state.suggestions = suggestions;
  tell("labels", changed);
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

function setPicked(picked) {
  const before = state.picked;
  state.picked = picked;
  tell("picked", new Set([...before, ...picked, state.cursor]));
}

export function pick(index) {
  if (!state.texts.length) return;
  const before = state.cursor;
  state.anchor = state.cursor = Math.max(0, Math.min(index, state.texts.length - 1));
  setPicked(new Set([state.cursor]));
  tell("picked", new Set([before]));
}

export function extend(index) {
  const before = state.cursor;
  state.cursor = Math.max(0, Math.min(index, state.texts.length - 1));
  const [first, last] = [Math.min(state.anchor, state.cursor), Math.max(state.anchor, state.cursor)];
  setPicked(new Set(Array.from({ length: last - first + 1 }, (_, offset) => first + offset)));
  tell("picked", new Set([before]));
}

// All blocks at the path of this one that have its label, or none as it has none; a second time, all at the path.
export function pickPath(index) {
  const alike = [...state.paths.keys()].filter((other) => state.paths[other] === state.paths[index]);
  const narrow = alike.filter((other) => state.labels[other] === state.labels[index]);
  const again = state.picked.size === narrow.length && narrow.every((other) => state.picked.has(other));
  const before = state.cursor;
  state.anchor = state.cursor = index;
  setPicked(new Set(again && narrow.length < alike.length ? alike : narrow));
  tell("picked", new Set([before]));
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
