// The page as Markdown by mdream's engine in JavaScript; extracts content only as its minimal preset

export const PACKAGE = "@mdream/js";
export const LICENCE = "MIT";
export const HOME = "https://github.com/harlan-zw/mdream";
export const TAKES = "text";

// Their values, the default first; the minimal preset isolates main content and leaves out navigation.
export const OPTIONS = {"minimal": [false, true], "as": ["markdown"]};

// `htmlToMarkdown(page)`. Its engine in Rust wants Node 22.
export async function load({ minimal = false }, tool) {
  const { htmlToMarkdown, withMinimalPreset } = await tool(PACKAGE);
  const options = (url) => ({ origin: url ?? undefined });
  return (page, url) => htmlToMarkdown(page, minimal ? withMinimalPreset(options(url)) : options(url));
}
