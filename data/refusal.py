"""Why a file is refused or held: each trouble with its place, value, rule and how to mend it.

Refusal   the file is wrong; nothing was stored            (exit 1)
Held      the file may be right; nothing is stored until somebody confirms  (exit 3)
Proposed  the file corrects figures of a closed period; a second person decides  (exit 3)
"""

from collections.abc import Sequence
from dataclasses import dataclass, field

from i18n import Say

SHOWN = 100
_VALUE_LENGTH = 80


@dataclass(frozen=True)
class Problem:
    """One trouble. `code` is a refusal code of the contract, `rule` names its message in i18n.

    `line` counts from 1 with the header; `value` is what stood there and is never set for E_CLASSIFIED.
    """

    file: str
    code: str
    rule: str
    line: int | None = None
    column: str | None = None
    value: str | None = None
    hints: tuple[tuple[str, str], ...] = ()


@dataclass
class Problems:
    """Troubles found so far in one file: the first hundred kept, all of them counted, and the lines they are on."""

    file: str
    found: list[Problem] = field(default_factory=list)
    total: int = 0
    lines: set[int] = field(default_factory=set)

    def add(
        self,
        code: str,
        rule: str,
        *,
        line: int | None = None,
        column: str | None = None,
        value: str | None = None,
        **hints: str,
    ) -> None:
        """Note one trouble."""
        self.total += 1
        if line is not None:
            self.lines.add(line)
        if len(self.found) < SHOWN:
            self.found.append(Problem(self.file, code, rule, line, column, value, tuple(hints.items())))

    def join(self, others: "Problems") -> None:
        """Note the troubles that somebody else found in the same file, all of them in the order of their lines."""
        self.total += others.total
        self.lines |= others.lines
        self.found = sorted((*self.found, *others.found), key=lambda problem: problem.line or 0)[:SHOWN]

    def stop(self) -> None:
        """Raise Refusal if there was any trouble."""
        if self.found:
            raise Refusal(self.found, self.total)


class Refusal(Exception):  # noqa: N818 - the field's word, and what the contract calls it
    """A file that is not taken; nothing was stored."""

    def __init__(self, problems: Sequence[Problem], total: int | None = None) -> None:
        self.problems = tuple(problems)
        self.total = len(problems) if total is None else total
        super().__init__(", ".join(sorted({problem.code for problem in problems})))


class Held(Refusal):
    """A file kept back until somebody confirms it; nothing was stored."""


class Proposed(Held):
    """A file that corrects figures of a closed period: nothing was stored, but what it would correct was kept as a
    proposal, which a second person approves or refuses."""


class Gathered:
    """Refusals of several files, told together: `with gathered: …` for each file, then `stop()`."""

    def __init__(self) -> None:
        self._found: list[Problem] = []
        self._total = 0

    def __enter__(self) -> None:
        return None

    def __exit__(self, kind: type[BaseException] | None, trouble: BaseException | None, _where: object) -> bool:
        if not isinstance(trouble, Refusal):
            return False
        self._found += trouble.problems[: SHOWN - len(self._found)]
        self._total += trouble.total
        return True

    def stop(self, kind: type[Refusal] = Refusal) -> None:
        """Raise all of them as one, if there was any."""
        if self._total:
            raise kind(self._found, self._total)


def refuse(
    file: str, code: str, rule: str, *, line: int | None = None, value: str | None = None, **hints: str
) -> Refusal:
    """A refusal for one reason, to be raised."""
    return Refusal([Problem(file, code, rule, line=line, value=value, hints=tuple(hints.items()))])


def told(problem: Problem, say: Say) -> str:
    """The trouble in one line: `FILE, line N, column 'value': '63,5' is not a number; write 63.5 [E_NUMBER]`."""
    place = escaped(problem.file)
    if problem.line is not None:
        place += say("refusal.at_line", line=problem.line)
    if problem.column is not None:
        place += say("refusal.at_column", column=shown(problem.column))
    return f"{place}: {reason(problem, say)}"


def reason(problem: Problem, say: Say) -> str:
    """The same without its place: `'63,5' is not a number; write 63.5 [E_NUMBER]`."""
    values = {name: shown(text) for name, text in problem.hints}
    if problem.value is not None:
        values["value"] = f"'{shown(problem.value)}'"
    return f"{say(f'refusal.{problem.code}.{problem.rule}', **values)} [{problem.code}]"


def shown(text: str) -> str:
    """A text of a file made safe for a terminal or log: escaped, at most 80 characters."""
    safe = escaped(text)
    return safe if len(safe) <= _VALUE_LENGTH else safe[: _VALUE_LENGTH - 1] + "…"


def escaped(text: str) -> str:
    """A text made safe for a terminal or log, at its whole length."""
    return "".join(c if c.isprintable() else c.encode("unicode_escape").decode("ascii") for c in text)
