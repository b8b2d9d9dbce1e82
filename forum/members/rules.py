"""Who may be called what, and who may give whom which role where: pure."""

import re
import unicodedata
from collections.abc import Collection, Iterable
from datetime import datetime, timedelta
from enum import IntEnum

from forum.members.models import PLATFORM, Entry, Role, Verification

LOGIN = re.compile(r"[^\W_][\w.-]{2,39}")
PASSWORD_LEAST = 8
NAME_MOST = 40


def folded(login: str) -> str:
    """The one spelling under which a login name is stored and looked up."""
    return unicodedata.normalize("NFKC", login).strip().casefold()


def login_fits(login: str) -> bool:
    """Three to forty letters, digits, dots, dashes; any script, as people write their names."""
    return LOGIN.fullmatch(login) is not None


def shown(name: str) -> str:
    """A display name without what could disguise it: controls, bidi marks, runs of blanks."""
    kept = "".join(
        " " if unicodedata.category(c) in ("Zs", "Zl", "Zp", "Cc") else c
        for c in unicodedata.normalize("NFC", name)
        if unicodedata.category(c) != "Cf"
    )
    return " ".join(kept.split())


def name_fits(name: str) -> bool:
    """Whether a display name is there and short enough for a speakers' list."""
    return 0 < len(name) <= NAME_MOST


def password_fits(password: str, login: str) -> bool:
    """Length is what counts; only the login name itself is refused besides."""
    return PASSWORD_LEAST <= len(password) <= 200 and folded(password) != login


def is_now(since: datetime, until: datetime | None, now: datetime) -> bool:
    """Whether a grant or a mark with these limits holds at this moment."""
    return since <= now and (until is None or now < until)


def administers(roles: Collection[Role]) -> bool:
    """Whether these roles carry every right of the place."""
    return Role.ADMINISTRATOR in roles


def may_grant(actor_roles: Collection[Role], role: Role, place: str) -> bool:
    """Administrators give any role; moderators of a smaller place name its helpers.

    An operator takes residents in: that is what the counter is for.
    """
    if administers(actor_roles):
        return True
    if place == PLATFORM:
        return False
    helpers = (Role.RESIDENT, Role.SECRETARY, Role.OPERATOR)
    if Role.MODERATOR in actor_roles:
        return role in helpers
    return Role.OPERATOR in actor_roles and role == Role.RESIDENT


def may_name(actor_roles: Collection[Role], role: Role, place: str) -> bool:
    """Whether they may give the role to somebody who has an account already.

    A station's clerks see to the accounts of its residents; so the owner of an account makes it a
    resident's, with a slip, or else an administrator, but no clerk who knows its login name.
    """
    settles = role == Role.RESIDENT and place.startswith("station:")
    return may_grant(actor_roles, role, place) and (not settles or administers(actor_roles))


KEEPING_COUNTERS = frozenset({Role.OPERATOR, Role.ADMINISTRATOR})


def keeps_counter(roles: Collection[Role]) -> bool:
    """Who sees to residents at a station's counter, and to their accounts."""
    return not KEEPING_COUNTERS.isdisjoint(roles)


def may_restrict(actor_roles: Collection[Role]) -> bool:
    """Who may mute somebody in the place where these roles are held."""
    return administers(actor_roles) or Role.MODERATOR in actor_roles


def may_restrict_whom(actor_roles: Collection[Role], theirs: Collection[Role]) -> bool:
    """Moderators do not silence each other: that takes an administrator."""
    return administers(actor_roles) or not {Role.MODERATOR, Role.ADMINISTRATOR} & set(theirs)


class Level(IntEnum):
    """How sure the platform is of who stands behind an account."""

    DECLARED = 0
    REACHED = 1
    SEEN = 2
    REGISTERED = 3


LEVELS = {
    Verification.NONE: Level.DECLARED,
    Verification.MAIL: Level.REACHED,
    Verification.PHONE: Level.REACHED,
    Verification.CODE: Level.REACHED,
    Verification.PROVIDER: Level.REACHED,
    Verification.STAFF: Level.SEEN,
    Verification.REGISTER: Level.REGISTERED,
}


def best(methods: Iterable[Verification]) -> Verification:
    """The way that says most; of equals the later one."""
    found = Verification.NONE
    for method in methods:
        if LEVELS[method] >= LEVELS[found]:
            found = method
    return found


def may_join(entry: Entry, known: Verification) -> bool:
    """Whether a guest may take a membership by themselves.

    Where accounts are for the invited, who came by an invitation must be one whom we can reach.
    """
    if entry is Entry.INVITED:
        return LEVELS[known] >= Level.REACHED
    return entry is Entry.OPEN


FREE_FAILURES = 10
LONGEST_PAUSE = timedelta(hours=1)
FORGOTTEN = timedelta(days=1)


def pause(failures: int) -> timedelta:
    """How long a door stays shut after so many failures: a minute, then double each time."""
    if failures < FREE_FAILURES:
        return timedelta(0)
    doubled = min(failures - FREE_FAILURES, 10)
    return min(timedelta(minutes=2**doubled), LONGEST_PAUSE)


def serves(roles: Iterable[Role]) -> bool:
    """Whether somebody with these roles is staff: more than a resident."""
    return any(role != Role.RESIDENT for role in roles)


def in_force(roles: Collection[Role], *, second_factor_missing: bool) -> frozenset[Role]:
    """The roles that count: offices sleep while a second factor is asked for and missing."""
    if second_factor_missing:
        return frozenset(roles) & {Role.RESIDENT}
    return frozenset(roles)


def may_let_in(theirs: Iterable[Role], *, has_mail: bool) -> bool:
    """A clerk gives a resident without mail a new way in; never a member of the staff."""
    return not has_mail and not serves(theirs)
