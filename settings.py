"""Settings: one table of name, default and help; read from the environment once, here only.

A wrong value stops the start and says key, value, what is expected, and a hint.
"""

import ipaddress
import os
import re
import secrets
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from urllib.parse import urlsplit

ROOT = Path(__file__).resolve().parent
VAR = ROOT / "var"
EMBEDDED_URL = f"sqlite:///{VAR / 'centre.db'}"
_POSTGRESQL = "postgresql+psycopg://"
#: The value of WALL_ACCESS that keeps walls for enrolled screens.
ENROLLED = "enrolled"
#: The values of AUTH: nobody signs in, people do here, and people do through the single sign-on of an agency too.
OPEN, LOCAL, ELSEWHERE = "open", "local", "oidc"


class SettingError(Exception):
    """A setting has a value that cannot be used; the message says which, and how to mend it."""


@dataclass(frozen=True)
class Known:
    """One setting as README and start-up messages describe it."""

    name: str
    default: str
    help: str


KNOWN = (
    Known(
        "DATABASE_URL",
        "SQLite in var/",
        "where the facts are kept: sqlite:///FILE or postgresql+psycopg://USER@HOST/NAME",
    ),
    Known(
        "READER_URL",
        "as DATABASE_URL",
        "where pages are read from: the same database for a role that may only read; PostgreSQL only",
    ),
    Known("HOST", "127.0.0.1", "address the server listens on"),
    Known("PORT", "8050", "port the server listens on, 1 to 65535"),
    Known("SECRET_KEY", "made anew at each start", "signs what the server gives out; 32 characters or more"),
    Known(
        "TODAY",
        "the machine's date at UTC+7",
        "fixes the clock, such as 2020-02-14; the demonstration data bring their own",
    ),
    Known(
        "DEMO",
        "on for the embedded database, else off",
        "on or off: whether simulated rows are loaded and accepted",
    ),
    Known("BOUNDARIES", "those that come with the product", "a GeoJSON file of the 63 provinces in their place"),
    Known("LANGUAGE", "vi", "vi or en: language of messages, and of pages that ask for none"),
    Known("WALL_PROFILES", "those that come with the product", "a TOML file of the profiles of wall screens"),
    Known("WALL_REFRESH_SECONDS", "10", "how often a wall screen asks anew, beside whenever new data are noticed"),
    Known(
        "WALL_ACCESS",
        "open, and enrolled where people sign in",
        "who is shown a wall: open to all who may enter, or enrolled, screens enrolled with cli.py screen alone",
    ),
    Known(
        "AUTH",
        "open",
        "who may enter: open, all on the loopback and nowhere else; local, people with an account (cli.py person);"
        " oidc, the same, who may sign in through the single sign-on of an agency",
    ),
    Known("OIDC_ISSUER", "none", "the single sign-on for AUTH=oidc: https://…, as it calls itself"),
    Known("OIDC_CLIENT_ID", "none", "what the single sign-on calls this product"),
    Known("OIDC_CLIENT_SECRET", "none", "with what this product shows the single sign-on who it is"),
    Known(
        "TRUSTED_PROXIES",
        "0",
        "how many proxies stand in front, whose X-Forwarded-For and X-Forwarded-Proto are believed",
    ),
    Known("METRICS_TOKEN", "none: the loopback alone", "with what a program from elsewhere may read /metrics"),
)


@dataclass(frozen=True)
class SingleSignOn:
    """The single sign-on of an agency, and what this product is to it."""

    issuer: str
    client_id: str
    client_secret: str = field(repr=False)


@dataclass(frozen=True)
class Settings:
    """The settings of one process. `reader_url` is None where pages are read as everything else is, `today` where the
    machine's clock counts, `boundaries` and `wall_profiles` where they are those of the product, `metrics_token`
    where /metrics is for the loopback alone, `single_sign_on` where people sign in here alone or not at all."""

    database_url: str
    reader_url: str | None
    host: str
    port: int
    secret_key: str
    today: date | None
    demo: bool
    boundaries: Path | None
    language: str
    wall_profiles: Path | None
    wall_refresh_seconds: int
    auth: str
    wall_access: str
    trusted_proxies: int
    metrics_token: str | None
    single_sign_on: SingleSignOn | None

    @property
    def embedded(self) -> bool:
        """Whether facts are kept in the database file that comes with the product."""
        return self.database_url == EMBEDDED_URL

    @classmethod
    def from_env(cls, env: Mapping[str, str] | None = None) -> "Settings":
        """Read every setting; raises SettingError on the first that cannot be used."""
        given = {name: value.strip() for name, value in (os.environ if env is None else env).items()}

        def text(name: str, default: str) -> str:
            return given.get(name) or default

        database_url = text("DATABASE_URL", EMBEDDED_URL)
        if not database_url.startswith(("sqlite:///", _POSTGRESQL)):
            raise SettingError(
                f"DATABASE_URL is {_shown_url(database_url)}; give sqlite:///FILE or postgresql+psycopg://…"
                " (a plain postgresql:// lacks the driver's name)."
            )
        reader_url = given.get("READER_URL") or None
        if reader_url is not None:
            _refuse_reader(reader_url, database_url)
        host = text("HOST", "127.0.0.1")
        auth = _one_of("AUTH", text("AUTH", OPEN), (OPEN, LOCAL, ELSEWHERE), "open is for the loopback alone")
        if auth != OPEN and not given.get("SECRET_KEY"):
            raise SettingError(
                f"SECRET_KEY is not given while AUTH is {auth}; give 32 characters or more, such as the output of"
                " `openssl rand -hex 32`."
            )
        if auth == OPEN and not is_loopback(host):
            raise SettingError(
                f"HOST is {host!r} while AUTH is open, for the loopback only. Give HOST=127.0.0.1, or AUTH=local."
            )
        proxies = _proxies(text("TRUSTED_PROXIES", "0"))
        if auth == OPEN and proxies:
            raise SettingError(
                f"TRUSTED_PROXIES is '{proxies}' while AUTH is open, which would let in whoever reaches the proxy."
                " Give AUTH=local or AUTH=oidc."
            )
        language = _one_of("LANGUAGE", text("LANGUAGE", "vi"), ("vi", "en"), "vi is the default")
        demo = text("DEMO", "on" if database_url == EMBEDDED_URL else "off").lower()
        return cls(
            database_url=database_url,
            reader_url=reader_url,
            host=host,
            port=_port(text("PORT", "8050")),
            secret_key=_secret("SECRET_KEY", text("SECRET_KEY", secrets.token_hex(32))),
            today=_day(given["TODAY"]) if given.get("TODAY") else None,
            boundaries=Path(given["BOUNDARIES"]) if given.get("BOUNDARIES") else None,
            demo=_one_of("DEMO", demo, ("on", "off"), "on shows the demonstration data") == "on",
            language=language,
            wall_profiles=Path(given["WALL_PROFILES"]) if given.get("WALL_PROFILES") else None,
            wall_refresh_seconds=_seconds(text("WALL_REFRESH_SECONDS", "10")),
            auth=auth,
            wall_access=_wall_access(given.get("WALL_ACCESS"), auth),
            trusted_proxies=proxies,
            metrics_token=_secret("METRICS_TOKEN", given["METRICS_TOKEN"]) if given.get("METRICS_TOKEN") else None,
            single_sign_on=_single_sign_on(given) if auth == ELSEWHERE else None,
        )


