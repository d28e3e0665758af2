"""The table twin of the plan of a year: each line with its target, its figure, the verdicts, the next plan."""

from collections.abc import Iterator

from i18n import Say
from layouts.economy_table import aim, stands_text
from layouts.said import printed_words
from layouts.twin import Row, Twin, text_of
from layouts.words import period_of, title_of
from metrics.boards.economy import Economy
from metrics.boards.plan_lines import PlanLine


def plan_twin(board: Economy, say: Say) -> Twin | None:
    """Every line, those below another one after it; None where no plan is known."""
    if board.year is None:
        return None
    counts = [
        *((say("column.verdicts_of", word=say(f"economy.verdict_{word}")), n) for word, n in board.verdicts),
        *((say(f"column.doubts_{doubt}"), n) for doubt, n in board.doubts),
        *((say(f"column.changes_{change}"), n) for change, n in board.changes),
    ]
    return Twin(
        title=say("economy.title", year=period_of(board.year.text, say)),
        columns=(
            *(
                "indicator",
                "line",
                "code",
                "target",
                "target_words",
                "value",
                "said",
                "stands",
                "off_plan",
                "verdict",
            ),
            *("ours", "next", "next_words", "change_of_plan"),
        ),
        rows=tuple(_rows(board, say)),
        note=say("economy.rule"),
        traced="value",
        beside=(
            (say("column.lines"), board.of),
            (say("column.lines_reached"), board.reached),
            (say("column.lines_short"), board.short),
            (say("column.lines_unnumbered"), board.unnumbered),
            (say("column.lines_untold"), board.untold),
            (say("column.lines_doubtful"), board.doubtful),
            *counts,
        ),
        simulated=board.simulated,
    )


def _rows(board: Economy, say: Say) -> Iterator[Row]:
    for line in board.lines:
        yield _row(line, say)
        for part in line.parts:
            yield _row(part, say)


def _row(line: PlanLine, say: Say) -> Row:
    verdict = line.verdict.verdict if line.verdict else None
    return (
        title_of(line.indicator, say),
        line.number,
        line.indicator.code,
        line.plan.value if line.plan else None,
        text_of(aim(line.plan, say)) if line.plan else None,
        line.value,
        printed_words(line.words, say) if line.words else None,
        stands_text(line, say) or None,
        line.by,
        say(f"economy.verdict_{verdict}") if verdict else None,
        say(f"economy.verdict_{line.status}") if line.status else None,
        line.next.value if line.next else None,
        text_of(aim(line.next, say)) if line.next else None,
        line.change_by,
    )
