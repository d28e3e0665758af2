"""The report to the Prime Minister: every figure in it is the board's, both dates are in it, an office opens it."""

import io
import re
import subprocess
import zipfile
from collections import Counter
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from docx import Document
from pypdf import PdfReader

from data.scope import EVERYTHING
from data.store import Store
from i18n import official
from i18n.formats import paper_day
from layouts.files import rows_of
from layouts.paper import Grid, Paper, Paragraph, Sheet, Signing, hash_of, read_paper, written_paper
from layouts.paper_docx import paper_docx
from layouts.paper_list import paper_of
from metrics.asked import Asked
from metrics.boards.dossier import DossierBoard, dossier
from tests.deliveries import checkin, deliver, directive, letter, written

#: Behind, not reported and reports missing; the same later; an overdue directive.
DAYS = ("2020-02-14", "2020-08-20", "2021-03-31")
ONE, OTHER = "Nguyễn Văn An", "Trần Thị Bình"


def board_of(store: Store, at: str) -> DossierBoard:
    return dossier(store, EVERYTHING, Asked(date.fromisoformat(at)))


def words_of(sheet: Sheet) -> str:
    """The text of a sheet without its head and foot."""
    found = [sheet.about]
    for block in sheet.blocks:
        cells = [block.runs] if isinstance(block, Paragraph) else [cell for row in block.rows for cell in row]
        found += ["".join(run.text for run in cell) for cell in cells]
    return "\n".join(found)


@pytest.mark.parametrize("at", DAYS)
def test_every_figure_of_the_report_is_the_boards(held: Store, at: str) -> None:
    board = board_of(held, at)
    file = {row["mark"]: row["printed"] for row in rows_of(board, official())}
    printed = [(run.mark, run.text) for run in paper_of(board).figures()]
    assert len(printed) > (8 if at == "2021-03-31" else 400)
    assert [(mark, text) for mark, text in printed if file.get(mark) != text] == []


@pytest.mark.parametrize("at", DAYS)
def test_every_number_of_a_sentence_is_a_figure_a_day_or_stands_in_a_name(held: Store, at: str) -> None:
    board = board_of(held, at)
    names = [each.about for each in paper_of(board).sheets]
    loose = set()
    for sheet in paper_of(board).sheets:
        for block in sheet.blocks:
            if isinstance(block, Paragraph) and block is not sheet.blocks[0]:
                plain = " ".join(re.sub(r"tháng \d+ năm", "", run.text) for run in block.runs if not run.mark)
                loose |= set(re.findall(r"\d[\d./,]*", plain))
    days = {word for word in loose if re.fullmatch(r"\d\d?(/\d\d?)?/\d{4}[.,]?", word)}
    said = " ".join((*names, *(words_of(each).split("\n")[2] for each in paper_of(board).sheets)))
    points = {f"{number}." for number in range(1, 7)} | {"3.", "01", "4"}
    assert [word for word in sorted(loose - days - points) if word.rstrip(".,") not in said] == []


@pytest.mark.parametrize("at", DAYS)
def test_the_paper_is_the_same_after_it_was_written_and_read(held: Store, at: str) -> None:
    paper = paper_of(board_of(held, at))
    text = written_paper(paper)
    assert read_paper(text) == paper
    assert hash_of(written_paper(paper_of(board_of(held, at)))) == hash_of(text)


def test_each_entry_has_a_sheet_in_the_order_of_the_list(held: Store) -> None:
    board = board_of(held, "2020-02-14")
    paper = paper_of(board)
    assert [each.key for each in paper.sheets[1:]] == [each.key for each in board.laggards.entries]
    listing = paper.sheets[0]
    (grid,) = [block for block in listing.blocks if isinstance(block, Grid)]
    assert len(grid.rows) == len(paper.sheets) - 1 == 91
    assert [row[0][0].text for row in grid.rows] == [str(number) for number in range(1, 92)]


