"""After the 红茶议事会: from a good beginning to a position of everybody in two hours."""

from forum.base.i18n import N_
from sessions.workshop.book import Script, Step
from sessions.workshop.models import Form, Gives

SCRIPT = Script(
    title=N_("Consensus in two hours"),
    about=N_(
        "Small groups gather what matters, all together sort it, groups turn it into options, and"
        " everybody says where they stand. After the red tea councils."
    ),
    steps=(
        Step(
            N_("Opening"),
            10,
            N_("What brings you here today? One sentence each, then the rules of the session."),
            N_(
                "Welcome everybody, also those online. Say what can be decided here and what not."
                " Agree on the rules: one speaks, the others listen; things, not persons."
            ),
        ),
        Step(
            N_("Gathering"),
            30,
            N_("What matters to you in this? What worries you? One thought a note."),
            N_(
                "No discussion yet: every thought counts. Look after the silent groups. Two minutes"
                " before the end, ask for what has not been said."
            ),
            Form.GROUPS,
            Gives.NOTES,
        ),
        Step(
            N_("Focusing"),
            25,
            N_("Which notes belong together? Look at the screen and call out."),
            N_(
                "Put notes together before everybody's eyes, and ask for the heading. What fits"
                " nowhere stands alone: it is not lost."
            ),
        ),
        Step(
            N_("Options"),
            25,
            N_("What could be done? Write what you propose so that it can be carried out."),
            N_(
                "Each group takes a theme. Who does what by when? Turn the proposals into at most"
                " a handful of options, in words that all can hear twice."
            ),
            Form.GROUPS,
            Gives.NOTES,
        ),
        Step(
            N_("Positions"),
            20,
            N_("Where do you stand on each option? Can you live with it? If not, say why."),
            N_(
                "Read every option aloud. Living with it is enough. An objection is a gift: it says"
                " what an option still lacks."
            ),
            Form.ALONE,
            Gives.POSITIONS,
        ),
        Step(
            N_("Closing"),
            10,
            N_("What have we agreed on, what stays open, and who carries it on?"),
            N_("Read the counts and every objection. Say what happens next, and until when."),
        ),
    ),
)
