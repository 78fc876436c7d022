"""The gold format, labels and policy, and figures of boilerbench's own gold."""

from __future__ import annotations

import textwrap
from collections import Counter

from boilerbench.corpora.gold import KEYS as TOML_KEYS
from boilerbench.corpora.gold import REQUIRED, GoldCorpus
from boilerbench.corpora.gold_versions import gold_versions
from boilerbench.labelling.agreement import agreement as annotators_agreement
from boilerbench.labelling.gold_stats import gold_statistics
from boilerbench.labelling.keys import KEYS
from boilerbench.policy import Role, default_policy
from tables.markdown import code, described, table

_LABELS = {
    "heading": "a heading of a part of the body, not the page's headline",
    "paragraph": "running text: paragraphs, standfirst, stanzas, posts of a thread",
    "list": "list items, terms and definitions, footnotes, references",
    "quote": "quotations set off that are no repetitions; testimonials",
    "code": "code, commands, listings",
    "table": "cells of data tables and info boxes",
    "formula": "formulas set off",
    "entry": "teasers, hits or tiles of the listing that the page is there for",
    "title": "the headline, and repetitions of it beside the body",
    "byline": "authors, posters, author boxes, contributors, contact cards, editorial notes about the work",
    "date": "dates, times, reading time",
    "caption": "captions and credits; what repeats the body: pull quotes, earlier posts quoted, verdicts",
    "navigation": "menus, footer links, breadcrumbs, contents, pagination, addresses, site name, skip links",
    "related": "teasers beside the body, read also, most read, other products or jobs, a second article",
    "share": "share and follow buttons, feeds, counts of shares",
    "subscribe": "newsletters, subscriptions, paywall offers, calls to an app or a channel, donations",
    "advert": "advertisements, sponsored boxes and lines, affiliate prices, offers of the site's own",
    "consent": "cookie and privacy dialogs, and what opens them",
    "comment": "comments and reviews by readers, with names, dates and form",
    "tags": "tags, categories, hashtags",
    "legal": "copyright, imprint; terms, privacy, accessibility, and links to them",
    "interface": "buttons, search, log-in, cart, forms, counters, user cards, players, prices, widgets",
}
_TOML = {
    "title": "the headline as it stands on the page, not the site's `<title>`",
    "language": "BCP 47, as `en-GB`",
    "page_type": "such as `news`, `forum`, `recipe`; `boilerbench gold stats` lists those that are there",
    "url": "the page's address, which extractors see",
    "charset": "the charset in the HTTP header it came with, which outranks what the page declares",
    "source": "where the page comes from",
    "licence": "the page's licence",
    "traps": "a list of what makes the page hard",
    "annotators": "a list of initials",
    "captured": "the day of capture, as `2026-11-21`",
}
_ROLES = {
    Role.BODY: "the gold body text",
    Role.OPTIONAL: "neither asked for nor punished",
    Role.BOILERPLATE: "what must not be returned",
}
_SIGNS = {Role.BODY: "+", Role.OPTIONAL: "~", Role.BOILERPLATE: "-"}


def labels() -> str:
    """The default policy: what each label counts as."""
    policy = default_policy()
    rows = [(str(role), meaning, ", ".join(policy.labels(role))) for role, meaning in _ROLES.items()]
    return table(("counts as", "which is", "labels"), rows)


def label_guide() -> str:
    """What each label is for."""
    policy = default_policy()
    rows = [
        (label, str(policy.roles[label]), why) for label, why in described(policy.roles, _LABELS, "labels")
    ]
    return table(("label", "counts as", "for"), rows)


def policy_signs() -> str:
    """The signs of a change to a policy."""
    rows = [(code(f"{sign}label"), f"makes it {role}") for role, sign in _SIGNS.items()]
    return table(("change", "does"), rows)


def document_toml() -> str:
    """The keys of document.toml."""
    rows = [
        (code(key), "yes" if key in REQUIRED else "", why)
        for key, why in described(TOML_KEYS, _TOML, "keys of document.toml")
    ]
    return table(("key", "required", "says"), rows)


def labelling_keys() -> str:
    """The keys of ``boilerbench gold label``."""
    return "\n".join(textwrap.wrap(", ".join(f"`{key}` {label}" for key, label in KEYS.items()), 116))


def extent() -> str:
    """How much boilerbench's own gold is."""
    counted = gold_statistics(GoldCorpus.open(""), print)
    *_, version = gold_versions().values()
    blocks = sum(counted.blocks_by_label.values())
    return _filled(
        f"`{version}` has {counted.documents} documents, {blocks:,} blocks and {counted.body_words:,} words "
        f"of body; boilerplate is {100 * counted.boilerplate_share:.0f} % of the words on its pages."
    )


def page_types() -> str:
    """The page types of boilerbench's own gold."""
    corpus = GoldCorpus.open("")
    found = Counter(corpus.metadata(document).page_type or "" for document in corpus.ids())
    listed = ", ".join(f"`{name}` {number}" for name, number in sorted(found.items()))
    return "\n".join(textwrap.wrap(listed, 116, break_on_hyphens=False))


def languages() -> str:
    """The languages of boilerbench's own gold, by first subtag."""
    corpus = GoldCorpus.open("")
    found = Counter((corpus.metadata(document).language or "").partition("-")[0] for document in corpus.ids())
    ordered = sorted(found.items(), key=lambda pair: (-pair[1], pair[0]))
    return "\n".join(textwrap.wrap(", ".join(f"{name} {number}" for name, number in ordered), 116))


def agreement() -> str:
    """How far two annotators of boilerbench's own gold agree, by label."""
    found = annotators_agreement(GoldCorpus.open(""), print)
    assert found is not None
    rows = [(label, f"{number:,}", f"{kappa:.3f}") for label, (number, kappa) in found.by_label.items()]
    return table(("label", "blocks", "Cohen's κ"), rows)


def agreement_in_words() -> str:
    """How far two annotators of boilerbench's own gold agree, over all labels."""
    found = annotators_agreement(GoldCorpus.open(""), print)
    assert found is not None
    return _filled(
        f"{found.equal:,} of {found.blocks:,} blocks have the same label: κ {found.kappa:.3f} over all "
        f"labels, κ {found.kappa_of_roles:.3f} over body, optional and boilerplate. F1 between the two "
        f"bodies, with optional text taken out, is {100 * found.f1:.2f}; the row `annotator-2` in the "
        "leaderboard holds the second one against what was settled. It is a second pass by the same kind of "
        "reader, and so no ceiling for what people would agree on."
    )


def documents() -> str:
    """Every document of boilerbench's own gold."""
    corpus = GoldCorpus.open("")
    rows = []
    for document in corpus.ids():
        facts = corpus.metadata(document)
        rows.append((code(document), facts.page_type or "", facts.language or "", str(len(facts.traps))))
    return table(("document", "page type", "language", "traps"), rows)


def _filled(text: str) -> str:
    return "\n".join(textwrap.wrap(text, 120, break_on_hyphens=False))
