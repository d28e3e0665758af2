"""Time under a wall: a network that is cut for ten minutes, and clocks of the server or the screen that are wrong."""

import re
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime
from functools import partial
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from i18n import speaker
from tests.centre import Centre, beat_of
from tests.deliveries import deliver, figure, written
from tests.wall_hung import HEALED_SECONDS, LOST, Fault, Hung, Place, on_postgresql, on_sqlite, opened

HOUR = 3_600
#: A screen that is wrong by a whole day would show the right hour by chance.
_DAY_AND_MORE_MS = 30 * HOUR * 1_000
#: A wall is renewed every ten seconds, on a machine that has more to do.
_RENEWED_SECONDS = 25
#: The minutes after which a banner has to have said its age.
_AGES = (1, 5, 10)
_NEW = "DVC01/VN/2020-02-13"
_CLOCK = """() => ({
  clock: document.querySelector('.wall-clock').textContent,
  pulled: document.querySelector('.freshness').dataset.pulled,
  freshness: document.querySelector('.freshness').dataset.freshness,
  banner: (document.querySelector('.alive') || {innerText: ''}).innerText.replace(/\\s+/g, ' '),
  lag: document.querySelector('.wall-lag').textContent,
})"""


# A network that is cut


def cut(wall: Hung) -> Callable[[], None]:
    """Nothing goes out of the browser any more."""
    wall.page.context.set_offline(True)
    return lambda: wall.page.context.set_offline(False)


def _goes_on(wall: Hung, seconds: float) -> list[str]:
    """The clock, the scenes and the age of the banner go on, and no more is asked than a beat at a time."""
    page, say, wrong = wall.page, speaker("vi"), []
    began, beats, asked, turned = wall.now(), wall.beats, wall.asked, page.evaluate("window.turned")
    hour = page.locator(".wall-clock").text_content() or ""
    due = [minutes for minutes in _AGES if minutes * 60 < seconds]
    with opened(wall.centre) as store:
        row = figure("12.3", agency_code="VN", period="2020-02-13", published="2020-02-13", source="A")
        deliver(store, wall.centre.folder, written(row))
    while (passed := wall.now() - began) < seconds:
        wall.wait()
        # Contact was lost a beat before the banner, and the banner came some beats before this began.
        if due and passed > due[0] * 60:
            age = page.locator(".alive-age").text_content()
            if age not in {say("alive.minutes", minutes=due[0] + late) for late in (0, 1)}:
                wrong.append(f"the age after {due[0]} min is {age!r}")
            del due[0]
    shown = page.locator(".wall-clock").text_content() or ""
    apart = (_minutes(shown) - _minutes(hour) - passed / 60 + 12 * 60) % (24 * 60) - 12 * 60
    if abs(apart) > 1.5:
        wrong.append(f"the clock went from {hour} to {shown} in {passed:.0f} s")
    if page.evaluate("window.turned") - turned < passed // 95:
        wrong.append("scenes no longer turn")
    if wall.beats - beats > passed / 4 + 2:
        wrong.append(f"{wall.beats - beats} beats in {passed:.0f} s")
    if wall.asked > asked:
        wrong.append(f"{wall.asked - asked} questions while it was cut")
    wall.asked = 0
    return wrong


def _caught_up(wall: Hung) -> list[str]:
    """One question brought everything, what was delivered meanwhile too."""
    wrong = [] if wall.asked == 1 else [f"{wall.asked} questions to heal"]
    wall.page.wait_for_timeout(500)
    found = wall.page.locator(f"[data-figure='{_NEW}']").all_text_contents()
    return wrong if "12,3%" in found else [*wrong, f"the new figure is {found}"]


def _minutes(hour: str) -> int:
    return int(hour[:2]) * 60 + int(hour[3:5])


# Clocks that are wrong


def _library() -> str:
    """The library that tells a process another time."""
    found = find_spec("libfaketime")
    assert found is not None and found.origin is not None, "libfaketime is not installed: make test installs it"
    return str(Path(found.origin).parent / "vendor" / "libfaketime" / "src" / "libfaketime.so.1")


def _set(folder: Path, seconds: int) -> None:
    """Set the clock of the product in that folder so far ahead of the machine's."""
    (folder / "offset.new").write_text(f"{seconds:+d}\n", "ascii")
    (folder / "offset.new").replace(folder / "offset")


@contextmanager
def _wrong_by(place: Place, seconds: int, *, postgresql: bool = False) -> Iterator[Centre]:
    """The product, which believes another hour; what goes by is told to it right."""
    _set(place.folder, seconds)
    settings = {
        "LD_PRELOAD": _library(),
        "FAKETIME_TIMESTAMP_FILE": str(place.folder / "offset"),
        "FAKETIME_NO_CACHE": "1",
        "FAKETIME_DONT_FAKE_MONOTONIC": "1",
        "NO_FAKE_STAT": "1",
    }
    with (on_postgresql if postgresql else on_sqlite)(place, **settings) as centre:
        first = centre.process_id
        try:
            yield centre
        finally:
            centre.kill()
            for left in (f"faketime_shm_{first}", f"sem.faketime_sem_{first}"):
                (Path("/dev/shm") / left).unlink(missing_ok=True)  # the library leaves them where it is killed


