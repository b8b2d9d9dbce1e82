"""Gradients of agreement: eight shades between an endorsement and a block."""

from forum.base.i18n import N_
from voting.methods.common.ladder import SHARE, VETOES, Ladder, supported
from voting.methods.method import Choice

GRADES = (
    Choice("g1", N_("1 Endorsement"), N_("I like it."), "good"),
    Choice("g2", N_("2 Endorsement with a minor point"), N_("Basically I like it."), "good"),
    Choice("g3", N_("3 Agreement with reservations"), N_("I can live with it."), "good"),
    Choice("g4", N_("4 No opinion"), N_("I abstain.")),
    Choice("g5", N_("5 Stand aside"), N_("I do not like it, but I do not hold up the group.")),
    Choice(
        "g6",
        N_("6 Disagreement, but I go along"),
        N_("My disagreement shall be noted; I support what the majority decides."),
        "bad",
    ),
    Choice(
        "g7",
        N_("7 Disagreement, and I take no part"),
        N_("I do not stop anyone, but I do not want to carry it out."),
        "bad",
    ),
    Choice("g8", N_("8 Veto"), N_("I must stop it."), "bad"),
)


class Gradients(Ladder):
    """S. Kaner and others, "Facilitator's Guide to Participatory Decision-Making", 1996.

    Grade 1 is the highest, as there.
    """

    name = "gradients"
    version = 1
    label = N_("Gradients of agreement")
    hint = N_("Asks for one of eight grades between endorsement and veto, and shows them all.")
    ladder = GRADES
    support = supported(GRADES, "g3")
    settings = (support, SHARE, VETOES)


METHOD = Gradients()
