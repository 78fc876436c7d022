// Article HTML by Extractus' article-extractor, which cleans what Readability.js finds

import { textOf } from "./_dom_text.mjs";

export const PACKAGE = "@extractus/article-extractor";
export const LICENCE = "MIT";
export const HOME = "https://github.com/extractus/article-extractor";
export const TAKES = "text";
// It brings linkedom itself; pinned here so that its DOM is the one under the other tools.
export const NEEDS = {"linkedom": "0.18.14"};
export const OPTIONS = {"as": ["text", "html"]};

// `extractFromHtml(page, url)`, of which the content, which is HTML, as it is or as text.
export async function load({ as = "text" }, tool) {
  const { parseHTML } = await tool("linkedom");
  const { extractFromHtml } = await tool(PACKAGE);
  return async (page, url) => {
    // It returns nothing where neither the page nor its caller names an address.
    const article = await extractFromHtml(page, url ?? "https://page.invalid/");
    return article && (as === "html" ? article.content : textOf(article.content, parseHTML));
  };
}
