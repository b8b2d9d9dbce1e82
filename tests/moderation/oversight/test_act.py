"""What is done from the queue, whom it is told, and what the log says."""

from io import BytesIO

import pytest
from cast import Cast
from conftest import Client
from flagging import argument, held, report, screens

from forum.agenda import service as agenda
from forum.agenda.models import ItemState
from forum.arguments import queries as arguments
from forum.arguments import service as talk
from forum.arguments.models import Stance
from forum.base import files
from forum.base.db import reading, transaction
from forum.base.events import Audience, history
from forum.members import queries as members
from moderation.oversight import service
from moderation.oversight.models import Act, AppealState
from moderation.oversight.queries import measures, queue
from moderation.oversight.service import Deed
from moderation.reports.models import Rule


def acted(
    client: Client, about: int, who: str = "alice", kind: str = "argument", **form: str
) -> int:
    path = f"/moderation/queue/{kind}/{about}/act"
    return client(who).post(path, data=form).status_code


def waiting(cast: Cast) -> list[str]:
    with reading() as db:
        return [row.about for row in queue.rows(db, cast.alice)]


def test_hiding_answers_all_reports_and_tells_everybody(client: Client, cast: Cast) -> None:
    about = report(cast, "shu")
    report(cast, "rong", about)
    assert acted(client, about, act="hide", rule="attack", words="You know better.") == 303
    page = client(None).get(f"/items/{cast.item}").text
    assert "You are all fools" not in page
    assert "We argue about matters, not against people." in page
    assert "You know better." in page
    for who in ("shu", "rong"):
        assert "was decided" in client(who).get("/inbox").text
    bob = client("bob")
    assert bob.get("/inbox").text.count("decided about something of yours: Hidden") == 1
    measure = bob.get("/measures/1").text
    assert "It attacks a person" in measure
    assert "You know better." in measure
    assert "Alice the chair" not in measure
    assert waiting(cast) == []
    with reading() as db:
        kinds = [event.kind for event in history(db, cast.place, audience=Audience.MODERATOR)]
    assert kinds[-4:] == [
        "arguments:argument:hidden", "oversight:measure:imposed",
        "reports:report:resolved", "reports:report:resolved",
    ]  # fmt: skip


def test_hiding_on_the_page_is_a_measure_as_well(client: Client, cast: Cast) -> None:
    about = report(cast)
    path = f"/arguments/{about}/hide"
    assert client("alice").post(path, data={"reason": "Insults"}).status_code == 303
    assert waiting(cast) == []
    assert "Insults" in client("bob").get("/measures/1").text


def test_what_is_left_as_it_is_is_told_to_reporters_alone(client: Client, cast: Cast) -> None:
    about = report(cast)
    assert acted(client, about, act="release", words="That is an opinion.") == 303
    assert "You are all fools" in client(None).get(f"/items/{cast.item}").text
    assert "That is an opinion." in client("shu").get("/reports/1").text
    assert client("bob").get("/measures/1").status_code == 404
    assert "something of yours" not in client("bob").get("/inbox").text


def test_asked_to_edit_it_says_so_and_comes_back(client: Client, cast: Cast) -> None:
    about = report(cast)
    assert acted(client, about, act="ask", rule="attack", words="Without the fools.") == 303
    assert waiting(cast) == []
    assert "The author was asked to edit it" in client(None).get(f"/items/{cast.item}").text
    bob = client("bob")
    assert "Without the fools." in bob.get("/measures/1").text
    assert "Asked to edit" in bob.get("/inbox").text
    assert bob.post(f"/arguments/{about}", data={"body": "I do not agree."}).status_code == 303
    assert "was asked to edit" not in client(None).get(f"/items/{cast.item}").text
    assert waiting(cast) == [f"argument:{about}"]
    assert acted(client, about, act="release") == 303
    bob.post(f"/arguments/{about}", data={"body": "I do not agree at all."})
    assert waiting(cast) == []


def test_a_text_that_waits_is_published_refused_or_asked_for_again(
    client: Client, cast: Cast
) -> None:
    first, second = held(cast, "Buy zephyr"), held(cast, "Sell zephyr")
    assert acted(client, first, kind="held", act="release") == 303
    assert "Buy zephyr" in client(None).get(f"/items/{cast.item}").text
    assert acted(client, second, kind="held", act="ask", rule="spam") == 303
    assert waiting(cast) == []
    client("bob").post(f"/held/{second}", data={"body": "Lend zephyr"})
    assert waiting(cast) == [f"held:{second}"]
    assert acted(client, second, kind="held", act="hide", rule="spam") == 303
    assert "Lend" not in client(None).get(f"/items/{cast.item}").text
    assert "Not published" in client("bob").get("/inbox").text
    assert acted(client, second, kind="held", act="release") == 409


