"""The second step at sign-in: setting it up, checking it, recovery codes, taking it off."""

import secrets

from sqlalchemy import delete, update
from sqlmodel import col

from forum.base import clock, sealing
from forum.base.auth import Actor
from forum.base.db import Db
from forum.base.errors import Conflict, Forbidden, Invalid
from forum.base.i18n import _
from forum.members import events, queries, second, totp
from forum.members.identities import RecoveryCode, SecondFactor
from forum.members.service.common import existing, tell

CODES = 10
LETTERS = "23456789abcdefghjkmnpqrstuvwxyz"  # none that looks like another


def readable(groups: int, size: int = 5) -> str:
    """A random code in groups that somebody can read out and type."""
    return "-".join("".join(secrets.choice(LETTERS) for _n in range(size)) for _g in range(groups))


def compact(typed: str) -> str:
    """A code as it is compared: whatever stood between its letters."""
    return "".join(c for c in typed.casefold() if c in LETTERS)


def begin(tx: Db, actor: Actor) -> None:
    """A fresh secret to show; it counts once a first code of it was typed."""
    if second.has(tx, actor.id):
        raise Conflict(_("The second step is set up already."))
    fresh = sealing.sealed(totp.fresh())
    tx.merge(SecondFactor(member_id=actor.id, sealed=fresh))
    tx.flush()


def settle(tx: Db, actor: Actor, typed: str) -> list[str]:
    """The first code was right: from now on it is asked for. Returns the recovery codes."""
    factor = tx.get(SecondFactor, actor.id)
    if factor is None or factor.confirmed_at is not None:
        raise Conflict(_("The second step is set up already."))
    step = _step_of(factor, typed)
    if step is None:
        raise _wrong()
    factor.confirmed_at, factor.last_step = clock.now(), step
    tx.flush()
    second.forget(tx, actor.id)
    tell(tx, actor, events.SecondFactorSet(actor.id), actor.id)
    return _new_codes(tx, actor.id)


def check(tx: Db, member_id: int, typed: str) -> bool:
    """Whether this is the present code, or an unused recovery code; it is used up with it."""
    factor = tx.get(SecondFactor, member_id)
    if factor is None or factor.confirmed_at is None:
        return False
    step = _step_of(factor, typed)
    if step is not None:
        # Of two with the same code at the same instant one gets in.
        moved = (
            update(SecondFactor)
            .where(col(SecondFactor.member_id) == member_id, col(SecondFactor.last_step) < step)
            .values(last_step=step)
            .returning(col(SecondFactor.member_id))
        )
        return tx.execute(moved).first() is not None
    used = delete(RecoveryCode).where(
        col(RecoveryCode.member_id) == member_id,
        col(RecoveryCode.digest) == _digest(member_id, typed),
    )
    if tx.execute(used.returning(col(RecoveryCode.digest))).first() is None:
        return False
    left = second.codes_left(tx, member_id)
    tell(tx, None, events.RecoveryCodeUsed(member_id, left), member_id)
    return True


def renew_codes(tx: Db, actor: Actor, typed: str) -> list[str]:
    """New recovery codes for the old ones, against a code."""
    if not check(tx, actor.id, typed):
        raise _wrong()
    tell(tx, actor, events.RecoveryCodesMade(actor.id), actor.id)
    return _new_codes(tx, actor.id)


def end(tx: Db, actor: Actor, typed: str) -> None:
    """Take one's own second step off, against a code."""
    if not check(tx, actor.id, typed):
        raise _wrong()
    _clear(tx, actor.id)
    tell(tx, actor, events.SecondFactorEnded(actor.id), actor.id)


def reset(tx: Db, actor: Actor | None, member_id: int) -> None:
    """Take it off for somebody who lost phone and codes; an administrator who is sure who asks."""
    existing(tx, member_id)
    if actor is not None and not queries.administrates(tx, actor):
        raise Forbidden(_("Only an administrator may take off the second step."))
    if actor is not None and actor.id == member_id:
        raise Conflict(_("Nobody decides about themselves."))
    if not second.has(tx, member_id):
        raise Conflict(_("This person has no second step."))
    _clear(tx, member_id)
    tell(tx, actor, events.SecondFactorEnded(member_id), member_id)


def _clear(tx: Db, member_id: int) -> None:
    for model in (SecondFactor, RecoveryCode):
        tx.execute(delete(model).where(col(model.member_id) == member_id))
    second.forget(tx, member_id)


def _wrong() -> Invalid:
    words = _("This code is not right, or was used already.")
    return Invalid(words, fields={"code": words})


def _step_of(factor: SecondFactor, typed: str) -> int | None:
    secret = sealing.unsealed(factor.sealed)
    if secret is None:
        return None
    return totp.matching(secret, typed, now=totp.step_at(clock.now()), after=factor.last_step)


def _digest(member_id: int, typed: str) -> str:
    return sealing.keyed(f"recovery:{member_id}:{compact(typed)}")


def _new_codes(tx: Db, member_id: int) -> list[str]:
    tx.execute(delete(RecoveryCode).where(col(RecoveryCode.member_id) == member_id))
    codes = [readable(2) for _n in range(CODES)]
    tx.add_all(RecoveryCode(digest=_digest(member_id, code), member_id=member_id) for code in codes)
    tx.flush()
    return codes
