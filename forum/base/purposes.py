"""What personal data is kept for, and on what ground: the one list.

The page /privacy, the forms that ask, the settings and the copy of one's data all read it here.
Change what a purpose says about the data, the use or the keeping, and raise its `version`:
whoever consented to other words is asked again, and until then the data is not used for it.
"""

from enum import StrEnum
from typing import NamedTuple

from forum.base.i18n import N_, _


class Basis(StrEnum):
    """Why data may be processed at all (PIPL §13, GDPR 6)."""

    SERVICE = "service"
    DUTY = "duty"
    CONSENT = "consent"


BASES = {
    Basis.SERVICE: N_("Needed for what you came for"),
    Basis.DUTY: N_("The law asks for it"),
    Basis.CONSENT: N_("Your consent, which you can take back"),
}


class Purpose(NamedTuple):
    """One purpose, in words to be translated; `ask` is what the form says that takes the data."""

    key: str
    basis: Basis
    data: str
    use: str
    seen: str
    kept: str
    ask: str = ""
    loses: str = ""  # what comes of taking the consent back
    page: str = ""  # where the data is asked for
    version: int = 1


MAIL, PHONE, PUSH, CHILD = "mail", "phone", "push", "child"
_YOU, _ALL, _ERASED = N_("You"), N_("Everybody"), N_("Until you have your account erased")
_STAFF_WITH_REASON = N_("You; staff with a reason, which you can read")
_REMOVED = N_("Until you take the consent back")

PURPOSES = (
    Purpose(
        "name",
        Basis.SERVICE,
        N_("Name that others see"),
        N_("So that people know whom they are talking with"),
        _ALL,
        _ERASED,
    ),
    Purpose(
        "way_in",
        Basis.SERVICE,
        N_("Login name, password, card, sign-in service, second step"),
        N_("Signing in; secrets are kept as digests only"),
        N_("You; the login name also administrators and your station"),
        _ERASED,
    ),
    Purpose(
        "identity",
        Basis.SERVICE,
        N_("That your identity was verified, and how"),
        N_("One person, one vote"),
        N_("You, your station and administrators"),
        _ERASED,
    ),
    Purpose(
        "roles",
        Basis.SERVICE,
        N_("Where you are a resident, and your offices"),
        N_("So that everybody can do what is theirs to do"),
        N_("You, your station and administrators; offices everybody"),
        _ERASED,
    ),
    Purpose(
        "card",
        Basis.SERVICE,
        N_("What a place notes about you: to whom you count, and a remark"),
        N_("So that owners, tenants and others each have their places"),
        N_("Whoever leads the place; you in the copy of your data"),
        _ERASED,
    ),
    Purpose(
        "words",
        Basis.SERVICE,
        N_("What you write and say in meetings"),
        N_("The consultation and its record"),
        N_("Whoever may read the consultation"),
        N_("Until erased; what stands in approved minutes stays, without your name"),
    ),
    Purpose(
        "vote",
        Basis.SERVICE,
        N_("That you took part in a vote"),
        N_("So that nobody votes twice"),
        N_("In a secret vote nobody can see how you voted"),
        N_("With the vote"),
    ),
    Purpose(
        "presence",
        Basis.SERVICE,
        N_("At which meeting you were, where, from when to when; how a desk verified a guest"),
        N_("So that those present are counted once, and it stands how they were known"),
        N_("Whoever takes part in the meeting; how a guest was verified only its staff"),
        N_("With the meeting's record; after erasure without your name"),
    ),
    Purpose(
        "desk",
        Basis.SERVICE,
        N_("On the device of a meeting's desk: the names on the roll, and who is there"),
        N_("So that check-in goes on when the line is lost"),
        N_("The clerk who is signed in there; devices of many keep nothing"),
        N_("Until the clerk signs out, or the desk learns that the meeting is archived"),
    ),
    Purpose(
        "devices",
        Basis.SERVICE,
        N_("Signed-in devices, coarsely"),
        N_("So that you can sign them out"),
        _YOU,
        N_("Until you sign out"),
    ),
    Purpose(
        "wishes",
        Basis.SERVICE,
        N_("Language, look, drafts, what you follow, your inbox"),
        N_("So that the pages are as you want them"),
        _YOU,
        N_("Until you change or remove it"),
    ),
    Purpose(
        "log",
        Basis.DUTY,
        N_("What happened, in the log"),
        N_("So that nothing can be changed unnoticed"),
        N_("By what it is about; the log holds no words and no addresses"),
        N_("For good; after erasure nobody can tell whose number it was"),
    ),
    Purpose(
        "order",
        Basis.DUTY,
        N_("Reports, hidden texts, mutes and bans"),
        N_("Keeping order, and letting you appeal"),
        N_("You and the moderators of the place"),
        N_("With the record; the reasons go when you are erased"),
    ),
    Purpose(
        "accesses",
        Basis.DUTY,
        N_("Who of the staff saw how to reach you, when and why"),
        N_("So that nobody looks without a reason"),
        _YOU,
        _ERASED,
    ),
    Purpose(
        MAIL,
        Basis.CONSENT,
        N_("Mail address"),
        N_("Signing in by a link, and letters about what concerns you, as often as you choose"),
        _STAFF_WITH_REASON,
        _REMOVED,
        ask=N_(
            "By adding it you agree that we keep this address, sealed, to sign you in by a link "
            "and to write to you about what concerns you, as often as you choose. Your data page "
            "takes that back with one button."
        ),
        loses=N_("The address is removed at once, and no more letters are sent."),
        page="/settings/contacts",
    ),
    Purpose(
        PHONE,
        Basis.CONSENT,
        N_("Telephone number"),
        N_("So that your station can call you and know you again; no messages are sent to it"),
        _STAFF_WITH_REASON,
        _REMOVED,
        ask=N_(
            "By adding it you agree that we keep this number, sealed, so that your station can "
            "call you and know you again. Your data page takes that back with one button."
        ),
        loses=N_("The number is removed at once, and with it what it said of your identity."),
        page="/settings/contacts",
    ),
    Purpose(
        PUSH,
        Basis.CONSENT,
        N_("Where your browser takes messages, sealed"),
        N_("One line on the screen of your device; the maker of your browser passes it on unread"),
        _YOU,
        _REMOVED,
        ask=N_(
            "By going on you agree that we keep where this browser takes messages, and hand them "
            "over, encrypted, to the service of its maker. Your data page takes that back with "
            "one button."
        ),
        loses=N_("All your devices are removed at once, and no more messages are sent."),
        page="/settings/push",
    ),
    Purpose(
        CHILD,
        Basis.CONSENT,
        N_("The account of a child under 14, and what the child writes and votes"),
        N_("Letting the child take part, as the rules for children say"),
        N_("The guardian and the station know whose child it is; others see a made-up name"),
        N_("Until the guardian takes the consent back, or the child is 14"),
        ask=N_(
            "As father, mother or another guardian I have read the rules for children, and I "
            "agree that this child takes part here and that its data is processed as they say."
        ),
        loses=N_("The child can read on, but take no part any more, at once."),
        page="/settings/children",
    ),
)
BY_KEY = {purpose.key: purpose for purpose in PURPOSES}
ASKED = tuple(purpose for purpose in PURPOSES if purpose.basis is Basis.CONSENT)


def ask(key: str) -> str:
    """What a form says before it takes the data for this purpose, in the reader's language."""
    return _(BY_KEY[key].ask)
