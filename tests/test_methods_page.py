"""The page of methods: every rule, formula and term has its anchor, links lead to anchors that exist, and it fits."""

import csv
from pathlib import Path

import pytest
from playwright.sync_api import Page

from data.glossary import terms
from data.store import Store
from i18n import LANGUAGES, speaker
from i18n.formats import as_written
from layouts.methods import RULES, anchor_of
from metrics.forecast import _QUARTER_DAYS, MONTH_DAYS
from settings import Settings
from tests.browser import go
from tests.looks import ACTS, PLACES, VIETNAMESE, assert_fits_every_window, texts
from tests.test_search import SCREENS
from tests.trees import marked, nodes_of, sent

#: Where rules are used: a screen each, and the panel of a figure.
USES = (*SCREENS, "/?theme=economy", "/indicator/KTXH07", "/?figure=DVC01/VN/2020-02-12")


def anchors(held: Store, settings: Settings) -> list[str]:
    trees = sent(held, settings, "/methods")
    return [node[1]["id"] for tree in trees.values() for node in nodes_of(tree) if "id" in node[1]]


def test_every_rule_formula_and_term_has_one_anchor(held: Store, settings: Settings) -> None:
    found = anchors(held, settings)
    assert len(found) == len(set(found))
    assert {f"rule-{rule}" for rule in RULES} <= set(found)
    assert sum(each.startswith("formula-") for each in found) == 67
    assert {anchor_of(term) for term in terms()} <= set(found)


def test_every_link_to_a_rule_leads_to_one(held: Store, settings: Settings) -> None:
    known, used = set(anchors(held, settings)), set()
    for path in USES:
        trees = sent(held, settings, path)
        links = {node[1].get("href", "") for tree in trees.values() for node in nodes_of(tree)}
        assert any(link == "/methods" for link in links), f"no way to the methods from {path}"
        used |= {link.partition("#")[2] for link in links if link.startswith("/methods#")}
    assert used - known == set()
    assert used >= {"rule-status", "rule-rank", "rule-target", "rule-sum", "rule-laggards", "rule-plan"}


def test_the_terms_are_those_of_the_glossary(shared: Path) -> None:
    with (shared / "reference" / "glossary.csv").open(encoding="utf-8-sig", newline="") as file:
        theirs = [(row["vi"], row["en"]) for row in csv.DictReader(file)]
    assert [(term.vi, term.en) for term in terms()] == theirs
    assert all(term.meaning_vi and term.meaning_en for term in terms())


def test_the_title_counts_what_the_page_holds(held: Store, settings: Settings) -> None:
    trees = sent(held, settings, "/methods")
    counts = {mark: int(words) for mark, words in marked(trees)}
    rows = [node[1]["id"] for tree in trees.values() for node in nodes_of(tree) if "id" in node[1]]
    for mark, anchor in (("methods/indicators", "formula-"), ("methods/terms", "term-")):
        assert counts[mark] == sum(each.startswith(anchor) for each in rows)
    without = str(trees["formulas"]).count(speaker("vi")("indicator.no_formula"))
    assert counts["methods/formulas"] == counts["methods/indicators"] - without


@pytest.mark.parametrize("language", LANGUAGES)
def test_rules_name_the_numbers_the_code_counts_with(language: str) -> None:
    say = speaker(language)
    assert as_written(MONTH_DAYS, language) in say("rule.pace")
    for days in (_QUARTER_DAYS.start, _QUARTER_DAYS.stop - 1):
        assert str(days) in say("rule.projection")


@pytest.mark.parametrize("language", LANGUAGES)
def test_it_fits_and_can_be_read(page: Page, served: str, language: str) -> None:
    go(page, served, f"/methods?lang={language}")
    assert_fits_every_window(page, at_least=300)


def test_english_holds_vietnamese_only_where_it_quotes(page: Page, served: str) -> None:
    go(page, served, "/methods?lang=en")
    left = [ACTS.sub("", PLACES.sub("", each["text"])) for each in texts(page) if each["lang"] == "en"]
    assert [text for text in left if VIETNAMESE.search(text)] == []


def test_a_link_shows_the_rule_it_means_and_keeps_the_address(page: Page, served: str) -> None:
    go(page, served, "/ranking?at=2020-02-14&lang=en")
    page.locator("a.source[href='/methods#rule-rank']").first.click()
    page.wait_for_selector("main[data-screen=methods]")
    assert page.url.endswith("/methods?at=2020-02-14&lang=en#rule-rank")
    top = "() => document.getElementById('{}').getBoundingClientRect().top"
    page.wait_for_function(f"() => (({top.format('rule-rank')})()) < 120")
    page.locator(".methods-contents a").nth(2).evaluate("(link) => link.click()")
    page.wait_for_function(f"() => (({top.format('glossary')})()) < 160")
    assert page.url.endswith("/methods?at=2020-02-14&lang=en#glossary")
    page.go_back()
    page.wait_for_function("() => window.location.hash === '#rule-rank'")
    go(page, served, "/methods?lang=en#rule-simulated")
    page.wait_for_function(f"() => window.scrollY > 0 && (({top.format('rule-simulated')})()) < 900")
