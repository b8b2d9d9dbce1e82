"""The contract of every method, on arrival; exactness of majorities; consent."""

import json
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given, reject, settings
from hypothesis import strategies as st

from forum.base import i18n
from forum.base.errors import Invalid, NotFound
from voting.methods import majority
from voting.methods.common import marks
from voting.methods.common.election import GradeElection, PickElection, RankElection
from voting.methods.common.result import Frame, Result
from voting.methods.common.words import Words
from voting.methods.consent import METHOD as CONSENT
from voting.methods.majority import METHOD as MAJORITY
from voting.methods.majority import Threshold, threshold
from voting.methods.method import Form, Method, Option, Setting, method, methods

ALL = sorted(methods().values(), key=lambda one: one.name)
SIZES = st.integers(0, 10**9)
THRESHOLDS = st.builds(
    lambda num, more, strict: Threshold(Fraction(num, num + more), strict or more == 0),
    st.integers(1, 1000),
    st.integers(0, 1000),
    st.booleans(),
)


OPTIONS = [Option(f"o{n}", name, cost) for n, name, cost in (
    (1, "桂花", "300"), (2, "Lilac", "120.50"), (3, "Plum", "80"), (4, "竹", "500"),
)]  # fmt: skip
IDS = [one.id for one in OPTIONS]


def rule_of(way: Method, typed: dict[str, str] | None = None) -> dict[str, Any]:
    return way.rule(typed or {}, () if way.choices_fixed else OPTIONS)


def marks_of(way: Method, rule: dict[str, Any]) -> st.SearchStrategy[str]:
    """What one voter may say, blank included."""
    if isinstance(way, RankElection):
        tiers = st.lists(st.tuples(st.sampled_from(IDS), st.booleans()), unique_by=lambda x: x[0])

        def joined(found: list[tuple[str, bool]]) -> str:
            made: list[list[str]] = []
            for ident, beside in found:
                if beside and made and way.equal:
                    made[-1].append(ident)
                else:
                    made.append([ident])
            return marks.write_ranks(made)

        return tiers.map(joined)
    if isinstance(way, GradeElection):
        allowed = way.grades(rule)
        grade = st.integers(allowed[0], allowed[-1])
        given = st.fixed_dictionaries({}, optional=dict.fromkeys(IDS, grade))
        if way.every:
            given = st.just({}) | st.fixed_dictionaries(dict.fromkeys(IDS, grade))
        return given.map(marks.write_grades)
    if isinstance(way, PickElection):
        return st.sets(st.sampled_from(IDS)).map(marks.write_picks)
    return st.sampled_from([choice.value for choice in way.choices(rule)])


def taken(way: Method, rule: dict[str, Any], text: str) -> bool:
    try:
        return way.key(way.ballot(rule, text, "because")) == text
    except Invalid:
        return False


def counts_of(way: Method, rule: dict[str, Any]) -> st.SearchStrategy[dict[str, int]]:
    return st.dictionaries(
        marks_of(way, rule).filter(lambda text: taken(way, rule, text)), SIZES, max_size=9
    )


def typed_of(way: Method) -> st.SearchStrategy[dict[str, str]]:
    """Every offered option; for numbers some."""

    def some(setting: Setting) -> list[str]:
        if setting.options:
            return [value for value, _label in setting.options]
        numbers = {setting.least, setting.least + 1, min(setting.most, setting.least + 7)}
        return [*map(str, sorted(numbers)), *([""] if setting.optional else [setting.default])]

    return st.fixed_dictionaries(
        {setting.name: st.sampled_from(some(setting)) for setting in way.settings}
    )


