"""Mail: the channel, and what is told as a letter (plain text first, then the same as HTML)."""

from collections.abc import Callable, Mapping, Sequence
from urllib.parse import urlsplit

from forum.base import i18n, pages
from forum.base.channels import Message, channel
from forum.base.db import Db
from forum.base.i18n import TAGS, _
from forum.base.purposes import MAIL
from forum.base.settings import settings
from forum.members import contacts
from forum.outbox import smtp, tokens
from forum.outbox.models import Pace
from forum.outbox.outlets import Line, Outlet, Parcel, outlet
from forum.privacy.service import consents

CHOICES = "/settings/letters"
# What other channels add to a letter (an address for answers, say).
headers_of: list[Callable[[Parcel], Mapping[str, str]]] = []

channel("mail", offered=smtp.offered, hands_over=True, rest=smtp.hang_up)(smtp.send)


def compose(parcel: Parcel) -> Message:
    """A parcel as a letter; in two languages where nobody knows which the person reads."""
    first = next(iter(parcel.lines))
    texts, parts = [], []
    for lang, lines in parcel.lines.items():
        with i18n.using(lang):
            texts.append(_plain(parcel, lines))
            parts.append(_part(parcel, lang, lines))
    with i18n.using(first):
        choices = tokens.origin() + CHOICES
        shown = {"site": settings().name, "parts": parts, "stop": parcel.stop, "choices": choices}
        html = pages.render("outbox/letter.html", shown)
        subject = _subject(parcel, parcel.lines[first])
    return Message(subject, "\n\n".join(texts), html, parcel.lines[first][0].url, _headers(parcel))


def _subject(parcel: Parcel, lines: Sequence[Line]) -> str:
    first, more = lines[0].words, len(lines) - 1 + parcel.left_out
    if more:
        words = _("%(first)s (and %(count)s more)")
        return words % {"first": _cut(first, 80), "count": more}
    return _cut(first, 120)


def _cut(words: str, most: int) -> str:
    return words if len(words) <= most else words[: most - 1].rstrip() + "…"


def _greeting(parcel: Parcel) -> str:
    return _("Hello %(name)s,") % {"name": parcel.name}


def _occasion(parcel: Parcel) -> str:
    return {
        Pace.NOW: _("this has just happened:"),
        Pace.DAILY: _("this happened since yesterday:"),
        Pace.WEEKLY: _("this happened in the last week:"),
    }[parcel.pace]


def _left_out(parcel: Parcel) -> str:
    if not parcel.left_out:
        return ""
    return _("And %(count)s more, in your inbox.") % {"count": parcel.left_out}


def _plain(parcel: Parcel, lines: Sequence[Line]) -> str:
    why = _("Why you are told:")
    told = [
        "\n  ".join((f"* {line.words}", *line.enclosed, line.url, f"{why} {line.because}"))
        for line in lines
    ]
    choices = _("Choose what you are told, and when:")
    foot = [f"{choices}\n{tokens.origin()}{CHOICES}"]
    if parcel.stop:
        stop = _("No more letters of this sort:")
        foot.append(f"{stop}\n{parcel.stop}")
    said = [f"{_greeting(parcel)}\n{_occasion(parcel)}", *told, _left_out(parcel)]
    said.append(_answering(parcel))
    said += [f"-- \n{settings().name}", *foot]
    return "\n\n".join(part for part in said if part) + "\n"


def _answering(parcel: Parcel) -> str:
    """That the letter can be answered, where somebody takes answers to it."""
    if "Reply-To" not in _headers(parcel):
        return ""
    return _(
        "To answer, just answer this letter: what you write appears on the page under your name."
    )


def _part(parcel: Parcel, lang: str, lines: Sequence[Line]) -> dict[str, object]:
    return {
        "tag": TAGS[lang],
        "greeting": f"{_greeting(parcel)} {_occasion(parcel)}",
        "lines": lines,
        "left_out": _left_out(parcel),
        "answering": _answering(parcel),
        "why": _("Why you are told:"),
        "choices": _("Choose what you are told, and when"),
        "stop": _("No more letters of this sort"),
    }


def _headers(parcel: Parcel) -> dict[str, str]:
    """RFC 8058: a mail program's own button ends letters of this sort with one click."""
    found = {"List-Id": f"<{parcel.pace.value}.notices.{urlsplit(tokens.origin()).hostname}>"}
    if parcel.stop:
        found["List-Unsubscribe"] = f"<{parcel.stop}>"
        found["List-Unsubscribe-Post"] = "List-Unsubscribe=One-Click"
    for add in headers_of:
        found.update(add(parcel))
    return found


def _reach(db: Db, members: Sequence[int]) -> dict[int, list[str]]:
    agreed = consents.in_force(db, MAIL, members)
    return {member: [address] for member, address in contacts.mail_of(db, [*agreed]).items()}


outlet(Outlet("mail", _reach, compose))
