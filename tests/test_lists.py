"""Whole lists: what is written down is there, and what is there is written down."""

import argparse
import ast
import csv
import os
import re
import string
import subprocess
from collections.abc import Iterator
from functools import cache
from itertools import accumulate
from pathlib import Path

import pytest

import cli
from access.matrix import cells
from callbacks.forms import FORMS, OWN_WORDS
from data import closings, programs, queries, screens, usage_queries
from data.audit import Wrong
from data.audit_pages import ACTIONS
from data.dossier_facts import STEPS
from data.ledger.observations import CONTENT
from data.person_roles import Role
from data.quantity import Qualifier
from data.sources import systems as system_files
from data.sources.assessments import VERDICTS
from data.sources.directives import EVENTS, STATES
from data.sources.kinds import KINDS, OBSERVATIONS
from data.sources.regimes import PERIODICITIES
from data.tokens import TROUBLES
from data.wall_profiles import FOCUS, SHOWN
from geo.editions import Edition
from geo.islands import archipelagos
from i18n import LANGUAGES, official, speaker
from layouts.letters import SENT_BY
from layouts.login import KINDS as KINDS_OF_PEOPLE
from layouts.login import SIGNS
from layouts.methods import RULES
from layouts.navigation import CORRECTIONS, SCREENS
from layouts.shell import OF_SCREENS, OF_SESSIONS, STANDBY
from layouts.usage_steps import STEPS as STEPS_OF_USAGE
from layouts.wall import WORDS as ON_THE_WALL
from layouts.wall_changes import COUNTED as CHANGED
from metrics.asked import MAPS, MEASURES, SORTS, THEMES
from metrics.boards.agencies import GROUPS
from metrics.boards.changes import PERIOD, STRETCHES
from metrics.boards.compare import STARTS
from metrics.boards.coverage import Cover
from metrics.boards.laggard import Rule
from metrics.boards.matched import REASONS
from metrics.boards.national import HEADLINE
from metrics.boards.proposals import FIGURES
from metrics.boards.quality import KINDS as QUALITY
from metrics.boards.units import KINDS as KINDS_OF_UNITS
from metrics.boards.wall_usage import COUNTED
from metrics.editions import Why
from metrics.milestones import Stage
from metrics.obligations import Standing
from metrics.plans import Change, Doubt, Side
from metrics.reporting import TROUBLED, State
from metrics.status import Status
from settings import KNOWN
from tests.conftest import ROOT

REFERENCE = ROOT / "data" / "reference"
LONGEST_MODULE = 300
BANNED = {"utils", "helpers", "common", "manager", "process", "handle", "df"}
#: Methods whose names and meaning are those of a library, and scripts that Alembic calls.
EXPLAINED_ELSEWHERE = {"process_bind_param", "process_result_value"}
#: Where the product says a thing otherwise than the glossary, and how: its contract calls a goal a target, an
#: assigned indicator an indicator, and chasing somebody a reminder.
SAID_OTHERWISE = {
    "mục tiêu": "target",
    "chỉ tiêu": "indicator",
    "mức độ hài lòng": "satisfaction",
    "nhiệm vụ": "task / directive",
    "thực hiện": "actual / carry out / in progress",
    "đôn đốc": "remind",
}


