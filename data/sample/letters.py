"""Simulated check-ins, reminders and replies, each row marked simulated.

No sentence is put into an agency's mouth: notes, documents and words are placeholders. Nobody becomes late by them
but the lead of the strategy between its due date and its signing, which the record shows to have been late; the five
decrees have none, so that replaying their days tells what the sources tell.
"""

import csv
from collections.abc import Iterator, Sequence
from datetime import timedelta
from pathlib import Path

from data.sample.reports import LAST_DAY, Unsent, unsent
from data.sources.kinds import CHECKINS, LETTERS, Kind

_NOTE, _WORDS = "Nội dung cập nhật mô phỏng", "Nội dung ý kiến mô phỏng"
_SENT_BY = "cơ quan theo dõi"
#: Directive, event, who tells, state and day.
_CHECKINS = (
    ("NV10", "submit", "BTTTT", "open", "2019-12-20"),
    ("NV10", "submit", "BTTTT", "open", "2020-02-10"),
    ("NV20", "submit", "BCA", "open", "2020-01-17"),
    ("NV22", "report", "BTC", "at_risk", "2020-02-07"),
    ("NV13", "submit", "BTTTT", "open", "2021-01-20"),
    ("NV13", "submit", "BTTTT", "open", "2021-02-26"),
    ("NV13", "submit", "BTTTT", "at_risk", "2021-03-26"),
)
#: About what: subject and part, which agencies were reminded on which days, and which of them replied on which.
_LETTERS = (
    ("DVC01", "2020-02-12", ("06", "11", "62", "93", "UBDT"), ("2020-02-13",), ("62", "UBDT"), "2020-02-14"),
    ("DVC01", "2020-07", ("06", "11", "93", "BQP"), ("2020-08-05", "2020-08-14"), ("06", "BQP"), "2020-08-18"),
    ("NV13", "submit", ("BTTTT",), ("2021-01-14", "2021-03-01"), ("BTTTT",), "2021-03-15"),
)  # fmt: skip
#: Of the reports that were never sent one in so many is reminded of, so many days after it was due.
_REMINDED, _DAYS_AFTER = 3, 3


def write_letters(folder: Path) -> list[Path]:
    """Write the check-ins and letters as two input files, `checkins.csv` and `letters.csv`, in this order."""
    return [_write(folder, CHECKINS, _checkins()), _write(folder, LETTERS, _numbered(_letters()))]


def _write(folder: Path, kind: Kind, rows: Iterator[dict[str, str]]) -> Path:
    path = folder / f"{kind.name}.csv"
    with path.open("w", encoding="utf-8", newline="") as file:
        table = csv.DictWriter(file, [*kind.required, *kind.optional], restval="", lineterminator="\n")
        table.writeheader()
        table.writerows(rows)
    return path


def _checkins() -> Iterator[dict[str, str]]:
    names = ("directive_code", "event", "agency_code", "state", "date")
    for told in _CHECKINS:
        row = dict(zip(names, told, strict=True))
        yield row | {"source": "SIM", "status": "simulated", "note": _NOTE, "published": row["date"]}


def _letters() -> Iterator[dict[str, str]]:
    for subject, part, reminded, days, replied, day in _LETTERS:
        for agency in reminded:
            yield from (_letter("reminder", agency, subject, part, each) for each in days)
        yield from (_letter("reply", agency, subject, part, day) for agency in replied)
    for each in _reminded(list(unsent())):
        day = (each.due + timedelta(days=_DAYS_AFTER)).isoformat()
        yield _letter("reminder", each.agency, each.regime, each.period, day)


def _reminded(never_sent: Sequence[Unsent]) -> Iterator[Unsent]:
    for each in never_sent[::_REMINDED]:
        if each.due + timedelta(days=_DAYS_AFTER) <= LAST_DAY:
            yield each


def _letter(kind: str, agency: str, subject: str, part: str, day: str) -> dict[str, str]:
    row = {"kind": kind, "agency_code": agency, "subject": subject, "part": part, "date": day, "status": "simulated"}
    return row | {"published": day} | ({"sent_by": _SENT_BY} if kind == "reminder" else {"words": _WORDS})


def _numbered(rows: Iterator[dict[str, str]]) -> Iterator[dict[str, str]]:
    """Every letter in the order of its day, the reminders with the number of their document."""
    number = 0
    for row in sorted(rows, key=lambda each: (each["date"], each["kind"], each["subject"], each["agency_code"])):
        number += row["kind"] == "reminder"
        yield row | ({"document": f"Văn bản mô phỏng số {number:03}"} if row["kind"] == "reminder" else {})
