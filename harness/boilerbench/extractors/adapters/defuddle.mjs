// Obsidian Web Clipper's article finder, Defuddle, on the DOM of linkedom

import { textOf } from "./_dom_text.mjs";

export const PACKAGE = "defuddle";
export const LICENCE = "MIT";
export const HOME = "https://github.com/kepano/defuddle";
export const TAKES = "text";
export const NEEDS = {"linkedom": "0.18.14"};

// `Defuddle(document, url)`, of which the content, which is HTML, as text.
export async function load(_options, tool) {
  const { parseHTML } = await tool("linkedom");
  const { Defuddle } = await tool("defuddle/node");
  return async (page, url) => {
    // By default it asks sites' own services where it finds nothing in the page.
    const { content } = await Defuddle(parseHTML(page).document, url, { useAsync: false });
    return textOf(content, parseHTML);
  };
}
