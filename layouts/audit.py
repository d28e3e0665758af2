"""The audit log: whether it is whole, what is looked for, and its rows, the newest first."""

from collections.abc import Callable, Mapping
from typing import TypeAlias

from figures.node import Child, Node
from i18n import Say
from layouts import html
from layouts.address import Visit, change
from layouts.audit_twins import audit_twin, moment_text
from layouts.classification import label_of
from layouts.notices import notices
from layouts.parts import card, footer, glyph, head, number, plain_source, sentence, state, table_link, told
from layouts.screen import Page
from layouts.shell import frame, titled
from layouts.words import clock_text
from metrics.boards.audit import ACTIONS, AuditBoard, Chain, Entry, Wanted

NAME = "audit"
Parts: TypeAlias = Mapping[str, Callable[[], Child]]
_COLUMNS = ("row", "moment", "actor", "action", "detail")
#: What the address calls each thing that is looked for.
_ASKED = ("period", "actor", "action", "find")


def page(visit: Visit, say: Say) -> Page:
    """The frame; what stands in it is of this moment."""
    body = html.Div([html.Part(name) for name in ("chain", "asked", "entries")], className="stack audit")
    return Page({"frame": lambda: frame(NAME, say, body), "notices": lambda: notices(visit, say)})


def shown(board: AuditBoard, say: Say) -> Parts:
    """The parts of one moment of the log."""
    return {
        "answer": lambda: titled(
            _answer(board, say), html.Span(told(label_of(say, public=False)), className="label"), say
        ),
        "chain": lambda: _chain(board.chain, say),
        "asked": lambda: _asked(board.wanted, say),
        "entries": lambda: _entries(board, say),
    }


def filed(board: AuditBoard, say: Say) -> Page:
    """The rows as a table, which is what a file is made of."""
    return Page({}, {"entries": lambda: audit_twin(board, say)}, board)


def _answer(board: AuditBoard, say: Say) -> Child:
    chain = board.chain
    if chain is None:
        return say("audit.closed")
    if not _is_narrowed(board.wanted):
        return say("audit.whole_all" if chain.whole else "audit.broken_all")
    return sentence(say, "audit.whole" if chain.whole else "audit.broken", count=number(board.count, say))


def _is_narrowed(wanted: Wanted) -> bool:
    return any((wanted.day, wanted.actor, wanted.action, wanted.find))


def _chain(chain: Chain | None, say: Say) -> Node | None:
    """How far the log was verified, and the row to be noted elsewhere; else its first bad row."""
    if chain is None:
        return None
    at = clock_text(chain.at, chain.at.date())
    if chain.fault is not None:
        words = say(f"finding.audit_{chain.fault.wrong}", row=chain.fault.row)
        return html.Div(
            [glyph("overdue"), html.Span([html.B(words), " ", say("audit.looked", at=at)])],
            className="notice notice-over",
            role="alert",
            **{"data-chain": "broken", "data-row": str(chain.fault.row)},
        )
    if not chain.number:
        return html.Div([glyph("nr"), html.Span(say("audit.no_rows"))], className="notice", **{"data-chain": "empty"})
    noted = html.Code(f"{chain.number}:{chain.checksum}", className="audit-noted")
    parts = [*sentence(say, "audit.verified", row=str(chain.number), at=at), " ", say("audit.noted"), " ", noted]
    return html.Div([glyph("met"), html.Span(parts)], className="notice", **{"data-chain": "whole"})


def _asked(wanted: Wanted, say: Say) -> Node:
    """What is looked for, and what stands there now."""
    given = _given(wanted)
    fields = [
        Node("Asked", **{"name": "period", "label": say("audit.day"), "type": "date", "value": given["period"]}),
        Node("Asked", **{"name": "actor", "label": say("column.actor"), "type": "text", "value": given["actor"]}),
        Node(
            "Asked",
            name="action",
            label=say("column.action"),
            type="select",
            value=given["action"],
            options=[["", say("audit.any")], *([each, say(f"audit.of_{each}")] for each in ACTIONS)],
        ),
        Node("Asked", **{"name": "find", "label": say("audit.find"), "type": "search", "value": given["find"]}),
    ]
    clear = None
    if _is_narrowed(wanted):
        clear = html.A(say("audit.clear"), href=change(**dict.fromkeys((*_ASKED, "before"))), className="button")
    return Node("Asking", [*fields, clear], name=say("audit.filter"), look=say("audit.look"), drop="before")


def _given(wanted: Wanted) -> dict[str, str]:
    return {
        "period": wanted.day.isoformat() if wanted.day else "",
        "actor": wanted.actor or "",
        "action": wanted.action or "",
        "find": wanted.find or "",
    }


def _entries(board: AuditBoard, say: Say) -> Node:
    if not board.entries:
        return card([state(say("audit.none_title"), say("audit.none"), shape="na")])
    heads = [html.Th(say(f"column.{name}"), scope="col") for name in _COLUMNS]
    table = html.Table(
        [html.Thead(html.Tr(heads)), html.Tbody([_row(each, say) for each in board.entries])],
        className="plain audit-rows",
    )
    count = sentence(say, "audit.shown", shown=number(board.shown, say), count=number(board.count, say))
    return card(
        [
            head(say("audit.rows"), count),
            table,
            _pages(board, say),
            footer(plain_source(say("audit.note")), told(label_of(say, public=False)), table_link("entries", say)),
        ],
        name="card card-audit",
    )


def _row(entry: Entry, say: Say) -> Node:
    cells = [
        html.Th(str(entry.number), scope="row", className="number"),
        html.Td(moment_text(entry.at), className="number"),
        html.Td(html.A(entry.actor, href=change(actor=entry.actor, before=None)), className="audit-actor"),
        html.Td(_done(entry.action, say)),
        html.Td(html.Code(entry.detail), className="audit-detail"),
    ]
    marked = [
        Node(cell.tag, cell.children, **cell.attributes, **{"data-head": say(f"column.{name}")})
        for name, cell in zip(_COLUMNS, cells, strict=True)
    ]
    return html.Tr(marked, **{"data-entry": str(entry.number)})


def _done(action: str, say: Say) -> Child:
    """What was done, in words, and what the log itself calls it."""
    word = f"audit.of_{action.partition(' ')[0]}"
    return [html.Span(say(word)), " ", html.Code(action)] if say.knows(word) else html.Code(action)


def _pages(board: AuditBoard, say: Say) -> Node | None:
    """To the newest rows, and to those before these."""
    links = []
    if board.wanted.before is not None:
        links.append(html.A(say("audit.newest"), href=change(before=None), className="button"))
    if board.older:
        before = str(board.entries[-1].number)
        links.append(html.A(say("audit.older"), href=change(before=before), className="button"))
    return html.Nav(links, className="audit-pages", **{"aria-label": say("audit.pages")}) if links else None
