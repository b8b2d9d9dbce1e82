"""What both ports do with a letter, whole: read it, take it in once, or give it back."""

import logging
from collections.abc import Iterable, Iterator
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


def receive(raw: bytes, *, to: str = "", envelope_sender: str | None = None) -> list[Fate]:
    """Deal with a letter as it came, once for each of our addresses that it is to.

    Without `to`, its own headers say for whom it is.
    """
    letter = letters.read(raw, envelope_sender=envelope_sender)
    fates = list(_deal(letter, [to] if to else letter.to)) or [Fate.IGNORED]
    for fate in fates:
        log.info("a letter came", extra={"facts": {"fate": fate.value}})
    return fates


def _deal(letter: Letter, to: Iterable[str]) -> Iterator[Fate]:
    if letter.kind is Kind.BOUNCE and letter.bounce:
        with transaction() as tx:
            yield Fate.BOUNCED if service.came_back(tx, letter.bounce) else Fate.IGNORED
    elif letter.kind is Kind.ANSWER:
        tickets = [found for address in to if (found := addresses.read(address))]
        for ticket in {(found.member, found.about): found for found in tickets}.values():
            yield _answer(letter, ticket)


def _answer(letter: Letter, ticket: Ticket) -> Fate:
    with reading() as db:
        if service.known(db, letter, ticket):
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
