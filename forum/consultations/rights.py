"""What roles may do in a consultation, in words."""

from forum.base.i18n import N_
from forum.consultations import rules
from forum.members.rights import PLACES, right

right(N_("begin consultations here"), rules.moderates, PLACES)
right(
    N_("begin consultations here, unless the settings leave that to moderators"),
    lambda held: rules.leads(held) and not rules.moderates(held),
    PLACES,
)
right(N_("read what is not public, and take part without being on the list"), rules.serves)
right(N_("lead the process: stages, agenda, briefing, people"), rules.moderates)
