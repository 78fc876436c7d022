// Readability.js, its HTML made Markdown by Turndown

export const PACKAGE = "@mozilla/readability";
export const LICENCE = "Apache-2.0";
export const HOME = "https://github.com/mixmark-io/turndown";
export const TAKES = "text";
export const NEEDS = {"linkedom": "0.18.14", "turndown": "7.2.5"};
export const OPTIONS = {"as": ["markdown"]};

// `turndown(new Readability(document).parse().content)`, as services do that hand pages to language models.
export async function load(_options, tool) {
  const { Readability } = await tool(PACKAGE);
  const { parseHTML } = await tool("linkedom");
  const { default: TurndownService } = await tool("turndown");
  const service = new TurndownService();
  return (page) => {
    const article = new Readability(parseHTML(page).document).parse();
    return article && service.turndown(article.content ?? "");
  };
}
