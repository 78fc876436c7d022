// The whole page as text by html-to-text, with the addresses of links; no content extraction

export const PACKAGE = "html-to-text";
export const LICENCE = "MIT";
export const HOME = "https://github.com/html-to-text/node-html-to-text";
export const TAKES = "text";
export const CAUTION = "writes the addresses of links and images beside their text, which count as words";

// Their values, the default first: the column at which lines are broken.
export const OPTIONS = {"wordwrap": [80, false]};

// `convert(page)`.
export async function load({ wordwrap = 80 }, tool) {
  const { convert } = await tool(PACKAGE);
  return (page) => convert(page, { wordwrap });
}
