"""The list of those who must be named as a report to the Prime Minister: a covering list, a sheet for each entry."""

from i18n import Say, official
from i18n.formats import paper_day
from layouts.paper import Grid, Paper, Paragraph, Run, Runs, Sheet
from layouts.paper_parts import filled, joined, plain, words
from layouts.paper_sheet import entry_sheet
from layouts.words import name_of, period_of, tiny_of
from metrics.boards.dossier import DossierBoard
from metrics.boards.laggard import Laggard, OfDirective, OfIndicator, Rule
from metrics.figure import Figure

_HEADS = ("place", "agency", "matter", "late", "reminders", "reply")
_WIDTHS, _CENTRED = (6, 26, 28, 16, 9, 15), (0, 3, 4, 5)


def paper_of(board: DossierBoard) -> Paper:
    """The covering list and a sheet for each entry of the board's list, in its order."""
    say, nations = official(), dict(board.nations)
    sheets = [entry_sheet(entry, nations, board.at, say) for entry in board.laggards.entries]
    return Paper(board.at, (_list(board, say), *sheets))


def _list(board: DossierBoard, say: Say) -> Sheet:
    found = board.laggards
    counts = [filled(say, f"official.list.count_{rule}", count=count) for rule, count in board.by_rule]
    known = Run(" " + say("official.list.known", day=paper_day(board.at)))
    rows = tuple(_line(at, entry, say) for at, entry in enumerate(found.entries, 1))
    return Sheet(
        key="",
        about=say("official.about.list"),
        blocks=(
            Paragraph((Run(say("official.lead.order")), *filled(say, "official.lead.all", count=found.count))),
            Grid(tuple(say(f"official.list.{name}") for name in _HEADS), _WIDTHS, _CENTRED, rows),
            Paragraph((*joined(counts), known)),
            Paragraph(filled(say, "official.list.silent", silent=board.silent, withheld=board.withheld)),
            Paragraph(words(say("official.point.close"))),
        ),
        recipients=tuple(say(f"official.foot.{name}") for name in ("as_above", "deputies", "agencies", "filed")),
        sources="",
        simulated=found.simulated,
    )


def _line(at: int, entry: Laggard, say: Say) -> tuple[Runs, ...]:
    reply = paper_day(entry.reply.day) if entry.reply else say("official.list.no_reply")
    return (
        words(str(at)),
        words(name_of(entry.agency, say)),
        _matter(entry, say),
        plain(late_figure(entry), say),
        plain(entry.reminded, say),
        words(reply),
    )


def _matter(entry: Laggard, say: Say) -> Runs:
    matter, rule = entry.matter, say(f"laggards.{entry.rule}")
    if isinstance(matter, OfDirective):
        return words(f"{rule}: {name_of(matter.directive, say)}")
    if isinstance(matter, OfIndicator):
        told = {"indicator": tiny_of(matter.indicator, say), "period": period_of(matter.period.text, say)}
        return words(f"{rule}: {say('laggards.of', **told)}")
    return filled(say, "official.list.reports", rule=rule, count=plain(matter.count, say))


def late_figure(entry: Laggard) -> Figure:
    """By how much an entry is late: days, or the distance to the path."""
    matter = entry.matter
    figure = matter.gap if isinstance(matter, OfIndicator) and entry.rule is Rule.BEHIND else entry.days
    assert figure is not None  # the rule of the list gives each entry the one or the other
    return figure
