"""A meeting on paper: the notice, the briefing pack, the lists to sign; who may have them."""

import sitting as hall
from cast import Cast
from conftest import Client

from forum.base.db import transaction
from forum.consultations import service as consultations
from forum.consultations.models import Eligibility, Visibility
from sessions.meetings import service as meetings
from sessions.meetings.rules import Act

SHEETS = ("agenda", "briefing", "attendance")


def test_the_notice_says_when_where_and_on_what(cast: Cast, client: Client) -> None:
    with transaction() as tx:
        sitting = hall.convened(tx, cast)
    page = client(None).get(f"/meetings/{sitting.meeting}/agenda/print")
    assert page.status_code == 200
    for words in (
        "Notice of meeting",
        "Second session on the lift",
        "Community hall, Lilac Road 7",
        "School, Lilac Road 7",
        "Which kind of lift?",
        "20 minutes",
        "For decision",
        "Lilac Court station",
        f"testserver/meetings/{sitting.meeting}</span>",
        'class="qr"',
    ):
        assert words in page.text, words
    assert "Draft" not in page.text
    shown = client(None).get(f"/meetings/{sitting.meeting}").text
    assert f'href="/meetings/{sitting.meeting}/agenda/print"' in shown
    assert "attendance/print" not in shown


def test_the_pack_holds_every_text_with_its_place_in_the_contents(
    cast: Cast, client: Client
) -> None:
    with transaction() as tx:
        sitting = hall.convened(tx, cast)
        consultations.write_briefing(
            tx, cast.alice, cast.consultation, "The two offers", "Offer **A** is dear."
        )
    page = client(None).get(f"/meetings/{sitting.meeting}/briefing/print").text
    for words in (
        "To decide together on a <strong>lift</strong>.",
        "Offer <strong>A</strong> is dear.",
        "Two offers are on the table.",
        '<a href="#text-1">The two offers</a>',
        '<a href="#item-1">1. Which kind of lift?</a>',
        'id="text-1"',
        'id="item-1"',
    ):
        assert words in page, words


def test_each_hall_gets_a_list_of_those_expected_and_lines_for_others(
    cast: Cast, client: Client
) -> None:
    with transaction() as tx:
        sitting = hall.convened(tx, cast)
    here = f"/meetings/{sitting.meeting}/attendance/print"
    whole = client("shu").get(here).text
    assert whole.count('class="paper-sheet"') == 2  # nobody signs online
    assert whole.count(">Rong the representative</th>") == 2
    assert "Charlie" not in whole
    assert "<td>8</td><td></td><td></td><td></td>" in whole  # after the seven of the roll
    one = client("hui").get(here).text
    assert one.count('class="paper-sheet"') == 1
    assert "Sub-venue: School" in one
    assert client("hui").get(f"{here}?venue={sitting.main}").status_code == 403
    assert client("shu").get(f"{here}?venue={sitting.online}").status_code == 403
    assert client("shu").get(f"{here}?venue=999").status_code == 404
    assert client("bob").get(here).status_code == 403
    assert client(None).get(here).status_code == 303  # to sign in
    desk = client("hui").get(f"/meetings/{sitting.meeting}/desk/{sitting.hall}").text
    assert f'href="{here}"' in desk


def test_before_it_is_convened_only_those_who_prepare_it_print_it(
    cast: Cast, client: Client
) -> None:
    with transaction() as tx:
        sitting = hall.convened(tx, cast)
        meetings.step(tx, cast.alice, sitting.meeting, Act.CALL_OFF)
    for sheet in SHEETS:
        path = f"/meetings/{sitting.meeting}/{sheet}/print"
        assert client("bob").get(path).status_code == 404
        assert client("alice").get(path).status_code == 200
    notice = client("alice").get(f"/meetings/{sitting.meeting}/agenda/print").text
    assert '<p class="paper-mark">Draft</p>' in notice
    expected = client("alice").get(f"/meetings/{sitting.meeting}/attendance/print").text
    assert ">Bob</th>" in expected


def test_behind_a_wall_there_is_no_paper(cast: Cast, client: Client) -> None:
    with transaction() as tx:
        sitting = hall.convened(tx, cast)
        terms = consultations.Draft(
            "A lift for block 7", "", "", Visibility.INVITED, Eligibility.LISTED, "Asia/Shanghai"
        )
        consultations.edit(tx, cast.alice, cast.consultation, terms)
    for sheet in SHEETS:
        path = f"/meetings/{sitting.meeting}/{sheet}/print"
        assert client("charlie").get(path).status_code == 404
        assert client("alice").get(path).status_code == 200
    for sheet in ("agenda", "briefing"):
        path = f"/consultations/{cast.consultation}/{sheet}/print"
        assert client("charlie").get(path).status_code == 404
        assert client("bob").get(path).status_code == 200
