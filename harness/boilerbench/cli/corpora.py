"""``boilerbench corpora``: list the formats, explain one, fetch a corpus, check one."""

from __future__ import annotations

import dataclasses
from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from boilerbench.cli import options
from boilerbench.cli.fetch import fetch
from boilerbench.cli.next_command import next_line
from boilerbench.cli.output import json_text, live_progress, print_listing, say, stdout
from boilerbench.corpora import FORMATS, corpus_format, open_corpus
from boilerbench.corpora.audit import audit
from boilerbench.corpora.overlays import OwnGold, with_labels
from boilerbench.policy import parse_policy
from boilerbench.records import Role
from boilerbench.results import load_run

if TYPE_CHECKING:
    from collections.abc import Sequence

    from boilerbench.corpora.audit import AuditFinding
    from boilerbench.labelling.disputes import Dispute, DisputedLabel

_as_json = click.option("--json", "as_json", is_flag=True, help="Print as JSON.")
_WIDTH = 80
_LABEL = 10
_WIDEST = 10
_ALIKE = 0.96


class _Formats(click.Group):
    """Commands by their names; any other name is that of a format to explain."""

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        return super().get_command(ctx, cmd_name) or _explaining(cmd_name)


@click.group(cls=_Formats, invoke_without_command=True, subcommand_metavar="[NAME | COMMAND …]")
@_as_json
@click.pass_context
def corpora(ctx: click.Context, as_json: bool) -> None:
    """List the corpus formats; explain, fetch or check a corpus.

    \b
    boilerbench corpora
    boilerbench corpora aeb
    boilerbench corpora fetch aeb
    boilerbench corpora check aeb:article-extraction-benchmark
    boilerbench corpora audit wcxb/dev
    """
    if ctx.invoked_subcommand is not None:
        return

    rows = [_facts(name) for name, _ in FORMATS.load_all(say)]
    print_listing("Corpora", rows, ("format", "measure", "licence", "summary"), as_json)
    if not as_json:
        click.echo("Written FORMAT:PATH; plain gold is the gold that comes with boilerbench.")
        click.echo("Published ones need no path once fetched: boilerbench corpora fetch lists them.")
        click.echo(next_line("corpora", rows[0]["format"]))


corpora.add_command(fetch)


@corpora.command()
@click.argument("spec", metavar="CORPUS")
@click.option(
    "--run",
    type=click.Path(path_type=Path),
    metavar="RUN",
    help="A run over it: lists documents on which every extractor scores near zero, too.",
)
@_as_json
def check(spec: str, run: Path | None, as_json: bool) -> int:
    """List what is probably wrong with the gold and the pages of CORPUS; exit code 1 where something is.

    Looked for are gold that is empty, does not occur in its page, is cut at a round length or was decoded
    wrongly, pages without their content, and pages that are there twice.
    """
    corpus = open_corpus(spec)
    best = _best(run) if run else None
    with live_progress() as progress:
        findings = audit(corpus, best, progress, with_labels(corpus).problems)
    if as_json:
        click.echo(json_text([dataclasses.asdict(finding) for finding in findings]))
    else:
        _print_findings(findings, list(corpus.ids()))
    return 1 if findings else 0


@corpora.command("audit")
@click.argument("spec", metavar="CORPUS")
@options.policy()
@_as_json
def audit_gold(spec: str, policy: str, as_json: bool) -> int:
    """Compare the gold of a published CORPUS with our labels of its pages.

    Says of how many words the two differ, by label, and on which pages most. Our body is what the labels make
    under the policy. A run with --gold own has the published bodies as a row, so that show says word by word
    what is disputed. The exit code is 1 where a page is left out, since its labels do not fit it.
    """
    from boilerbench.labelling.disputes import by_label, disputes

    parsed = parse_policy(policy)
    own = OwnGold(open_corpus(spec))
    left_out: list[str] = []
    compared = disputes(own, parsed, left_out.append)
    found = sorted(compared, key=lambda dispute: (dispute.f1, dispute.document))
    for line in left_out:
        say(f"boilerbench: {line}")
    labels = by_label(found, parsed)
    if as_json:
        pages = [dataclasses.asdict(dispute) for dispute in found]
        click.echo(json_text({"labels": [dataclasses.asdict(row) for row in labels], "pages": pages}))
    else:
        _print_disputes(found, labels, own.ids(), len(left_out))
    return 1 if left_out else 0


