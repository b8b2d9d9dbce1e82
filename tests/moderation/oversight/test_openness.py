"""What everybody may know: counts by month, act and rule; nothing that points at a person."""

from cast import Cast
from conftest import Client
from flagging import argument
from hypothesis import given
from hypothesis import strategies as st

from forum.base.db import transaction
from forum.consultations import service as consultations
from forum.consultations.models import Eligibility, Visibility
from moderation.oversight import rules, service
from moderation.oversight.models import Act
from moderation.oversight.service import Deed
from moderation.reports.models import Rule


@given(st.integers(min_value=0, max_value=100))
def test_small_numbers_are_not_told(count: int) -> None:
    assert rules.shown(count) == (None if 0 < count < 5 else count)


def hide(cast: Cast, times: int, rule: Rule) -> None:
    for number in range(times):
        about = argument(cast, body=f"{rule} {number}")
        with transaction() as tx:
            service.act(tx, cast.alice, f"argument:{about}", Deed(Act.HIDE, rule=rule))


def test_counts_by_act_and_rule(client: Client, cast: Cast) -> None:
    hide(cast, 6, Rule.SPAM)
    hide(cast, 2, Rule.ATTACK)
    guest = client(None)
    (row,) = guest.get(f"/moderation.json?place={cast.place}").json()["acts"]
    assert row["cells"]["spam"] == 6
    assert row["cells"]["attack"] is None
    assert row["cells"]["untrue"] == 0
    page = guest.get(f"/moderation?place={cast.place}").text
    assert "fewer than 5" in page
    assert guest.get("/moderation.json").json()["acts"] == []  # no sums over places


def test_a_place_that_one_may_not_see_has_no_page(client: Client, cast: Cast) -> None:
    draft = consultations.Draft(
        "A lift", "A lift", "A lift", Visibility.INVITED, Eligibility.LISTED, "Asia/Shanghai"
    )
    with transaction() as tx:
        consultations.edit(tx, cast.alice, cast.consultation, draft)
    for place in (cast.place, "consultation:99", "member:2", "nonsense", "argument:1"):
        for who in (None, "charlie"):
            assert client(who).get(f"/moderation?place={place}").status_code == 404, place
    assert client("alice").get(f"/moderation?place={cast.place}").status_code == 200
