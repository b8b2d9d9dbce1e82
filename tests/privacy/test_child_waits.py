"""A child without a guardian's consent reads, reports and appeals, and does nothing else."""

import re

import polling
import pytest
import sitting
import young
from cast import Cast
from conftest import Client
from security.test_writing_walls import FORM, OTHERWISE
from sqlalchemy import func, select
from walled import walled

from forum.arguments import service as arguments
from forum.arguments.models import Opinion, Stance
from forum.base.db import reading, transaction
from forum.base.minors import GuardianFirst
from forum.base.routing import Route, Routes
from forum.base.tables import metadata
from forum.members.models import Member, Role
from forum.members.service import grant
from forum.privacy.service import guardians
from sessions.floor import service as floor
from sessions.meetings import presence, queries
from voting.polls import roll

# Rooms in which nothing stands open to a child who waits, whatever verbs they will have.
SHUT = {
    "agenda", "arguments", "attachments", "followups", "floor", "meetings", "minutes", "exchange",
    "sanctions", "hooks", "audit",
}  # fmt: skip
# What stays open: one's own account, the ways in, a call for help, an appeal.
OPEN = re.compile(
    r"/(settings|sign-in|sign-out|register|first|new-password|language|appearance|hints|inbox"
    r"|drafts|enter|join|contacts|letters|rules/accept|demo|kiosk)\b"
    r"|/reports$|/measures/\{measure:int\}/appeal$|/polls/\{poll:int\}/check$"
)


def verbs() -> list[Route]:
    """Every verb of every room."""
    return [
        route
        for several in Routes.everywhere
        for route in several.found.values()
        if route.method == "POST"
    ]


def rows() -> dict[str, int]:
    """How many rows each table has."""
    with reading() as opened:
        return {
            table.name: opened.execute(select(func.count()).select_from(table)).scalar_one()
            for table in metadata.sorted_tables
        }


def test_every_verb_is_shut_but_those_that_are_named(client: Client, cast: Cast) -> None:
    walled(cast)
    asks = young.browser(client, young.child(cast))
    before = rows()
    tried = [route for route in verbs() if not OPEN.match(route.path)]
    assert len(tried) > 100
    wrong = []
    for route in tried:
        for number in ("1", "2"):
            named = route.path.replace("{entry}", "e1").replace("{spot}", "item:1")
            address = re.sub(r"\{\w+(?::int)?\}", number, named)
            form = FORM | OTHERWISE.get(route.path, {})
            answer = asks.post(address, data=form, headers={"accept": "application/json"})
            if (answer.status_code, answer.json().get("error")) != (403, "guardian_first"):
                wrong.append((address, answer.status_code))
    assert wrong == []
    assert rows() == before
    assert not {route.path for route in verbs() if route.room in SHUT and OPEN.match(route.path)}


def test_the_rules_themselves_refuse_whatever_way_a_deed_comes(cast: Cast) -> None:
    """By mail, by a program, from a set of ballots: no page stands between."""
    ident = young.child(cast)
    child = young.actor(ident)
    with transaction() as tx:
        said = arguments.post(tx, cast.bob, cast.item, body="It is dear.", stance=Stance.CON)
    poll = polling.make(cast)
    live = sitting.debating(cast)
    with transaction() as tx:
        for deed in (
            lambda: arguments.post(tx, child, cast.item, body="Me too", stance=Stance.PRO),
            lambda: arguments.react(tx, child, said, Opinion.AGREE),
            lambda: floor.request(tx, child, live.meeting),
            lambda: floor.raise_order(tx, child, live.meeting, "Order!"),
        ):
            with pytest.raises(GuardianFirst):
                deed()
    with pytest.raises(GuardianFirst):
        polling.vote(child, poll)


def test_no_roll_counts_a_child_who_waits(cast: Cast) -> None:
    ident = young.child(cast)
    with reading() as opened:
        assert ident not in [line.member_id for line in roll.eligible(opened, cast.consultation)]
    with transaction() as tx:
        guardians.consent_on_paper(tx, cast.clerk, ident)
    with reading() as opened:
        assert ident in [line.member_id for line in roll.eligible(opened, cast.consultation)]


def test_a_call_for_help_is_never_shut(client: Client, cast: Cast) -> None:
    ident = young.child(cast)
    with transaction() as tx:
        said = arguments.post(tx, cast.bob, cast.item, body="Fools!", stance=Stance.CON)
    form = {"about": f"argument:{said}", "rule": "attack", "note": "He shouts."}
    assert young.browser(client, ident).post("/reports", data=form).status_code == 303


def test_what_was_typed_is_kept_and_the_way_is_shown(client: Client, cast: Cast) -> None:
    asks = young.browser(client, young.child(cast))
    form = {"body": "A roof over the bicycles.", "stance": "pro"}
    answer = asks.post(f"/items/{cast.item}/arguments", data=form)
    assert answer.status_code == 403
    assert "A roof over the bicycles." in answer.text
    assert 'href="/settings/guardian"' in answer.text
    assert 'href="/settings/guardian"' in asks.get("/").text
    assert asks.get(f"/items/{cast.item}").status_code == 200


def test_with_consent_the_child_takes_part_and_without_no_more(client: Client, cast: Cast) -> None:
    ident = young.under(cast)
    asks = young.browser(client, ident)
    form = {"body": "A roof over the bicycles.", "stance": "pro"}
    assert asks.post(f"/items/{cast.item}/arguments", data=form).status_code == 303
    poll = polling.make(cast)
    polling.vote(young.actor(ident), poll)
    client("bob").post(f"/settings/children/{ident}/withdraw")
    with pytest.raises(GuardianFirst):
        polling.vote(young.actor(ident), poll, "no")
    again = {"body": "And a lamp.", "stance": "pro"}
    assert asks.post(f"/items/{cast.item}/arguments", data=again).status_code == 403


def test_nobody_finds_a_child_by_name(client: Client, cast: Cast) -> None:
    """No typed name is kept, and no page of people shows a child to the public."""
    ident = young.under(cast)
    with reading() as opened:
        name = opened.get_one(Member, ident).name
    assert re.fullmatch(r"Young resident \d{4}", name)
    for reader in (None, "charlie", "bob"):
        found = client(reader).get("/search?q=Young").text
        assert name not in found
        assert client(reader).get(f"/people/{ident}").status_code == 404
        assert client(reader).get("/people").status_code in (303, 401, 404)
    asks = young.browser(client, ident)
    assert asks.post("/settings/name", data={"name": "My own name"}).status_code == 403
    assert asks.post("/settings/contacts/phone", data={"phone": "13800000000"}).status_code == 403
    with pytest.raises(Exception, match="Children hold no office"), transaction() as tx:
        grant(tx, None, ident, Role.REPRESENTATIVE, cast.place)


def test_a_desk_takes_a_child_in_as_a_guest_alone(cast: Cast) -> None:
    ident = young.child(cast)
    live = sitting.debating(cast)
    with reading() as opened:
        access = queries.meeting_access(opened, cast.alice, live.meeting).access
        assert not presence.joins(opened, access, ident)
