// Firefox's reader view by Mozilla's Readability.js, on the DOM of linkedom or jsdom

export const PACKAGE = "@mozilla/readability";
export const LICENCE = "Apache-2.0";
export const HOME = "https://github.com/mozilla/readability";
export const TAKES = "text";
// From 27.1.0 up to 29.1.1, jsdom throws on some style sheets before Readability.js is asked.
export const NEEDS = {"linkedom": "0.18.14", "jsdom": "27.0.1"};

// Their values, the default first.
export const OPTIONS = {"dom": ["linkedom", "jsdom"], "as": ["text", "html"]};

// `new Readability(document).parse()`, of which the text or the HTML; its documentation leaves the DOM to its
// user.
export async function load({ dom = "linkedom", as = "text" }, tool) {
  const { Readability } = await tool(PACKAGE);
  const field = as === "html" ? "content" : "textContent";
  const read = (document) => new Readability(document).parse()?.[field] ?? null;

  if (dom === "linkedom") {
    const { parseHTML } = await tool("linkedom");
    return (page) => read(parseHTML(page).document);
  }
  if (dom === "jsdom") {
    const { JSDOM } = await tool("jsdom");
    return (page, url) => {
      // Its defaults run no script and load nothing.
      const { window } = new JSDOM(page, { url: url ?? "https://page.invalid/" });
      try {
        return read(window.document);
      } finally {
        // What a window holds would otherwise outlive the page.
        window.close();
      }
    };
  }
  throw new TypeError(`no dom ${dom}`);
}
