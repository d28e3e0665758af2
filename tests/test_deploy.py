"""What an operator copies and reads is of this product; nginx has a test of its own."""

import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from settings import KNOWN, SettingError, Settings
from tests.conftest import ROOT
from tests.front import CONFIGURATION

DEPLOY = ROOT / "deploy"
OPERATIONS = (ROOT / "docs" / "operations.md").read_text("utf-8")
#: Read by the driver of the database, not by the product.
OF_OTHERS = {"PGPASSFILE"}
#: By the scale of systemd, on which 10 is a service that may do everything.
MOST_EXPOSED = 2.0


def example() -> dict[str, str]:
    lines = (DEPLOY / "environment.example").read_text("utf-8").splitlines()
    return dict(line.split("=", 1) for line in lines if line and not line.startswith("#"))


def test_the_example_of_settings_can_be_used_and_holds_no_secret() -> None:
    given = example()
    assert set(given) - OF_OTHERS <= {known.name for known in KNOWN}
    assert (given["SECRET_KEY"], given["METRICS_TOKEN"]) == ("", "")
    with pytest.raises(SettingError, match="SECRET_KEY is not given"):
        Settings.from_env(given)
    found = Settings.from_env(given | {"SECRET_KEY": "k" * 32})
    assert found.auth == "local"
    assert (found.trusted_proxies, found.demo, found.wall_access, found.metrics_token) == (1, False, "enrolled", None)
    assert f"server {found.host}:{found.port};" in CONFIGURATION.read_text("utf-8")


def test_systemd_takes_the_service_and_shuts_it_in(tmp_path: Path) -> None:
    program = shutil.which("systemd-analyze")
    if program is None:
        pytest.skip("no systemd on this machine")
    text = (DEPLOY / "centre.service").read_text("utf-8")
    for place, other in {
        "/opt/centre/.venv/bin/python": sys.executable,
        "file:/opt/centre": f"file:{ROOT}",
        "=/opt/centre": f"={ROOT}",
    }.items():
        assert place in text
        text = text.replace(place, other)
    unit = tmp_path / "centre.service"
    unit.write_text(text, "utf-8")
    looked = subprocess.run([program, "verify", str(unit)], capture_output=True, text=True, check=False)
    assert (looked.returncode, looked.stderr) == (0, "")
    told = subprocess.run(
        [program, "security", "--offline=true", str(unit)], capture_output=True, text=True, check=True
    ).stdout
    exposed = re.search(r"exposure level for centre\.service: ([0-9.]+)", told)
    assert exposed is not None
    assert float(exposed[1]) <= MOST_EXPOSED


def test_every_metric_is_told_of_and_no_other() -> None:
    code = (ROOT / "callbacks" / "prometheus.py").read_text("utf-8")
    made = set(re.findall(r'"(centre_[a-z_]+)"', code))
    told = set(re.findall(r"`(centre_[a-z_]+)`", OPERATIONS)) - {"centre_reader", "centre_lost", "centre_drill"}
    assert {re.sub("_(total|info)$", "", name) for name in told} == made
    assert len(made) > 10


def test_every_call_and_file_that_is_told_of_is_there() -> None:
    calls = {
        call.split()[0] for call in re.findall(r"(?:^|`|\| )(?:centre|drill) ([a-z]+ ?[a-z]*)", OPERATIONS, re.M)
    }
    known = subprocess.run([sys.executable, "cli.py", "--help"], cwd=ROOT, capture_output=True, text=True, check=True)
    listed = set(re.findall(r"^    ([a-z]+) ", known.stdout, re.M))
    assert {"migrate", "ingest", "backup", "restore", "person", "screen", "audit"} <= calls <= listed
    for name in re.findall(r"`?((?:deploy|docs)/[\w./]+\w)`?", OPERATIONS):
        assert (ROOT / name).exists(), name
