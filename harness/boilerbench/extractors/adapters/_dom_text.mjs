// The visible text of HTML that a tool returned, for the adapters of tools that return no text

// What the HTML standard's style sheet puts on lines of its own, and the line break.
const BLOCKS = new Set(
  (
    "address article aside blockquote body br caption center dd details dialog dir div dl dt fieldset " +
    "figcaption figure footer form h1 h2 h3 h4 h5 h6 header hgroup hr legend li main menu nav ol optgroup " +
    "option p pre search section summary table tbody td tfoot th thead tr ul"
  ).split(" "),
);
const UNSEEN = new Set(["head", "script", "style", "template", "title"]);

const ELEMENT = 1;
const TEXT = 3;

// The text of `html`, each of its blocks on a line of its own; `parseHTML` is linkedom's.
export function textOf(html, parseHTML) {
  // linkedom takes the first element for the root and drops what follows its end, so the root is one that no
  // page can end.
  const root = parseHTML(`<all-of-it>${html}</all-of-it>`).document.documentElement;
  const lines = new Lines();
  // A walk without recursion: pages may nest deeper than the stack.
  let node = root;
  for (;;) {
    if (node.nodeType === TEXT) lines.add(node.data);
    const seen = node.nodeType === ELEMENT && !UNSEEN.has(node.localName);
    if (seen) lines.enter(node.localName);
    if (seen && node.firstChild) {
      node = node.firstChild;
      continue;
    }
    if (seen) lines.leave(node.localName);
    while (node !== root && !node.nextSibling) {
      node = node.parentNode;
      lines.leave(node.localName);
    }
    if (node === root) return lines.text();
    node = node.nextSibling;
  }
}

// White space is folded as a browser folds it, except where it is preformatted.
class Lines {
  #parts = [];
  #empty = true;
  #space = false;
  #preformatted = 0;

  add(data) {
    if (this.#preformatted) {
      this.#parts.push(data);
      this.#empty = data ? data.endsWith("\n") : this.#empty;
      return;
    }
    const words = data.split(/[ \t\n\f\r]+/);
    // White space at an end leaves an empty word there.
    this.#space ||= words.length > 1 && words[0] === "";
    const last = words.at(-1);
    const said = words.filter(Boolean).join(" ");
    if (!said) return;
    this.#parts.push(this.#space && !this.#empty ? ` ${said}` : said);
    this.#empty = false;
    this.#space = last === "";
  }

  enter(name) {
    if (BLOCKS.has(name)) this.#end();
    if (name === "pre") this.#preformatted += 1;
  }

  leave(name) {
    if (BLOCKS.has(name)) this.#end();
    if (name === "pre") this.#preformatted -= 1;
  }

  text() {
    return this.#parts.join("").trim();
  }

  #end() {
    if (!this.#empty) this.#parts.push("\n");
    this.#empty = true;
    this.#space = false;
  }
}
