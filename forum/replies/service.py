"""What a letter becomes: an argument, a note on a task, the mark of a dead address, an answer."""

from datetime import timedelta

from sqlalchemy import delete, select
from sqlmodel import col

from forum.arguments import queries as arguments
from forum.arguments import service as arguing
from forum.arguments.models import Stance
from forum.arguments.rules import BODY_MOST
from forum.base import clock, deliveries, limits, sealing, ticker
from forum.base.auth import Actor
from forum.base.channels import Message
from forum.base.db import Db
from forum.base.errors import Conflict, Forbidden, Invalid
from forum.base.i18n import _
from forum.base.refs import parse
from forum.base.settings import settings
from forum.followups import service as followups
from forum.members import contacts
from forum.members import queries as members
from forum.replies.addresses import Ticket
from forum.replies.letters import Bounce, Letter
from forum.replies.models import ReceivedLetter

KEPT = timedelta(days=120)  # longer than an address takes answers
# What says of the address itself that nobody reads there, and not of one letter (RFC 3463).
DEAD = ("5.1.", "5.2.1")


def mark_of(letter: Letter, ticket: Ticket) -> str:
    """What a letter is known by: one to several of our addresses is an answer to each."""
    return sealing.keyed(f"letter\0{letter.ident}\0{ticket.member}\0{ticket.about}")


def known(db: Db, letter: Letter, ticket: Ticket) -> bool:
    """Whether this very letter has been dealt with."""
    mine = col(ReceivedLetter.digest) == mark_of(letter, ticket)
    return db.execute(select(col(ReceivedLetter.member_id)).where(mine)).first() is not None


def note(tx: Db, letter: Letter, ticket: Ticket) -> None:
    """Remember that a letter came; a second worker that has it too fails here."""
    tx.add(ReceivedLetter(digest=mark_of(letter, ticket), member_id=ticket.member, at=clock.now()))
    tx.flush()


def answer(tx: Db, letter: Letter, ticket: Ticket) -> None:
    """Say in the writer's name what the letter says; refuses by the rules of the thing's room."""
    note(tx, letter, ticket)
    actor = members.actor_of(tx, ticket.member)
    if contacts.by_mail(tx, letter.sender) != ticket.member:
        raise Forbidden(_("It did not come from an address that you have confirmed."))
    if ticket.over:
        raise Conflict(_("Letters to this address were taken for two months; that is over."))
    if not letter.words:
        raise Invalid(_("There was nothing of your own in it, only what was quoted."))
    if len(letter.words) > BODY_MOST:
        raise Invalid(_("At most %(n)s characters.") % {"n": BODY_MOST})
    limits.check(f"argue:{actor.id}", per_minute=20, burst=60)
    made = _say(tx, actor, ticket.about, letter.words)
    parts = []
    if made is not None and made.held:
        parts = [
            _("Your answer has arrived. A moderator looks at it first; you will be told."),
            _("You find it here:"),
            settings().base_url.rstrip("/") + made.url,
        ]
    if letter.attachments:
        parts.append(
            _("Your answer has arrived. What was attached is not shown: add it on the page.")
        )
    if parts:
        _write(tx, letter, ticket, _("Your answer has arrived"), "\n\n".join(parts))


def _say(tx: Db, actor: Actor, about: str, words: str) -> arguing.Submitted | None:
    """Say it where it belongs; returns what became of an argument, which may wait."""
    kind, ident = parse(about)
    if kind == "task":
        followups.progress(tx, actor, ident, words)
        return None
    item, parent = ident, None
    if kind == "argument":
        item, parent = arguments.argument_access(tx, actor, ident).item.id, ident
    return arguing.submit(tx, actor, item, body=words, stance=Stance.NEUTRAL, parent=parent)


def give_back(tx: Db, letter: Letter, ticket: Ticket, reason: str) -> None:
    """Tell whom the address was given to why the letter was not taken, with its text.

    Never whoever sent it: what somebody else wrote in a letter is nobody's to be written to for.
    """
    note(tx, letter, ticket)
    # Somebody who got hold of the address cannot flood its owner with it.
    if not limits.spend(f"returned:{ticket.member}", per_minute=0.1, burst=10):
        return
    parts = [
        _("Your answer by mail could not be taken in. The reason:"),
        reason,
        _("Your text:"),
        "\n".join(f"> {line}" for line in letter.words[: 2 * BODY_MOST].splitlines()),
    ]
    _write(tx, letter, ticket, _("Your answer was not taken in"), "\n\n".join(parts))


def _write(tx: Db, letter: Letter, ticket: Ticket, subject: str, text: str) -> None:
    to = contacts.mail_of(tx, [ticket.member]).get(ticket.member)
    if to is not None:
        key = f"answered:{mark_of(letter, ticket)}"
        said = Message(subject, text)
        deliveries.put(tx, channel="mail", to=to, message=said, key=key, member=ticket.member)


def came_back(tx: Db, found: Bounce) -> bool:
    """Note that a letter of ours came back for good; False: it is none of ours."""
    dead = found.status.startswith(DEAD)
    return deliveries.refuse(tx, found.mark, f"bounced {found.status}", dead=dead)


@ticker.every("replies:forget", timedelta(days=1))
def forget(tx: Db, _subject: str) -> None:
    """Forget letters that could not come again."""
    tx.execute(delete(ReceivedLetter).where(col(ReceivedLetter.at) < clock.now() - KEPT))
