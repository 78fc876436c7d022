// The whole page as Markdown by node-html-markdown; no content extraction

export const PACKAGE = "node-html-markdown";
export const LICENCE = "MIT";
export const HOME = "https://github.com/crosstype/node-html-markdown";
export const TAKES = "text";
export const OPTIONS = {"as": ["markdown"]};

// `NodeHtmlMarkdown.translate(page)`.
export async function load(_options, tool) {
  const { NodeHtmlMarkdown } = await tool(PACKAGE);
  return (page) => NodeHtmlMarkdown.translate(page);
}
