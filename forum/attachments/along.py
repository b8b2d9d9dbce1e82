"""A file that comes along with a text, in the text's own form: read before, kept with the text."""

from typing import NamedTuple

from forum.base import files, limits
from forum.base.auth import Actor
from forum.base.errors import Invalid, TooLarge
from forum.base.filetypes import Content
from forum.base.forms import Form
from forum.base.i18n import _

ACCEPTED = ".jpg,.jpeg,.png,.webp,.gif,.pdf,.txt,.csv"
ALT_MOST = 500


class Along(NamedTuple):
    """A file, looked through, and what it shows if it is a picture."""

    name: str
    alt: str
    content: Content


def read(form: Form, actor: Actor) -> Along | None:
    """The file of a form (its fields `file` and `alt`), if one was chosen; in no transaction."""
    alt = form.text("alt", max=ALT_MOST, optional=True)
    given = form.file("file")
    if given is None:
        return None
    limits.check(f"upload:{actor.id}", per_minute=20, burst=40)
    name = (given.filename or "")[:300]
    try:
        return Along(name, alt, files.prepare(given.file, name))
    except (Invalid, TooLarge) as refusal:
        form.wrong("file", refusal.message)
        return None


def unseen(along: Along | None) -> str:
    """What to ask of somebody who sent a picture without saying what it shows; empty: nothing."""
    if along is None or along.alt or not along.content.media_type.startswith("image/"):
        return ""
    return _("Please say what the picture shows, for those who do not see it.")
