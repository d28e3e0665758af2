"""What a scene of the wall is made of: a title, three answers, cards, and what its signs mean."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import partial
from typing import Any

from figures.node import Child, Node
from i18n import Say
from layouts import html
from layouts.parts import glyph, simulated
from layouts.twin import Twins
from layouts.wall_age import Age

#: So many letters of an answer, and of the line under it, have room in each of the three columns; and of one alone.
_LETTERS = ((33, 60), (28, 52), (30, 54))
_LETTERS_ALONE = (52, 100)
#: How much smaller they may be, so that no letter is under a sixtieth of the height.
_LEAST, _LEAST_UNDER = 0.6, 0.88
#: The name of an agency has room for so many letters from ten metres.
_LETTERS_FAR = 30

#: Draws one part of a scene.
Draw = Callable[[], Child]


@dataclass(frozen=True)
class Answer:
    """One of the three answers: the question, the sentence with its shape, and one line under it. `shape` is None
    where nothing is judged; `label` says what of it is simulated, None where nothing is."""

    question: str
    words: Child
    under: Child = None
    shape: str | None = None
    label: Node | None = None


@dataclass(frozen=True)
class Far:
    """A part of a scene that is seen from ten metres: `answer` says which of the three stands over it, `cards` draw
    the one or two that it shows, by name."""

    answer: int
    cards: Mapping[str, Draw]


@dataclass(frozen=True)
class Scene:
    """One scene of a playlist. `name` tells it from the others of its playlist, `show` is what it shows; `parts` are
    its cards by name, `body` holds their places as `place` makes them; `title` and `foot` draw themselves, `answers`
    gives the three. `boards` are those it shows, `twins` the tables of its cards, for the minutes of a meeting.
    `far` is what it is cut into for a panel that is seen from ten metres; where it is empty the scene has none there.
    """

    name: str
    show: str
    seconds: int
    title: Draw
    answers: Callable[[], Sequence[Answer]]
    parts: Mapping[str, Draw]
    body: Child
    foot: Draw
    boards: Callable[[], Sequence[Any]] = tuple
    far: Sequence["Far"] = ()
    twins: Twins = field(default_factory=dict)

    def drawn(self, say: Say) -> dict[str, Draw]:
        """Every part of the scene under a name of its own; the first holds the places of the others."""
        return {
            self.name: self._tree,
            self._own("title"): lambda: html.H1(self.title()),
            self._own("answers"): lambda: _answers(self.answers()),
            self._own("foot"): lambda: html.Div(self.foot(), className="wall-signs"),
            **{self._own(name): draw for name, draw in self.parts.items()},
        }

    def _tree(self) -> list[Node]:
        return [
            html.Div(html.Part(self._own("title")), className="wall-title"),
            html.Part(self._own("answers")),
            html.Div(self.body, className=f"wall-body wall-{self.show}"),
            html.Part(self._own("foot")),
        ]

    def _own(self, part: str) -> str:
        return own(self.name, part)


def own(scene: str, part: str) -> str:
    """The name of a part of a scene among those of the whole wall."""
    return f"{scene}-{part}"


def far_scenes(scene: Scene, say: Say) -> list[Scene]:
    """What the scene is cut into for a panel that is seen from ten metres: one answer and one or two cards each."""
    return [
        replace(
            scene,
            name=f"{scene.name}-{at}",
            title=partial(_short_title, scene, say),
            answers=partial(_one, scene, each.answer),
            parts=each.cards,
            body=[html.Part(own(f"{scene.name}-{at}", name)) for name in each.cards],
            far=(),
        )
        for at, each in enumerate(scene.far, 1)
    ]


def _short_title(scene: Scene, say: Say) -> Child:
    """A title that has room from ten metres; of what bears a name of its own, that."""
    key = f"wall.far_{scene.show}"
    return say(key) if say.knows(key) else _fitted(html.Span(scene.title()), _LETTERS_FAR, _LEAST)


def _one(scene: Scene, at: int) -> Sequence[Answer]:
    return [scene.answers()[at]]


def _answers(answers: Sequence[Answer]) -> Node:
    """The answers side by side, or the one of a panel that is seen from ten metres."""
    room = _LETTERS if len(answers) == len(_LETTERS) else [_LETTERS_ALONE] * len(answers)
    return html.Div(
        [_answer(each, *most) for each, most in zip(answers, room, strict=True)], className="wall-answers"
    )


def _answer(answer: Answer, most: int, most_under: int) -> Node:
    sign = glyph(answer.shape) if answer.shape else None
    words = html.Span(answer.words, className="wall-words")
    under = html.Span(answer.under)
    return html.Section(
        [
            html.P([html.Span(answer.question), answer.label], className="wall-question"),
            html.P([sign, _fitted(words, most, _LEAST)], className="wall-answer"),
            html.P(_fitted(under, most_under, _LEAST_UNDER), className="wall-under"),
        ],
        **({"data-status": answer.shape} if answer.shape else {}),
    )


def _fitted(words: Node, most: int, least: float) -> Node:
    """Words of more letters than have room stand smaller, as long as they can be read."""
    letters = len(words.text)
    if letters > most:
        words.attributes["style"] = {"fontSize": f"{max(most / letters, least):.3f}em"}
    return words


def part_simulated(is_simulated: bool, say: Say, *, partly: bool = False) -> Node | None:
    """The label of an answer or card that is simulated, wholly or in part; None where it is not."""
    return simulated(say, partly=partly) if is_simulated else None


def wall_card(
    name: str,
    title: Child,
    body: Child,
    foot: Child,
    label: Node | None = None,
    *,
    age: Age | None = None,
    marks: Mapping[str, str] | None = None,
) -> Node:
    """A card of the wall: its title with the label beside it, its body, and at its foot source and day, printed; a
    card whose title tells them has no foot. `age` is None for one that shows nothing that is known."""
    head = html.Div([html.H2(title, className="card-title"), label], className="wall-head")
    end = html.Footer(foot, className="wall-foot") if foot else None
    told_simulated = label is not None and any(each.attributes.get("className") == "sim" for each in label.nodes())
    simulated_mark = {"data-simulated": "true"} if told_simulated else {}
    age = age or Age({}, None)
    found = simulated_mark | age.marks | dict(marks or {})
    return html.Section([age.notice, head, body, end], className=f"card wall-card {name}", **found)


def with_note(title: Child, note: Child) -> list[Node]:
    """A title and what is said of the card beside it, in small."""
    return [html.Span(title), html.Small(note, className="wall-note")]


def signs(shapes: Iterable[tuple[str, str]], source: Child) -> list[Child]:
    """What the signs of a scene mean, then where its figures come from. In the scenes of indicators a
    style sheet leaves out those that the scene does not bear."""
    every = [html.Span([glyph(shape), word], **{"data-sign": shape}) for shape, word in shapes]
    return [html.Span(every, className="wall-legend"), html.Span(source, className="wall-source")]
