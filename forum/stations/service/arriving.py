"""People who come in at a station: with a slip, before a clerk, and again with their card."""

from dataclasses import dataclass
from typing import NamedTuple

from sqlalchemy import update
from sqlmodel import col

from forum.base import clock
from forum.base.auth import Actor
from forum.base.db import Db
from forum.base.errors import Conflict, Forbidden, Invalid
from forum.base.events import Stored, record
from forum.base.i18n import _
from forum.base.refs import ref
from forum.base.registry import react
from forum.members import queries as members
from forum.members import service as accounts
from forum.members.events import PasswordChanged
from forum.members.models import PLATFORM, Mode, Role, Verification
from forum.members.passwords import Hashed
from forum.members.service.links import require_let_in
from forum.members.service.verification import verify
from forum.stations import codes, events, rules, waysin
from forum.stations.models import Card
from forum.stations.service.slips import require_counter, use_slip
from forum.stations.waysin import Opens


@dataclass(frozen=True)
class Newcomer:
    """What somebody says of themselves at the door; without a password they get a card."""

    name: str
    login: str = ""
    password: Hashed | None = None
    lang: str | None = None
    mode: Mode = Mode.STANDARD
    minor: bool = False


class Arrival(NamedTuple):
    """Somebody who is in, and the code of their card if they were given one."""

    member: int
    card: str | None
    station: int | None = None


def open_account(
    tx: Db,
    newcomer: Newcomer,
    *,
    by: Actor | None = None,
    station: int | None = None,
    guest_of: str | None = None,
) -> Arrival:
    """Open an account for a newcomer, with a card where there is no password."""
    member = accounts.register(
        tx,
        login=newcomer.login,
        name=newcomer.name,
        password=newcomer.password,
        lang=newcomer.lang,
        mode=newcomer.mode,
        guest_of=guest_of,
        minor=newcomer.minor,
        by=by,
    )
    card = None
    if newcomer.password is None:
        card = issue_card(tx, by or members.actor_of(tx, member), member, station)
    return Arrival(member, card, station)


def arrive(tx: Db, actor: Actor | None, typed: str, newcomer: Newcomer | None) -> Arrival:
    """Use a slip: a newcomer gets an account, whoever has one becomes a resident with it."""
    found = waysin.look(tx, typed)
    if found.opens is not Opens.SLIP or found.station_id is None or found.batch_id is None:
        words = _("This code is no slip of a station.")
        raise Invalid(words, fields={"code": words})
    place = ref("station", found.station_id)
    if actor is None:
        if newcomer is None:
            raise Forbidden(_("Please say how you want to be called."))
        arrival = open_account(tx, newcomer, station=found.station_id)
        actor = members.actor_of(tx, arrival.member)
    else:
        arrival = Arrival(actor.id, None, found.station_id)
        if any(row.place == place for row in members.grants(tx, [actor.id])):
            words = _("You belong to this place already. Keep the slip for somebody else.")
            raise Conflict(words)
    use_slip(tx, found, actor.id)
    accounts.grant(tx, None, actor.id, Role.RESIDENT, place)
    verify(tx, None, actor.id, Verification.CODE, place=place)
    accounts.become_member(tx, actor)
    used = events.SlipUsed(found.station_id, found.batch_id, actor.id)
    record(tx, actor, used, stream=place, subject=place)
    return arrival


def register_resident(tx: Db, clerk: Actor, station: int, newcomer: Newcomer) -> Arrival:
    """Take somebody in who stands before the clerk: account, residence and card in one go."""
    within = require_counter(tx, clerk, station)
    arrival = open_account(tx, newcomer, by=clerk, station=station)
    place = ref("station", station)
    accounts.admit(tx, clerk, arrival.member, place, within=within, newcomer=True)
    admitted = events.ResidentAdmitted(station, arrival.member)
    record(tx, clerk, admitted, stream=place, subject=place)
    return arrival


def replace_card(tx: Db, clerk: Actor, station: int, member: int) -> str:
    """Give a resident who stands before the clerk a new card; the lost one opens nothing more.

    All their devices are signed out: whoever found the card may have used it.
    """
    require_counter(tx, clerk, station)
    place = ref("station", station)
    held = members.grants(tx, [member])
    if not any(row.place == place and row.role is Role.RESIDENT for row in held):
        raise Forbidden(_("Only residents of this station get its cards."))
    if member == clerk.id or not rules.may_have_card({row.role for row in held}):
        raise Forbidden(_("Who serves somewhere signs in with a password, not with a card."))
    require_let_in(tx, clerk, member)
    accounts.sign_out_everywhere(tx, member)
    return issue_card(tx, clerk, member, station)


def issue_card(tx: Db, by: Actor, member: int, station: int | None) -> str:
    """Make somebody's card, in place of an older one; its code is returned this once."""
    _end_card(tx, member)
    code = codes.draw(codes.tag())
    card = Card(
        member_id=member,
        station_id=station,
        digest=codes.digest(code),
        made_by=by.id,
        made_at=clock.now(),
    )
    tx.add(card)
    tx.flush()
    own = ref("member", member)
    place = PLATFORM if station is None else ref("station", station)
    record(tx, by, events.CardIssued(member, place), stream=own, subject=own)
    return code


def _end_card(tx: Db, member: int) -> None:
    mine = update(Card).where(col(Card.member_id) == member, col(Card.ended_at).is_(None))
    tx.execute(mine.values(ended_at=clock.now()))


@react(PasswordChanged)
def _shut_out(tx: Db, _stored: Stored, event: PasswordChanged) -> None:
    """Whoever chooses another password shuts out who has the card as well."""
    _end_card(tx, event.member)


def use_card(tx: Db, typed: str) -> int:
    """Whose card this is, for signing in with it."""
    found = waysin.look(tx, typed)
    if found.opens is not Opens.CARD or found.member_id is None:
        words = _("We do not know this code. Please compare it with the paper.")
        raise Invalid(words, fields={"code": words})
    held = members.grants(tx, [found.member_id])
    if not rules.may_have_card({row.role for row in held}):
        raise Forbidden(_("Who serves somewhere signs in with a password, not with a card."))
    return found.member_id
