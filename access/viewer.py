"""Who is asking: today anybody on the loopback, and anybody may see everything."""

from dataclasses import dataclass

from data.scope import EVERYTHING, Scope


@dataclass(frozen=True)
class Viewer:
    """Somebody who asks, by name, and what they may see."""

    name: str
    scope: Scope


def anybody() -> Viewer:
    """The viewer of a product that is open on the loopback (AUTH=open)."""
    return Viewer("open", EVERYTHING)
