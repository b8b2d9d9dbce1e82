"""Minutes as one HTML file: printable, with nothing to be fetched from anywhere."""

from functools import cache

from forum.base import pages
from forum.base.db import Db
from forum.base.events import Audience
from forum.base.transfer import exporter
from sessions.exchange.minutes_source import source


@exporter("minutes", "html", media_type="text/html; charset=utf-8")
def write(db: Db, ident: int, audience: Audience) -> bytes:
    """The document with its style inside; bars are drawn as SVG beside their figures."""
    made = source(db, ident, audience)
    data = {
        **pages.shared_context(),
        "sheet": made.sheet,
        "minutes": made.row,
        "style_html": f"<style>\n{style()}</style>",
    }
    return pages.render("exchange/minutes.html", data).encode()


@cache
def style() -> str:
    """The file's own style, which is ours and holds nothing that anybody wrote."""
    return (pages.ROOT / "static/css/minutes-file.css").read_text(encoding="utf-8")
