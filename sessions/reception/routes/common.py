"""The room's routes, where its verbs lead back to, and what its forms have in common."""

import re
import secrets
from typing import Any

from forum.base import events
from forum.base.db import Db
from forum.base.web import Form, Routes
from sessions.reception import service
from sessions.reception.categories import Category
from sessions.reception.rules import TEXT_MOST

routes = Routes("sessions.reception.routes")
_NONCE = re.compile(r"[0-9a-f]{32}")


def live(db: Db, stream: str) -> dict[str, Any]:
    """What the pages of the register follow: their own regions look again."""
    return {"stream": stream, "view": "serving", "after": events.head(db, stream)}


def register_page(meeting: int) -> str:
    """The register of a reception."""
    return f"/meetings/{meeting}/reception"


def visitor_page(meeting: int, visitor: int) -> str:
    """One visitor."""
    return f"{register_page(meeting)}/{visitor}"


def word_page(meeting: int, word: int) -> str:
    """One word."""
    return f"{register_page(meeting)}/words/{word}"


def fresh_nonce() -> str:
    """For a form that enters something: sent twice, it enters it once."""
    return secrets.token_hex(16)


def nonce(form: Form) -> str | None:
    """The number of a form that enters something; programs may do without.

    Its field is not called nonce: that is a ballot's, and the script gives it a fresh one.
    """
    sent = str(form.value("once"))
    return sent if _NONCE.fullmatch(sent) else None


def person(form: Form, member: int | None = None) -> service.Who:
    """Who somebody is, as far as they say it."""
    return service.Who(
        member,
        form.text("name", max=60, optional=True),
        form.text("contact", max=80, optional=True),
        form.text("home", max=120, optional=True),
    )


def said(form: Form) -> service.Said:
    """What somebody said, from the form that writes it down or sets it right."""
    return service.Said(
        form.text("body", max=TEXT_MOST),
        form.choice("category", Category),
        form.text("place", max=120, optional=True),
        form.flag("named"),
        form.flag("open"),
    )
