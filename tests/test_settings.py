"""Settings: their defaults, and a wrong value that stops the start with key, value, what is expected and a hint."""

from datetime import date
from pathlib import Path

import pytest

from settings import EMBEDDED_URL, KNOWN, ROOT, SettingError, Settings, SingleSignOn

POSTGRESQL = "postgresql+psycopg://centre@127.0.0.1/centre"
READER = "postgresql+psycopg://centre_reader@127.0.0.1/centre"


def test_nothing_set_is_the_embedded_demonstration_on_the_loopback() -> None:
    found = Settings.from_env({})
    assert found.database_url == EMBEDDED_URL == f"sqlite:///{ROOT}/var/centre.db"
    assert (found.host, found.port, found.language, found.auth) == ("127.0.0.1", 8050, "vi", "open")
    assert (found.embedded, found.demo, found.today) == (True, True, None)
    assert len(found.secret_key) == 64
    assert (found.trusted_proxies, found.metrics_token) == (0, None)


def test_the_key_is_made_anew_at_each_start() -> None:
    assert Settings.from_env({}).secret_key != Settings.from_env({}).secret_key
    assert Settings.from_env({"SECRET_KEY": "k" * 32}).secret_key == "k" * 32


@pytest.mark.parametrize("url", ["sqlite:////var/other.db", POSTGRESQL])
def test_a_store_of_ones_own_has_no_demonstration_unless_asked_for(url: str) -> None:
    found = Settings.from_env({"DATABASE_URL": url})
    assert (found.database_url, found.embedded, found.demo) == (url, False, False)
    assert Settings.from_env({"DATABASE_URL": url, "DEMO": "on"}).demo


def test_every_setting_is_read() -> None:
    given = {
        "DATABASE_URL": POSTGRESQL,
        "READER_URL": READER,
        "HOST": "::1",
        "PORT": "65535",
        "SECRET_KEY": "s" * 40,
        "TODAY": "2020-02-14",
        "DEMO": "off",
        "BOUNDARIES": "borders.geojson",
        "LANGUAGE": "en",
        "WALL_PROFILES": "walls.toml",
        "WALL_REFRESH_SECONDS": "60",
        "AUTH": "local",
        "WALL_ACCESS": "enrolled",
        "TRUSTED_PROXIES": "1",
        "METRICS_TOKEN": "m" * 32,
        "OIDC_ISSUER": "https://sso.example",
        "OIDC_CLIENT_ID": "centre",
        "OIDC_CLIENT_SECRET": "shown to nobody",
    }
    assert set(given) == {known.name for known in KNOWN}
    borders = Path("borders.geojson")
    walls, day, key = Path("walls.toml"), date(2020, 2, 14), "s" * 40
    known = POSTGRESQL, READER, "::1", 65535, key, day, False, borders, "en", walls, 60, "local", "enrolled"
    expected = Settings(*known, 1, "m" * 32, None)
    assert Settings.from_env(given) == expected
    sign_on = SingleSignOn("https://sso.example", "centre", "shown to nobody")
    assert Settings.from_env(given | {"AUTH": "oidc"}).single_sign_on == sign_on
    assert Settings.from_env({name: f"  {value} \n" for name, value in given.items()}) == expected


def test_an_empty_value_is_none_given() -> None:
    assert Settings.from_env({known.name: " " for known in KNOWN}).port == 8050
    assert Settings.from_env({"TODAY": ""}).today is None


