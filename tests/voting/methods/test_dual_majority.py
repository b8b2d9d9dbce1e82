"""Heads and area at once; majorities that laws name; quorums by the square root."""

from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from forum.base import i18n
from forum.base.errors import Invalid
from voting.methods.common.profiles import PROCEDURES, PROFILES, Profile
from voting.methods.common.result import Frame, Result
from voting.methods.common.roots import Root
from voting.methods.dual_majority import METHOD
from voting.methods.majority import METHOD as MAJORITY
from voting.methods.method import method
from voting.polls import rules, words
from voting.polls.models import Secrecy
from voting.polls.rules import Fault, Quorum, RollEntry

OWNERS, AREA = 300, 27_000_00  # 300 owners of 27,000.00 m²


def decide(
    heads: dict[str, int],
    area: dict[str, int],
    *,
    special: bool = False,
    blank: int = 0,
    invalid: int = 0,
) -> Result:
    profile = PROFILES["owners_special" if special else "owners"]
    rule = METHOD.rule(profile.settings)
    frame = Frame(OWNERS, None, blank, invalid, second=area, eligible_second=AREA)
    return METHOD.tally(heads, rule, frame)


@pytest.mark.parametrize(
    ("heads", "area", "ordinary", "special"),
    [
        # two thirds of both take part, and one more than half of both is for it
        ((101, 99), (9_000_01, 8_999_99), True, False),
        ((100, 100), (17_000_00, 1_000_00), False, False),  # half the heads are not more than half
        ((150, 50), (9_000_00, 9_000_00), False, False),  # nor half the area
        ((150, 50), (13_500_00, 4_500_00), True, True),  # three quarters of both, exactly
        ((150, 50), (13_499_99, 4_500_01), True, False),
        ((149, 51), (18_000_00, 0), True, False),
        ((199, 0), (27_000_00, 0), False, False),  # all the area, but not two thirds of the heads
        ((300, 0), (17_999_99, 0), False, False),  # all heads, but not two thirds of the area
    ],
)
def test_the_civil_code(
    heads: tuple[int, int], area: tuple[int, int], ordinary: bool, special: bool
) -> None:
    votes = dict(zip(("yes", "no"), heads, strict=True))
    held = dict(zip(("yes", "no"), area, strict=True))
    assert decide(votes, held).carried is ordinary
    assert decide(votes, held, special=True).carried is special


def test_abstentions_and_blanks_take_part_and_are_not_for_it() -> None:
    votes = {"yes": 100, "abstain": 60, "no": 30}
    held = {"yes": 10_000_00, "abstain": 7_000_00, "no": 500_00, "blank": 400_00, "invalid": 100_00}
    found = decide(votes, held, blank=7, invalid=3)
    assert found.figures["cast"] == 200
    assert found.figures["cast_second"] == 18_000_00
    assert found.figures["needed"] == 101
    assert found.figures["needed_part"] == 200
    assert found.figures["needed_second"] == 9_000_01
    assert found.carried is False
    assert decide({**votes, "yes": 101, "no": 29}, held, blank=7, invalid=3).carried
    with i18n.using("en"):
        said = [one.say() for one in found.explanation]
    counted = "%s take part (needed: %s); %s for, %s against, %s abstained; needed for it: %s."
    assert said == [
        "Heads: " + counted % ("200 of 300", 200, 100, 30, 60, 101),
        "Area in m²: " + counted % ("18000 of 27000", 18000, 10000, 500, 7000, "9000.01"),
        "Enough heads and enough area take part.",
        "Too few heads are for it: not carried.",
    ]


def test_without_an_area_it_is_neither_opened_nor_carried() -> None:
    rule = METHOD.rule({})
    assert METHOD.tally({"yes": 300}, rule, Frame(OWNERS)).carried is False
    fault = rules.roll_fault(
        [RollEntry(1, 89), RollEntry(2, 90)],
        method=METHOD,
        rule=rule,
        secrecy=Secrecy.OPEN,
        quorum=None,
        present=None,
        eligible=179,
    )
    assert fault is Fault.ONE_WEIGHT
    assert words.fault(fault)


