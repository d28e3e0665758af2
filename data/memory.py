"""What was read once and holds as long as nothing new is delivered."""

from collections import OrderedDict
from collections.abc import Callable, Hashable
from threading import Lock
from typing import TypeVar

Kept = TypeVar("Kept")


class Memory:
    """The last few things that were made, by key; whoever keys them by the version of the data never sees old ones.

    Safe to share between threads: two that miss at once both make the thing, and one of them is kept.
    """

    def __init__(self, size: int) -> None:
        self._size = size
        self._kept: OrderedDict[Hashable, object] = OrderedDict()
        self._lock = Lock()

    def once(self, key: Hashable, make: Callable[[], Kept], worth: Callable[[Kept], bool] = lambda _: True) -> Kept:
        """What is kept under the key, else what `make` gives, kept where it is `worth` it; an error keeps nothing."""
        with self._lock:
            if key in self._kept:
                self._kept.move_to_end(key)
                return self._kept[key]  # type: ignore[return-value]  # what was put there under this key
        made = make()
        if not worth(made):
            return made
        with self._lock:
            self._kept[key] = made
            self._kept.move_to_end(key)
            while len(self._kept) > self._size:
                self._kept.popitem(last=False)
        return made
