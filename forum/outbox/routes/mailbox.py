"""A demo's mailbox: what would have been sent."""

import re
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default
from typing import NamedTuple

from forum.base.demo import require_demo
from forum.base.settings import settings
from forum.base.web import Request, Response, Routes

routes = Routes("forum.outbox.routes")

SHOWN = 50
_ADDRESS = re.compile(r"https?://\S+")


class Kept(NamedTuple):
    """One letter."""

    name: str
    to: str
    subject: str
    date: str
    text: str
    links: list[str]


@routes.get("/demo/mailbox")
def mailbox(request: Request) -> Response:
    """The letters of a demo, the newest first."""
    require_demo()
    paths = sorted((settings().data / "mailbox").glob("*.eml"), reverse=True)[:SHOWN]
    return request.page(None, letters=[_kept(path.stem, path.read_bytes()) for path in paths])


def _kept(name: str, raw: bytes) -> Kept:
    letter = message_from_bytes(raw, policy=default)
    assert isinstance(letter, EmailMessage)  # noqa: S101 - the policy makes it one
    body = letter.get_body(preferencelist=("plain",))
    text = str(body.get_content()) if body else ""
    links = list(dict.fromkeys(_ADDRESS.findall(text)))
    return Kept(name, letter["To"], letter["Subject"], letter["Date"], text, links)
