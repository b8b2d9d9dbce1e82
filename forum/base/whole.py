"""Whole pages for guests, kept by address, language, looks and version."""

from collections import OrderedDict


class Whole:
    """A bounded store of pages; the oldest goes first."""

    def __init__(self, bound: int = 500) -> None:
        self._kept: OrderedDict[tuple[str, ...], bytes] = OrderedDict()
        self._bound = bound

    def get(self, key: tuple[str, ...]) -> bytes | None:
        """The page's bytes, if they are kept."""
        return self._kept.get(key)

    def put(self, key: tuple[str, ...], body: bytes) -> None:
        """Keep a page; the oldest goes past the bound."""
        self._kept[key] = body
        while len(self._kept) > self._bound:
            try:
                self._kept.popitem(last=False)
            except KeyError:  # another thread was quicker
                break

    def clear(self) -> None:
        """Forget all pages."""
        self._kept.clear()


guest_pages = Whole()
