"""The contract of every method, on arrival; exactness of majorities; consent."""

import json
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from forum.base import i18n
from forum.base.errors import Invalid, NotFound
from voting.methods import majority
from voting.methods.consent import METHOD as CONSENT
from voting.methods.majority import METHOD as MAJORITY
from voting.methods.majority import Threshold, threshold
from voting.methods.method import Frame, Method, Result, Words, method, methods

ALL = sorted(methods().values(), key=lambda one: one.name)
SIZES = st.integers(0, 10**9)
THRESHOLDS = st.builds(
    lambda num, more, strict: Threshold(Fraction(num, num + more), strict or more == 0),
    st.integers(1, 1000),
    st.integers(0, 1000),
    st.booleans(),
)


def counts_of(way: Method) -> st.SearchStrategy[dict[str, int]]:
    values = [choice.value for choice in way.choices(way.rule({}))]
    return st.fixed_dictionaries(dict.fromkeys(values, SIZES))


def rules_of(way: Method) -> st.SearchStrategy[dict[str, str]]:
    """Every offered option; for numbers some."""
    return st.fixed_dictionaries(
        {
            setting.name: st.sampled_from([value for value, _label in setting.options])
            if setting.options
            else st.sampled_from(["0", "1", "7", *([""] if setting.optional else [])])
            for setting in way.settings
        }
    )


@pytest.mark.parametrize("way", ALL, ids=lambda way: way.name)
class TestContract:
    def test_it_says_what_it_is(self, way: Method) -> None:
        assert way.name.isidentifier()
        assert way.version >= 1
        assert way.id == f"{way.name}/{way.version}"
        assert method(way.name) is way
        choices = way.choices(way.rule({}))
        assert len({choice.value for choice in choices}) == len(choices) >= 2

    def test_every_word_is_translated(self, way: Method) -> None:
        said = [way.label, way.hint]
        for setting in way.settings:
            said += [setting.label, setting.hint, *(label for _value, label in setting.options)]
        for choice in way.choices(way.rule({})):
            said += [choice.label, choice.hint]
        chinese = i18n.translations("zh_Hans_CN")
        assert [text for text in said if text and chinese.gettext(text) == text] == []

    @settings(deadline=None)  # the first word loads the catalogues
    @given(data=st.data())
    def test_counting(self, way: Method, data: st.DataObject) -> None:
        rule = way.rule(data.draw(rules_of(way)))
        counts = data.draw(counts_of(way))
        total = sum(counts.values())
        frame = Frame(
            eligible=total + data.draw(SIZES),
            present=total,
            blank=data.draw(st.integers(0, 9)),
            invalid=data.draw(st.integers(0, 9)),
        )
        found = way.tally(counts, rule, frame)
        backwards = dict(reversed(counts.items()))
        assert way.tally(backwards, rule, frame) == found
        assert Result.unpack(json.loads(json.dumps(found.pack()))) == found
        assert found.figures["cast"] == total + frame.blank + frame.invalid
        assert found.carried in (True, False, None)
        for lang in i18n.LANGUAGES:
            with i18n.using(lang):
                for words in (*way.describe(rule), *found.explanation):
                    assert "%(" not in words.say()

    def test_silence_carries_nothing(self, way: Method) -> None:
        found = way.tally({}, way.rule({}), Frame(eligible=0))
        assert found.carried is False

    def test_it_takes_only_what_it_offers(self, way: Method) -> None:
        rule = way.rule({})
        with pytest.raises(Invalid):
            way.ballot(rule, "no such answer")
        for choice in way.choices(rule):
            if choice.reason:
                with pytest.raises(Invalid):
                    way.ballot(rule, choice.value, "  ")
            assert way.key(way.ballot(rule, choice.value, "because")) == choice.value
        for setting in way.settings:
            with pytest.raises(Invalid) as refused:
                way.rule({setting.name: "nonsense"})
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
