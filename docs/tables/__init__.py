"""The tables of the documentation, by the names that stand in ``<!-- generated: NAME -->``."""

from __future__ import annotations

from collections.abc import Callable

from tables import commands, gold, overlays, parts, results, runs, structure

TABLES: dict[str, Callable[..., str]] = {
    "commands": commands.overview,
    "command-reference": commands.reference,
    "exit-codes": commands.exit_codes,
    "groupings": commands.groupings,
    "extractors": parts.extractors,
    "extractor-groups": parts.groups,
    "environment-options": parts.environment_options,
    "measures": parts.measures,
    "averages": parts.averages,
    "edge-cases": parts.edge_cases,
    "corpus-formats": parts.formats,
    "corpus-layouts": parts.layouts,
    "corpora-to-fetch": parts.to_fetch,
    "audit-findings": parts.audit_findings,
    "entry-points": parts.entry_points,
    "modules": parts.modules,
    "public-api": parts.public_api,
    "adapter-constants": parts.adapter_constants,
    "run-files": runs.files,
    "columns": runs.columns,
    "run-json": runs.schema,
    "statuses": runs.statuses,
    "limits": runs.limits,
    "labels": gold.labels,
    "label-guide": gold.label_guide,
    "policy-signs": gold.policy_signs,
    "document-toml": gold.document_toml,
    "labelling-keys": gold.labelling_keys,
    "gold-page-types": gold.page_types,
    "gold-languages": gold.languages,
    "gold-agreement": gold.agreement,
    "gold-documents": gold.documents,
    "overlay-agreement": overlays.agreement,
    "overlay-leaks": overlays.leaks,
    "overlay-published": overlays.published_bodies,
    "overlay-widest": overlays.widest,
    "overlay-rank-correlations": overlays.rank_correlations,
    "overlay-ranks": overlays.ranks,
    "stored-systems": results.stored,
    "structure-aspects": structure.aspects,
    "structure-example": structure.whole_example,
    "measures-of-markdown": structure.measures_of_markdown,
    "size-example": structure.size_example,
}
