"""Words that are counted: after 1 stands one, in every phrase of both languages."""

import re
from string import Formatter

import pytest

from figures.node import Node
from i18n import LANGUAGES, Say, speaker
from layouts.parts import sentence
from layouts.shell import watch_words
from layouts.wall import WORDS as ON_THE_WALL

#: Places that hold no count: names, figures with their unit, days, codes, what somebody wrote, limits of the product.
NO_COUNT = {
    *("value", "name", "names", "indicator", "code", "codebook", "agency", "owner", "who", "source"),
    *("sources", "unit", "role", "display"),
    *("period", "since", "day", "due", "published", "month", "year", "at", "when", "mapping", "old", "date"),
    *(
        "share",
        "amount",
        "target",
        "path",
        "missing",
        "band",
        "change",
        "hash",
        "act",
        "address",
        "last",
        "before",
        "error",
    ),
    *("most", "limit", "low", "high", "size", "below", "least", "hours", "until", "set_on", "begun", "osm", "odbl"),
}
#: Words that end like a plural and are none, or that begin another part of the sentence.
NO_PLURAL = {
    "is",
    "was",
    "has",
    "its",
    "this",
    "as",
    "does",
    "less",
    "across",
    "status",
    "access",
    "names",
    "leads",
    "owes",
    "waits",
}
PLURAL_VERBS = {"are", "were", "have", "owe", "do"}
IRREGULAR = {"people"}
ENDS = re.compile(
    r"\b(of|in|on|at|by|to|for|from|with|without|that|past|than|and|or|over|under|among|since|so|both)\b"
)


def disagreeing(text: str) -> list[str]:
    """What stands in the plural behind a 1."""
    found = []
    for after in re.split(r"(?<![\d.,/])1(?![\d.,])", text)[1:]:
        begins = re.match(r"[\s\u00a0]*((?:[A-Za-z][\w-]*[ \u00a0]?)*)", after)
        assert begins is not None  # no word at all matches, too
        run = ENDS.split(begins[1])[0]
        words = [word.casefold() for word in run.split()]
        plural = [word for word in words if word.endswith("s") and not word.endswith("ss")]
        found += [word for word in plural if word not in NO_PLURAL]
        found += [word for word in words if word in PLURAL_VERBS | IRREGULAR]
    return found


def places(phrase: str) -> set[str]:
    return {name for _, name, _, _ in Formatter().parse(phrase) if name}


def filled(say: Say, key: str, count: str) -> str:
    """The phrase with every count the same, and every other place a word."""
    return say(key, **{name: "X" if name in NO_COUNT else count for name in places(say.words[key])})


def counted(language: str) -> list[str]:
    """Every phrase with a place for a count."""
    return sorted(key for key, phrase in speaker(language).words.items() if places(phrase) - NO_COUNT)


@pytest.mark.parametrize("key", counted("en"))
def test_one_is_followed_by_one(key: str) -> None:
    assert disagreeing(filled(speaker("en"), key, "1")) == []


@pytest.mark.parametrize(
    "text",
    ["+1 tasks given", "1 reports", "1 of 1 targets", "1 new figures", "1 task are done", "1 level-4 services"],
)
def test_a_plural_after_one_is_seen(text: str) -> None:
    assert disagreeing(text)


def test_many_phrases_are_looked_at_and_many_choose() -> None:
    choosing = [key for key, phrase in speaker("en").words.items() if "|" in phrase]
    assert len(choosing) > 100
    assert set(choosing) <= set(counted("en")) | {"wall.today_due"}
    for key in choosing:
        assert filled(speaker("en"), key, "1") != filled(speaker("en"), key, "2").replace("2", "1"), key


@pytest.mark.parametrize(
    ("count", "words"),
    [("1", "+1 task given"), ("+1", "++1 task given"), ("11", "+11 tasks given"), ("0", "+0 tasks given")],
)
def test_words_agree_with_their_number(count: str, words: str) -> None:
    say = speaker("en")
    assert say("wall.tasks_new_given", n=count) == words
    assert Node("p", sentence(say, "wall.tasks_new_given", n=Node("b", count))).text == words


def test_words_beside_a_number_agree_with_it() -> None:
    say = speaker("en")
    assert [say("wall.today_due", n=count) for count in (1, "2")] == ["report due today", "reports due today"]
    assert speaker("vi")("wall.today_due", n=1) == speaker("vi")("wall.today_due", n=2)


def test_each_place_agrees_with_its_own_number() -> None:
    assert speaker("en")("wall.today_owing", n=1, m=3) == "1 agency owes 3 reports"
    assert speaker("en")("wall.today_owing", n=2, m=1) == "2 agencies owe 1 report"


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_the_browser_fills_itself_has_no_choice_of_words(language: str) -> None:
    words = speaker(language).words
    sent = [watch_words()[language], words["ranking.found"], *(words[f"wall.{name}"] for name in ON_THE_WALL)]
    assert [phrase for phrase in sent if re.search(r"\{\w+:", phrase)] == []
