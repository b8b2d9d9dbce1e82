"""Rendered fragments, kept by everything that their HTML depends on: a key never goes stale."""

from collections import OrderedDict
from collections.abc import Callable, Hashable
from threading import Lock

from markupsafe import Markup

BOUND = 50_000


class Fragments:
    """A bounded store of rendered pieces; the one unused longest goes first."""

    def __init__(self, bound: int) -> None:
        self._bound = bound
        self._kept: OrderedDict[Hashable, Markup] = OrderedDict()
        self._lock = Lock()

    def get(self, key: Hashable, make: Callable[[], str]) -> Markup:
        """The fragment of a key, made at first use (twice, if two ask at the same instant)."""
        with self._lock:
            found = self._kept.get(key)
            if found is not None:
                self._kept.move_to_end(key)
                return found
        made = Markup(make())  # noqa: S704 - rendered by our own escaping templates
        with self._lock:
            self._kept[key] = made
            while len(self._kept) > self._bound:
                self._kept.popitem(last=False)
        return made

    def clear(self) -> None:
        """Forget everything."""
        with self._lock:
            self._kept.clear()


_fragments = Fragments(BOUND)


def cached(key: tuple[Hashable, ...], make: Callable[[], str]) -> Markup:
    """A fragment by everything it depends on: id, revision, language, counts, permissions."""
    return _fragments.get(key, make)


def clear() -> None:
    """Forget all fragments (tests; a changed template)."""
    _fragments.clear()
