"""Votes of a meeting by exact weight, and by heads and weight at once."""

from collections.abc import Callable
from fractions import Fraction
from pathlib import Path

import pytest
from cast import Cast
from hypothesis import given
from hypothesis import strategies as st
from proxying import put, sitting, vote
from starlette.testclient import TestClient

from forum.base import db, i18n
from forum.base.commands.verify import check_file
from forum.base.db import transaction
from forum.base.errors import Conflict, Invalid
from forum.base.verify import verify
from sessions.meetings import service as meetings
from voting.boxes.models import Channel
from voting.methods.common.amounts import exact
from voting.methods.common.result import Frame, Result
from voting.methods.dual_majority import METHOD as DUAL
from voting.methods.majority import METHOD as MAJORITY
from voting.polls import page, queries, service, weighing
from voting.polls.models import Secrecy
from voting.polls.queries import PollRow

Client = Callable[[str | None], TestClient]
WEIGHTS = {"alice": "85.32", "bob": "1/3", "dana": "120.5", "rong": "2/7", "shu": "40"}

SHARES = st.one_of(
    st.decimals("0.01", "500", places=2).map(Fraction),
    st.fractions(Fraction(1, 9), 50, max_denominator=12),
)
ROLL = st.lists(
    st.tuples(SHARES, st.sampled_from(["yes", "no", "abstain", ""])), min_size=1, max_size=30
)


@given(ROLL, st.sampled_from([">1/2", ">=2/3"]), st.sampled_from(["valid", "eligible"]))
def test_it_is_what_fractions_say(
    roll: list[tuple[Fraction, str]], threshold: str, base: str
) -> None:
    """Every sum, and what it comes to, as exact arithmetic has it."""
    units, scale = weighing.shares({n: weight for n, (weight, _said) in enumerate(roll)})
    assert [Fraction(units[n], scale) for n in units] == [weight for weight, _said in roll]
    rule = MAJORITY.rule({"threshold": threshold, "base": base})
    rule |= weighing.asked(MAJORITY, weighed=True)
    rule |= weighing.frozen(rule, [(units[n], True) for n in units], scale)
    votes = {one: sum(said == one for _w, said in roll) for one in ("yes", "no", "abstain")}
    second = {
        one: sum(units[n] for n, (_w, said) in enumerate(roll) if said == one) for one in votes
    }
    found = weighing.tally(MAJORITY, votes, second, rule, Frame(len(roll), len(roll)))
    weigh = {
        one: sum((weight for weight, said in roll if said == one), Fraction(0)) for one in votes
    }
    whole = sum((weight for weight, _said in roll), Fraction(0))
    of = weigh["yes"] + weigh["no"] if base == "valid" else whole
    need = Fraction(1, 2) if threshold == ">1/2" else Fraction(2, 3)
    enough = weigh["yes"] > need * of if threshold == ">1/2" else weigh["yes"] >= need * of
    assert found.carried is (enough and weigh["yes"] > 0)
    for one, sum_ in weigh.items():
        assert Fraction(found.figures[f"{one}_second"], scale) == sum_
        assert found.figures[one] == votes[one]
    assert Result.unpack(found.pack()) == found


@given(ROLL)
def test_heads_and_weight_at_once(roll: list[tuple[Fraction, str]]) -> None:
    units, scale = weighing.shares({n: weight for n, (weight, _said) in enumerate(roll)})
    rule = DUAL.rule({}) | weighing.asked(DUAL, weighed=False)
    rule |= weighing.frozen(rule, [(units[n], True) for n in units], scale)
    votes = {one: sum(said == one for _w, said in roll) for one in ("yes", "no", "abstain")}
    second = {
        one: sum(units[n] for n, (_w, said) in enumerate(roll) if said == one) for one in votes
    }
    found = weighing.tally(DUAL, votes, second, rule, Frame(len(roll)))

    def holds(of: dict[str, Fraction], whole: Fraction) -> bool:
        cast = sum(of.values(), Fraction(0))
        return cast >= Fraction(2, 3) * whole and of["yes"] > Fraction(1, 2) * cast

    weigh = {
        one: sum((weight for weight, said in roll if said == one), Fraction(0)) for one in votes
    }
    heads = {one: Fraction(n) for one, n in votes.items()}
    whole = sum((weight for weight, _said in roll), Fraction(0))
    assert found.carried is (holds(heads, Fraction(len(roll))) and holds(weigh, whole))


@given(st.integers(0, 10**12), st.integers(1, 10**6))
def test_a_weight_is_written_as_it_is(units: int, scale: int) -> None:
    assert Fraction(exact(units, scale)) == Fraction(units, scale)


