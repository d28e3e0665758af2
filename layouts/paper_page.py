"""A report as it stands on screen and on paper from there: an A4 sheet in the administrative form."""

from figures.node import Child, Node
from i18n import official
from layouts import html
from layouts.paper import Grid, Paper, Paragraph, Run, Runs, Sheet, Signing
from layouts.paper_head import date_line, drafted_line, hash_line


def sheet_page(sheet: Sheet, paper: Paper, signing: Signing) -> Node:
    """One sheet. Its words are Vietnamese, whatever the language of the screen."""
    say = official()
    marks = {"data-simulated": "true"} if sheet.simulated else {}
    return html.Article(
        [
            _head(paper, signing),
            html.H2(say("official.head.kind"), className="a4-kind"),
            html.P(sheet.about, className="a4-about"),
            html.P(say("official.head.to"), className="a4-to"),
            *(_block(block) for block in sheet.blocks),
            _foot(sheet, signing),
            _note(sheet, signing),
        ],
        className="a4",
        lang="vi",
        **{"data-sheet": sheet.key or "list"},
        **marks,
    )


def _head(paper: Paper, signing: Signing) -> Node:
    say = official()
    left = [
        html.B(say("official.head.issuer"), className="a4-ruled"),
        html.Span(say("official.head.number"), className="a4-number"),
        html.B(say("official.head.draft"), className="a4-draft") if signing.signed_by is None else None,
    ]
    right = [
        html.B(say("official.head.country")),
        html.B(say("official.head.motto"), className="a4-ruled a4-motto"),
        html.Em(date_line(paper, signing, say)),
    ]
    return html.Div([html.Div(left), html.Div(right)], className="a4-head")


def _block(block: Paragraph | Grid) -> Node:
    if isinstance(block, Paragraph):
        return html.P(_runs(block.runs))
    cells = [
        html.Tr([html.Td(_runs(runs), className=_middle(at, block)) for at, runs in enumerate(row)])
        for row in block.rows
    ]
    columns = [html.Col(style={"width": f"{width}%"}) for width in block.widths]
    heads = html.Tr([html.Th(head, scope="col") for head in block.heads])
    return html.Table([html.Colgroup(columns), html.Thead(heads), html.Tbody(cells)])


def _middle(at: int, block: Grid) -> str | None:
    return "a4-middle" if at in block.centred else None


def _runs(runs: Runs) -> list[Child]:
    return [_run(run) for run in runs]


def _run(run: Run) -> Child:
    if not run.mark:
        return html.B(run.text) if run.bold else run.text
    marks = {"data-derived" if run.derived else "data-figure": run.mark}
    return html.B(run.text, **marks) if run.bold else html.Span(run.text, **marks)


def _foot(sheet: Sheet, signing: Signing) -> Node:
    say = official()
    recipients = [html.B(html.Em(say("official.foot.recipients"))), *(html.Span(each) for each in sheet.recipients)]
    signed = say("official.foot.signed" if signing.signed_by else "official.foot.unsigned")
    name = html.B(signing.signed_by) if signing.signed_by else None
    return html.Div(
        [
            html.Div(recipients, className="a4-recipients"),
            html.Div([html.B(say("official.foot.post")), html.Em(signed), name], className="a4-signature"),
        ],
        className="a4-foot",
    )


def _note(sheet: Sheet, signing: Signing) -> Node:
    say = official()
    label = html.Span(say("label.partly_simulated"), className="sim") if sheet.simulated else None
    sources = html.Span(say("official.foot.sources", sources=sheet.sources)) if sheet.sources else None
    lines = [drafted_line(signing, say), hash_line(signing, say)]
    return html.Footer([sources, *(html.Span(each) for each in lines), label], className="a4-note")
