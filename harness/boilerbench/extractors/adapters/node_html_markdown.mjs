// The whole page as Markdown by node-html-markdown; no content extraction

export const PACKAGE = "node-html-markdown";
export const LICENCE = "MIT";
export const HOME = "https://github.com/crosstype/node-html-markdown";
export const TAKES = "text";
export const CAUTION = "writes Markdown, in which the addresses of links and images count as words";

// `NodeHtmlMarkdown.translate(page)`.
export async function load(_options, tool) {
  const { NodeHtmlMarkdown } = await tool(PACKAGE);
  return (page) => NodeHtmlMarkdown.translate(page);
}
