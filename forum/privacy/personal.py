"""What of a person lies in this room, and what erasure does to the account itself."""

from collections.abc import Mapping

from sqlalchemy import select, update
from sqlmodel import col

from forum.base import clock, files, i18n, sealing
from forum.base.db import Db
from forum.base.i18n import _
from forum.base.registry import Fate, Rows, carried, on_erasure, personal
from forum.members.identities import Contact
from forum.members.models import Member, RoleGrant
from forum.members.words import role_words
from forum.privacy import queries, words
from forum.privacy.models import Childhood, Consent, Erasure
from forum.privacy.service import guardians

__all__ = ["guardians"]  # imported for what it does when somebody goes

personal(Erasure, owner="member_id", columns={})
# That there was a consent is what shows that the data was rightly used: it stays, without a name.
personal(Consent, owner="member_id", columns={"purpose": Fate.KEEP, "way": Fate.KEEP})
personal(Childhood, owner="member_id", columns={}, rows=Rows.GO)


@on_erasure
def _files(tx: Db, member: int) -> None:
    """What a person uploaded goes, row and bytes."""
    files.remove_of(tx, member)


@on_erasure
def _roles(tx: Db, member: int) -> None:
    """Nobody holds a role without being there; that it was held stays in the record."""
    held = col(RoleGrant.until).is_(None) | (col(RoleGrant.until) > clock.now())
    mine = col(RoleGrant.member_id) == member
    tx.execute(update(RoleGrant).where(mine, held).values(until=clock.now()))


@on_erasure
def _account(tx: Db, member: int) -> None:
    """The number stays, for the record to point at; from now on nobody answers to it."""
    mine = col(Member.id) == member
    tx.execute(update(Member).where(mine).values(erased_at=clock.now()))


@carried("members")
def _of_the_account(db: Db, member: int) -> Mapping[str, list[str]]:
    """What lies sealed, opened for whom it belongs to; and one's roles in words."""
    sealed = db.execute(select(col(Contact.sealed)).where(col(Contact.member_id) == member))
    reached = [sealing.unsealed(text) or "?" for text in sealed.scalars()]
    roles = db.execute(
        select(col(RoleGrant.role), col(RoleGrant.place), col(RoleGrant.since))
        .where(col(RoleGrant.member_id) == member)
        .order_by(col(RoleGrant.id))
    )
    held = [f"{i18n.date(row.since)}: {role_words(row.role)} ({row.place})" for row in roles]
    return {_("How to reach you"): reached, _("Your roles"): held}


@carried("privacy")
def _consents(db: Db, member: int) -> Mapping[str, list[str]]:
    """What one consented to, in words; and the children for whom one did."""
    given = [words.told(each) for each in queries.consents_of(db, member)]
    mine = [f"{each.name} ({each.login})" for each in queries.children(db, member)]
    found = {_("What you consented to"): given}
    return found | {_("Children whose guardian you are"): mine} if mine else found
