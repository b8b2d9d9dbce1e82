"""Pages of long lists: where the neighbours of the page at hand are."""

from typing import NamedTuple
from urllib.parse import urlencode


class Page(NamedTuple):
    """What the pager shows; addresses are None at the ends."""

    number: int
    pages: int
    total: int
    previous: str | None
    next: str | None


def page(path: str, *, number: int, total: int, size: int, **query: str) -> Page:
    """The page of this number of a list, with the query that leads to its neighbours."""
    pages = max(1, -(-total // size))
    kept = {name: value for name, value in query.items() if value}

    def address(wanted: int) -> str | None:
        if not 1 <= wanted <= pages:
            return None
        return f"{path}?{urlencode({**kept, 'page': str(wanted)})}"

    return Page(number, pages, total, address(number - 1), address(number + 1))