def _nothing(_wall: Hung) -> Callable[[], None]:
    return lambda: None


def _delivered(wall: Hung) -> Callable[[], None]:
    """Something came in a moment ago, by a clock that is right, and is drawn."""
    asked = wall.asked
    with opened(wall.centre) as store:
        deliver(store, wall.centre.folder, written(figure(period="2018-12", published="2019-02-01")))
    until = time.monotonic() + HEALED_SECONDS
    while wall.asked == asked and time.monotonic() < until:
        wall.page.wait_for_timeout(100)
    wall.page.wait_for_function("() => !centre.asked")
    wall.page.wait_for_selector(LOST, state="detached")
    return lambda: None


def _jump(seconds: int) -> Callable[[Hung], Callable[[], None]]:
    def begin(wall: Hung) -> Callable[[], None]:
        _set(wall.centre.folder, seconds)
        return lambda: None

    return begin


def _screen_jumps(wall: Hung) -> Callable[[], None]:
    wall.page.evaluate(f"() => {{ const real = Date.now.bind(Date); Date.now = () => real() + {_DAY_AND_MORE_MS}; }}")
    # The clock of the screen ticks once before anybody looks whether it is right.
    wall.page.wait_for_timeout(1_100)
    return lambda: None


def _off(wall: Hung, seconds: int) -> list[str]:
    """What of the time on the screen is not that of the server, which is so far ahead of this machine."""
    now = datetime.fromisoformat(beat_of(wall.centre)["now"])
    found: dict[str, Any] = wall.page.evaluate(_CLOCK)
    ahead = (now - datetime.now(now.tzinfo)).total_seconds()
    age = (now - datetime.fromisoformat(found["pulled"])).total_seconds()
    late = (now.hour * 60 + now.minute - _minutes(found["clock"])) % (24 * 60)
    right = {
        f"the server's clock is {ahead:.0f} s ahead": abs(ahead - seconds) < 10,
        f"the screen says {found['clock']} at {now:%H:%M}": late in (0, 1, 24 * 60 - 1),
        f"figures were pulled {age:.0f} s ago": -5 <= age <= _RENEWED_SECONDS,
        f"figures are called {found['freshness']}": found["freshness"] == "fresh",
        f"a banner: {found['banner']}": not found["banner"],
        f"they lag: {found['lag']}": found["lag"] == speaker("vi")("wall.lag_none"),
    }
    return [what for what, holds in right.items() if not holds]


def _settles(wall: Hung, seconds: float, *, ahead: int) -> list[str]:
    """Time is the server's within the promise, and stays so."""
    began = time.monotonic()
    while wrong := _off(wall, ahead):
        if time.monotonic() - began > HEALED_SECONDS:
            return wrong
        wall.page.wait_for_timeout(250)
    wall.settled = time.monotonic() - began
    asked, until = wall.asked, time.monotonic() + seconds
    while time.monotonic() < until and not wrong:
        wall.page.wait_for_timeout(1_000)
        wrong = _off(wall, ahead)
    # Asked anew each ten seconds, and for once more.
    if wall.asked - asked > seconds / 9 + 2:
        wrong.append(f"{wall.asked - asked} questions in {seconds:.0f} s")
    return wrong


def _logs(wall: Hung, *lines: str) -> list[str]:
    """What the log says of the clock is these lines, each once."""
    said = re.findall(r"the server's clock .*", (wall.centre.folder / "log").read_text("utf-8"))
    right = len(said) == len(lines) and all(re.fullmatch(*each) for each in zip(lines, said, strict=True))
    loads = [f"{wall.loads} loads"] if wall.loads else []
    return loads if right else [*loads, f"the log has {said}"]


def _clock_fault(
    name: str, ahead: int, line: str, *, starts: int = 0, postgresql: bool = False, begin: Any = None
) -> Fault:
    return Fault(
        name,
        begin or (_jump(ahead) if starts == 0 else _nothing),
        None,
        None,
        partial(_wrong_by, seconds=starts, postgresql=postgresql),
        seconds=30,
        short=5,
        during=partial(_settles, ahead=ahead),
        after=lambda wall: _logs(wall, *([line] if line else [])),
    )


CUT = Fault(
    "network cut for ten minutes", cut, seconds=605, short=605, hurried=True, during=_goes_on, after=_caught_up
)
TIME_FAULTS = (
    CUT,
    _clock_fault(
        "server an hour ahead at start",
        HOUR,
        r"the server's clock is 3[56]\d\d s ahead of that of the database",
        starts=HOUR,
        postgresql=True,
    ),
    _clock_fault(
        "server an hour behind at start",
        -HOUR,
        r"the server's clock is \d+ s behind the newest delivery",
        starts=-HOUR,
        begin=_delivered,
    ),
    _clock_fault("server's clock jumps ahead", HOUR, r"the server's clock was set ahead by 3600 s"),
    _clock_fault("server's clock jumps back", -HOUR, r"the server's clock was set back by 3600 s"),
    _clock_fault("screen's clock wrong by a day", 0, "", begin=_screen_jumps),
)