def rows_of(name: str) -> list[dict[str, str]]:
    with (REFERENCE / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


@cache
def tracked() -> tuple[Path, ...]:
    """Every file of the product, and new ones that are not ignored."""
    if not (ROOT / ".git").exists():
        pytest.skip("not a clone: which files belong to the product is not known")
    listed = subprocess.run(
        ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
        cwd=ROOT,
        capture_output=True,
        encoding="utf-8",
        check=True,
    )
    return tuple(ROOT / name for name in listed.stdout.split("\0") if name and (ROOT / name).is_file())


@cache
def modules() -> tuple[Path, ...]:
    """Every module but the tests."""
    found = [path for path in ROOT.glob("*/**/*.py") if path.relative_to(ROOT).parts[0] not in ("tests", "var")]
    return (*sorted(ROOT.glob("*.py")), *sorted(path for path in found if ".venv" not in path.parts))


@cache
def tree_of(path: Path) -> ast.Module:
    return ast.parse(path.read_text("utf-8"))


def nodes() -> Iterator[ast.AST]:
    for path in modules():
        yield from ast.walk(tree_of(path))


def readme(section: str) -> str:
    """The text of one section of the README."""
    parts = re.split(r"^## +(.+)$", (ROOT / "README.md").read_text("utf-8"), flags=re.MULTILINE)
    return dict(zip(parts[1::2], parts[2::2], strict=True))[section]


# Settings and commands


def test_the_readme_describes_every_setting_as_the_code_does() -> None:
    rows = [line for line in readme("Settings").splitlines() if line.startswith("| `")]
    assert rows == [f"| `{known.name}` | {known.default} | {known.help} |" for known in KNOWN]


def test_every_setting_that_is_read_is_known_and_the_other_way_round() -> None:
    read = set()
    for node in ast.walk(tree_of(ROOT / "settings.py")):
        if isinstance(node, ast.Call) and node.args and isinstance(node.args[0], ast.Constant):
            called = ast.unparse(node.func)
            if called in ("text", "given.get"):
                read.add(node.args[0].value)
        if isinstance(node, ast.Subscript) and ast.unparse(node.value) == "given":
            assert isinstance(node.slice, ast.Constant)
            read.add(node.slice.value)
    assert read == {known.name for known in KNOWN}


def test_the_environment_is_read_in_one_place_only() -> None:
    readers = {
        path.name
        for path in modules()
        for node in ast.walk(tree_of(path))
        if isinstance(node, ast.Attribute | ast.Name)
        and ast.unparse(node).split(".")[-1] in ("environ", "environb", "getenv", "getenvb")
        # What a request came with has the same name.
        and ast.unparse(node) != "request.environ"
    }
    # The child that reads workbooks starts with an environment of its own, emptied.
    assert readers <= {"settings.py", "workbook.py"}


def calls() -> dict[str, argparse.ArgumentParser]:
    """Every call of the command line with its arguments."""
    parser = cli._parser()
    (found,) = [action for action in parser._actions if isinstance(action, argparse._SubParsersAction)]
    return dict(found.choices)


def test_the_readme_names_every_call_and_no_other() -> None:
    named = re.findall(r"`python cli\.py (\w+)", readme("Commands"))
    assert sorted(named) == sorted(calls())


def test_the_readme_names_every_option_in_the_line_of_its_call() -> None:
    lines = readme("Commands").splitlines()
    for name, parser in calls().items():
        (line,) = [line for line in lines if f"`python cli.py {name}" in line]
        options = {option for action in parser._actions for option in action.option_strings} - {"-h", "--help"}
        told = set(re.findall(r"--[a-z-]+", line))
        assert told <= options
        # The day of the findings is the only option that is left to --help.
        assert options - told <= ({"--at"} if name == "check" else set())


def test_the_readme_names_every_column_of_every_file() -> None:
    rows = [line.split(" | ") for line in readme("Figures of your own").splitlines() if line.startswith("| `")]
    told = {cells[0].strip("| `"): [re.findall(r"`(\w+)`", cell) for cell in cells[2:]] for cells in rows}
    assert told == {kind.name: [list(kind.required), list(kind.optional)] for kind in KINDS.values()}


def test_every_folder_is_in_the_readme_and_every_row_of_it_exists() -> None:
    folders = {path.relative_to(ROOT).parts[0] for path in tracked() if len(path.relative_to(ROOT).parts) > 1}
    rows = "\n".join(line for line in readme("Where things are").splitlines() if line.startswith("| `"))
    told = set(re.findall(r"^\| `(\w+)/`", rows, flags=re.MULTILINE))
    assert told == {folder for folder in folders if not folder.startswith(".")}
    for name in re.findall(r"`(\w+\.py)`", rows):
        assert (ROOT / name).is_file()


@pytest.mark.parametrize("name", ["README.md", "CHANGELOG.md"])
def test_every_path_that_is_named_exists(name: str) -> None:
    text = (ROOT / name).read_text("utf-8")
    linked = re.findall(r"\]\((?!https?:)([^)#]+)\)", text)
    written = re.findall(r"`((?:docs|data|tests|assets|i18n|layouts|metrics|callbacks)/[\w./-]+)`", text)
    missing = [path for path in (*linked, *written) if not (ROOT / path).exists()]
    assert missing == []


def test_every_target_exists_and_is_told() -> None:
    makefile = (ROOT / "Makefile").read_text("utf-8")
    targets = set(re.findall(r"^([a-z]+):", makefile, flags=re.MULTILINE))
    assert {"run", "test", "check", "bench", "soak", "lock"} <= targets
    phony = re.search(r"^\.PHONY: (.+)$", makefile, flags=re.MULTILINE)
    assert phony is not None
    assert set(phony[1].split()) == targets
    told = set(re.findall(r"`make (\w+)`", (ROOT / "README.md").read_text("utf-8")))
    assert told == {"run", "test", "check", "bench", "soak", "lock"}


def test_what_runs_before_anything_lands_is_make_check() -> None:
    script = ROOT / ".ci" / "run"
    assert os.access(script, os.X_OK)
    assert script.read_text("utf-8").rstrip().endswith("make check")


@pytest.mark.parametrize("name", ["requirements.txt", "requirements-dev.txt"])
def test_every_requirement_is_locked_to_its_hashes(name: str) -> None:
    text = (ROOT / name).read_text("utf-8").replace("\\\n", " ")
    lines = [line for line in text.splitlines() if line.strip() and not line.lstrip().startswith("#")]
    assert lines
    for line in lines:
        wanted, *hashes = line.split()
        if wanted == "-r":
            continue
        assert re.fullmatch(r"[A-Za-z0-9._\[\]-]+==[^=;]+", wanted.removesuffix(";")), line
        given = [each for each in hashes if each.startswith("--hash=")]
        assert given, f"{wanted} has no hash"
        assert all(re.fullmatch(r"--hash=sha256:[0-9a-f]{64}", each) for each in given)


@pytest.mark.parametrize("name", ["requirements", "requirements-dev"])
def test_every_direct_requirement_is_locked(name: str) -> None:
    wanted = re.findall(r"^([A-Za-z0-9][A-Za-z0-9-]*)", (ROOT / f"{name}.in").read_text("utf-8"), flags=re.MULTILINE)
    locked = set(re.findall(r"^([A-Za-z0-9.-]+)", (ROOT / f"{name}.txt").read_text("utf-8"), flags=re.MULTILINE))
    assert wanted
    assert {each.lower() for each in wanted} <= locked


# Words


def rules_of(maker: str, *modules: str) -> set[str]:
    """The rules that modules of the data floor give to what they make, as its first argument."""
    return {
        str(node.args[0].value)
        for module in modules
        for node in ast.walk(tree_of(ROOT / "data" / module))
        if isinstance(node, ast.Call)
        and ast.unparse(node.func) == maker
        and node.args
        and isinstance(node.args[0], ast.Constant)
    }


def asked_of(kind: str) -> set[str]:
    """What the matrix asks of one kind."""
    return {asked.split("/")[1] for asked, _ in cells() if asked.startswith(f"{kind}/")}


def made_keys() -> dict[str, set[str]]:
    """Every key that the code puts together, by its beginning; refusals have a test of their own."""
    shapes = {"at_least", "at_most", "range", "about"}
    sources = {row["code"] for row in rows_of("sources")}
    return {
        "answer.": {"behind", "watch", "unmet", "overdue"},
        "answer.fact_behind_": set(GROUPS),
        "column.": set(columns()),
        "column.doubts_": set(Doubt),
        "column.changes_": set(Change),
        "api.": {"busy", "unavailable"},
        "alive.": {
            "gone",
            "silent",
            "minutes",
            "hours",
            "figures",
            "no_figures",
            "again",
            "tries",
            *STANDBY,
            *OF_SCREENS,
            *OF_SESSIONS,
        },
        "cli.standing_": {str(each) for each in closings.Standing},
        "account.": {"rows", "screen", "form", "yes", "own", "no"},
        "audit.of_": set(ACTIONS),
        "finding.audit_": set(Wrong),
        "login.": {"name", "password", *(f"{each}{end}" for each in SIGNS for end in ("", "_text"))},
        "login.of_": set(KINDS_OF_PEOPLE),
        "role.": set(Role),
        "rows.": asked_of("rows"),
        "screen.": asked_of("screen"),
        "cli.unknown_": {"indicator", "period", "group", "region", "pin"},
        "directives.": {
            *(f"{doubt}_{what}" for doubt in ("inferred", "unconfirmed") for what in ("due", "owner")),
        },
        "compare.add_": {"province", "ministry"},
        "compare.line_": {"value", "behind", "gap", "shortfall", "pace", "seen", "missing", "monthly"},
        "compare.start_": set(STARTS),
        "compare.why_": set(REASONS),
        "course.": {f"{name}{end}" for name in ("projected", "band") for end in ("", "_full")},
        "directives.days_": {"left", "late", "unknown"},
        "directives.head_": {"task", "owner", "due", "days", "indicator", "told"},
        "directives.state_": set(STATES),
        "directives.told_": set(STATES),
        "edition.back_": set(Edition),
        "edition.codes_": {"before", "after"},
        "edition.head_": {"code", "formed", "terms"},
        "edition.kin_": set(Edition),
        "edition.of_": set(Edition),
        "edition.rule_": set(Edition),
        "edition.why_": set(Why),
        "event.": set(EVENTS),
        "data_status.": {"official", "preliminary", "estimated", "simulated"},
        "finding.": rules_of("Finding", "integrity.py") | {f"audit_{each}" for each in Wrong},
        "indicator.": {"absent", "late", "after", "since"},
        "indicator.answer_": {
            *("good", "watch", "behind", "met", "exceeded", "unmet", "overdue", "value", "stale", "never"),
            *GROUPS,
        },
        "indicator.band_": {"above", "below"},
        "indicator.correction_": {
            *("period", "agency", "before", "after", "change", "by", "published", "reason"),
        },
        "indicator.cycle_": {*PERIODICITIES, "day", "2Y", "report"},
        "indicator.direction_": {"higher", "lower", "range", "none"},
        "origin.qualifier_": {*(each.name.lower() for each in Qualifier)},
        "indicator.level_": {"national", "ministry", "province"},
        "laggards.": {f"{rule}{end}" for rule in Rule for end in ("", "_provinces", "_ministries")},
        "dossier.answer_": set(STEPS),
        "dossier.step_": set(STEPS),
        "field.": {*forms_fields(), "person", SENT_BY},
        "form.": {f"{name}{end}" for name in FORMS for end in ("", "_send")} | set(OWN_WORDS),
        "official.about.": {str(each) for each in Rule},
        "official.foot.": {"as_above", "deputies", "agencies", "filed"},
        "official.grid.": {"day", "what", "content", *STATES},
        "official.late.path_": {"", "approved", "inferred"},
        "official.list.": {"place", "agency", "matter", "late", "reminders", "reply"},
        "official.list.count_": {str(each) for each in Rule},
        "official.point.": {"task", "late", "dates", "reply", "reply_dated", "effect", "proposal"},
        "official.proposal.": {str(each) for each in Rule},
        "official.task.": {"demand", "demand_unquoted"},
        "laggards.days_": {"overdue", "unreported"},
        "laggards.head_": {"agency", "matter", "since", "late", "evidence", "reminders", "reply"},
        "laggards.title_": {"reports", *(str(each) for each in Rule)},
        "laggards.under_": {str(each) for each in Rule},
        "map.": {
            "osm",
            "odbl",
            *MAPS,
            *spans(),
            *(f"{group.code}{end}" for group in archipelagos() for end in ("", "_of")),
        },
        "map.legend_": set(MAPS),
        "map.unshaded_": set(MAPS),
        "milestone.": set(system_files.EVENTS),
        "nav.": {*(name for name, _ in SCREENS), CORRECTIONS[0], "ministry", "audit"},
        "notice.unknown_": {
            *("indicator", "period", "at", "theme", "lang", "map", "group", "region", "name", "sort", "pin", "pins"),
            *("standing", "owner", "directive", "agency", "regime", "system", "list", "entry", "edition", "since"),
            *("level", "measure"),
            *(f"{each}_outside" for each in ("pin", "group", "owner", "directive", "agency")),
        },
        "changes.since_": {PERIOD, *(name for name, _ in STRETCHES)},
        "changes.count_": {
            *("moved", "risen", "fallen", "arrived", "reports", "newly_late", "newly_missing", "corrections"),
        },
        "twin.": {"xlsx", "csv"},
        "own.note_": set(GROUPS),
        "units.": set(KINDS_OF_UNITS),
        "units.kind_": set(KINDS_OF_UNITS),
        "units.owing_": set(KINDS_OF_UNITS),
        "units.reported_": set(KINDS_OF_UNITS),
        "units.reaching_": set(KINDS_OF_UNITS),
        "own.": {"indicator", "period", "standing", "value", "gap", "rank", "moved", "course", "change"},
        "proposals.": {f"{name}{end}" for name in ("waiting", "decided") for end in ("", "_order")},
        "proposals.cell_": {*CONTENT} - {*FIGURES, *OBSERVATIONS.key, "reason"},
        "proposals.is_": {str(each) for each in closings.Standing},
        "proposals.of_": {str(each) for each in closings.Standing},
        "proposals.why_": rules_of("StoreError", "proposing.py") | {"person_unknown"},
        "provenance.": {"revision", "value", "published", "reason"},
        "qualifier.": {str(each) for each in Qualifier if each is not Qualifier.EXACT},
        "rank.": {*GROUPS, "up", "down", "flat"},
        "rank.fold_": set(GROUPS),
        "rank.fold_ranks_": set(GROUPS),
        "rank.head_": set(GROUPS),
        "ranking.among_": set(GROUPS),
        "ranking.answer_": {"path", "path_of", "target", "target_of", "nothing", "nobody", "outside"},
        "ranking.group_": set(GROUPS),
        "ranking.positions_": set(GROUPS),
        "ranking.report_": {str(each) for each in TROUBLED},
        "ranking.sort_": set(SORTS),
        "ranking.who_": set(GROUPS),
        "shape.": shapes | {f"{each}_strict" for each in ("at_least", "at_most")},
        "shell.lang_": set(LANGUAGES),
        "search.": {"province", "ministry"},
        "source_publisher.": sources,
        "store.": rules_of(
            "StoreError",
            *("store.py", "migration.py", "roles.py", "distribution.py", "screens.py", "ledger/entries.py"),
            *(
                "people.py",
                "person_roles.py",
                "passwords.py",
                "sessions.py",
                "backups.py",
                "programs.py",
                "closings.py",
            ),
            "proposing.py",
        )
        | {f"{each.noun}_{trouble}" for each in (screens.SCREENS, programs.PROGRAMS) for trouble in TROUBLES},
        "source_short.": sources,
        "source_title.": sources,
        "stage.": {str(each) for each in Stage},
        "standing.": {str(each) for each in Standing},
        "report.": {str(each) for each in State},
        "cover.": {str(each) for each in Cover},
        "reports.": {"intake_note", "list_note"},
        "reports.cycle_": set(PERIODICITIES),
        "reports.group_": set(GROUPS),
        "reports.total_": {"due", "late", "missing", "rejected"},
        "reports.without_": {"stale", "missing", "not_due"},
        "reports.tile_": {f"{each}_title" for each in ("expected", "on_time", "late", "missing", "rejected")},
        "status.": {str(each) for each in Status},
        "systems.head_": {"system", "owner", "last", "planned", "figure"},
        "systems.shared_": set(system_files.SHARED),
        "systems.told_": {"reached", "running"},
        "things.": {"DVC01", "DVC02", "DVC07", "TT04", "VB01", "HL02"},
        "tiny.": {*HEADLINE, "DVC07"},
        "title.": {*HEADLINE, *(row["code"] for row in rows_of("indicators") if row["theme"] == "economy")},
        "unit.": units() | {"điểm %", "điểm %/tháng"},
        # A share, a measure and what is counted by the thousand are the same of one.
        "unit_one.": units() - {"%", "điểm %", "điểm 0-1", "nghìn người"},
        "economy.": {"legend_good", "legend_value", "legend_edge", "legend_next"},
        "economy.change_": {str(each) for each in Change},
        "economy.count_": {str(each) for each in (*Change, *Doubt)},
        "economy.head_": {"name", "plan", "value", "verdict", "ours", "next"},
        "economy.side_": {
            *(str(each) for each in Side),
            *(f"{each}{how}" for each in (Side.ABOVE, Side.BELOW) for how in ("_only", "_range")),
        },
        "methods.": {
            *("rules", "formulas", "glossary", "code", "name", "formula", "unit", "basis", "vi", "en", "meaning"),
            *(f"{name}_note" for name in ("rules", "formulas", "glossary")),
        },
        "rule.": {f"{rule}{end}" for rule in RULES for end in ("", "_title")},
        "said.": {"period", "verdict", "words", "source"},
        "economy.theme_": set(THEMES),
        "economy.verdict_": set(VERDICTS),
        "usage.head_": {
            *("level", "offered", "used", "received", "online", "online_share", "on_time_share", "procedure"),
            *("places", "province", "agency", "check", "reported", "computed", "points", "group"),
        },
        "usage.key_": {"online", "other"},
        "usage.kind_": {"all", *GROUPS},
        "usage.measure_": set(MEASURES),
        "usage.on_time_": {f"{of}{end}" for of in ("received", "resolved") for end in ("", "_terms")},
        "usage.ranking_": set(MEASURES),
        "usage.ranking_note_": set(MEASURES),
        "usage.short_": {"dossier", "online", "on_time", "unused", "per_thousand"},
        "usage.step_": {f"{step}{end}" for step in STEPS_OF_USAGE for end in ("", "_of")} - {"agency_of"},
        "usage.step_count_": set(STEPS_OF_USAGE),
        "usage.step_sum_": set(STEPS_OF_USAGE),
        "usage.tile_": {"online", "on_time", "unused", "level", "satisfied"},
        "usage.unit_": set(MEASURES),
        "wall.economy_doubt_": {str(each) for each in Doubt},
        "wall.usage_of_": set(COUNTED),
        "versions.": {"set_on", "value", "due", "standing"},
        "wall.": set(ON_THE_WALL),
        "wall.changed_": set(CHANGED),
        "wall.far_": set(SHOWN) - {FOCUS},
        "wall.rank_": set(GROUPS),
        "wall.weekday_": {str(number) for number in range(7)},
        "wall.tasks_doubt_": {"inferred", "unconfirmed"},
        "wall.tasks_due_": {"inferred", "unconfirmed"},
        "wall.tasks_key_": {"missed", "ahead", "silent", "late", "again", "document"},
        "wall.tasks_name_": {row["code"] for row in rows_of("directives")},
        "wall.tasks_new_": {"newly_late", "done", "given", "told", "milestones"},
        "wall.tasks_sign_": {"overdue", "nr", "watch", "good", "na", "unmet", "met"},
        "wall.tasks_stage_": set(Stage),
        "wall.tasks_system_": {row["code"] for row in rows_of("systems")},
        "wall.today_": {str(State.WAITING), str(State.REJECTED)},
        "wall.today_debt_": {"cleared", "refused", "missing"},
        "wall.today_flag_": set(QUALITY),
        "wall.today_key_": {str(each) for each in State if each is not State.NOT_DUE},
        "wall.today_new_": {"cleared", "newly_missing", "reports", "covered", "arrived", "corrections"},
    }


def columns() -> Iterator[str]:
    """The names of the columns of the tables: those a module names or gives to one, and those of every figure."""
    for path in (
        *sorted((ROOT / "layouts").glob("*_twins.py")),
        *(ROOT / "layouts" / name for name in ("map.py", "changes.py")),
    ):
        for node in ast.walk(tree_of(path)):
            named = isinstance(node, ast.Assign) and path.stem.endswith("_twins")
            given = isinstance(node, ast.keyword) and node.arg == "columns"
            value = node.value if isinstance(node, ast.Assign | ast.keyword) and (named or given) else None
            if isinstance(value, ast.Tuple):
                spread = [
                    each.value.elts
                    for each in value.elts
                    if isinstance(each, ast.Starred) and isinstance(each.value, ast.Tuple)
                ]
                flat = [*value.elts, *(each for elts in spread for each in elts)]
                yield from (str(each.value) for each in flat if isinstance(each, ast.Constant) and each.value)
    yield from ("as_of", "published", "source", "revision", "kind", *TROUBLED)


def spans() -> set[str]:
    """How the words of a shade put its two ends together."""
    below, above = ("to", "under"), ("from", "over")
    return {*below, *above, *(f"{low}_{high}" for low in above for high in below)}


def units() -> set[str]:
    return {row["unit"] for row in rows_of("indicators")}


#: Beginnings under which a key may be missing: then the words of the reference table stand in its place.
MAY_BE_MISSING = {"source_publisher.", "source_short.", "source_title.", "wall.tasks_name_", "wall.tasks_system_"}


def forms_fields() -> Iterator[str]:
    """The fields of the forms, and the columns of which a refusal may speak."""
    home = ROOT / "layouts" / "forms.py"
    users = [home, *(path for path in modules() if "from layouts.forms import" in path.read_text("utf-8"))]
    for node in (node for path in users for node in ast.walk(tree_of(path))):
        if isinstance(node, ast.Call) and ast.unparse(node.func) in ("line", "area", "choice"):
            first = node.args[0]
            if isinstance(first, ast.Constant):
                yield str(first.value)


def literals() -> set[str]:
    return {node.value for node in nodes() if isinstance(node, ast.Constant) and isinstance(node.value, str)}


def tables() -> set[str]:
    """The tables that the words stand in."""
    return {key.split(".")[0] for key in official().words}


def placeholders(phrase: str) -> list[str]:
    """Where a value is filled in; words alone that agree with one (`{n:|report|reports}`) print none."""
    parsed = string.Formatter().parse(phrase)
    return sorted(name for _, name, words, _ in parsed if name is not None and not (words or "").startswith("|"))


def test_both_languages_have_the_same_words() -> None:
    assert sorted(speaker("vi").words) == sorted(speaker("en").words)


@pytest.mark.parametrize("key", sorted(speaker("vi").words))
def test_a_word_has_the_same_places_to_fill_in_both_languages(key: str) -> None:
    vietnamese, english = speaker("vi").words[key], speaker("en").words[key]
    assert placeholders(vietnamese) == placeholders(english)
    assert vietnamese.strip() and english.strip()
    assert vietnamese == vietnamese.strip() and english == english.strip()


def test_every_word_that_is_asked_for_is_there() -> None:
    asked = set()
    for node in nodes():
        if isinstance(node, ast.Call) and ast.unparse(node.func) in ("say", "sentence", "self.say"):
            first = node.args[1] if ast.unparse(node.func) == "sentence" else node.args[0]
            either = (first.body, first.orelse) if isinstance(first, ast.IfExp) else (first,)
            asked |= {each.value for each in either if isinstance(each, ast.Constant)}
    assert len(asked) > 50
    assert sorted(str(key) for key in asked - set(official().words)) == []


def test_every_beginning_of_a_word_is_listed_and_every_listed_one_is_used() -> None:
    begun = {
        str(node.values[0].value)
        for node in nodes()
        if isinstance(node, ast.JoinedStr) and isinstance(node.values[0], ast.Constant)
    }
    in_tables = {each for each in begun if "." in each and each.split(".")[0] in tables()}
    assert in_tables == {*made_keys(), "refusal."}


def test_every_word_is_used() -> None:
    used = literals() | {prefix + end for prefix, ends in made_keys().items() for end in ends}
    unused = [key for key in official().words if key not in used and not key.startswith("refusal.")]
    assert unused == []


@pytest.mark.parametrize("prefix", sorted(set(made_keys()) - MAY_BE_MISSING))
def test_every_word_that_is_put_together_is_there(prefix: str) -> None:
    # A difference of a unit that is no share has no word of its own: it is that unit.
    wanted = made_keys()[prefix] if prefix != "unit." else units() | {"điểm %"}
    assert [end for end in sorted(wanted) if not official().knows(prefix + end)] == []


def contains(phrase: str, term: str) -> bool:
    return re.search(rf"(?<!\w){re.escape(term.casefold())}(?!\w)", phrase.casefold()) is not None


def test_terms_of_the_glossary_are_used_as_it_says(shared: Path) -> None:
    with (shared / "reference" / "glossary.csv").open(encoding="utf-8-sig", newline="") as file:
        glossary = {row["vi"]: row["en"] for row in csv.DictReader(file)}
    vietnamese, english = speaker("vi").words, speaker("en").words
    found, wrong = 0, []
    for term, translation in glossary.items():
        expected = SAID_OTHERWISE.get(term, re.sub(r"\s*\(.*\)", "", translation)).casefold()
        for key, phrase in vietnamese.items():
            if contains(phrase, term):
                found += 1
                if not any(each.strip() in english[key].casefold() for each in expected.split(" / ")):
                    wrong.append((key, term, english[key]))
    assert found > 20
    assert wrong == []


def test_the_centre_bears_its_full_name(shared: Path) -> None:
    with (shared / "reference" / "glossary.csv").open(encoding="utf-8-sig", newline="") as file:
        glossary = {row["vi"]: row["en"] for row in csv.DictReader(file)}
    name = "Trung tâm Thông tin, chỉ đạo, điều hành"
    assert speaker("vi")("shell.name") == name
    assert speaker("en")("shell.name").casefold() == glossary[name].casefold()


# Modules


def public(tree: ast.Module | ast.ClassDef) -> Iterator[ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef]:
    """Every public class and function, and the public methods of public classes; a Protocol speaks for its own."""
    for node in tree.body:
        if isinstance(node, ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef) and not node.name.startswith("_"):
            yield node
            if isinstance(node, ast.ClassDef) and "Protocol" not in {ast.unparse(base) for base in node.bases}:
                yield from public(node)


def test_everything_public_is_explained() -> None:
    silent = [
        f"{path.relative_to(ROOT)}: {node.name}"
        for path in modules()
        if "versions" not in path.parts
        for node in public(tree_of(path))
        if not ast.get_docstring(node) and node.name not in EXPLAINED_ELSEWHERE
    ]
    assert silent == []
    assert [str(path) for path in modules() if not ast.get_docstring(tree_of(path))] == []


def questions() -> list[tuple[str, ast.FunctionDef]]:
    """Every question that is asked of the store, and how tests name its module."""
    found = (("queries", queries), ("asked", usage_queries))
    trees = ((name, tree_of(Path(str(module.__file__)))) for name, module in found)
    return [(name, node) for name, tree in trees for node in public(tree) if isinstance(node, ast.FunctionDef)]


@pytest.mark.parametrize(("module", "question"), questions(), ids=lambda each: getattr(each, "name", each))
def test_every_query_takes_a_scope_and_has_a_test(module: str, question: ast.FunctionDef) -> None:
    taken = {each.arg: each for each in question.args.args}
    assert "scope" in taken
    annotation = taken["scope"].annotation
    assert annotation is not None and ast.unparse(annotation) == "Scope"
    tests = [path for path in (ROOT / "tests").rglob("test_*.py") if path.name != Path(__file__).name]
    named = re.compile(rf"\b{module}\.{question.name}\(")
    assert [path.name for path in tests if named.search(path.read_text("utf-8"))]


def test_no_module_has_a_name_that_says_nothing() -> None:
    names = {path: {path.stem, *path.relative_to(ROOT).parts[:-1]} for path in modules()}
    assert [str(path) for path, parts in names.items() if BANNED & parts] == []
    tests = [path for path in (ROOT / "tests").rglob("*.py") if path.stem.removeprefix("test_") in BANNED]
    assert tests == []


def test_no_module_is_longer_than_three_hundred_lines() -> None:
    lengths = {str(path.relative_to(ROOT)): path.read_text("utf-8").count("\n") for path in modules()}
    assert {name: length for name, length in lengths.items() if length > LONGEST_MODULE} == {}


@pytest.mark.parametrize("sheet", sorted((ROOT / "assets").glob("*.css")), ids=lambda path: path.name)
def test_every_style_sheet_closes_what_it_opens(sheet: Path) -> None:
    """They are joined to one file: a brace too many would take the first rule of the next one away."""
    rules = re.sub(r"/\*.*?\*/", "", sheet.read_text("utf-8"), flags=re.DOTALL)
    depths = list(accumulate({"{": 1, "}": -1}.get(letter, 0) for letter in rules))
    assert min(depths) == 0
    assert depths[-1] == 0


def test_no_file_knows_a_machine_or_a_registry() -> None:
    folders = "|".join(("work", "home", "root", "Users", "tmp"))
    hosts = ("py" + "pi.org", "python" + "hosted.org", "npm" + "js.org", "arti" + "factory", "proxy." + "golang.org")
    wrong = re.compile(rf"(?<![\w.~/:-])/(?:{folders})/\w|{'|'.join(map(re.escape, hosts))}")
    found = []
    for path in tracked():
        content = path.read_bytes()
        if b"\0" in content:
            continue
        for number, line in enumerate(content.decode("utf-8").splitlines(), 1):
            if wrong.search(line):
                found.append(f"{path.relative_to(ROOT)}:{number}")
    assert found == []
    assert wrong.search("a file in /" + "home/somebody")
    assert wrong.search("https://" + hosts[0])
