// Keys. A capital is its small letter, so that a slip of the shift key changes no role.

import { acceptAll, acceptGroup, acceptPicked, back, label } from "./labelling.js";
import { narrow } from "./legend.js";
import { NONE, extend, nextUnlabelled, pick, pickElement, pickPath, state } from "./state.js";

const ROLES = ["body", "optional", "boilerplate"];
export const keys = {};
let ofRoles = {};
let among = null;
const commands = {};

export const command = (key, call) => { commands[key] = call; };

function chooseRole(digit) {
  among = digit === null ? null : ofRoles[ROLES[digit - 1]];
  narrow(among);
}

// The second key after that of a role: the label's own key, or its number in the role.
function labelAmong(key) {
  const name = /^[1-9]$/.test(key) ? among[key - 1] : keys[key];
  if (among.includes(name)) label(name);
  chooseRole(null);
}

const moves = {
  ArrowDown: () => state.cursor + 1,
  ArrowUp: () => state.cursor - 1,
  PageDown: () => state.cursor + 15,
  PageUp: () => state.cursor - 15,
  Home: () => 0,
  End: () => state.texts.length - 1,
  ArrowRight: () => nextUnlabelled(state.cursor) ?? state.cursor,
  ArrowLeft: () => nextUnlabelled(state.cursor, -1) ?? state.cursor,
};

const plain = {
  "]": pickElement,
  "=": () => pickPath(state.cursor),
  " ": acceptPicked,
  Enter: acceptGroup,
  0: acceptAll,
  u: () => back("undo"),
  Delete: () => label(NONE),
  Backspace: () => label(NONE),
};

function isTyping(target) {
  return target.closest?.("input, textarea, select, dialog") || (target.closest?.("button") && target.ownerDocument === document);
}

export function pressedKey(event) {
  const key = event.key.length === 1 ? event.key.toLowerCase() : event.key;
  const control = event.ctrlKey || event.metaKey;
  if (event.isComposing || event.altKey || (isTyping(event.target) && !control)) return;
  let call = null;
  if (control) {
    if (key === "z") call = () => back(event.shiftKey ? "redo" : "undo");
    else if (key === "y") call = () => back("redo");
    else call = commands[`Ctrl+${key}`];
  } else if (among && (key.length === 1 || key === "Escape")) call = () => labelAmong(key);
  else if (/^[123]$/.test(key)) call = () => chooseRole(Number(key));
  else if (key in moves) call = () => (event.shiftKey ? extend : pick)(moves[key]());
  else call = plain[key] ?? commands[key] ?? (keys[key] && (() => label(keys[key])));
  if (!call) return;
  event.preventDefault();
  call();
}

export function begin(labels) {
  for (const each of labels) keys[each.key] = each.label;
  ofRoles = Object.fromEntries(ROLES.map((role) => [role, labels.filter((each) => each.role === role).map((each) => each.label)]));
  addEventListener("keydown", pressedKey);
}