def _print_disputes(
    found: Sequence[Dispute], labels: Sequence[DisputedLabel], documents: Sequence[str], left_out: int
) -> None:
    from boilerbench.reports.formatting import counted
    from boilerbench.reports.ids import short_id
    from boilerbench.reports.terminal import figures_table

    rows = [
        [
            row.label,
            "ours alone" if row.role == Role.BODY else "published alone",
            f"{row.pages:,}",
            f"{row.words:,}",
        ]
        for row in labels
    ]
    stdout().print(
        figures_table("Words that one body has alone", ("Label", "", "Pages", "Words"), rows, left=2)
    )
    widest = [
        [short_id(each.document, documents), each.page_type, f"{100 * each.f1:.1f}"]
        for each in found[:_WIDEST]
    ]
    stdout().print(figures_table("Widest apart", ("Document", "Page type", "F1"), widest, left=2))
    same = sum(each.f1 >= _ALIKE for each in found)
    lacking = len(documents) - len(found) - left_out
    more = f"; {counted(lacking, 'other')} without a body, published or shown" if lacking else ""
    more += f"; {left_out} left out" if left_out else ""
    click.echo(
        f"{counted(len(found), 'labelled page')}, {same} with bodies alike "
        f"(F1 of {100 * _ALIKE:.0f} or more){more}"
    )


def _print_findings(findings: Sequence[AuditFinding], documents: Sequence[str]) -> None:
    from boilerbench.reports.formatting import counted
    from boilerbench.reports.ids import short_id
    from boilerbench.reports.terminal import listing

    for kind, group in groupby(findings, key=lambda finding: finding.kind):
        rows = [(short_id(finding.document, documents), finding.message) for finding in group]
        stdout().print(listing(f"{str(kind).capitalize()}: {len(rows):,}", ("Document", "What"), rows))
    faulty = len({finding.document for finding in findings})
    found = counted(len(findings), "finding") + (f" in {faulty:,} of them" if len(documents) > 1 else "")
    click.echo(f"{counted(len(documents), 'document')} checked, {found}")


def _best(run: Path) -> dict[str, float]:
    """Return the highest F1 on each document of a run by its first measure, references aside."""
    from boilerbench.stats import best_scores

    loaded = load_run(run)
    competing = loaded.scores[~loaded.scores["extractor"].isin(loaded.info.references)]
    return best_scores(competing, loaded.info.measures[0].name)


def _explaining(name: str) -> click.Command:
    """Make the command that explains a format."""

    @click.command(name, help=f"Explain the corpus format {name}.")
    @_as_json
    def explain(as_json: bool) -> None:
        facts = _facts(name)
        if as_json:
            click.echo(json_text(facts))
            return
        click.echo(name)
        for label, text in (
            ("", facts["summary"]),
            ("Layout", facts["layout"]),
            ("Gold", facts["includes"]),
            ("Measures", facts["measure"]),
            ("Licence", facts["licence"]),
            ("Cite", facts["citation"]),
            *(("Trouble", trouble) for trouble in facts["troubles"]),
            ("Run", f"boilerbench run --corpus {'gold' if name == 'gold' else f'{name}:PATH'}"),
        ):
            click.echo(
                click.wrap_text(
                    text, _WIDTH, initial_indent=f"{label:<{_LABEL}}", subsequent_indent=" " * _LABEL
                )
            )

    return explain


def _facts(name: str) -> dict[str, Any]:
    """Return what a format says of itself.

    Raises:
        InputError: there is no such format.
    """
    kind = corpus_format(name)
    return {
        "format": name,
        "measure": ", ".join(kind.native_measures),
        "licence": kind.licence,
        "summary": kind.summary,
        "layout": kind.layout,
        "includes": kind.includes,
        "troubles": list(kind.troubles),
        "citation": kind.citation,
    }
