"""What every type of meeting promises by being there."""

import pytest

from forum.agenda.models import ItemKind
from forum.base import i18n
from forum.base.i18n import _
from sessions.convening import kinds, words
from sessions.convening.kinds import Kind, Part
from sessions.floor import book
from sessions.meetings import rules
from sessions.meetings.words import QUORA

ALL = kinds.kinds()


def test_the_five_types_are_there_and_the_plainest_is_first() -> None:
    keys = [each.key for each in ALL]
    assert keys[0] == "consultation"
    assert {"consultation", "reception", "assembly", "hearing", "duty_report"} <= set(keys)


@pytest.mark.parametrize("kind", [*ALL, kinds.OTHER], ids=lambda each: each.key or "other")
def test_a_type_can_be_used_as_it_stands(kind: Kind) -> None:
    assert kind.quorum in QUORA
    assert rules.share(kind.quorum)
    assert kind.rule in book.rules()
    assert 0 <= kind.lead <= 60
    assert Part.VENUE in kind.required
    assert set(kind.required) <= set(Part)
    assert 15 <= kind.minutes <= 600
    assert sum(point.minutes or 0 for point in kind.items) <= kind.minutes
    assert all(ItemKind(point.kind) for point in kind.items)
    assert 0 <= kind.proxies <= 10
    assert kind.proxies or not kind.counted


@pytest.mark.parametrize("kind", ALL, ids=lambda each: each.key)
def test_a_type_speaks_the_languages(kind: Kind) -> None:
    """Its words are translated, and the title of a long consultation still fits in."""
    for lang in ("en", "zh_Hans_CN"):
        with i18n.using(lang):
            said = [_(kind.name), _(kind.about), words.lead(kind)]
            said += [_(point.title) for point in kind.items]
            assert all(said)
            assert "A lift" in _(kind.title) % {"about": "A lift"}
    assert kind.items


def test_procedures_demand_their_days() -> None:
    days = {each.key: (each.lead, each.working) for each in ALL}
    assert days["consultation"] == (3, False)
    assert days["reception"] == (3, False)
    assert days["assembly"] == (10, False)
    assert days["hearing"] == (7, True)
