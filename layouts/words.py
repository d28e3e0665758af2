"""Figures, names and dates in words: the one place where a number becomes text, for page and file alike."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Protocol

from i18n import Say
from i18n.formats import NO_BREAK, day, number, period, short_period
from metrics.boards.national import National, TargetVersion
from metrics.figure import Figure, decimals_of
from metrics.status import Status

#: These units stand at the number without a space.
_CLOSE = ("%",)


@dataclass(frozen=True)
class Printed:
    """A figure in parts: "trên", "2,7", "%". `text` joins them."""

    qualifier: str
    number: str
    unit: str

    @property
    def text(self) -> str:
        """The figure as it reads on one line."""
        return f"{self.qualifier}{NO_BREAK if self.qualifier else ''}{self.number}{self.unit}"


def printed(figure: Figure, say: Say) -> Printed:
    """A figure as it is printed, the same on every page and in every file."""
    quantity, language = figure.quantity, say.language
    # Of two ends each has the decimals it was written with: "1–1,5".
    decimals = figure.decimals if quantity.upper is None else min(figure.decimals, decimals_of(quantity.number))
    text = number(quantity.number, decimals, language, signed=figure.signed)
    if quantity.upper is not None:
        text += f"–{number(quantity.upper, figure.decimals, language)}"
    qualifier = say(f"qualifier.{quantity.qualifier}") if quantity.qualifier else ""
    one = quantity.upper is None and abs(quantity.number) == 1
    return Printed(qualifier, text, unit(figure.unit, say, one=one))


def counted(key: str, count: Figure, say: Say) -> str:
    """Words beside a number that stands for itself, in agreement with it: "report due today" beside 1."""
    return say(key, n=printed(count, say).number)


def unit(name: str, say: Say, *, one: bool = False) -> str:
    """A unit as it follows its number, that number being `one` or another, with its space where it takes one; empty
    for counts and ranks of ours."""
    if not name:
        return ""
    key = f"unit_one.{name}" if one and say.knows(f"unit_one.{name}") else f"unit.{name}"
    word = say(key) if say.knows(key) else ""
    amount, by_month, _ = name.partition("/tháng")
    if by_month and not word:
        return say("unit_per_month", unit=unit(amount, say))
    word = word or name
    return word if name in _CLOSE else NO_BREAK + word


class Named(Protocol):
    """What has a code and a name in both languages: an indicator, an agency."""

    @property
    def code(self) -> str: ...
    @property
    def name_vi(self) -> str: ...
    @property
    def name_en(self) -> str: ...


class Timed(Protocol):
    """What has a text that names it as files do: a period."""

    @property
    def text(self) -> str: ...


class Shaped(Protocol):
    """What has a shape and may exclude its own number: a target."""

    @property
    def shape(self) -> str: ...
    @property
    def strict(self) -> bool: ...


class Titled(Protocol):
    """What has a code, a title and a publisher: a source."""

    @property
    def code(self) -> str: ...
    @property
    def title(self) -> str: ...
    @property
    def publisher(self) -> str: ...


def name_of(thing: Named, say: Say) -> str:
    """The name of an indicator or agency in the reader's language."""
    return thing.name_vi if say.language == "vi" else thing.name_en


def source_title(source: Titled, say: Say) -> str:
    """The title of a source: as published, but for those whose title is a description and has a translation."""
    return _worded(f"source_title.{source.code}", source.title, say)


def source_short(source: Titled, say: Say) -> str:
    """A source in the room of a label: the number of its document, else that it is the press."""
    return _worded(f"source_short.{source.code}", source.code, say)


def publisher(source: Titled, say: Say) -> str:
    """Who published it, in words of the reader's language where nobody is named."""
    return _worded(f"source_publisher.{source.code}", source.publisher, say)


def title_of(indicator: Named, say: Say) -> str:
    """The short title of an indicator where it has one, else its name."""
    return _worded(f"title.{indicator.code}", name_of(indicator, say), say)


def tiny_of(indicator: Named, say: Say) -> str:
    """The name of an indicator within a sentence, as short as there is one: "mức độ 4"."""
    return _worded(f"tiny.{indicator.code}", title_of(indicator, say), say)


def begun(words: str) -> str:
    """Words as a sentence or title begins with them."""
    return words[:1].upper() + words[1:]


def _worded(key: str, otherwise: str, say: Say) -> str:
    return say(key) if say.knows(key) else otherwise


def period_of(text: str, say: Say) -> str:
    """A period in words: "năm 2019", "tháng 9 năm 2019", "12/02/2020"."""
    return period(text, say.language)


def as_of(figure: Figure, say: Say) -> str:
    """To which day a figure of a source speaks, by its period."""
    return begun(period_words(figure, say))


def period_words(figure: Figure, say: Say) -> str:
    """The period of a figure of a source, as it stands within a sentence."""
    return period_of(figure.mark.rsplit("/", 1)[-1], say)


def shape_key(target: Shaped) -> str:
    """The key of the words of a target's shape: "từ {value}", "dưới {value}", "khoảng {value}"."""
    return f"shape.{target.shape}_strict" if target.strict else f"shape.{target.shape}"


def due_text(version: TargetVersion, say: Say) -> str:
    """When a target is due, or that no date is given."""
    due = version.target.due
    return day(due.end) if due else say("target.no_due")


def status_word(nation: National, say: Say) -> str:
    """The word of a status; where nothing was ever measured it says so."""
    if nation.value is None:
        return say("status.never")
    return say(f"status.{nation.judgement.status}")


def standing_word(status: str, say: Say, *, aimed: bool) -> str:
    """The word of a status; without a target there is nothing to be judged by."""
    return say("status.no_target" if status == Status.NA and not aimed else f"status.{status}")


def in_sentence(word: str) -> str:
    """A word as it stands within a sentence."""
    return word[:1].lower() + word[1:]


def clock_text(moment: datetime, on: date) -> str:
    """The hour of the last pull beside the day of the product."""
    return f"{moment:%H:%M}, {day(on)}"


__all__ = ["short_period"]
