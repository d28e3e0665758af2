"""Where a correction is told, both persons of one that needed two are named: in the card, the panel and the file."""

import csv
import io
import shutil
from pathlib import Path

import pytest

from app import create_app
from callbacks.router import answer
from data.closings import close
from data.proposing import approve
from data.refusal import Proposed
from data.store import open_store
from settings import Settings
from tests.deliveries import deliver, figure, said, written


def test_both_persons_are_named(migrated_sqlite: Path, tmp_path: Path) -> None:
    shutil.copyfile(migrated_sqlite, tmp_path / "centre.db")
    store = open_store(f"sqlite:///{tmp_path / 'centre.db'}")
    because = said(reason="đính chính", actor="lan")
    rows = figure("10"), figure("20", agency_code="79")
    deliver(store, tmp_path, written(*rows))
    deliver(store, tmp_path, written(figure("21", agency_code="79")), delivery=because)
    close(store, "DVC01", "2019-12", "cli")
    with pytest.raises(Proposed):
        deliver(store, tmp_path, written(figure("11")), delivery=because)
    approve(store, 1, "hoa")
    settings = Settings.from_env({"DATABASE_URL": store.url, "DEMO": "off", "TODAY": "2020-02-14"})
    asked = {"path": "/indicator/DVC01", "search": "?figure=DVC01/01/2019-12", "number": 1, "shown": {}}
    page = answer(asked, store, settings)
    assert page.count("Người duyệt: hoa") == 1
    assert page.count("Người đề nghị: lan; người duyệt: hoa") == 1
    english = answer(asked | {"search": "?lang=en&figure=DVC01/79/2019-12"}, store, settings)
    assert "Approved by hoa" in english
    assert "Proposed by" not in english, "nobody had to approve this one"
    file = create_app(settings).server.test_client().get("/table/indicator/DVC01/corrections.csv?lang=en").text
    columns, *lines = csv.reader(io.StringIO(file.removeprefix("\ufeff"), newline=""))
    assert sorted(line[columns.index("Approved by")] for line in lines) == ["", "hoa"]
    store.close()
