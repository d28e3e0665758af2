"""The gate of secrecy: what is typed is judged as files are, and what is refused is neither told nor kept."""

import json
import logging
import unicodedata
from pathlib import Path
from typing import NoReturn

import pytest

import cli
import settings
from callbacks.typed_calls import marked as marked_arguments
from data import secrecy
from data.audit import verify
from data.delivery import Answered
from data.ingest import ingest
from data.refusal import Refusal, told
from data.sources.mapping import read_mapping
from data.sources.text import is_marked
from data.store import Store, StoreError
from data.wall_profiles import ProfileError, read_profiles
from i18n import LANGUAGES, speaker
from tests.data.sources.test_mapping import BODY, HEAD, PAIR
from tests.deliveries import figure, said, written
from tests.engines import audit_rows, dump_hash
from tests.test_forms import CHECKIN, LETTER, filled, send

__all__ = ["filled"]

MARKS = [
    "Mật",
    "TỐI MẬT",
    "tuyệt mật",
    "Độ mật: Tuyệt mật",
    "M Ậ T",
    "[Tối mật]",
    "M\u200bật",
    unicodedata.normalize("NFD", "Độ mật: TỐI MẬT"),
    "TuyÖt mËt",
    "Toái maät",
    "Tá»‘i máº\xadt",
    "Kết quả quý I\nTỐI MẬT\nđã gửi Bộ",
    "Mật\r\nsố 12/BC",
    "Tuyệt\nmật",
]
ORDINARY = [
    "bảo mật",
    "Mật khẩu đã đổi",
    "mật độ dân số",
    "bí mật nhà nước",
    "Gỡ bí mật, Mật, và khác",
    "Đã gửi, mật, lần hai",
    "cơ mật viện",
    "Mật ong",
    "Toi mat",
    "MAT",
    "Độ mật",
    "mặt",
    "số liệu về bảo\nmật khẩu",
    unicodedata.normalize("NFD", "An toàn, bảo mật"),
]
#: Stands in the text beside a mark, and is never to be found again.
PLANTED = "Đoàn 559 vào Nam"
SECRET = f"Tuyệt mật\n{PLANTED}"


@pytest.mark.parametrize("text", MARKS)
def test_a_line_that_is_a_mark_is_one(text: str) -> None:
    assert is_marked(text)


@pytest.mark.parametrize("text", ORDINARY)
def test_ordinary_words_pass(text: str) -> None:
    assert not is_marked(text)
    assert marked_arguments(["ingest", "--reason", text, f"--by={text}"]) == []


