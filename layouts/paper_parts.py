"""What the sentences of a report are made of: phrases with figures in them, numbered points, cells."""

from collections.abc import Iterable, Sequence
from string import Formatter

from i18n import Say
from layouts.paper import Paragraph, Run, Runs, figure_run
from layouts.words import printed
from metrics.figure import Figure

_FORMATTER = Formatter()


def filled(say: Say, key: str, /, **parts: str | Figure | Runs) -> Runs:
    """A phrase as runs; a figure in it is printed as the board prints it, in bold."""
    runs: list[Run] = []
    phrase = say.phrase(key, lambda name: "".join(run.text for run in _runs(parts[name], say)))
    for literal, name, _, _ in _FORMATTER.parse(phrase):
        if literal:
            runs.append(Run(literal))
        if name:
            runs += _runs(parts[name], say)
    return tuple(runs)


def _runs(part: str | Figure | Runs, say: Say) -> Runs:
    if isinstance(part, str):
        return (Run(part),)
    return plain(part, say, bold=True) if isinstance(part, Figure) else part


def plain(figure: Figure, say: Say, *, bold: bool = False) -> Runs:
    """A figure as the board prints it."""
    return (figure_run(figure, printed(figure, say).text, bold=bold),)


def point(say: Say, name: str, text: Iterable[Run] = (), /, **parts: str) -> Paragraph:
    """A numbered point: its title in bold, then its text."""
    return Paragraph((Run(say(f"official.point.{name}", **parts), bold=True), *text))


def joined(parts: Sequence[Runs], end: str = ".") -> Runs:
    """Runs one after the other, with ; between them and `end` behind the last."""
    found: list[Run] = []
    for at, part in enumerate(parts):
        found += [Run("; "), *part] if at else part
    return (*found, Run(end))


def words(text: str) -> Runs:
    """Words alone."""
    return (Run(text),)
