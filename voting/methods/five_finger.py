"""Fist to five: everybody shows how far they go along, with the fingers of one hand."""

from forum.base.i18n import N_
from voting.methods.common.ladder import SHARE, VETOES, Ladder, supported
from voting.methods.method import Choice

FINGERS = (
    Choice("f5", N_("5 fingers"), N_("I am all for it and help to carry it out."), "good"),
    Choice("f4", N_("4 fingers"), N_("I am for it."), "good"),
    Choice("f3", N_("3 fingers"), N_("It is all right with me."), "good"),
    Choice("f2", N_("2 fingers"), N_("I have misgivings that should be talked about.")),
    Choice("f1", N_("1 finger"), N_("I have grave misgivings."), "bad"),
    Choice("f0", N_("Fist"), N_("I must stop it."), "bad"),
)


class FiveFinger(Ladder):
    """From consensus practice among facilitators; 3 fingers and more support."""

    name = "five_finger"
    version = 1
    label = N_("Fist to five")
    hint = N_("Asks for nought to five fingers on one proposal, and shows how many gave each.")
    ladder = FINGERS
    support = supported(FINGERS, "f3")
    settings = (support, SHARE, VETOES)


METHOD = FiveFinger()
