"""The letters about somebody's way in: put into the outbox, in the reader's language."""

from sqlalchemy import select
from sqlmodel import col

from forum.base import clock, deliveries, i18n
from forum.base.db import Db
from forum.base.deliveries import Message
from forum.base.i18n import _
from forum.base.settings import settings
from forum.members.models import Member


def offered() -> bool:
    """Whether this server writes letters with links.

    It must know its own address: what a request says of it could lead the link elsewhere.
    """
    config = settings()
    return deliveries.offered("mail") and bool(config.base_url or config.demo)


def sign_in(tx: Db, to: str, url: str, member_id: int) -> None:
    """A link that signs in."""
    subject = _("Your link to sign in to %(site)s") % {"site": settings().name}
    words = _("Open this link to sign in. It works once, for half an hour.")
    _put(tx, to, subject, [words], url, member_id)


def register(tx: Db, to: str, url: str) -> None:
    """A link that opens an account, to an address that nobody holds yet."""
    subject = _("Your link to %(site)s") % {"site": settings().name}
    words = _(
        "There is no account with this address yet. Open this link to open one. It works once, "
        "for half an hour."
    )
    _put(tx, to, subject, [words], url, None)


def unknown(tx: Db, to: str) -> None:
    """Say that there is no account, and that none is opened by mail here."""
    subject = _("No account with this address")
    words = _("There is no account with this address yet. Your station opens one for you.")
    _put(tx, to, subject, [words], "", None)


def reset(tx: Db, to: str, url: str, member_id: int) -> None:
    """A link to a new password."""
    subject = _("A new password for %(site)s") % {"site": settings().name}
    words = _("Open this link to choose a new password. It works once, for half an hour.")
    _put(tx, to, subject, [words], url, member_id)


def confirm(tx: Db, to: str, url: str, member_id: int) -> None:
    """A link by which somebody shows that an address is theirs."""
    subject = _("Confirm your address for %(site)s") % {"site": settings().name}
    words = _("Open this link while you are signed in. It works once, for a day.")
    _put(tx, to, subject, [words], url, member_id)


def replaced(tx: Db, to: str, member_id: int) -> None:
    """Tell the address that was there before."""
    subject = _("Another address for your account")
    words = _("Your account has another mail address now. This one opens it no longer.")
    warning = _("If that was not you, tell the staff of your station at once.")
    _put(tx, to, subject, [words, warning], "", member_id)


def tried(tx: Db, member_id: int, to: str | None) -> None:
    """Tell the owner that somebody tries to get in; the language is theirs, not the other one's."""
    if to is None:
        return
    lang = tx.execute(select(col(Member.lang)).where(col(Member.id) == member_id)).scalar_one()
    with i18n.using(lang):
        subject = _("Somebody tried to sign in to your account")
        words = _("Somebody tried many times to sign in to your account, and failed.")
        calm = _("Nobody got in. If it was you: a link by mail signs you in at once.")
        _put(tx, to, subject, [words, calm], "", member_id)


def _put(tx: Db, to: str, subject: str, words: list[str], url: str, member_id: int | None) -> None:
    ask = _("If you did not ask for this, do nothing: nothing happens without the link.")
    parts = [*words, url, ask] if url else words
    text = "\n\n".join([*parts, settings().name])
    message = Message(subject, text, url=url)
    key = f"members:{url or clock.iso(clock.now())}:{to}"
    deliveries.put(tx, channel="mail", to=to, message=message, key=key, member=member_id)
