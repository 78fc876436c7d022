"""Fit Markdown by Crawl4AI, whose filter prunes by text and link density or ranks by BM25."""

from __future__ import annotations

import asyncio
import os
from collections.abc import Callable
from typing import Any, Literal

PACKAGE = "crawl4ai"
LICENCE = "Apache-2.0"
HOME = "https://docs.crawl4ai.com"
TAKES = "text"
GROUP = "heavy"


def load(
    *,
    content_filter: Literal["pruning", "bm25"] = "pruning",
    threshold: float = 0.48,
    threshold_type: Literal["fixed", "dynamic"] = "fixed",
    min_word_threshold: int = 0,
    bm25_threshold: float = 1.0,
    mode: Literal["markdown", "html"] = "markdown",
) -> Callable[[str, str | None], str | None]:
    """Return ``result.markdown.fit_markdown`` of a crawl of the page itself, without a browser.

    BM25 ranks by the page's own title and headings where no query is given, as here.
    """
    # What it writes for a cache, and the notice that it prints once.
    os.environ.setdefault("CRAWL4_AI_BASE_DIRECTORY", os.environ.get("HOME", "."))
    os.environ["CRAWL4AI_NO_CLOUD_NOTICE"] = "1"
    from crawl4ai import AsyncWebCrawler, CacheMode, CrawlerRunConfig
    from crawl4ai.async_crawler_strategy import AsyncHTTPCrawlerStrategy
    from crawl4ai.content_filter_strategy import BM25ContentFilter, PruningContentFilter
    from crawl4ai.markdown_generation_strategy import DefaultMarkdownGenerator

    chosen: Any
    if content_filter == "bm25":
        chosen = BM25ContentFilter(bm25_threshold=bm25_threshold)
    else:
        chosen = PruningContentFilter(
            threshold=threshold, threshold_type=threshold_type, min_word_threshold=min_word_threshold
        )
    given = CrawlerRunConfig(
        cache_mode=CacheMode.BYPASS,
        verbose=False,
        markdown_generator=DefaultMarkdownGenerator(content_filter=chosen),
    )
    loop = asyncio.new_event_loop()
    crawler = AsyncWebCrawler(crawler_strategy=AsyncHTTPCrawlerStrategy(), verbose=False)
    loop.run_until_complete(crawler.start())

    def extract(page: str, url: str | None) -> str | None:
        result = loop.run_until_complete(crawler.arun(url=f"raw:{page}", config=given))
        if not result.success:
            raise RuntimeError(str(result.error_message))
        markdown = result.markdown
        text: str | None = markdown.fit_html if mode == "html" else markdown.fit_markdown
        return text

    return extract
