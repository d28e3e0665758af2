"""The report to the Prime Minister on a page: the list of the day or one drafted before, its steps, and one entry."""

from collections.abc import Callable, Iterator
from functools import cache

from figures.node import Child, Node
from i18n import Say
from i18n.formats import day
from layouts import html
from layouts.address import Visit, change, to
from layouts.forms import form, line, signer
from layouts.laggards import SHAPES, late_words, matter_words
from layouts.letters import letter_forms, letter_words
from layouts.notices import notices
from layouts.paper import Paper, Sheet, Signing, hash_of, read_paper, written_paper
from layouts.paper_list import paper_of
from layouts.paper_page import sheet_page
from layouts.parts import card, footer, glyph, head, number, plain_source, sentence, simulated, state
from layouts.screen import Page
from layouts.shell import frame, titled
from layouts.words import name_of
from metrics.boards.dossier import DRAFTED, EVERY, REPORTED, SIGNED, STEPS, Dossier, DossierBoard, Step
from metrics.boards.laggard import Laggard

NAME = "dossier"


def page(board: DossierBoard, visit: Visit, say: Say) -> Page:
    """The screen in its parts."""
    made = cache(lambda: _shown(board))
    parts: dict[str, Callable[[], Child]] = {
        "answer": lambda: titled(_answer(board, say), list(_facts(board, say)), say),
        "notices": lambda: notices(visit, say),
        "entries": lambda: _entries(board, *made(), say),
        "sheets": lambda: _sheets(board, *made(), say),
        "steps": lambda: _steps(board, visit, say),
        "letters": lambda: _letters(board, visit, say),
    }
    side = html.Div([html.Part("steps"), html.Part("letters")], className="stack")
    body = html.Div([html.Part("entries"), html.Part("sheets"), side], className="grid-dossier")
    return Page({"frame": lambda: frame(NAME, say, body), **parts}, board=board)


def drafted(board: DossierBoard) -> str:
    """What is kept of the list of the day when it is drafted."""
    return written_paper(paper_of(board))


def signing_of(found: Dossier) -> Signing:
    """How far a list that was drafted is."""
    first, signed = found.step(DRAFTED), found.step(SIGNED)
    return Signing(
        found.sha256,
        first.person if first else None,
        signed.person if signed else None,
        signed.day if signed else None,
    )


def _shown(board: DossierBoard) -> tuple[Paper, Signing]:
    """The list that is asked for as it was drafted, else that of the day."""
    if board.chosen is not None and board.content is not None:
        return read_paper(board.content), signing_of(board.chosen)
    paper = paper_of(board)
    return paper, Signing(hash_of(written_paper(paper)))


def _answer(board: DossierBoard, say: Say) -> Child:
    if board.chosen is not None:
        told = {"number": str(board.chosen.number), "day": day(board.chosen.at)}
        return say(f"dossier.answer_{board.chosen.state}", **told)
    return sentence(say, "dossier.answer", count=number(board.laggards.count, say), day=day(board.at))


def _facts(board: DossierBoard, say: Say) -> Iterator[Node]:
    if board.chosen is not None:
        yield html.Span(html.A(say("dossier.back"), href=change(list=None, entry=None)), className="answer-fact")
    else:
        for rule, count in board.by_rule:
            words = [say(f"laggards.{rule}"), ": ", number(count, say)]
            yield html.Span(words, className="answer-fact")
    if board.simulated:
        yield html.Span(simulated(say, partly=True), className="label")


def _entries(board: DossierBoard, paper: Paper, signing: Signing, say: Say) -> Node:
    """The covering list, every sheet, and each sheet by its agency."""
    del signing
    links = [
        _link(say("dossier.covering"), None, board.entry is None and not board.every),
        _link(say("dossier.every"), EVERY, board.every),
    ]
    known = {entry.key: entry for entry in board.laggards.entries}
    for sheet in paper.sheets:
        if sheet.key:
            entry = known.get(sheet.key)
            words: list[Child] = [html.Span(sheet.about, lang="vi")] if entry is None else _named(entry, say)
            links.append(_link(words, sheet.key, sheet.key == board.entry))
    return card(
        [
            html.H2(say("dossier.sheets"), className="card-title"),
            html.Ul(links, className="filter-list dossier-list", **{"data-scrolls": "true"}),
        ],
        name="card card-entries",
    )


def _named(entry: Laggard, say: Say) -> list[Child]:
    return [
        glyph(SHAPES[entry.rule]),
        html.Span([html.B(name_of(entry.agency, say)), html.Small(matter_words(entry.matter, say))]),
    ]


