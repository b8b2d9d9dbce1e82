"""What this room's choices are called."""

from forum.base.i18n import N_
from forum.base.registry import Group
from forum.outbox.models import Pace
from forum.outbox.rules import Preset

GROUP = {
    Group.DUTY: N_("Your account, your rights and your deadlines"),
    Group.WORK: N_("Work that you have taken on"),
    Group.ANSWERS: N_("Answers to you, and what became of what you said"),
    Group.INVITED: N_("Meetings and votes to which you are invited"),
    Group.NEWS: N_("Results and news from where you take part"),
    Group.FOLLOWED: N_("What you follow"),
}
PACE = {
    Pace.NOW: N_("at once"),
    Pace.DAILY: N_("once a day"),
    Pace.WEEKLY: N_("once a week"),
    Pace.NEVER: N_("never"),
}
PRESET = {
    Preset.NORMAL: (
        N_("Normal"),
        N_("At once what you wait for or can take part in; the rest once a day in one letter."),
    ),
    Preset.FEWER: (N_("Fewer letters"), N_("At most one a day; news once a week.")),
    Preset.LEAST: (N_("Only what I must know"), N_("Your account, your rights, your deadlines.")),
}
DAYS = (
    N_("Monday"),
    N_("Tuesday"),
    N_("Wednesday"),
    N_("Thursday"),
    N_("Friday"),
    N_("Saturday"),
    N_("Sunday"),
)