@pytest.mark.parametrize("way", ALL, ids=lambda way: way.name)
class TestContract:
    def test_it_says_what_it_is(self, way: Method) -> None:
        assert way.name.isidentifier()
        assert way.version >= 1
        assert way.id == f"{way.name}/{way.version}"
        assert method(way.name) is way
        choices = way.choices(rule_of(way))
        if way.form is Form.CHOICE:
            assert len({choice.value for choice in choices}) == len(choices) >= 2
        else:
            assert choices == ()

    def test_every_word_is_translated(self, way: Method) -> None:
        said = [way.label, way.hint]
        for setting in way.settings:
            said += [setting.label, setting.hint, *(label for _value, label in setting.options)]
        if way.choices_fixed:
            for choice in way.choices(rule_of(way)):
                said += [choice.label, choice.hint]
        chinese = i18n.translations("zh_Hans_CN")
        assert [text for text in said if text and chinese.gettext(text) == text] == []

    @settings(deadline=None)  # the first word loads the catalogues
    @given(data=st.data())
    def test_counting(self, way: Method, data: st.DataObject) -> None:
        try:
            rule = rule_of(way, data.draw(typed_of(way)))
        except Invalid:
            reject()
        counts = data.draw(counts_of(way, rule))
        total = sum(counts.values())
        frame = Frame(
            eligible=total + data.draw(SIZES),
            present=total,
            blank=data.draw(st.integers(0, 9)),
            invalid=data.draw(st.integers(0, 9)),
            lot=data.draw(st.sampled_from(["", "7 21 33 4 18 40"])),
        )
        found = way.tally(counts, rule, frame)
        backwards = dict(reversed(counts.items()))
        assert way.tally(backwards, rule, frame) == found
        assert Result.unpack(json.loads(json.dumps(found.pack()))) == found
        assert found.figures["cast"] == total + frame.blank + frame.invalid
        assert found.carried in (True, False, None)
        if way.form is not Form.CHOICE:
            assert (found.carried is None) == bool(found.ties)
            assert not (frame.lot and found.ties)
            assert {*found.winners, *found.ties} <= set(IDS)
            assert not {*found.winners} & {*found.ties}
        said = [*way.describe(rule), *found.explanation]
        said += [words for one in found.rounds for words in one.said]
        for lang in i18n.LANGUAGES:
            with i18n.using(lang):
                for words in said:
                    assert "%(" not in words.say()
        chinese = i18n.translations("zh_Hans_CN")
        for words in said:
            assert chinese.gettext(words.text) != words.text

    @settings(deadline=None)
    @given(data=st.data())
    def test_names_and_their_order_play_no_part(self, way: Method, data: st.DataObject) -> None:
        if way.choices_fixed:
            return
        counts = data.draw(counts_of(way, rule_of(way)))
        turned = way.rule({}, list(reversed(OPTIONS)))
        frame = Frame(eligible=10**12, lot=data.draw(st.sampled_from(["", "4 18 40"])))
        one, other = way.tally(counts, rule_of(way), frame), way.tally(counts, turned, frame)
        assert (one.winners, one.ties, one.carried) == (other.winners, other.ties, other.carried)

    def test_silence_carries_nothing(self, way: Method) -> None:
        found = way.tally({}, rule_of(way), Frame(eligible=0))
        assert found.carried is False

    def test_it_takes_only_what_it_offers(self, way: Method) -> None:
        rule = rule_of(way)
        for wrong in ("no such answer", "o99", "o1:7000000000", "o99:1", "o1>o1", "o1>o99", "o1:"):
            with pytest.raises(Invalid):
                way.ballot(rule, wrong)
        for choice in way.choices(rule):
            if choice.reason:
                with pytest.raises(Invalid):
                    way.ballot(rule, choice.value, "  ")
            assert way.key(way.ballot(rule, choice.value, "because")) == choice.value
        for setting in way.settings:
            with pytest.raises(Invalid) as refused:
                rule_of(way, {setting.name: "nonsense"})
            assert setting.name in refused.value.fields


def test_there_is_no_method_of_that_name() -> None:
    with pytest.raises(NotFound):
        method("coin toss")


@given(share=THRESHOLDS, base=SIZES, votes=SIZES)
def test_a_share_is_exact(share: Threshold, base: int, votes: int) -> None:
    reached = Fraction(votes) > share.share * base
    if not share.strict:
        reached = Fraction(votes) >= share.share * base
    assert share.carries(votes, base) == (reached and votes > 0)
    assert share.carries(share.needed(base), base)
    assert not share.carries(share.needed(base) - 1, base)


