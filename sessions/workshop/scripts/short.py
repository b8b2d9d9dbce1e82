"""Forty-five minutes on one question, without small groups."""

from forum.base.i18n import N_
from sessions.workshop.book import Script, Step
from sessions.workshop.models import Form, Gives

SCRIPT = Script(
    title=N_("A short round"),
    about=N_(
        "Everybody writes, all together sort and word it, and everybody says where they stand."
    ),
    steps=(
        Step(
            N_("Opening"),
            5,
            N_("What is it about today, and what shall be there at the end?"),
            N_("Say the question in one sentence, and what happens with the result."),
        ),
        Step(
            N_("Gathering"),
            12,
            N_("What matters to you in this? What worries you? One thought a note."),
            N_(
                "It is quiet now: everybody writes for themselves. Whoever has no phone goes to the"
                " desk."
            ),
            Form.ALONE,
            Gives.NOTES,
        ),
        Step(
            N_("Focusing"),
            10,
            N_("Which notes belong together? Look at the screen and call out."),
            N_(
                "Put notes together before everybody's eyes, and ask for the heading. What fits"
                " nowhere stands alone: it is not lost."
            ),
        ),
        Step(
            N_("Options"),
            8,
            N_("What could be done? Help to find the words."),
            N_("Turn the themes into two to four options that somebody could carry out."),
        ),
        Step(
            N_("Positions"),
            10,
            N_("Where do you stand on each option? Can you live with it? If not, say why."),
            N_(
                "Read every option aloud. Living with it is enough. An objection is a gift: it says"
                " what an option still lacks."
            ),
            Form.ALONE,
            Gives.POSITIONS,
        ),
    ),
)
