// Readability.js rewritten for a tree of its own by mizchi, which returns Markdown

import { textOf } from "./_dom_text.mjs";

export const PACKAGE = "@mizchi/readability";
export const LICENCE = "Apache-2.0";
export const HOME = "https://github.com/mizchi/readability";
export const TAKES = "text";
export const NEEDS = {"linkedom": "0.18.14"};

// Their values, the default first.
export const OPTIONS = {"as": ["markdown", "html", "text"]};

// `toMarkdown(extract(page).root)`, or `toHTML` of the same, or that as text.
export async function load({ as = "markdown" }, tool) {
  const { extract, toHTML, toMarkdown } = await tool(PACKAGE);
  const { parseHTML } = await tool("linkedom");
  return (page) => {
    const { root } = extract(page, { charThreshold: 100 });
    if (!root) return null;
    if (as === "markdown") return toMarkdown(root);
    return as === "html" ? toHTML(root) : textOf(toHTML(root), parseHTML);
  };
}
