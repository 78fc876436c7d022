// arc90's Readability on a stream of tags, by readabilitySAX

import { textOf } from "./_dom_text.mjs";

export const PACKAGE = "readabilitySAX";
export const LICENCE = "BSD-2-Clause";
export const HOME = "https://github.com/fb55/readabilitySAX";
export const TAKES = "text";
export const STATUS = "abandoned";
export const NEEDS = {"linkedom": "0.18.14"};

// What `new WritableStream({ type, pageURL }, callback)` finds, its HTML as text.
export async function load(_options, tool) {
  const { parseHTML } = await tool("linkedom");
  const { default: readability } = await tool(PACKAGE);
  return (page, url) => {
    let article = null;
    const settings = { type: "html", ...(url && { pageURL: url }) };
    const stream = new readability.WritableStream(settings, (result) => {
      article = result;
    });
    stream.end(page);
    return article && textOf(article.html, parseHTML);
  };
}