@settings(deadline=None)
@given(
    numbers=st.lists(st.integers(0, 10**6), min_size=6, max_size=6),
    more=st.tuples(st.integers(0, 10**6), st.integers(0, 10**6)),
    part=st.integers(1, 99),
    share=st.integers(1, 99),
)
def test_both_weights_are_exact(
    numbers: list[int], more: tuple[int, int], part: int, share: int
) -> None:
    rule = METHOD.rule({"participation": f">={part}/100", "threshold": f">{share}/100"})
    answers = ("yes", "no", "abstain")
    weights = [dict(zip(answers, numbers[at : at + 3], strict=True)) for at in (0, 3)]
    all_ = [sum(one.values()) + rest for one, rest in zip(weights, more, strict=True)]
    frame = Frame(all_[0], second=weights[1], eligible_second=all_[1])
    carried = all(
        one["yes"] > Fraction(share, 100) * sum(one.values())
        and sum(one.values()) >= Fraction(part, 100) * total
        for one, total in zip(weights, all_, strict=True)
    )
    assert METHOD.tally(weights[0], rule, frame).carried is carried


@pytest.mark.parametrize("profile", PROFILES.values(), ids=lambda one: one.name)
def test_a_profile_can_be_put_to_the_vote(profile: Profile) -> None:
    rule = method(profile.method).rule(profile.settings)
    for name, typed in profile.settings.items():
        assert rule[name] == typed


def needs(name: str, eligible: int, present: int) -> tuple[bool, int]:
    """Whether the quorum is met, and how many of those present carry, all of them voting."""
    profile = PROFILES[name]
    quorum = Quorum.read(profile.quorum)
    assert quorum.pack() == dict(profile.quorum)
    assert words.quorum(quorum).say()
    met = quorum.met(eligible, present, present)
    rule = MAJORITY.rule(profile.settings)
    found = MAJORITY.tally({"yes": present}, rule, Frame(eligible, present))
    return met, found.figures["needed"]


@pytest.mark.parametrize(
    ("name", "eligible", "present", "met", "needed"),
    [
        ("villagers", 1000, 500, False, 251),
        ("villagers", 1000, 501, True, 251),
        ("households", 300, 199, False, 100),
        ("households", 300, 200, True, 101),
        ("village_representatives", 50, 33, False, 17),
        ("village_representatives", 50, 34, True, 18),
        ("village_group", 90, 60, True, 31),
        ("party_members", 60, 39, False, 31),
        ("party_members", 60, 40, True, 31),  # of all entitled, not of those present
    ],
)
def test_village_law(name: str, eligible: int, present: int, met: bool, needed: int) -> None:
    assert needs(name, eligible, present) == (met, needed)


def test_four_deliberations_and_two_disclosures() -> None:
    stages = PROCEDURES["four_two"].stages
    assert len(stages) == 6
    decided = [stage for stage in stages if stage.profiles]
    assert [stage.name for stage in decided] == ["party", "resolution"]
    assert {name for stage in decided for name in stage.profiles} <= PROFILES.keys()


def test_every_profile_is_said_in_chinese() -> None:
    chinese = i18n.translations("zh_Hans_CN")
    said = [text for one in PROFILES.values() for text in (one.label, one.hint)]
    for procedure in PROCEDURES.values():
        said += [procedure.label, procedure.hint, *(stage.label for stage in procedure.stages)]
    assert [text for text in said if chinese.gettext(text) == text] == []


@pytest.mark.parametrize(
    ("developers", "needed"),
    # 3·√n/2, and the next whole number: 1000 developers have Q = 15.811…, 3Q = 47.434…
    [(1000, 48), (400, 30), (401, 31), (399, 30), (4, 3), (1, 2), (0, 1)],
)
def test_debians_quorum(developers: int, needed: int) -> None:
    root = Root(Fraction(3, 2))
    assert root.needed(developers) == needed
    assert root.carries(needed, developers)
    assert not root.carries(needed - 1, developers)
    assert Quorum.read(PROFILES["square_root"].quorum).needed(developers) == needed


@settings(deadline=None)
@given(st.fractions(min_value="1/9", max_value=99, max_denominator=9), st.integers(0, 10**15))
def test_roots_are_exact(times: Fraction, base: int) -> None:
    root = Root(times)
    assert Root.read(root.pack()) == root
    needed = root.needed(base)
    assert Fraction(needed) ** 2 >= times**2 * base
    assert needed == 1 or Fraction(needed - 1) ** 2 < times**2 * base


@pytest.mark.parametrize("text", ["", "√", ">=0√", ">3√", ">=3/0√", ">=3", ">=-1√", ">=1.5√"])
def test_what_is_no_root(text: str) -> None:
    with pytest.raises(ValueError, match="root"):
        Root.read(text)


def test_shares_that_are_none() -> None:
    for name in ("participation", "threshold"):
        with pytest.raises(Invalid) as refused:
            METHOD.rule({name: ">3/2"})
        assert name in refused.value.fields
