// Elements of the app's own page. Text of pages is only ever set as text.

export const byId = (id) => document.getElementById(id);

export function element(name, properties = {}, ...children) {
  const made = document.createElement(name);
  for (const [key, value] of Object.entries(properties)) {
    if (key.startsWith("on")) made.addEventListener(key.slice(2), value);
    else if (key in made) made[key] = value;
    else made.setAttribute(key, value);
  }
  made.append(...children);
  return made;
}

// A text that is set again is laid out again, even if it is the same.
export function setText(node, text) {
  if (node.textContent !== String(text)) node.textContent = text;
}

// However often it is called, the drawing is done once, before the next frame.
export function oncePerFrame(draw) {
  let asked = false;
  return () => {
    if (asked) return;
    asked = true;
    requestAnimationFrame(() => {
      asked = false;
      draw();
    });
  };
}

let hiding = 0;

export function say(text, bad = false) {
  const notice = byId("notice");
  notice.textContent = text;
  notice.classList.toggle("bad", bad);
  notice.hidden = !text;
  clearTimeout(hiding);
  if (text && !bad) hiding = setTimeout(() => { notice.hidden = true; }, 6000);
}