@given(half=st.integers(1, 10**15))
def test_half_is_not_more_than_half(half: int) -> None:
    rule = MAJORITY.rule({})
    frame = Frame(eligible=4 * half)
    even = MAJORITY.tally({"yes": half, "no": half}, rule, frame)
    assert even.carried is False
    assert even.ties == ("yes", "no")
    assert MAJORITY.tally({"yes": half + 1, "no": half}, rule, frame).carried
    assert not MAJORITY.tally({"yes": half, "no": half + 1}, rule, frame).carried


@given(third=st.integers(1, 10**15))
def test_two_thirds_are_reached_at_two_thirds(third: int) -> None:
    at_least, more = (MAJORITY.rule({"threshold": text}) for text in (">=2/3", ">2/3"))
    frame = Frame(eligible=3 * third)
    exactly = {"yes": 2 * third, "no": third}
    assert MAJORITY.tally(exactly, at_least, frame).carried
    assert MAJORITY.tally(exactly, more, frame).carried is False
    one_less = {"yes": 2 * third - 1, "no": third + 1}
    assert MAJORITY.tally(one_less, at_least, frame).carried is False
    one_more = {"yes": 2 * third + 1, "no": third - 1}
    assert MAJORITY.tally(one_more, more, frame).carried


@pytest.mark.parametrize(
    ("base", "carried"),
    [("valid", True), ("cast", True), ("present", False), ("eligible", False)],
)
def test_the_base_decides(base: str, carried: bool) -> None:
    frame = Frame(eligible=40, present=24, blank=1, invalid=1)
    rule = MAJORITY.rule({"base": base})
    found = MAJORITY.tally({"yes": 12, "no": 5, "abstain": 3}, rule, frame)
    assert found.figures["base"] == {"valid": 17, "cast": 22, "present": 24, "eligible": 40}[base]
    assert found.carried is carried


def test_the_chair_breaks_a_tie() -> None:
    rule = MAJORITY.rule({"tie": "chair"})
    even = {"yes": 3, "no": 3, "abstain": 1}
    assert MAJORITY.tally(even, rule, Frame(7)).carried is None
    assert MAJORITY.tally(even, rule, Frame(7, casting="yes")).carried is True
    assert MAJORITY.tally(even, rule, Frame(7, casting="no")).carried is False
    clear = {"yes": 3, "no": 2}
    assert MAJORITY.tally(clear, rule, Frame(7, casting="no")).carried is True


def test_abstaining_is_not_offered_where_it_is_not_asked() -> None:
    rule = MAJORITY.rule({"abstain": "no"})
    assert [choice.value for choice in MAJORITY.choices(rule)] == ["yes", "no"]
    with pytest.raises(Invalid):
        MAJORITY.ballot(rule, "abstain")


@pytest.mark.parametrize("text", ["", "1/2", ">0/2", ">1/0", ">3/2", ">1/1", ">=1.5/2", ">-1/2"])
def test_what_is_no_share(text: str) -> None:
    with pytest.raises(ValueError, match="not a share"):
        threshold(text)
    assert majority.threshold(">=1/1").carries(7, 7)


@given(
    consents=SIZES,
    asides=SIZES,
    blocks=SIZES,
    borne=st.integers(0, 9),
    most=st.none() | st.integers(0, 9),
)
def test_consent(consents: int, asides: int, blocks: int, borne: int, most: int | None) -> None:
    rule = CONSENT.rule({"blocks": str(borne), "stand_asides": "" if most is None else str(most)})
    counts = {"consent": consents, "stand_aside": asides, "block": blocks}
    found = CONSENT.tally(counts, rule, Frame(eligible=10**10))
    within = blocks <= borne and (most is None or asides <= most)
    assert found.carried == (within and consents > 0)


def test_words_are_translated_when_they_are_said() -> None:
    message = "Carried by more than %(share)s of %(base)s."
    words = Words(message, {"share": "1/2", "base": Words("x")})
    assert Words.unpack(json.loads(json.dumps(words.pack()))) == words
    with i18n.using("en"):
        assert words.say() == "Carried by more than 1/2 of x."
