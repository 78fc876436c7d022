"""The traps that boilerbench's own gold must cover, by the names that stand for them in document.toml."""

from __future__ import annotations

from boilerbench.corpora.gold import GoldCorpus
from tables.markdown import code, table

_SHOWN = 4
TRAPS: dict[str, tuple[str, ...]] = {
    "related rails after the body": ("related-rail-after-body",),
    "related rails inside the body": ("related-rail-inside-body",),
    "teasers cut with dots": ("teasers-cut-with-dots",),
    "body in `div`s and `br`s only": (
        "body-in-divs-and-brs-only",
        "body-in-brs-only",
        "body-in-divs-only",
        "body-in-divs-with-brs-and-nbsp",
        "lines-in-brs",
    ),
    "body split over sections": ("body-split-over-sections",),
    "body in layout tables": ("body-in-tables", "table-layout", "layout-tables", "posts-in-tables"),
    "short body with long chrome": ("short-body-long-chrome",),
    "comments longer than the body": ("comments-longer-than-body",),
    "adverts in the text": ("in-text-advert",),
    "subscribe boxes in the text": (
        "subscribe-box-in-body",
        "newsletter-box-in-body",
        "in-text-newsletter",
        "telegram-call-to-action-in-body",
        "whatsapp-call-to-action-in-body",
    ),
    "consent wall": ("consent-wall-longer-than-body",),
    "pay-wall stub": ("paywall-stub",),
    "pull quotes repeated": ("pull-quote-repeated",),
    "captions": ("caption",),
    "lists as the whole body": ("lists-as-the-whole-body", "lists-as-body"),
    "code": ("code-blocks",),
    "definition lists": ("definition-lists", "definition-list"),
    "footnotes": ("footnotes",),
    "tabs and accordions": ("tabs-and-accordions", "tabs", "accordions", "body-in-accordions"),
    "hashed class names": ("hashed-class-names",),
    "no class names": ("no-class-names",),
    "body in JSON-LD as well": ("body-in-json-ld-and-visible", "json-ld-repeats-body"),
    "AMP": ("amp",),
    "a second article below": ("second-article-below",),
    "printed header repeated": ("printed-header-repeated",),
    "boilerplate words as body": ("boilerplate-words-as-body",),
    "body that looks like navigation": ("body-looks-like-navigation",),
    "unclosed tags": ("unclosed-tags",),
    "nested tables": ("nested-tables",),
    "`<base>`": ("base-element",),
    "entities and numeric references": ("entities-and-numeric-references", "entities"),
    "right-to-left with left-to-right islands": ("right-to-left-with-left-to-right-islands",),
    "ruby": ("ruby",),
    "soft hyphens": ("soft-hyphens",),
    "combining characters": ("combining-characters",),
    "legacy encodings": ("legacy-encoding",),
    "UTF-16": ("utf-16",),
    "wrong charset declared": ("wrong-charset-declared",),
    "no spaces between words": ("no-spaces-between-words",),
    "a menu twice, for two screens": ("menu-twice",),
    "headline again in bars, dialogs and controls": (
        "sticky-bar-repeats-headline",
        "sticky-bar-repeats-title",
        "sticky-header-repeats-headline",
        "share-dialog-repeats-headline",
        "title-repeated-in-controls",
    ),
    "body in JSON for scripts as well": (
        "body-in-json-state",
        "hydration-json-repeats-body",
        "transfer-state-repeats-body",
    ),
    "filled by scripts": ("filled-by-scripts", "body-in-template"),
    "consent dialogs in platforms' form": (
        "consent-dialog",
        "consent-dialog-hidden",
        "consent-placeholder-for-video",
    ),
    "dialogs and messages that style sheets hide": (
        "dialogs-hidden-by-style-sheet",
        "form-messages-hidden-by-style-sheet",
        "login-dialog-hidden-by-style-sheet",
        "feedback-form-hidden-by-style-sheet",
        "tab-panels-hidden-by-class",
    ),
    "articles without end": (
        "infinite-scroll",
        "four-further-articles",
        "articles-below-look-like-the-first",
    ),
    "cards as the body": ("cards-as-body", "sixty-teasers", "sponsored-cards-among-hits"),
    "threads of many posts": ("two-hundred-posts", "twenty-five-answers", "eighty-entries"),
    "bodies of a book's chapter": ("fifteen-thousand-words", "numbered-paragraphs"),
    "contents that repeat headings": (
        "contents-repeat-headings",
        "contents-twice",
        "table-of-contents-repeats-headings",
        "table-of-contents",
    ),
    "side menus longer than the body": ("side-menu-longer-than-body", "two-side-navigations"),
    "affiliate boxes and widgets in the body": (
        "affiliate-boxes-in-body",
        "affiliate-cells-in-table",
        "hotel-widgets-inside-body",
    ),
    "variants, hits and teasers by the dozen": ("variant-grid-of-60-rows", "product-card-grids"),
    "attributes of frameworks": (
        "framework-attributes",
        "attribute-noise",
        "utility-class-names",
        "custom-elements",
        "view-state",
    ),
    "other voices: typos, bad prose, machine translation": (
        "typos-and-half-sentences",
        "repetitive-text",
        "machine-translated-prose",
    ),
    "no body at all": ("no-body-at-all",),
}


def traps() -> str:
    """Each trap, its names, and the documents that have it."""
    corpus = GoldCorpus.open("")
    named = {document: set(corpus.metadata(document).traps) for document in corpus.ids()}
    rows = []
    for trap, names in TRAPS.items():
        documents = [document for document, has in named.items() if has & set(names)]
        if not all(any(name in has for has in named.values()) for name in names):
            raise ValueError(f"no document has one of the traps {', '.join(names)}")
        shown = documents[: _SHOWN if len(documents) > _SHOWN + 1 else None]
        more = f", and {len(documents) - len(shown)} more" if len(documents) > len(shown) else ""
        rows.append((trap, ", ".join(map(code, names)), ", ".join(shown) + more))
    return table(("trap", "named", "in"), rows)
