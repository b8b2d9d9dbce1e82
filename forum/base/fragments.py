"""What is rendered, kept by everything that its HTML depends on: a key never goes stale."""

import secrets
from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence
from operator import itemgetter
from threading import Lock
from typing import Generic, TypeVar, cast

from markupsafe import Markup

BOUND = 50_000
PAGES = 500
T = TypeVar("T")


class Fragments(Generic[T]):
    """A bounded store of rendered pieces; what has long been unused goes first.

    It has two halves. What is asked for stands in the young one; when that is full it becomes the
    old one, and what nobody has asked for meanwhile is forgotten with the old one before it.
    """

    def __init__(self, bound: int) -> None:
        self._half = bound // 2
        self._young: dict[Hashable, T] = {}
        self._old: dict[Hashable, T] = {}
        self._lock = Lock()

    def get(self, key: Hashable, make: Callable[[], T]) -> T:
        """The fragment of a key, made at first use (twice, if two ask at the same instant)."""
        [found] = self.several([key], lambda _places: [make()])
        return found

    def find(self, key: Hashable) -> T | None:
        """The fragment of a key, if it is kept."""
        [found] = self._found([key])
        return found

    def several(self, keys: Sequence[Hashable], make: Callable[[list[int]], list[T]]) -> list[T]:
        """The fragments of many keys; those that lack are made together, by their places."""
        found = self._found(keys)
        lacking = [place for place, one in enumerate(found) if one is None]
        if lacking:
            made = dict(zip(lacking, make(lacking), strict=True))
            self.keep({keys[place]: one for place, one in made.items()})
            found = [made.get(place, one) for place, one in enumerate(found)]
        return cast("list[T]", found)

    def _found(self, keys: Sequence[Hashable]) -> list[T | None]:
        with self._lock:
            found = [self._young.get(key) for key in keys]
            if None in found and self._old:
                again = [place for place, one in enumerate(found) if one is None]
                for place in again:
                    found[place] = one = self._old.pop(keys[place], None)
                    if one is not None:
                        self._add(keys[place], one)
            return found

    def keep(self, made: Mapping[Hashable, T]) -> None:
        """Keep what was made."""
        with self._lock:
            for key, one in made.items():
                self._add(key, one)

    def _add(self, key: Hashable, one: T) -> None:
        self._young[key] = one
        if len(self._young) > self._half:
            self._old, self._young = self._young, {}

    def clear(self) -> None:
        """Forget everything."""
        with self._lock:
            self._young.clear()
            self._old.clear()


class Bulk:
    """Much HTML that is rendered and encoded already: templates carry a mark in its place.

    So hundreds of fragments go from the store into the answer without being copied from string to
    string, which for a long page costs more than all the rest of it.
    """

    def __init__(self, pieces: Sequence[bytes]) -> None:
        self.pieces = pieces
        # Unguessable: what people write cannot take its place.
        self.mark = f"<!--{secrets.token_hex(12)}-->".encode()

    def __html__(self) -> str:
        return self.mark.decode()

    def __bool__(self) -> bool:
        return bool(self.pieces)


def filled(page: bytes, bulks: Iterable[Bulk]) -> bytes:
    """A page with what its marks stand for, copied once; a bulk without its mark is left out."""
    parts, begin = [], 0
    for at, bulk in sorted(((page.find(bulk.mark), bulk) for bulk in bulks), key=itemgetter(0)):
        if at >= 0:
            parts += [page[begin:at], *bulk.pieces]
            begin = at + len(bulk.mark)
    return b"".join([*parts, page[begin:]])


_fragments: Fragments[Markup] = Fragments(BOUND)
_encoded: Fragments[bytes] = Fragments(BOUND)
# Whole pages for guests, by address, language, looks and version.
guest_pages: Fragments[bytes] = Fragments(PAGES)


def cached(key: tuple[Hashable, ...], make: Callable[[], str]) -> Markup:
    """A fragment by everything it depends on: id, revision, language, counts, permissions."""
    return _fragments.get(key, lambda: Markup(make()))  # noqa: S704 - our own templates escape


def encoded(keys: Sequence[Hashable], make: Callable[[int], str]) -> list[bytes]:
    """Many fragments as bytes, for `Bulk`; `make` renders the one at a place."""
    return _encoded.several(keys, lambda places: [make(place).encode() for place in places])


def clear() -> None:
    """Forget all fragments (tests; a changed template)."""
    _fragments.clear()
    _encoded.clear()
    guest_pages.clear()
