"""What makes the site an app on a phone: the manifest and the worker that keeps pages for later.

What a worker may keep is said by each answer itself: `x-folkmoot-keep` names the reader whom the
page was drawn for. Without it nothing is kept, so a page is private until its route says otherwise.
"""

import json
from functools import lru_cache
from hashlib import sha256
from typing import TYPE_CHECKING, Any

from forum.base import i18n, pages, styles
from forum.base.errors import OtherReader, SignInNeeded
from forum.base.i18n import _
from forum.base.settings import settings

if TYPE_CHECKING:
    from forum.base.request import Request

KEEP = "x-folkmoot-keep"
READER = "x-folkmoot-member"  # a script says for whom the page that it posts from was drawn
GUEST = "guest"
_ICONS = (("192", "any", 192), ("512", "any", 512), ("maskable-512", "maskable", 512))
_SHAPES = ("templates/layout.html", "templates/base/offline.html")


def require_same_reader(request: "Request") -> None:
    """What was typed on a page drawn for one person is never posted in another's name."""
    drawn_for = request.headers.get(READER)
    if drawn_for is None or request.http.method != "POST":
        return
    if request.actor is None:
        words = _("You have been signed out. Sign in again, then send it; it is not lost.")
        raise SignInNeeded(words)
    if drawn_for != str(request.actor.id):
        words = _("Somebody else is signed in on this device now. Nothing was sent in their name.")
        raise OtherReader(words)


def manifest() -> dict[str, Any]:
    """The app as a phone shows it, in the language of the installation."""
    lang = settings().language
    with i18n.using(lang):
        return {
            "id": "/",
            "name": settings().name,
            "short_name": settings().name.split()[0],
            "description": _("Neighbours deliberate, and nothing ends silently."),
            "lang": i18n.TAGS[lang],
            "start_url": "/",
            "scope": "/",
            "display": "standalone",
            "background_color": "#fffdf8",
            "theme_color": "#0f4a4a",
            "icons": [
                {
                    "src": pages.static(f"icons/{name}.png"),
                    "type": "image/png",
                    "sizes": f"{size}x{size}",
                    "purpose": purpose,
                }
                for name, purpose, size in _ICONS
            ],
        }


@lru_cache
def version() -> str:
    """Changes with every file that the worker may keep for good."""
    digest = sha256(styles.address().encode())
    shapes = [pages.ROOT / shape for shape in _SHAPES]
    for path in sorted([*(pages.ROOT / "static").rglob("*.*"), *shapes]):
        if path.is_file():
            digest.update(path.read_bytes())
    return digest.hexdigest()[:12]


@lru_cache
def worker() -> str:
    """The worker's script, with its version and where its helper lies."""
    script = (pages.ROOT / "static" / "js" / "worker.js").read_text(encoding="utf-8")
    outbox = json.dumps(pages.static("js/outbox.js"))
    return f'const VERSION = "{version()}";\nimportScripts({outbox});\n{script}'
