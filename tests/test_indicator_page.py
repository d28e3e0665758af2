"""The page of an indicator in a real browser: it fits, its title answers, its file agrees, and links lead to it."""

from pathlib import Path
from urllib.error import HTTPError
from urllib.parse import urlencode
from urllib.request import urlopen

import pytest
from playwright.sync_api import Page

from data.store import Store
from i18n import LANGUAGES, speaker
from settings import Settings
from tests.browser import go
from tests.exports import exported
from tests.looks import ACTS, PLACES, VIETNAMESE, assert_fits_every_window, texts
from tests.test_figures_agree import differences
from tests.trees import marked, sent

VIEWS: tuple[tuple[str, dict[str, str]], ...] = (
    ("DVC01", {}),
    ("VB01", {"at": "2020-08-20"}),
    ("DVC08", {"at": "2020-02-14"}),
    ("BC01", {"at": "2020-08-20"}),
    ("XH03", {"at": "2020-02-14"}),
)


def indicator_at(code: str, **query: str) -> str:
    return f"/indicator/{code}" + (f"?{urlencode(query)}" if query else "")


def name_of_view(view: tuple[str, dict[str, str]]) -> str:
    return "-".join((view[0], *view[1].values()))


@pytest.mark.parametrize("view", VIEWS, ids=name_of_view)
@pytest.mark.parametrize("language", LANGUAGES)
def test_it_fits_and_can_be_read(page: Page, served: str, language: str, view: tuple[str, dict[str, str]]) -> None:
    go(page, served, indicator_at(view[0], **view[1], lang=language))
    assert_fits_every_window(page, at_least=30)


@pytest.mark.parametrize("view", VIEWS, ids=name_of_view)
def test_english_holds_vietnamese_only_where_it_quotes(
    page: Page, served: str, view: tuple[str, dict[str, str]]
) -> None:
    go(page, served, indicator_at(view[0], **view[1], lang="en"))
    left = [ACTS.sub("", PLACES.sub("", each["text"])) for each in texts(page) if each["lang"] == "en"]
    assert [text for text in left if VIETNAMESE.search(text)] == []


@pytest.mark.parametrize(
    ("language", "title"),
    [
        ("vi", "Dịch vụ công trực tuyến mức độ 4: 10,7%, chậm 7,3 điểm % so với lộ trình"),
        ("en", "Level-4 online public services: 10.7%, 7.3 pp behind its glidepath"),
    ],
)
def test_the_title_is_the_answer(page: Page, served: str, language: str, title: str) -> None:
    go(page, served, indicator_at("DVC01", lang=language))
    assert (page.locator("h1").text_content() or "").replace("\u00a0", " ") == title
    assert page.locator(".nav [aria-current]").text_content() == speaker(language)("nav.overview")
    facts = page.locator(".answer-fact").all_text_contents()
    assert any("31/12/2019" in each for each in facts)
    assert page.locator("[data-province]").count() == 63
    assert page.locator("[data-archipelago]").count() == 2


def test_the_course_tells_the_missed_date_and_the_pace_that_the_target_takes(page: Page, served: str) -> None:
    go(page, served, indicator_at("DVC01"))
    card = page.locator(".card-course")
    words = (card.text_content() or "").replace("\u00a0", " ")
    assert "Mốc 30% đến 31/12/2019 không đạt, thiếu 19,3 điểm % theo số đầu tiên sau hạn" in words
    assert "cần +1,8 điểm/tháng" in words
    assert card.locator(".trend-missed").count() == 1
    # On the day before the date nothing is missed yet.
    go(page, served, indicator_at("DVC01", at="2019-12-31"))
    assert page.locator(".card-course").count() == 1
    assert page.locator(".trend-missed").count() == 0


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("view", VIEWS, ids=name_of_view)
def test_every_figure_of_the_page_is_that_of_the_file(
    held: Store,
    settings: Settings,
    demonstration_url: str,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    view: tuple[str, dict[str, str]],
    language: str,
) -> None:
    code, query = view[0], {"at": "2020-02-14"} | view[1]
    found = exported("indicator", demonstration_url, tmp_path / "x.json", query["at"], monkeypatch, language,
                     "--indicator", code)  # fmt: skip
    page = marked(sent(held, settings, indicator_at(code, **query, lang=language)))
    assert len(page) >= 1
    assert differences(page, {row["mark"]: row["printed"] for row in found["figures"]}) == []
    assert found["corrections"] == []


def test_no_card_that_holds_simulated_data_is_without_its_label(page: Page, served: str) -> None:
    go(page, served, indicator_at("DVC01"))
    cards = page.locator("main .card[data-simulated]")
    assert cards.count() >= 5
    for card in cards.all():
        assert card.locator(".sim").count() == 1


