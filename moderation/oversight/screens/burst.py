"""Many texts of one account in minutes: published, and shown to the moderators."""

from forum.base.i18n import N_
from moderation.oversight.screens import pace
from moderation.oversight.screens.screen import Screen, Setting

SCREEN = Screen(
    "burst",
    N_("Many texts of one account"),
    N_("They are published, and the moderators see that there are many."),
    N_("The author's text number %(count)s within %(minutes)s minutes"),
    holds=False,
    settings=(
        Setting("posts", N_("Texts"), default=6, most=500),
        Setting("minutes", N_("within minutes"), default=5, most=1440),
    ),
    look=pace.seen,
    on=True,
)
