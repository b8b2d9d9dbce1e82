"""What both ports do with a letter, whole: read it, take it in once, or give it back."""

import logging
from collections.abc import Iterable
from email.utils import parseaddr
from enum import StrEnum

from sqlalchemy.exc import IntegrityError

from forum.base import i18n
from forum.base.db import reading, transaction
from forum.base.errors import NotFound, Refusal
from forum.base.settings import settings
from forum.members import queries as members
from forum.replies import addresses, letters, service
from forum.replies.addresses import Ticket
from forum.replies.letters import Kind, Letter

log = logging.getLogger("folkmoot.replies")


class Fate(StrEnum):
    """What became of a letter."""

    TAKEN = "taken"
    GIVEN_BACK = "given_back"
    KNOWN = "known"  # it came before
    BOUNCED = "bounced"  # a letter of ours came back
    IGNORED = "ignored"  # nobody wrote it, or to nobody


def takes(address: str) -> bool:
    """Whether there is anybody behind an address: an answer's, or where our own letters return."""
    ours = parseaddr(settings().mail_from)[1].lower()
    return addresses.read(address) is not None or (bool(ours) and address.lower() == ours)


def receive(raw: bytes, *, to: str = "", envelope_sender: str | None = None) -> Fate:
    """Deal with a letter as it came; without `to`, its own headers say for whom it is."""
    letter = letters.read(raw, envelope_sender=envelope_sender)
    fate = _deal(letter, [to] if to else letter.to)
    log.info("a letter came", extra={"facts": {"fate": fate.value}})
    return fate


def _deal(letter: Letter, to: Iterable[str]) -> Fate:
    if letter.kind is Kind.BOUNCE and letter.bounce:
        with transaction() as tx:
            return Fate.BOUNCED if service.came_back(tx, letter.bounce) else Fate.IGNORED
    ticket = next((found for address in to if (found := addresses.read(address))), None)
    if letter.kind is not Kind.ANSWER or ticket is None:
        return Fate.IGNORED
    with reading() as db:
        if service.known(db, letter):
            return Fate.KNOWN
        try:
            lang = members.actor_of(db, ticket.member).lang
        except NotFound:
            return Fate.IGNORED
    with i18n.using(lang or settings().language):
        return _take(letter, ticket)


def _take(letter: Letter, ticket: Ticket) -> Fate:
    try:
        try:
            with transaction() as tx:
                service.answer(tx, letter, ticket)
        except Refusal as refusal:
            with transaction() as tx:
                service.give_back(tx, letter, ticket, refusal.message)
            return Fate.GIVEN_BACK
    except IntegrityError:  # another worker was quicker
        return Fate.KNOWN
    return Fate.TAKEN