@pytest.mark.parametrize(
    ("name", "cells", "field"),
    [
        ("checkin", CHECKIN | {"note": SECRET}, "note"),
        ("checkin", CHECKIN | {"evidence": SECRET}, "evidence"),
        ("checkin", CHECKIN | {"reason": SECRET}, "reason"),
        ("reply", LETTER | {"words": SECRET}, "words"),
        ("reminder", LETTER | {"sent_by": SECRET, "document": "1"}, "sent_by"),
        ("draft", {"at": "2020-03-10", "person": SECRET}, "person"),
        ("sign", {"number": "1", "person": SECRET}, "person"),
        ("report", {"number": "1", "person": "An", "document": SECRET}, "document"),
        ("checkin", CHECKIN | {SECRET: "x"}, secrecy.WITHHELD),
        ("checkin", CHECKIN | {PLANTED: "Mật"}, secrecy.WITHHELD),
    ],
)
@pytest.mark.parametrize("language", LANGUAGES)
def test_a_form_refuses_it_without_an_echo(
    filled: Store, name: str, cells: dict[str, str], field: str, language: str, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    before, log, say = dump_hash(filled), audit_rows(filled), speaker(language)
    right, words = send(filled, name, cells, f"?lang={language}")
    place = f"{say(f'field.{field}')}: " if field != secrecy.WITHHELD else ""
    assert (right, words) == (False, f"{place}{say('form.typed')} [E_CLASSIFIED]")
    assert dump_hash(filled) == before
    *earlier, (action, detail) = audit_rows(filled)
    assert (earlier, action) == (log, "secrecy")
    told_of = {"where": f"form {name}", "fields": [field], "result": "refused", "codes": ["E_CLASSIFIED"]}
    assert json.loads(detail) == told_of
    for place in (words, detail, caplog.text):
        assert PLANTED not in place and "Tuyệt" not in place


def test_ordinary_words_are_taken_from_a_form(filled: Store) -> None:
    for at, words in enumerate(text for text in ORDINARY if "\n" not in text):
        cells = LETTER | {"words": words} | ({"reason": "sửa lời"} if at else {})
        assert send(filled, "reply", cells)[0], words


@pytest.mark.parametrize(
    ("arguments", "place"),
    [
        (("ingest", "observations", "a.csv", "--reason", SECRET), "--reason"),
        (("ingest", "observations", "a.csv", f"--by={SECRET}"), "--by"),
        (("ingest", "observations", "Tối mật.csv"), "#3"),
        (("ingest", "Tối mật", "a.csv"), "#2"),
        (("correction", "refuse", "1", "--by", "An", "--reason", SECRET), "--reason"),
        (("correction", "approve", "1", "--by", SECRET), "--by"),
        (("period", "close", "DVC01", "2019-12", "--by", SECRET), "--by"),
        (("period", "close", "Mật", "2019-12"), "#3"),
        (("token", "add", SECRET, "--agency", "01", "--days", "3"), "#3"),
        (("person", "add", "Mật", "--role", "auditor"), "#3"),
        (("person", "add", "an", "--role", "auditor", "--display", SECRET), "--display"),
        (("screen", "add", SECRET, "--profile", "national"), "#3"),
        (("dossier", "draft", "--by", SECRET), "--by"),
        (("dossier", "report", "1", "--by", "An", "--document", SECRET), "--document"),
    ],
)
def test_no_argument_may_bear_a_mark(
    store: Store,
    arguments: tuple[str, ...],
    place: str,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    for known in settings.KNOWN:
        monkeypatch.delenv(known.name, raising=False)
    monkeypatch.setenv("DATABASE_URL", store.url)
    monkeypatch.setenv("LANGUAGE", "en")
    before, log = dump_hash(store), audit_rows(store)
    assert cli.main(arguments) == 1
    output = capsys.readouterr()
    assert output.out == ""
    say = speaker("en")
    assert output.err.splitlines() == [
        f"{place}: {say('refusal.E_CLASSIFIED.typed')} [E_CLASSIFIED]",
        say("cli.refused", total=1, shown=1),
    ]
    assert dump_hash(store) == before
    *earlier, (action, detail) = audit_rows(store)
    assert (earlier, action) == (log, "secrecy")
    assert json.loads(detail) == {
        "where": f"cli {arguments[0]}",
        "fields": [place],
        "result": "refused",
        "codes": ["E_CLASSIFIED"],
    }


def test_without_a_store_it_is_refused_all_the_same(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "none.db"
    monkeypatch.setenv("DATABASE_URL", f"sqlite:///{file}")
    assert cli.main(("person", "add", "Mật", "--role", "auditor")) == 1
    assert "[E_CLASSIFIED]" in capsys.readouterr().err
    assert not file.exists()


@pytest.mark.parametrize(
    "given",
    [
        {"reason": SECRET},
        {"answers": Answered("R01", SECRET, "2020-01")},
        {"answers": Answered("Mật", "01", "2020-01")},
    ],
)
def test_what_is_said_of_a_delivery_bears_none(store: Store, tmp_path: Path, given: dict[str, object]) -> None:
    file = tmp_path / "in.csv"
    file.write_bytes(written(figure("10.7")))
    _refused(store, [(file, "in.csv")], **given)


def test_no_file_is_called_so(store: Store, tmp_path: Path) -> None:
    file = tmp_path / "in.csv"
    file.write_bytes(written(figure("10.7")))
    detail = _refused(store, [(file, "in.csv"), (file, "TỐI MẬT.csv")])
    assert [each["file"] for each in json.loads(detail)["files"]] == ["in.csv", "….csv"]


def _refused(store: Store, files: list[tuple[Path, str]], **given: object) -> str:
    """Deliver files that are refused for a mark; the row of the log that tells of it."""
    before = dump_hash(store)
    with pytest.raises(Refusal) as caught:
        ingest("observations", files, store, said(**given))
    lines = [told(problem, speaker(language)) for problem in caught.value.problems for language in LANGUAGES]
    assert {problem.code for problem in caught.value.problems} == {"E_CLASSIFIED"}
    action, detail = audit_rows(store)[-1]
    assert (action, json.loads(detail)["codes"], dump_hash(store)) == (
        "ingest observations",
        ["E_CLASSIFIED"],
        before,
    )
    for text in (*lines, detail):
        assert PLANTED not in text and "TỐI" not in text and "Tuyệt" not in text
    return detail


@pytest.mark.parametrize(
    "text",
    [
        HEAD + BODY + PAIR + "# TUYỆT MẬT\n",
        HEAD + BODY + PAIR + 'note = "Tối mật"\n',
        HEAD + BODY.replace("header_rows = 1", 'header_rows = 1\nskip = ["Mật"]') + PAIR,
        "Độ mật: Mật\n = broken",
    ],
)
def test_a_mapping_bears_none(tmp_path: Path, text: str) -> None:
    file = tmp_path / "table.toml"
    for form in ("NFC", "NFD"):
        file.write_text(unicodedata.normalize(form, text), "utf-8")
        with pytest.raises(Refusal) as caught:
            read_mapping(file)
        (problem,) = caught.value.problems
        assert (problem.code, problem.value, problem.hints) == ("E_CLASSIFIED", None, ())
    file.write_text(HEAD + BODY + PAIR + "# bảo mật\n", "utf-8")
    assert read_mapping(file).pairs


@pytest.mark.parametrize("mark", ["# MẬT\n", 'language = "Tối mật"\n', '"Mật" = 1\n', "Mật\n"])
def test_profiles_of_walls_bear_none(tmp_path: Path, mark: str) -> None:
    file = tmp_path / "walls.toml"
    text = '[hall]\nscene = [{ show = "map" }]\n'
    file.write_text(text + mark, "utf-8")
    with pytest.raises(ProfileError, match="bears a mark of secrecy") as caught:
        read_profiles(file)
    assert "ật" not in str(caught.value) and "ẬT" not in str(caught.value)
    file.write_text(text + "# bảo mật\n", "utf-8")
    assert list(read_profiles(file)) == ["hall"]


def test_a_log_that_takes_nothing_stops_no_refusal(
    filled: Store, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def closed() -> NoReturn:
        raise StoreError("unreadable", why="the disk is gone")

    monkeypatch.setattr(filled, "writing", closed)
    right, words = send(filled, "reply", LETTER | {"words": SECRET})
    assert not right and words.endswith("[E_CLASSIFIED]")
    assert "a refusal is not in the audit log: form reply: StoreError" in caplog.text
    assert PLANTED not in caplog.text


def test_the_log_stays_whole(filled: Store) -> None:
    send(filled, "checkin", CHECKIN | {"note": SECRET})
    with filled.reading() as snapshot:
        assert verify(snapshot).fault is None
