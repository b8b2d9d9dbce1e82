"""Systemic consensing: the least resisted option wins; one of them leaves everything as it is."""

from collections.abc import Mapping, Sequence
from typing import Any

from forum.base.i18n import N_
from voting.methods.common import late, lots, marks
from voting.methods.common.election import MOST, Found, GradeElection, names
from voting.methods.common.profile import Graded
from voting.methods.common.result import Frame, Round
from voting.methods.common.seats import named
from voting.methods.common.words import Words
from voting.methods.method import Option, Rule, Setting, invalid

WORST = 10
DRAWN = late.either(
    N_("%(names)s are equal, tens included: the lot from the announced seed decides."),
    N_("%(names)s are equal, tens included: the lot drawn after the count decides."),
)

STATUS_QUO = Setting(
    "status_quo",
    N_("Which option leaves everything as it is"),
    "",
    hint=N_("Its place in the list, counted from 1; the last one where left empty."),
    optional=True,
    least=1,
    most=MOST,
)


class Consensing(GradeElection):
    """Paulus, Schrotta and Visotschnig, "Systemisches Konsensieren".

    The status quo is compulsory: `rule` keeps its id beside the options, taken from a place in
    the list, for ids are not known to whoever writes the list down.
    """

    name = "consensing"
    version = 1
    narrows = True
    fewest = True
    label = N_("Least resistance (systemic consensing)")
    hint = N_("Asks how much each option goes against the grain; the least resistance wins.")
    settings = (STATUS_QUO,)
    every = True

    def rule(self, typed: Mapping[str, str], options: Sequence[Option] = ()) -> dict[str, Any]:
        """`status_quo` is the id of an option."""
        kept = super().rule(typed, options)
        place = kept["status_quo"] or len(options)
        if place > len(options):
            raise invalid(STATUS_QUO)
        return {**kept, "status_quo": options[place - 1].id}

    def typed(self, rule: Rule) -> dict[str, str]:
        """The status quo by its place."""
        places = {one["id"]: str(at) for at, one in enumerate(rule["options"], 1)}
        return {**super().typed(rule), "status_quo": places[rule["status_quo"]]}

    def again(self, rule: Rule, winners: Sequence[str], ties: Sequence[str]) -> dict[str, Any]:
        """The status quo stays an option: without it the least resistance would mean nothing."""
        kept = [*ties, rule["status_quo"]] if ties else ()
        return super().again(rule, winners, kept)

    def grades(self, rule: Rule) -> range:
        """0: no objection, to 10: cannot be borne."""
        return range(WORST + 1)

    def labels(self, rule: Rule) -> Mapping[int, str]:
        """The two ends."""
        return {0: N_("No objection"), WORST: N_("Cannot be borne")}

    def describe(self, rule: Rule) -> tuple[Words, ...]:
        """The scale, the status quo, ties."""
        return (
            Words(N_("Everybody says of every option how much they resist it, from 0 to 10.")),
            Words(N_("A ballot that leaves an option out is not taken.")),
            Words(N_("The option with the least resistance in all wins.")),
            Words(
                N_("%(name)s leaves everything as it is. What meets more resistance loses."),
                {"name": names(rule)[rule["status_quo"]]},
            ),
            Words(
                N_(
                    "Of options with equal resistance the one with fewer tens wins. Where these "
                    "are equal as well, there is a new round among them, or a lot."
                )
            ),
        )

    def count(self, votes: Graded, rule: Rule, frame: Frame) -> Found:
        """At most ten times all votes, which 64 bits hold."""
        called = names(rule)
        sums = dict(zip(votes.ids, (votes.counts @ votes.grades).tolist(), strict=True))
        full = votes.counts @ (votes.grades == WORST)
        tens = dict(zip(votes.ids, full.tolist(), strict=True))
        voters = int(votes.counts.sum())
        ranking = sorted(votes.ids, key=lambda ident: (sums[ident], tens[ident]))
        least = [ident for ident in ranking if sums[ident] == sums[ranking[0]]]
        tied = [ident for ident in least if tens[ident] == tens[ranking[0]]]
        chosen = lots.drawn(frame.lot, "winner", tied)[0] if frame.lot else tied[0]
        worse = [ident for ident in votes.ids if sums[ident] > sums[rule["status_quo"]]]
        said: list[Words] = []
        if len(least) > 1 == len(tied):
            fewer = N_("%(names)s meet the same resistance; %(name)s has the fewest tens.")
            values = {"names": _listed(least, called), "name": called[chosen]}
            said.append(Words(fewer, values))
        if len(tied) > 1:
            equal = (
                DRAWN
                if frame.lot
                else N_("%(names)s are equal, tens included: there must be a new round.")
            )
            said.append(Words(equal, {"names": _listed(tied, called)}))
        certain = len(tied) == 1 or bool(frame.lot)
        if certain:
            wins = N_("%(name)s meets the least resistance: %(sum)s of at most %(worst)s.")
            worst = {"sum": sums[chosen], "worst": WORST * voters}
            said.append(Words(wins, {"name": called[chosen], **worst}))
        if certain and chosen == rule["status_quo"]:
            said.append(Words(N_("So everything stays as it is.")))
        if worse:
            loses = N_("Worse than leaving everything as it is: %(names)s.")
            said.append(Words(loses, {"names": _listed(worse, called)}))
        figures = {"worst": WORST * voters, **{f"tens_{i}": tens[i] for i in votes.ids}}
        each = (_resistance(called[i], sums[i], tens[i], voters) for i in _ordered(votes.ids))
        winners = (chosen,) if certain else ()
        step = Round(sums, 1, winners, tuple(_ordered(worse)), said=(*each, *said))
        return Found(winners, () if certain else tuple(tied), (step,), tuple(said), figures)


def _resistance(name: str, total: int, tens: int, voters: int) -> Words:
    """The group's resistance is its sum over the greatest that there could be."""
    tenths = total * 1000 // (WORST * voters)
    return Words(
        N_("%(name)s: resistance %(sum)s, which is %(share)s%% of the worst; tens: %(tens)s."),
        {"name": name, "sum": total, "share": f"{tenths // 10}.{tenths % 10}", "tens": tens},
    )


def _ordered(idents: Sequence[str]) -> list[str]:
    return sorted(idents, key=marks.order)


def _listed(idents: Sequence[str], called: Mapping[str, str]) -> "str | Words":
    return named(_ordered(idents), called)


METHOD = Consensing()
