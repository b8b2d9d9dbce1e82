"""Majorities that laws and statutes name: method, rule and quorum for each, with its source.

The figures and numbers of articles of the village law are those of its text as amended in 2018. A
decision of 28 October 2025 amends that law from 2026 on; its text has not been compared, so the
hints say which one they follow, and whoever prepares a vote checks the one in force. The figures of
the Civil Code are those in force since 2021. A province or a statute may ask for more: profiles are
starting points that whoever prepares a vote sees in full and can change.
"""

from collections.abc import Mapping
from types import MappingProxyType
from typing import NamedTuple

from forum.base.i18n import N_

NOTHING: Mapping[str, str] = MappingProxyType({})


class Profile(NamedTuple):
    """One kind of decision, ready for the form of a poll.

    `settings` are those of the method as they are typed; `quorum` is as a poll keeps it ("of":
    "present" or "cast"; "share" of those entitled, ">=2/3", or of their square root, ">=3/2√").
    """

    name: str
    label: str
    hint: str  # who stands on the roll, and the source
    method: str
    settings: Mapping[str, str]
    quorum: Mapping[str, str] = NOTHING


class Stage(NamedTuple):
    """One step of a procedure: decided by a vote, disclosed by a notice, or written down.

    A vote is by any one of `profiles`; a notice is up for at least so many `days`.
    """

    name: str
    label: str
    profiles: tuple[str, ...] = ()
    discloses: bool = False
    days: int = 0


class Procedure(NamedTuple):
    """Stages that a decision passes in this order."""

    name: str
    label: str
    hint: str
    stages: tuple[Stage, ...]


def _present(share: str) -> Mapping[str, str]:
    return {"of": "present", "share": share}


OF_PRESENT = {"threshold": ">1/2", "base": "present", "tie": "fails"}

_PROFILES = (
    Profile(
        "villagers",
        N_("Villagers' assembly"),
        N_(
            "On the roll: all villagers from 18 years. More than half must be present, and more "
            "than half of those present must agree. Organic Law of the Villagers' Committees, "
            "text of 2018, article 22; amended in October 2025: check the text in force."
        ),
        "majority",
        OF_PRESENT,
        _present(">1/2"),
    ),
    Profile(
        "households",
        N_("Villagers' assembly by households"),
        N_(
            "On the roll: one representative of each household. Two thirds or more must be "
            "present, and more than half of those present must agree. Organic Law of the "
            "Villagers' Committees, text of 2018, article 22; amended in October 2025: check the "
            "text in force."
        ),
        "majority",
        OF_PRESENT,
        _present(">=2/3"),
    ),
    Profile(
        "village_representatives",
        N_("Villagers' representatives"),
        N_(
            "On the roll: all members of the representatives' meeting. Two thirds or more must "
            "be present, and more than half of those present must agree. Organic Law of the "
            "Villagers' Committees, text of 2018, article 26; amended in October 2025: check the "
            "text in force."
        ),
        "majority",
        OF_PRESENT,
        _present(">=2/3"),
    ),
    Profile(
        "village_group",
        N_("Villagers' group"),
        N_(
            "On the roll: all of the group from 18 years, or one representative of each of its "
            "households. Two thirds or more must be present, and more than half of those present "
            "must agree. Organic Law of the Villagers' Committees, text of 2018, article 28; "
            "amended in October 2025: check the text in force."
        ),
        "majority",
        OF_PRESENT,
        _present(">=2/3"),
    ),
    Profile(
        "owners",
        N_("Owners together: ordinary matters"),
        N_(
            "On the roll: all owners with their area. Owners of two thirds or more of the area, "
            "and two thirds or more of the owners, must take part; more than half of the area "
            "and of the owners taking part must agree. Civil Code, article 278, items 1 to 5 "
            "and 9."
        ),
        "dual_majority",
        {"participation": ">=2/3", "threshold": ">1/2"},
    ),
    Profile(
        "owners_special",
        N_("Owners together: special matters"),
        N_(
            "Raising maintenance funds, rebuilding, other use of the shared parts. Two thirds or "
            "more of area and owners must take part; three quarters or more of the area and of "
            "the owners taking part must agree. Civil Code, article 278, items 6 to 8."
        ),
        "dual_majority",
        {"participation": ">=2/3", "threshold": ">=3/4"},
    ),
    Profile(
        "party_members",
        N_("Party members' assembly of a village"),
        N_(
            "On the roll: all party members with a vote. Two thirds or more must be present, and "
            "more than half of all entitled must agree. Step three of “four deliberations, two "
            "disclosures”."
        ),
        "majority",
        {"threshold": ">1/2", "base": "eligible", "tie": "fails"},
        _present(">=2/3"),
    ),
    Profile(
        "square_root",
        N_("Quorum by the square root"),
        N_(
            "For large, loose memberships: at least one and a half times the square root of all "
            "entitled must take part, and more must be for it than against it. After the Debian "
            "constitution, section 4.2 and appendix A.6 (3Q), which asks it of each option."
        ),
        "majority",
        {"threshold": ">1/2", "base": "valid", "tie": "fails"},
        {"of": "cast", "share": ">=3/2√"},
    ),
)

PROFILES: Mapping[str, Profile] = MappingProxyType({one.name: one for one in _PROFILES})

FOUR_TWO = Procedure(
    "four_two",
    N_("Four deliberations, two disclosures"),
    N_("For the important matters of a village: each step needs the one before it."),
    (
        Stage("proposal", N_("The party branch proposes")),
        Stage("consultation", N_("The two committees confer")),
        Stage("party", N_("The party members' assembly considers"), ("party_members",)),
        Stage(
            "resolution",
            N_("The villagers' assembly or their representatives resolve"),
            ("villagers", "households", "village_representatives"),
        ),
        Stage("disclosed", N_("The resolution is disclosed"), discloses=True, days=7),
        Stage("carried_out", N_("What came of it is disclosed"), discloses=True),
    ),
)

PROCEDURES: Mapping[str, Procedure] = MappingProxyType({FOUR_TWO.name: FOUR_TWO})