def _single_sign_on(given: Mapping[str, str]) -> SingleSignOn:
    """What AUTH=oidc needs. Without TLS whoever listens could pass for anybody: that is for the loopback alone."""
    known = {
        "OIDC_ISSUER": given.get("OIDC_ISSUER") or "",
        "OIDC_CLIENT_ID": given.get("OIDC_CLIENT_ID") or "",
        "OIDC_CLIENT_SECRET": given.get("OIDC_CLIENT_SECRET") or "",
    }
    for name, value in known.items():
        if not value:
            raise SettingError(f"{name} is not given while AUTH is oidc; give what the single sign-on calls it.")
    made = SingleSignOn(*known.values())
    parts = urlsplit(made.issuer)
    safe = parts.scheme == "https" or (parts.scheme == "http" and is_loopback(parts.hostname or ""))
    if not safe or not parts.hostname or parts.username or parts.query or parts.fragment:
        raise SettingError(
            f"OIDC_ISSUER is {_shown_url(made.issuer)}; give https://… without a query, as it calls itself."
        )
    return made


def _wall_access(given: str | None, auth: str) -> str:
    """Who is shown a wall; where people sign in, none is open."""
    found = _one_of("WALL_ACCESS", given or (OPEN if auth == OPEN else ENROLLED), (OPEN, ENROLLED), "see README")
    if auth != OPEN and found != ENROLLED:
        raise SettingError(
            f"WALL_ACCESS is {found} while AUTH is {auth}; give WALL_ACCESS={ENROLLED} or leave it out."
        )
    return found


def _refuse_reader(url: str, database_url: str) -> None:
    """Raise SettingError where pages cannot be read from there."""
    if not (database_url.startswith(_POSTGRESQL) and url.startswith(_POSTGRESQL)):
        raise SettingError(
            f"READER_URL is {_shown_url(url)}; give postgresql+psycopg://… here and in DATABASE_URL, or leave it out"
            " (a SQLite file is read through connections that cannot write)."
        )
    role, at, _ = url.removeprefix(_POSTGRESQL).rpartition("@")
    if not at or not role.partition(":")[0]:
        raise SettingError(
            f"READER_URL is {_shown_url(url)}; name the role that may only read, as in {_POSTGRESQL}ROLE@HOST/NAME."
        )


def _one_of(name: str, raw: str, allowed: tuple[str, ...], hint: str) -> str:
    if raw not in allowed:
        raise SettingError(f"{name} is {raw!r}; give {' or '.join(allowed)} ({hint}).")
    return raw


def _port(raw: str) -> int:
    if not (raw.isascii() and raw.isdigit() and 1 <= int(raw) <= 65535):
        raise SettingError(f"PORT is {raw!r}; give a whole number from 1 to 65535, such as 8050.")
    return int(raw)


def _seconds(raw: str) -> int:
    if not (raw.isascii() and raw.isdigit() and 10 <= int(raw) <= 3_600):
        raise SettingError(f"WALL_REFRESH_SECONDS is {raw!r}; give whole seconds from 10 to 3600, such as 10.")
    return int(raw)


def _proxies(raw: str) -> int:
    if not re.fullmatch("[0-9]", raw):
        raise SettingError(f"TRUSTED_PROXIES is {raw!r}; give a whole number from 0 to 9, such as 1 behind nginx.")
    return int(raw)


def _secret(name: str, raw: str) -> str:
    if len(raw) < 32:
        raise SettingError(
            f"{name} has {len(raw)} characters; give 32 or more, such as the output of `openssl rand -hex 32`."
        )
    return raw


def _day(raw: str) -> date:
    try:
        return date.fromisoformat(raw)
    except ValueError:
        raise SettingError(f"TODAY is {raw!r}; give a day as YYYY-MM-DD, such as 2020-02-14.") from None


def is_loopback(host: str) -> bool:
    """Whether a name or address is that of this machine and reached from nowhere else."""
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


def _shown_url(url: str) -> str:
    """The address without what stands before the @, which may be a password."""
    return repr(url.rsplit("@", 1)[-1])