def row(cast: Cast, poll: int) -> PollRow:
    with db.reading() as tx:
        return queries.poll_access(tx, cast.alice, poll).poll


def end(cast: Cast, poll: int) -> page.Outline:
    with transaction() as tx:
        service.close(tx, cast.alice, poll)
        service.publish(tx, cast.alice, poll)
    with db.reading() as tx:
        assert verify(tx).faults == []
    with i18n.using("en"):
        found = page.outline(row(cast, poll))
    assert found is not None
    return found


def test_the_weights_decide_and_the_heads_are_shown(
    cast: Cast, client: Client, tmp_path: Path
) -> None:
    poll = put(cast, sitting(cast, weights=WEIGHTS), weighed=True, rule={"base": "eligible"})
    scale = row(cast, poll).rule["weighed"]["scale"]
    assert scale == 1050  # of 25ths, thirds, halves and sevenths
    for name, choice in (("alice", "yes"), ("dana", "yes"), ("bob", "no"), ("rong", "no")):
        vote(cast[name], poll, choice)
    vote(cast.shu, poll, "no")
    found = end(cast, poll)
    assert found.name == "Carried"
    assert found.weights == [
        ("For", "2", "205.82"),
        ("Against", "3", "853/21"),
        ("Abstain", "0", "0"),
    ]
    assert "205.82 for, 853/21 against, 0 abstained." in found.sentences
    shown = client(None).get(f"/polls/{poll}").text
    assert "853/21" in shown
    assert "The weights on the roll decide" in shown
    file = tmp_path / "ballots.json"
    file.write_text(client(None).get(f"/polls/{poll}/ballots.json").text)
    whole = check_file(file, None)
    assert whole is not None
    assert whole.faults == []
    assert r"\"share\":89586" in file.read_text()
    file.write_text(file.read_text().replace(r"\"share\":89586", r"\"share\":89587"))
    damaged = check_file(file, None)
    assert damaged is not None
    assert damaged.faults


def test_both_must_be_enough(cast: Cast) -> None:
    held = sitting(cast, weights=WEIGHTS)
    light, heavy = (put(cast, held, method="dual_majority") for _n in range(2))
    for name in ("alice", "bob", "rong", "shu", "dana"):
        vote(cast[name], light, "yes" if name in ("bob", "rong", "shu") else "no")
        vote(cast[name], heavy, "no" if name in ("bob", "rong") else "yes")
    assert end(cast, light).name == "Not carried"  # three heads of five, but the lighter ones
    found = end(cast, heavy)
    assert found.name == "Carried"
    assert found.weights[0] == ("For", "3", "245.82")


def test_where_weights_cannot_count(cast: Cast) -> None:
    held = sitting(cast)
    for asked in ({"weighed": True}, {"method": "dual_majority"}):
        with pytest.raises(Conflict, match="two weights"):  # all weigh alike on this roll
            put(cast, held, **asked)
    with transaction() as tx:
        for draft, channel, field in (
            (service.Draft("?", weighed=True), Channel.HANDS, "channel"),
            (service.Draft("?", method="dual_majority"), Channel.PAPER, "channel"),
            (service.Draft("?", weighed=True, secrecy=Secrecy.SECRET), Channel.ONLINE, "secrecy"),
            (service.Draft("?", weighed=True, method="consent"), Channel.ONLINE, "counted"),
        ):
            with pytest.raises(Invalid) as refused:
                meetings.hold_poll(tx, cast.alice, held.meeting, draft, channel=channel)
            assert set(refused.value.fields) == {field}
        with pytest.raises(Invalid) as refused:
            service.create(tx, cast.alice, cast.item, service.Draft("?", weighed=True))
        assert set(refused.value.fields) == {"counted"}


def test_fractions_without_a_common_measure_are_refused(cast: Cast) -> None:
    odd = {"bob": "1/999999999", "dana": "1/999999997"}
    with pytest.raises(Conflict, match="too many different fractions"):
        put(cast, sitting(cast, weights=odd), weighed=True)


def test_the_chair_chooses_what_counts(client: Client, cast: Cast) -> None:
    held = sitting(cast, weights=WEIGHTS)
    alice = client("alice")
    console = alice.get(f"/meetings/{held.meeting}/console").text
    assert 'value="dual_majority"' in console
    assert 'name="counted"' in console
    form = {"question": "By weight?", "channel": "online", "counted": "weight", "now": "on"}
    answer = alice.post(f"/meetings/{held.meeting}/polls", data=form)
    assert answer.status_code == 303
    with db.reading() as tx:
        (poll,) = queries.of_meeting(tx, held.stream)
    assert poll.rule["weighed"]["by"] == "weight"
