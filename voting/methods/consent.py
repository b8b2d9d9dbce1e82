"""Consent: not who is for it, but who cannot live with it, and why."""

from collections.abc import Mapping, Sequence
from typing import Any

from forum.base.i18n import N_
from voting.methods.common.result import Frame, Result
from voting.methods.common.words import Words
from voting.methods.method import Choice, Method, Option, Rule, Setting, whole

CONSENT, STAND_ASIDE, BLOCK = "consent", "stand_aside", "block"

BLOCKS = Setting("blocks", N_("Blocks that are borne"), "0")
STAND_ASIDES = Setting(
    "stand_asides",
    N_("Most who may stand aside"),
    "",
    hint=N_("Leave empty for no limit."),
    optional=True,
)


class Consent(Method):
    """Carried while the blocks (and, if wished, those who stand aside) stay within a bound."""

    name = "consent"
    version = 1
    label = N_("Consent")
    hint = N_("Asks who can live with a proposal; whoever blocks it must say why.")
    aggregates = False  # a block without its reason is none
    settings = (BLOCKS, STAND_ASIDES)

    def rule(self, typed: Mapping[str, str], options: Sequence[Option] = ()) -> dict[str, Any]:
        """Two bounds."""
        return {"blocks": whole(BLOCKS, typed), "stand_asides": whole(STAND_ASIDES, typed)}

    def choices(self, rule: Rule) -> tuple[Choice, ...]:
        """A block needs a reason."""
        return (
            Choice(CONSENT, N_("Consent"), N_("I can live with it."), tone="good"),
            Choice(STAND_ASIDE, N_("Stand aside"), N_("Not for me, but I do not stop it.")),
            Choice(BLOCK, N_("Block"), N_("I must stop it, and I say why."), "bad", reason=True),
        )

    def describe(self, rule: Rule) -> tuple[Words, ...]:
        """The bounds."""
        said = [
            Words(N_("Carried unless somebody blocks it."))
            if rule["blocks"] == 0
            else Words(
                N_("Carried with at most this many blocks: %(blocks)s."),
                {"blocks": rule["blocks"]},
            ),
            Words(N_("A block counts only with a reason, and the reasons stand in the result.")),
        ]
        if rule["stand_asides"] is not None:
            said.append(
                Words(
                    N_("At most this many may stand aside: %(most)s."),
                    {"most": rule["stand_asides"]},
                )
            )
        return tuple(said)

    def tally(self, counts: Mapping[str, int], rule: Rule, frame: Frame) -> Result:
        """Silence is no consent: somebody must have given it."""
        consents, asides, blocks = (counts.get(v, 0) for v in (CONSENT, STAND_ASIDE, BLOCK))
        over = blocks > rule["blocks"]
        most = rule["stand_asides"]
        crowd = most is not None and asides > most
        carried = consents > 0 and not over and not crowd
        if over:
            verdict = N_("More blocks than are borne (%(bound)s): not carried.")
        elif crowd:
            verdict = N_("More stand aside than may (%(most)s): not carried.")
        elif carried:
            verdict = N_("No more blocks than are borne (%(bound)s): carried.")
        else:
            verdict = N_("Nobody consented: not carried.")
        figures = {
            CONSENT: consents,
            STAND_ASIDE: asides,
            BLOCK: blocks,
            "blank": frame.blank,
            "invalid": frame.invalid,
            "cast": consents + asides + blocks + frame.blank + frame.invalid,
        }
        said = N_("%(consent)s consent, %(stand_aside)s stand aside, %(block)s block.")
        return Result(
            carried=carried,
            winners=(CONSENT,) if carried else (),
            ties=(),
            figures=figures,
            explanation=(
                Words(said, {n: figures[n] for n in (CONSENT, STAND_ASIDE, BLOCK)}),
                Words(verdict, {"bound": rule["blocks"], "most": most or 0}),
            ),
        )


METHOD = Consent()