def test_what_is_simulated_says_so_in_its_own_row(held: Store) -> None:
    (sheet,) = paper_of(board_of(held, "2021-03-31")).sheets[1:]
    (grid,) = [block for block in sheet.blocks if isinstance(block, Grid)]
    rows = [(row[0][0].text, row[1][0].text, "".join(run.text for run in row[2])) for row in grid.rows]
    marked = [what for _, what, more in rows if more.endswith("(mô phỏng)")]
    assert Counter(marked) == {"Cập nhật": 3, "Đôn đốc lần 1": 1, "Đôn đốc lần 2": 1, "Ý kiến của cơ quan": 1}
    assert [what for _, what, more in rows if "mô phỏng" not in more] == ["Giao nhiệm vụ", "Hết hạn trình"]
    assert "“Nội dung ý kiến mô phỏng” (mô phỏng)." in words_of(sheet)
    assert sheet.simulated


def test_both_dates_of_two_articles_stand_in_the_report(store: Store, tmp_path: Path) -> None:
    first = directive(due="2019-09", set_on="2019-09-25", source="D", phrase="trong tháng 9")
    again = directive(due="2020-02", source="A", set_on="2020-02-12", phrase="trong tháng 2")
    deliver(store, tmp_path, written(first, again), "directives")
    deliver(store, tmp_path, written(checkin()), "checkins")
    deliver(store, tmp_path, written(letter()), "letters")
    (sheet,) = paper_of(board_of(store, "2020-03-10")).sheets[1:]
    text = words_of(sheet)
    for wanted in (
        "“trong tháng 9”",
        "“trong tháng 2”",
        "25/9/2019\nGiao nhiệm vụ\nHạn ban hành: 30/9/2019",
        "30/9/2019\nHết hạn cũ ban hành",
        "12/02/2020\nGiao lại, đặt lại hạn\nHạn ban hành: 29/02/2020",
        "29/02/2020\nHết hạn ban hành",
        "05/3/2020\nĐôn đốc lần 1\n12/VPCP, VPCP",
        "quá hạn ban hành 3\u00a0ngày, tính từ hết ngày 29/02/2020 đến ngày 03/3/2020",
        "4. Ý kiến của Bộ Nội vụ: chưa có.",
    ):
        assert wanted in text, wanted
    assert not sheet.simulated


def test_a_target_of_two_dates_stands_with_both(held: Store) -> None:
    sheet = next(each for each in paper_of(board_of(held, "2020-02-14")).sheets if each.key.startswith("behind/"))
    (grid,) = [block for block in sheet.blocks if isinstance(block, Grid)]
    aims = ["".join(run.text for run in row[2]) for row in grid.rows if row[1][0].text == "Đặt mục tiêu"]
    assert "từ 30% đến 31/12/2019" in aims and "từ 30% đến 31/12/2020" in aims


@pytest.mark.parametrize(
    ("day", "written_so"),
    [
        ("2020-02-01", "01/02/2020"),
        ("2019-09-05", "05/9/2019"),
        ("2019-12-31", "31/12/2019"),
        ("2020-03-10", "10/3/2020"),
    ],
)
def test_days_are_written_as_documents_write_them(day: str, written_so: str) -> None:
    assert paper_day(date.fromisoformat(day)) == written_so


# The file


def signed(paper: Paper) -> Signing:
    return Signing(hash_of(written_paper(paper)), ONE, OTHER, date(2020, 8, 20))


def text_of(file: bytes) -> str:
    """Every word of a DOCX, cells and footers among them."""
    with zipfile.ZipFile(io.BytesIO(file)) as archive:
        parts = [
            archive.read(name).decode() for name in archive.namelist() if re.match(r"word/(document|footer)", name)
        ]
    return "\n".join(" ".join(re.findall(r"<w:t[^>]*>([^<]*)</w:t>", part)) for part in parts)


