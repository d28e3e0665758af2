"""The same rooms without a browser: files in and out, people, screens and programs, the store, its log and backups.

Exit 0: done. 1: a trouble the product knows, one line each on stderr. 2: wrong usage. 3: held for --confirm, or for a
second person.
"""

import argparse
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing
from datetime import date
from functools import partial
from pathlib import Path
from typing import Any

import sqlalchemy as sa

from callbacks import (
    audit_calls,
    backup_calls,
    correction_calls,
    export_calls,
    ingest_calls,
    list_calls,
    period_calls,
    person_calls,
    screen_calls,
    serving,
    token_calls,
    typed_calls,
)
from data import distribution, integrity, migration, queries, roles, stock
from data.clock import clock
from data.refusal import Held, Refusal, told
from data.sample import write_letters, write_reports, write_sample
from data.scope import EVERYTHING
from data.store import Store, StoreError, because, open_store
from i18n import Say, speaker
from settings import SettingError, Settings

#: A thousand million rows of usage.
_MOST_SCALE = 1_000


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one call and give its exit code."""
    given = sys.argv[1:] if arguments is None else arguments
    # Before anything reads them: what is wrong with an argument is told with its text.
    marked = typed_calls.marked(given)
    asked = typed_calls.refusal(given, marked) if marked else _parser().parse_args(given)
    try:
        settings = Settings.from_env()
    except SettingError as trouble:
        print(trouble, file=sys.stderr)
        return 1
    say = speaker(settings.language)
    try:
        code: int = asked.run(asked, settings, say)
    except Refusal as trouble:
        _tell(trouble, say)
        return 3 if isinstance(trouble, Held) else 1
    except StoreError as trouble:
        print(trouble.told(say), file=sys.stderr)
        return 1
    except SettingError as trouble:
        print(trouble, file=sys.stderr)
        return 1
    except sa.exc.DBAPIError as trouble:
        print(say("cli.no_store", why=because(trouble)), file=sys.stderr)
        return 1
    except OSError as trouble:
        print(say("cli.no_file", file=trouble.filename, why=trouble.strerror), file=sys.stderr)
        return 1
    return code


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="cli.py", description=__doc__.splitlines()[0] if __doc__ else None)
    calls = parser.add_subparsers(required=True, metavar="CALL")

    call = calls.add_parser("ingest", help="read, check and store files: all of them or nothing")
    ingest_calls.arguments(call)
    call.set_defaults(run=partial(_steps, ingest_calls))

    call = calls.add_parser("check", help="integrity findings, one line each")
    call.add_argument("--at", type=_day, help="as known on this day")
    call.set_defaults(run=_check)

    call = calls.add_parser("export", help="a board as xlsx, csv or json")
    export_calls.arguments(call, _day)
    call.set_defaults(run=_export)

    call = calls.add_parser("dossier", help="the list of those who must be named: drafted, signed, reported")
    list_calls.arguments(call, _day)
    call.set_defaults(run=_dossier)

    call = calls.add_parser("audit", help="the audit log: verified, listed")
    audit_calls.arguments(call, _day)
    call.set_defaults(run=partial(_steps, audit_calls))

    for name, steps, words in (
        ("screen", screen_calls, "the screens on walls: added by name, listed, revoked"),
        ("person", person_calls, "people who may sign in, their passwords and sessions"),
        ("period", period_calls, "periods that are closed: closed, listed"),
        ("correction", correction_calls, "corrections of closed periods: listed, approved, refused"),
    ):
        call = calls.add_parser(name, help=words)
        steps.arguments(call)
        call.set_defaults(run=partial(_steps, steps))

    call = calls.add_parser("token", help="the tokens with which programs deliver: added, listed, revoked")
    token_calls.arguments(call)
    call.set_defaults(run=partial(_steps, token_calls))

    call = calls.add_parser("sample", help="write the demonstration data as input files")
    call.add_argument("--to", type=Path, required=True, metavar="FOLDER")
    call.add_argument("--scale", type=_scale, default=1, metavar="N", help="millions of rows of usage")
    call.set_defaults(run=_sample)

    call = calls.add_parser("migrate", help="create or upgrade the store with its reference tables")
    call.set_defaults(run=_migrate)

    call = calls.add_parser("backup", help="write the whole store to a file, while it is in use")
    call.add_argument("file", metavar="TO", type=Path)
    call.set_defaults(run=_backup)

    call = calls.add_parser("restore", help="put a backup where there is no store")
    call.add_argument("file", metavar="FROM", type=Path)
    call.set_defaults(run=_restore)

    call = calls.add_parser("distribute", help="spread the facts of usage over a Citus cluster")
    call.set_defaults(run=_distribute)

    call = calls.add_parser("serve", help="serve the command centre on HOST:PORT")
    call.set_defaults(run=_serve)
    return parser


def _scale(text: str) -> int:
    if not (text.isascii() and text.isdigit() and 1 <= int(text) <= _MOST_SCALE):
        raise argparse.ArgumentTypeError(f"{text!r} is no scale; write a whole number from 1 to {_MOST_SCALE}")
    return int(text)


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise argparse.ArgumentTypeError(f"{text!r} is not a day; write YYYY-MM-DD") from None


def _check(asked: argparse.Namespace, settings: Settings, say: Say) -> int:
    with closing(stock.ready(settings.database_url)) as store, store.reading() as snapshot:
        at = asked.at or clock(settings.today, queries.demonstration_clock(snapshot, EVERYTHING))
        findings = integrity.findings(snapshot, EVERYTHING, at)
    for finding in findings:
        print(say(f"finding.{finding.rule}", **dict(finding.hints)))
    print(say("cli.findings", count=len(findings)))
    return 1 if findings else 0


def _export(asked: argparse.Namespace, settings: Settings, say: Say) -> int:
    def export(store: Store) -> tuple[list[str], int]:
        with store.reading() as snapshot:
            at = asked.at or clock(settings.today, queries.demonstration_clock(snapshot, EVERYTHING))
        return export_calls.run(asked, store, at, say, asked.lang or settings.language)

    return _step(export_calls.misused(asked, say), settings, export)


def _dossier(asked: argparse.Namespace, settings: Settings, say: Say) -> int:
    needed = list_calls.lacking(asked)
    if needed is not None:
        print(say("cli.only_dossier", step=asked.step, needed=needed), file=sys.stderr)
        return 2
    with closing(stock.ready(settings.database_url)) as store:
        delivery = ingest_calls.conditions(store, settings.today, demo=settings.demo)
        told, code = list_calls.run(asked, store, delivery, say)
    for line in told:
        print(line)
    return code


def _steps(calls: Any, asked: argparse.Namespace, settings: Settings, say: Say) -> int:
    """A step of those that a module of calls offers."""
    return _step(calls.misused(asked, say), settings, lambda store: calls.run(asked, store, settings, say))


def _step(wrong: str | None, settings: Settings, run: Callable[[Store], tuple[list[str], int]]) -> int:
    """Take a step of a call unless it is put wrongly, and print what is told of it."""
    if wrong is not None:
        print(wrong, file=sys.stderr)
        return 2
    with closing(stock.ready(settings.database_url)) as store:
        told, code = run(store)
    for line in told:
        print(line, file=sys.stderr if code else sys.stdout)
    return code


def _sample(asked: argparse.Namespace, _settings: Settings, say: Say) -> int:
    asked.to.mkdir(parents=True, exist_ok=True)
    for path in (*write_sample(asked.to), *write_reports(asked.to), *write_letters(asked.to), *_usage(asked)):
        print(say("cli.written", file=str(asked.to / path.name)))
    return 0


def _usage(asked: argparse.Namespace) -> Iterator[Path]:
    from data.sample import services, usage  # noqa: PLC0415 - only who writes usage needs numpy and Arrow

    yield from services.write_services(asked.to, services.MANY if asked.scale > 1 else services.OF_PROVINCE)
    yield from usage.write_usage(asked.to, asked.scale)


def _migrate(_asked: argparse.Namespace, settings: Settings, say: Say) -> int:
    with closing(open_store(settings.database_url, create=True)) as store:
        stock.migrate(store)
        if settings.reader_url is not None:
            roles.let_read(store, roles.role_of(settings.reader_url))
    print(say("cli.migrated", version=migration.newest()))
    return 0


def _backup(asked: argparse.Namespace, settings: Settings, say: Say) -> int:
    for line in backup_calls.back_up(asked.file, settings, say):
        print(line)
    return 0


def _restore(asked: argparse.Namespace, settings: Settings, say: Say) -> int:
    told, code = backup_calls.restore(asked.file, settings, say)
    for line in told:
        print(line, file=sys.stderr if code else sys.stdout)
    return code


def _distribute(_asked: argparse.Namespace, settings: Settings, say: Say) -> int:
    with closing(open_store(settings.database_url)) as store:
        done = distribution.distribute(store)
    print(say("cli.distributed" if done else "cli.distributed_before"))
    return 0


def _serve(_asked: argparse.Namespace, settings: Settings, say: Say) -> int:
    serving.serve(settings, lambda line: print(line, flush=True), say)


def _tell(trouble: Refusal, say: Say) -> None:
    for problem in trouble.problems:
        print(told(problem, say), file=sys.stderr)
    print(ingest_calls.told_last(trouble, say), file=sys.stderr)


if __name__ == "__main__":
    sys.exit(main())
