// New pages: from an address, from a file (of a WARC file, the page at the address), or from text.

import { change } from "./api.js";
import { element, say } from "./dom.js";
import { go } from "./queue.js";

async function encoded(file) {
  const bytes = new Uint8Array(await file.arrayBuffer());
  let binary = "";
  for (let start = 0; start < bytes.length; start += 32768) {
    binary += String.fromCharCode(...bytes.subarray(start, start + 32768));
  }
  return btoa(binary);
}

async function begin(values) {
  try {
    const made = await change("new", values);
    await go(made.document);
    if (made.remarks.length) say(made.remarks.join(" · "));
  } catch (error) {
    say(error.message, true);
  }
}

export function form() {
  const id = element("input", { placeholder: "id (made from the title)", name: "id" });
  const source = element("input", { placeholder: "https://… or a WARC file@address", name: "source" });
  const file = element("input", { type: "file", accept: ".html,.htm,.txt,.warc,.gz,.zst", name: "file" });
  const text = element("textarea", { placeholder: "or text, a line a block", name: "text" });
  const add = async () => {
    const values = { id: id.value };
    if (file.files.length) {
      Object.assign(values, { record: source.value.trim(), source: file.files[0].name, content: await encoded(file.files[0]), text: file.files[0].name.toLowerCase().endsWith(".txt") });
    } else if (text.value.trim()) Object.assign(values, { content: await encoded(new Blob([text.value])), text: true });
    else values.source = source.value.trim();
    await begin(values);
  };
  return element("details", {}, element("summary", { textContent: "New page" }),
    element("div", { className: "row" }, source, file, id), text,
    element("div", { className: "row" }, element("button", { textContent: "Add", onclick: add })));
}
