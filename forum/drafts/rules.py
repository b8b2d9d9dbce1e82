"""What a device may leave here, and how much of it."""

import json
from collections.abc import Mapping
from typing import Any, NamedTuple

from forum.base.errors import Invalid, TooLarge
from forum.base.i18n import _

MOST = 40  # of one member
LONGEST = 60_000  # characters of one form
NAME_MOST = 300
TITLE_MOST = 200
OTHER = "|other"  # the name of a second wording of the same form ends so


class Draft(NamedTuple):
    """What stood in one form when its writer signed out."""

    name: str
    page: str
    title: str
    fields: dict[str, list[str]]


def parsed(text: str) -> list[Draft]:
    """The drafts of a device; raises Invalid for what no device of ours sends, TooLarge.

    Parsed by the parser that takes half a sign: a draft cut in an emoji is kept all the same.
    """
    try:
        found = [_draft(each) for each in json.loads(text)]
    except (ValueError, TypeError, KeyError, RecursionError) as error:
        raise Invalid(_("The drafts could not be read.")) from error
    if len(found) > MOST:
        raise TooLarge(_("At most %(n)s drafts are kept.") % {"n": MOST})
    return found


def _draft(given: Mapping[str, Any]) -> Draft:
    fields = {
        _whole(str(name)): [_whole(str(text)) for text in texts]
        for name, texts in dict(given["fields"]).items()
        if isinstance(texts, list)
    }
    size = sum(len(name) + sum(map(len, texts)) for name, texts in fields.items())
    if size > LONGEST:
        raise TooLarge(_("One of the drafts is too long to be kept."))
    page, name = _whole(str(given["page"])), _whole(str(given["name"]))
    if not fields or not name or not page.startswith("/") or page.startswith("//"):
        raise ValueError
    if len(name) > NAME_MOST or len(page) > NAME_MOST:
        raise ValueError
    return Draft(name, page, _whole(str(given.get("title", "")))[:TITLE_MOST], fields)


def _whole(text: str) -> str:
    # Half of a sign and a NUL can be written in JSON and are taken by no database.
    return text.encode(errors="replace").decode().replace("\0", "")