@pytest.mark.parametrize(
    ("language", "words"),
    [
        (
            "vi",
            {
                "Nguyên văn": "“mục tiêu 30% tỷ lệ dịch vụ công trực tuyến mức độ 4, hiện nay mới đạt 10,7%”",
                "Số liệu đến / công bố": "12/02/2020 / 12/02/2020",
                "Độ chính xác": "1 số lẻ, như nguồn ghi",
                "Cách ghi": "đúng số, không kèm “khoảng”, “trên”, “gần”",
                "Tử số, mẫu số": "nguồn không nêu tử số, mẫu số",
                "Đã sửa": "0 lần",
            },
        ),
        (
            "en",
            {
                "In its words": "“mục tiêu 30% tỷ lệ dịch vụ công trực tuyến mức độ 4, hiện nay mới đạt 10,7%”",
                "Data as of / published": "12/02/2020 / 12/02/2020",
                "Precision": "decimals: 1, as in the source",
                "Corrected": "0 times",
            },
        ),
    ],
)
def test_the_nation_s_figure_tells_where_it_comes_from(
    page: Page, served: str, language: str, words: dict[str, str]
) -> None:
    go(page, served, indicator_at("DVC01", lang=language))
    card = page.locator(".card-origin")
    rows = {
        row.locator("dt").text_content(): (row.locator("dd").text_content() or "").replace("\u00a0", " ")
        for row in card.locator(".fact").all()
    }
    assert {name: rows.get(name) for name in words} == words
    assert card.locator(".card-title .figure").get_attribute("data-figure") == "DVC01/VN/2020-02-12"
    card.locator(".table-link").click()
    page.wait_for_selector(".twin td")
    assert page.locator(".twin td", has_text="Bài A, đoạn về").count() == 1


def test_a_nation_without_a_figure_has_no_origin(page: Page, served: str) -> None:
    go(page, served, indicator_at("DVC02"))
    assert page.locator(".card-origin").count() == 0
    assert page.locator(".card-corrections").count() == 1


def test_every_agency_that_reported_stands_in_the_shape_of_its_status(page: Page, served: str) -> None:
    go(page, served, indicator_at("DVC01"))
    provinces = page.locator(".card-dots").first
    marks = provinces.locator(".dot")
    assert marks.count() == 61
    told = [each.get_attribute("title") or "" for each in marks.all()]
    assert any(each.replace("\u00a0", " ") == "Đà Nẵng: 31,2%, vượt mục tiêu" for each in told)
    for shape in ("exceeded", "good", "watch", "behind"):
        drawn = provinces.locator(f".dot.glyph-{shape}").count()
        legend = provinces.locator(".legend-part", has=page.locator(f".glyph-{shape}")).text_content() or ""
        assert legend.split()[0] == str(drawn)
    counted = [int((each.text_content() or "0").split()[0]) for each in provinces.locator(".legend-part").all()]
    assert sum(counted) == 63
    assert "trung vị" in (provinces.locator(".dots-middle").text_content() or "")


def test_one_day_is_no_days(page: Page, served: str) -> None:
    go(page, served, indicator_at("DVC02", lang="en"))
    assert (page.locator(".sender-days").first.text_content() or "").replace("\u00a0", " ") == "after 1 day"


def test_links_lead_to_it_and_on_with_its_indicator(page: Page, served: str) -> None:
    go(page, served, "/?indicator=VB01")
    page.locator(".title-link").click()
    page.wait_for_selector("main[data-screen=indicator]")
    assert page.url.endswith("/indicator/VB01")
    page.locator(".control-end a").click()
    page.wait_for_selector("main[data-screen=ranking]")
    assert page.url.endswith("/ranking?indicator=VB01")
    page.go_back()
    page.wait_for_selector("main[data-screen=indicator]")
    page.locator(".nav a").nth(1).click()
    page.wait_for_selector("main[data-screen=ranking]")
    assert page.url.endswith("/ranking?indicator=VB01")
    go(page, served, "/reports?at=2020-02-14")
    page.locator("[data-cover]").first.click()
    page.wait_for_selector("main[data-screen=indicator]")
    assert page.url.endswith("/indicator/DVC01?at=2020-02-14")


def test_a_period_is_chosen_in_the_address(page: Page, served: str) -> None:
    go(page, served, indicator_at("DVC01", period="2019-11"))
    told = page.locator(".card-senders .card-title").text_content() or ""
    assert told == speaker("vi")("indicator.senders_of", period="tháng 11 năm 2019")
    go(page, served, indicator_at("DVC01", period="2018-01"))
    said = page.locator(".notice").all_text_contents()
    assert any(speaker("vi")("notice.unknown_period", value="2018-01") in each for each in said)


@pytest.mark.parametrize("path", ["/indicator/XX99", "/indicator/", "/indicator/DVC01/x", "/indicator/dvc01"])
def test_what_is_no_indicator_is_not_found(served: str, path: str) -> None:
    with pytest.raises(HTTPError) as refused:
        urlopen(served + path)
    assert refused.value.code == 404
    refused.value.close()


def test_those_that_did_not_report_are_all_named_but_the_most_are_folded(page: Page, served: str) -> None:
    go(page, served, indicator_at("DVC08", at="2020-02-14"))
    card = page.locator(".card-senders")
    assert card.locator("li[data-agency]").count() == 84
    assert card.locator("li[data-agency]:visible").count() == 10
    card.locator("summary").click()
    assert card.locator("li[data-agency]:visible").count() == 84
    # A count has its unit beside its scale.
    assert "dịch vụ" in (page.locator(".card-dots .card-aside").first.text_content() or "")


def test_a_period_within_a_sentence_has_a_small_letter(page: Page, served: str) -> None:
    go(page, served, indicator_at("VB01", at="2020-02-14"))
    assert "số công bố, năm 2019; " in (page.locator(".statement").first.text_content() or "")
