"""Somebody under 14: the declaration, and what is not kept or given while it holds."""

import secrets

from forum.base.auth import Actor
from forum.base.db import Db
from forum.base.errors import Conflict
from forum.base.i18n import _
from forum.base.minors import Minor
from forum.members import queries, rules
from forum.members.identities import ContactKind
from forum.members.minors import MinorDeclared
from forum.members.service.common import existing, tell
from forum.members.service.contacts import forget


def childlike() -> str:
    """A name for a child that says nothing of who it is: pages are read by everybody."""
    return _("Young resident %(number)s") % {"number": secrets.randbelow(9000) + 1000}


def declare(tx: Db, actor: Actor | None, member_id: int) -> None:
    """Note that somebody is under 14; name and contact data go, and they wait for a guardian."""
    member = existing(tx, member_id)
    if member.minor is not None:
        raise Conflict(_("This is noted already."))
    if rules.serves(grant.role for grant in queries.grants(tx, [member_id])):
        raise Conflict(_("Whoever holds an office is no child. End the office first."))
    member.minor, member.name = Minor.WAITING, childlike()
    tx.flush()
    for kind in ContactKind:
        forget(tx, actor, member_id, kind)
    tell(tx, actor, MinorDeclared(member_id), member_id)


def place_under(tx: Db, member_id: int, minor: Minor | None) -> None:
    """Change how it stands with a child's guardian; None: a child no longer. The caller tells."""
    existing(tx, member_id).minor = minor
    tx.flush()
