// Obsidian Web Clipper's article finder, Defuddle, on the DOM of linkedom

import { textOf } from "./_dom_text.mjs";

export const PACKAGE = "defuddle";
export const LICENCE = "MIT";
export const HOME = "https://github.com/kepano/defuddle";
export const TAKES = "text";
export const NEEDS = {"linkedom": "0.18.14"};
export const OPTIONS = {"as": ["text", "markdown", "html"]};

// `Defuddle(document, url)`, of which the content, which is HTML, as it is or as text; or its Markdown.
export async function load({ as = "text" }, tool) {
  const { parseHTML } = await tool("linkedom");
  const { Defuddle } = await tool("defuddle/node");
  return async (page, url) => {
    // By default it asks sites' own services where it finds nothing in the page.
    const options = { useAsync: false, markdown: as === "markdown" };
    const { content } = await Defuddle(parseHTML(page).document, url, options);
    return as === "text" ? textOf(content, parseHTML) : content;
  };
}