def _link(words: Child, entry: str | None, here: bool) -> Node:
    mark = {"aria-current": "true"} if here else {}
    return html.Li(html.A(html.Span(words, className="filter-name"), href=change(entry=entry), **mark))


def _sheets(board: DossierBoard, paper: Paper, signing: Signing, say: Say) -> Node:
    """The sheet that is asked for, else the covering list; all of them to be printed at once."""
    wanted = paper.sheets if board.every else [_wanted(paper, board.entry)]
    shown = [sheet_page(sheet, paper, signing) for sheet in wanted]
    if not board.laggards.count.quantity.number and board.chosen is None:
        text = state(say("laggards.none_title"), say("laggards.none"), shape="good")
        return html.Div(card([text]), className="a4-sheets")
    return html.Div(shown, className="a4-sheets")


def _wanted(paper: Paper, entry: str | None) -> Sheet:
    return next((sheet for sheet in paper.sheets if sheet.key and sheet.key == entry), paper.sheets[0])


# The steps of a list


def _steps(board: DossierBoard, visit: Visit, say: Say) -> Node:
    chosen = board.chosen
    body: list[Child] = []
    if chosen is None:
        body.append(html.P(say("dossier.not_drafted"), className="method"))
        if visit.sends("draft"):
            body.append(form("draft", [signer(visit, say)], {"at": board.at.isoformat()}, say))
    else:
        body.append(html.Ol([_step(name, chosen.step(name), say) for name in STEPS], className="dossier-steps"))
        body += [*_next(chosen, visit, say)]
        body.append(
            html.P(sentence(say, "dossier.hash", hash=html.Code(chosen.sha256)), className="method dossier-hash")
        )
    others = [each for each in board.lists if each != chosen]
    if others:
        body.append(html.H3(say("dossier.lists")))
        body.append(html.Ul([_listed(each, say) for each in others], className="filter-list"))
    title = say("dossier.list", number=chosen.number) if chosen else say("dossier.steps")
    return card(
        [
            head(title),
            *body,
            footer(plain_source(say("dossier.who" if visit.member is None else "dossier.who_signed"))),
        ],
        simulated=False,
        name="card card-steps",
    )


def _step(name: str, step: Step | None, say: Say) -> Node:
    sign = glyph("met" if step else "nr")
    words: list[Child] = [html.B(say(f"dossier.step_{name}"))]
    if step is not None:
        words.append(html.Small(say("dossier.by", person=step.person, day=day(step.day))))
    if step is not None and step.document:
        words.append(html.Small(step.document, lang="vi"))
    return html.Li([sign, html.Span(words)], **{"data-step": name, "data-taken": "true" if step else "false"})


def _next(chosen: Dossier, visit: Visit, say: Say) -> Iterator[Node]:
    """What may be done next, and the file."""
    given = {"number": str(chosen.number)}
    if chosen.state == DRAFTED and visit.sends("sign"):
        yield form("sign", [signer(visit, say)], given, say)
    elif chosen.state == SIGNED and visit.sends("report"):
        yield form("report", [signer(visit, say), line("document", say)], given, say)
    assert chosen.state in (DRAFTED, SIGNED, REPORTED)
    key = "dossier.file" if chosen.file_sha256 else "dossier.draft_file"
    yield html.A(say(key), href=file_path(chosen.number), className="button", **{"data-reload": "true"})


def file_path(number: int) -> str:
    """The address of the file of a list."""
    return f"/dossier/{number}.docx"


def _listed(each: Dossier, say: Say) -> Node:
    words = say("dossier.listed", number=each.number, day=day(each.at), state=say(f"dossier.step_{each.state}"))
    return html.Li(html.A(html.Span(words, className="filter-name"), href=change(list=str(each.number), entry=None)))


# One entry


def _letters(board: DossierBoard, visit: Visit, say: Say) -> Child:
    """What passed with the agency of the entry that is asked for, and what may be recorded of it."""
    entry = board.laggard
    if entry is None or board.chosen is not None:
        return None
    rows = [
        html.Li([html.Span(day(letter.day), className="history-day"), glyph("na"), html.Span(words)])
        for letter, words in letter_words(entry.letters, say)
    ]
    told: Node = html.Ol(rows, className="history") if rows else html.P(say("letters.none"), className="method")
    return card(
        [
            head(say("letters.title"), name_of(entry.agency, say)),
            html.P([late_words(entry, say), " ", matter_words(entry.matter, say)], className="dossier-late"),
            told,
            *letter_forms(entry.agency.code, entry.matter.subjects[0], visit, say),
            footer(plain_source(html.A(say("laggards.all"), href=to("/directives")))),
        ],
        simulated=entry.simulated,
        name="card card-letters",
    )
