"""What is rendered, kept by everything that its HTML depends on: a key never goes stale."""

import secrets
from collections import OrderedDict
from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence
from operator import itemgetter
from threading import Lock
from typing import Generic, TypeVar, cast

from markupsafe import Markup

BOUND = 50_000
PAGES = 500
T = TypeVar("T")


class Fragments(Generic[T]):
    """A bounded store of rendered pieces; the one unused longest goes first."""

    def __init__(self, bound: int) -> None:
        self._bound = bound
        self._kept: OrderedDict[Hashable, T] = OrderedDict()
        self._lock = Lock()

    def get(self, key: Hashable, make: Callable[[], T]) -> T:
        """The fragment of a key, made at first use (twice, if two ask at the same instant)."""
        found = self.find(key)
        if found is None:
            found = make()
            self.keep({key: found})
        return found

    def find(self, key: Hashable) -> T | None:
        """The fragment of a key, if it is kept."""
        with self._lock:
            found = self._kept.get(key)
            if found is not None:
                self._kept.move_to_end(key)
            return found

    def several(self, keys: Sequence[Hashable], make: Callable[[list[int]], list[T]]) -> list[T]:
        """The fragments of many keys; those that lack are made together, by their places."""
        with self._lock:
            found = [self._kept.get(key) for key in keys]
            for key, one in zip(keys, found, strict=True):
                if one is not None:
                    self._kept.move_to_end(key)
        lacking = [place for place, one in enumerate(found) if one is None]
        if lacking:
            made = dict(zip(lacking, make(lacking), strict=True))
            self.keep({keys[place]: one for place, one in made.items()})
            found = [made.get(place, one) for place, one in enumerate(found)]
        return cast("list[T]", found)

    def keep(self, made: Mapping[Hashable, T]) -> None:
        """Keep what was made."""
        with self._lock:
            self._kept.update(made)
            while len(self._kept) > self._bound:
                self._kept.popitem(last=False)

    def clear(self) -> None:
        """Forget everything."""
        with self._lock:
            self._kept.clear()


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