def test_what_was_changed_meanwhile_is_read_again(client: Client, cast: Cast) -> None:
    number = held(cast, "Buy zephyr")
    alice = client("alice")

    def version() -> str:
        page = alice.get(f"/moderation/queue/held/{number}").text
        return page.partition('name="seen" value="')[2].partition('"')[0]

    first = version()
    client("bob").post(f"/held/{number}", data={"body": "Buy worse zephyr"})
    form = {"kind": "held", "act": "release"}
    assert acted(client, number, **form, seen=first) == 409
    second = version()
    with transaction() as tx:
        files.store(tx, cast.bob, BytesIO(b"worse"), "offer.txt", place=f"held:{number}")
    assert acted(client, number, **form, seen=second) == 409
    assert "offer.txt" in alice.get(f"/moderation/queue/held/{number}").text
    assert acted(client, number, **form, seen=version()) == 303
    assert "Buy worse zephyr" in client(None).get(f"/items/{cast.item}").text


def test_a_new_wording_that_was_let_out_is_not_looked_at_again(client: Client, cast: Cast) -> None:
    about = report(cast)
    assert acted(client, about, act="ask", rule="attack") == 303
    screens(cast, word_list={"on": True, "words": ["zephyr"]})
    with transaction() as tx:
        number = talk.edit(tx, cast.bob, about, "I want zephyr.")
    assert number
    assert waiting(cast) == [f"held:{number}"]
    assert acted(client, number, kind="held", act="release") == 303
    assert waiting(cast) == []


@pytest.fixture
def other(cast: Cast) -> int:
    """Another topic of the consultation."""
    with transaction() as tx:
        item = agenda.create(tx, cast.alice, cast.consultation, agenda.Draft("Who pays?", ""))
        agenda.change_state(tx, cast.alice, item, ItemState.OPEN)
        return item


def test_a_thread_moves_and_its_addresses_lead_on(client: Client, cast: Cast, other: int) -> None:
    root = argument(cast, "rong", "A glass one.")
    with transaction() as tx:
        about = talk.post(
            tx, cast.bob, cast.item, body="It is dear.", stance=Stance.CON, parent=root
        )
        answer = talk.post(
            tx, cast.shu, cast.item, body="The city pays.", stance=Stance.PRO, parent=about
        )
        deep = talk.post(
            tx, cast.rong, cast.item, body="Does it?", stance=Stance.QUESTION, parent=answer
        )
    assert acted(client, about, act="move", rule="off_topic", item=str(other)) == 303
    with reading() as db:
        rows = arguments.in_full(db, [root, about, answer, deep], moderates=False)
    assert [rows[i].item_id for i in (root, about, answer, deep)] == [cast.item, *[other] * 3]
    assert (rows[root].beneath, rows[root].replies) == (0, 0)
    assert (rows[about].depth, rows[about].parent_id, rows[about].beneath) == (0, None, 2)
    assert (rows[deep].depth, rows[deep].parent_id) == (2, answer)
    assert {rows[i].side for i in (about, answer, deep)} == {Stance.CON}
    counts = [
        client(None).get(f"/items/{i}.json").json()["item"]["voices"] for i in (cast.item, other)
    ]
    assert counts == [1, 3]
    guest = client(None)
    assert guest.get(f"/arguments/{deep}").headers["location"].startswith(f"/items/{other}?")
    old = guest.get(f"/items/{cast.item}?tab=thread&under={about}")
    assert old.headers["location"] == f"/arguments/{about}"
    assert "The city pays." in guest.get(f"/items/{other}").text
    assert "The city pays." not in guest.get(f"/items/{cast.item}").text
    assert "Moved" in client("bob").get("/inbox").text
    with reading() as db:
        moved = next(
            event
            for event in history(db, cast.place, audience=Audience.PUBLIC)
            if event.kind == "arguments:argument:moved"
        )
    assert (moved.payload["item"], moved.payload["origin"]) == (other, cast.item)