def test_the_file_names_its_type_its_hash_and_who_signed(held: Store) -> None:
    paper = paper_of(board_of(held, "2021-03-31"))
    draft, final = paper_docx(paper, Signing("0" * 64, ONE)), paper_docx(paper, signed(paper))
    document: Any = Document(io.BytesIO(final))
    assert document.styles["Normal"].font.name == "Times New Roman"
    section = document.sections[0]
    sides = [round(getattr(section, name).mm) for name in ("page_width", "page_height", "top_margin", "bottom_margin",
                                                           "left_margin", "right_margin")]  # fmt: skip
    assert sides == [210, 297, 20, 20, 30, 15]
    assert (document.core_properties.last_modified_by, document.core_properties.comments) == (OTHER, "")
    said = text_of(final)
    assert hash_of(written_paper(paper)) in said
    assert OTHER in said and "Hà Nội, ngày 20 tháng 8 năm 2020" in said
    assert "DỰ THẢO" not in said and "DỰ THẢO" in text_of(draft)
    assert OTHER not in text_of(draft) and "(chưa ký)" in text_of(draft)


@pytest.fixture(scope="module")
def opened(held: Store, tmp_path_factory: pytest.TempPathFactory) -> dict[str, PdfReader]:
    """The reports of each day as an office prints them."""
    folder = tmp_path_factory.mktemp("office")
    for at in DAYS:
        paper = paper_of(board_of(held, at))
        (folder / f"{at}.docx").write_bytes(paper_docx(paper, signed(paper)))
    names = [str(folder / f"{at}.docx") for at in DAYS]
    profile = f"-env:UserInstallation=file://{folder}/profile"
    call = ["soffice", profile, "--headless", "--convert-to", "pdf", "--outdir", str(folder), *names]
    subprocess.run(call, check=True, capture_output=True, timeout=240)
    return {at: PdfReader(folder / f"{at}.pdf") for at in DAYS}


def fonts_of(reader: PdfReader) -> set[str]:
    found = set()
    for page in reader.pages:
        fonts: Any = page["/Resources"].get("/Font", {})  # type: ignore[attr-defined]  # any object of a PDF
        for each in fonts.values():
            found.add(str(each.get_object()["/BaseFont"]).split("+")[-1])
    return found


@pytest.mark.parametrize("at", DAYS)
def test_an_office_opens_it_and_no_letter_is_missing(opened: dict[str, PdfReader], held: Store, at: str) -> None:
    # A letter that the type does not have would come from another one, or as the sign of a missing letter.
    assert {name.split("-")[0] for name in fonts_of(opened[at])} <= {"LiberationSerif", "TimesNewRomanPSMT"}
    text = "".join(page.extract_text() for page in opened[at].pages)
    assert not set(text) & {"\ufffd", "\u25a1", "\x00"}
    wanted = {each for sheet in paper_of(board_of(held, at)).sheets for each in words_of(sheet) if each.isalpha()}
    assert len(wanted) > 80 and wanted - set(text) == set()


@pytest.mark.parametrize("at", DAYS)
def test_the_pages_of_the_list_are_numbered_from_the_second_on(
    opened: dict[str, PdfReader], held: Store, at: str
) -> None:
    say, texts = official(), [page.extract_text().strip() for page in opened[at].pages]
    heads = [number for number, text in enumerate(texts) if say("official.head.motto") in text]
    end = heads[1] if len(heads) > 1 else len(texts)
    for number, text in enumerate(texts[:end], 1):
        assert text.startswith(f"{number}\n") == (number > 1), text[:20]
    assert all(not text.startswith(f"{number}\n") for number, text in enumerate(texts[end:], end + 1))
    # Who signs the list is on one page with what they sign.
    closing = [number for number, text in enumerate(texts[:end]) if say("official.foot.recipients") in text]
    assert closing == [number for number, text in enumerate(texts[:end]) if say("official.foot.post") in text]
    assert len(closing) == 1 and "./." in texts[closing[0]]


@pytest.mark.parametrize("at", DAYS)
def test_every_entry_is_one_page(opened: dict[str, PdfReader], held: Store, at: str) -> None:
    paper, heads = paper_of(board_of(held, at)), []
    say = official()
    for number, page in enumerate(opened[at].pages):
        if say("official.head.motto") in page.extract_text():
            heads.append(number)
    assert len(heads) == len(paper.sheets)
    sheets = heads[1:]
    assert sheets == list(range(sheets[0], sheets[0] + len(sheets)))
    assert len(opened[at].pages) == sheets[-1] + 1
