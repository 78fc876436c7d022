// Article text by unfluff, Goose's stop-word rules in JavaScript

export const PACKAGE = "unfluff";
export const LICENCE = "Apache-2.0";
export const HOME = "https://github.com/ageitgey/node-unfluff";
export const TAKES = "text";
export const STATUS = "abandoned";

// `extractor(page).text`.
export async function load(_options, tool) {
  const { default: extractor } = await tool(PACKAGE);
  return (page) => extractor(page).text;
}