def test_a_text_that_waits_is_published_where_it_belongs(
    client: Client, cast: Cast, other: int
) -> None:
    above = argument(cast, "rong", "A glass one.")
    number = held(cast, "Who pays for Zephyr", parent=above)
    page = client("alice").get(f"/moderation/queue/held/{number}").text
    assert f'<option value="{other}"' in page
    move = {"kind": "held", "act": "move", "rule": "off_topic"}
    assert acted(client, number, **move) == 422
    assert acted(client, number, **move, item=str(cast.item)) == 409
    assert acted(client, number, **move, item="99") == 404
    assert acted(client, number, **move, item=str(other)) == 303
    guest = client(None)
    assert "Zephyr" in guest.get(f"/items/{other}").text
    assert "Zephyr" not in guest.get(f"/items/{cast.item}").text
    voices = [guest.get(f"/items/{i}.json").json()["item"]["voices"] for i in (cast.item, other)]
    assert voices == [1, 1]
    inbox = client("bob").get("/inbox").text
    assert "is published" in inbox
    assert "Moved" in inbox
    assert waiting(cast) == []
    with transaction() as tx:
        measure = measures.mine(tx, cast.bob, f"held:{number}")
        assert measure
        service.appeal(tx, cast.bob, measure.id, "It answers Rong.")
        service.decide(tx, cast.admin, measure.id, AppealState.OVERTURNED, "So it does.")
    back = guest.get(f"/items/{cast.item}.json?tab=thread").json()["arguments"]
    assert [row["parent_id"] for row in back] == [None, above]


def test_a_new_wording_is_not_moved_from_its_argument(
    client: Client, cast: Cast, other: int
) -> None:
    about = argument(cast)
    with transaction() as tx:
        service.set_screens(
            tx, cast.alice, cast.place, {"word_list": {"on": True, "words": ["zephyr"]}}
        )
        number = talk.edit(tx, cast.bob, about, "Zephyr")
    assert number
    form = {"act": "move", "rule": "off_topic", "item": str(other)}
    assert acted(client, number, kind="held", **form) == 409


def test_moving_needs_a_topic_of_the_same_consultation(client: Client, cast: Cast) -> None:
    about = argument(cast)
    assert acted(client, about, act="move", rule="off_topic") == 422
    assert acted(client, about, act="move", rule="off_topic", item=str(cast.item)) == 409
    assert acted(client, about, act="move", rule="off_topic", item="99") == 404


@pytest.mark.parametrize(
    ("person", "muted", "banned"), [("mute", True, False), ("ban", True, True)]
)
def test_the_author_is_muted_or_banned_with_it(
    client: Client, cast: Cast, person: str, muted: bool, banned: bool
) -> None:
    about = report(cast)
    form = {"act": "hide", "person": person, "rule": "attack", "term": "7d"}
    assert acted(client, about, **form) == 303
    with reading() as db:
        standing = members.standing(db, cast.bob, [cast.place])
    assert (standing.muted, standing.banned) == (muted, banned)
    assert standing.until is not None
    bob = client("bob")
    assert "has restricted what you can do" in bob.get("/inbox").text
    assert "Rule, reason, and how to appeal" in bob.get("/sanctions/1").text


def test_a_warning_leaves_the_thing_in_the_queue(client: Client, cast: Cast) -> None:
    about = report(cast)
    assert acted(client, about, act="none", person="warn", rule="attack") == 303
    assert waiting(cast) == [f"argument:{about}"]
    assert "Warned" in client("bob").get("/inbox").text
    assert acted(client, about, act="none") == 422


def test_an_item_is_withdrawn(client: Client, cast: Cast) -> None:
    with transaction() as tx:
        draft = agenda.Draft("Fools!", "")
        item = agenda.place(tx, cast.bob, cast.consultation, draft, state=ItemState.PROPOSED)
    assert acted(client, item, kind="item", act="hide", rule="attack") == 303
    assert client("bob").get(f"/items/{item}.json").json()["item"]["state"] == "declined"


def test_what_cannot_be_done(client: Client, cast: Cast) -> None:
    about = report(cast)
    assert acted(client, about, act="hide") == 422  # under no rule
    assert acted(client, cast.item, kind="item", act="move", rule="spam") == 403  # her own
    assert acted(client, cast.item, "admin", "item", act="move", rule="spam") == 409
    assert acted(client, 99, act="release") == 404
    assert acted(client, 1, kind="poll", act="release") == 404
    assert acted(client, about, act="hide", rule="spam") == 303
    assert acted(client, about, act="hide", rule="spam") == 409


def test_the_words_are_the_places_own_in_the_authors_language(cast: Cast) -> None:
    about = argument(cast)
    with transaction() as tx:
        texts = {Rule.ATTACK: {"en": "Be kind in Lilac Court.", "zh_Hans_CN": "请友善。"}}
        service.set_reasons(tx, cast.alice, f"station:{cast.station}", texts)
        service.act(tx, cast.alice, f"argument:{about}", Deed(Act.HIDE, rule=Rule.ATTACK))
        found = measures.measure(tx, cast.bob, 1)
    assert found.reason == "Be kind in Lilac Court."