def test_the_environment_of_the_process_is_read(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PORT", "9000")
    assert Settings.from_env().port == 9000


@pytest.mark.parametrize(
    ("name", "value", "expected"),
    [
        ("DATABASE_URL", "postgresql://127.0.0.1/centre", "postgresql+psycopg://"),
        ("DATABASE_URL", "centre.db", "sqlite:///FILE"),
        ("DATABASE_URL", "sqlite://", "sqlite:///FILE"),
        ("READER_URL", READER, "a SQLite file is read through connections that cannot write"),
        ("READER_URL", "sqlite:///centre.db", "postgresql+psycopg://…"),
        ("HOST", "0.0.0.0", "HOST=127.0.0.1"),
        ("HOST", "192.168.1.5", "HOST=127.0.0.1"),
        ("HOST", "centre.example", "HOST=127.0.0.1"),
        ("PORT", "0", "from 1 to 65535"),
        ("PORT", "65536", "from 1 to 65535"),
        ("PORT", "-1", "from 1 to 65535"),
        ("PORT", "80.5", "from 1 to 65535"),
        ("PORT", "８０５０", "from 1 to 65535"),
        ("TODAY", "14/02/2020", "YYYY-MM-DD"),
        ("TODAY", "2020-02-30", "YYYY-MM-DD"),
        ("DEMO", "yes", "on or off"),
        ("LANGUAGE", "fr", "vi or en"),
        ("LANGUAGE", "VI", "vi or en"),
        ("AUTH", "ldap", "open or local"),
        ("WALL_ACCESS", "closed", "open or enrolled"),
        ("TRUSTED_PROXIES", "-1", "from 0 to 9"),
        ("TRUSTED_PROXIES", "1", "Give AUTH=local or AUTH=oidc"),
        ("TRUSTED_PROXIES", "10", "from 0 to 9"),
        ("TRUSTED_PROXIES", "nginx", "from 0 to 9"),
        ("TRUSTED_PROXIES", "１", "from 0 to 9"),
    ],
)
def test_a_wrong_value_names_key_value_and_what_is_expected(name: str, value: str, expected: str) -> None:
    with pytest.raises(SettingError) as caught:
        Settings.from_env({name: value})
    said = str(caught.value)
    shown = value.rpartition("@")[2]  # what stands before may be a password
    assert said.startswith(f"{name} is {shown!r}")
    assert expected in said
    assert "\n" not in said


@pytest.mark.parametrize("name", ["SECRET_KEY", "METRICS_TOKEN"])
def test_a_short_key_is_told_by_its_length_only(name: str) -> None:
    with pytest.raises(SettingError, match=rf"{name} has 6 characters; give 32 or more") as caught:
        Settings.from_env({name: "hidden"})
    assert "hidden" not in str(caught.value)


def test_a_password_in_an_address_is_not_told() -> None:
    with pytest.raises(SettingError) as caught:
        Settings.from_env({"DATABASE_URL": "postgres://centre:hidden@127.0.0.1/centre"})
    assert "hidden" not in str(caught.value)
    assert "127.0.0.1/centre" in str(caught.value)


@pytest.mark.parametrize("url", ["postgresql+psycopg://127.0.0.1/centre", "postgresql+psycopg://:hidden@/centre"])
def test_a_reader_has_a_role_of_its_own(url: str) -> None:
    with pytest.raises(SettingError, match=r"READER_URL is .*; name the role that may only read") as caught:
        Settings.from_env({"DATABASE_URL": POSTGRESQL, "READER_URL": url})
    assert "hidden" not in str(caught.value)


@pytest.mark.parametrize("host", ["localhost", "127.0.0.1", "127.1.2.3", "::1"])
def test_the_loopback_needs_no_sign_in(host: str) -> None:
    assert Settings.from_env({"HOST": host}).host == host


def test_where_people_sign_in_nothing_is_open_and_the_key_is_given() -> None:
    with pytest.raises(
        SettingError, match=r"SECRET_KEY is not given while AUTH is local; give 32 characters or more"
    ):
        Settings.from_env({"AUTH": "local"})
    with pytest.raises(SettingError, match=r"WALL_ACCESS is open while AUTH is local; give WALL_ACCESS=enrolled"):
        Settings.from_env({"AUTH": "local", "SECRET_KEY": "k" * 32, "WALL_ACCESS": "open"})
    found = Settings.from_env({"AUTH": "local", "SECRET_KEY": "k" * 32, "HOST": "0.0.0.0"})
    assert (found.auth, found.wall_access, found.host) == ("local", "enrolled", "0.0.0.0")


def test_each_setting_is_described_once() -> None:
    names = [known.name for known in KNOWN]
    assert sorted(names) == sorted(set(names))
    assert all(known.default and known.help for known in KNOWN)
