"""Procedures on their pages: by plain forms, for those who lead them and for everybody."""

import re

from cast import Cast
from conftest import Client
from staging import begun, decided, posted, prepared, said, sat, stages, staging, to_the_vote, today

from forum.base import db, i18n
from forum.consultations.models import Consultation, Visibility
from voting.procedures import queries


def test_by_plain_forms(client: Client, cast: Cast) -> None:
    """The chair begins it, the secretary writes down and discloses, a resident reads it all."""
    alice, shu, bob = client("alice"), client("shu"), client("bob")
    page = alice.get(f"/items/{cast.item}").text
    assert f"/items/{cast.item}/procedures/new" in page
    assert "/procedures/new" not in bob.get(f"/items/{cast.item}").text
    assert "Four deliberations" in alice.get(f"/items/{cast.item}/procedures/new").text
    made = alice.post(f"/items/{cast.item}/procedures", data={"procedure": "four_two"})
    procedure = int(made.headers["location"].rsplit("/", 1)[1])
    known = stages(procedure)
    first = f"/procedures/stages/{known['proposal']}"
    page = shu.get(f"/items/{cast.item}").text
    assert "Stage 1 of 6" in page
    assert f'href="{first}">' in page
    assert "Write down what came of it" in page
    reader = bob.get(f"/items/{cast.item}").text
    assert "Write down what came of it" not in reader
    assert "What comes of this stage is written here." in reader
    form = {"day": today().isoformat(), "who": "The branch", "words": "A *lift*.", "agreed": "yes"}
    assert shu.post(f"{first}/record", data=form | {"who": ""}).status_code == 422
    assert shu.post(f"{first}/record", data=form | {"agreed": ""}).status_code == 422
    assert bob.post(f"{first}/record", data=form).status_code == 403
    assert client(None).post(f"{first}/record", data=form).status_code == 401
    assert shu.post(f"{first}/record", data=form).status_code == 303
    assert shu.post(f"{first}/record", data=form).status_code == 409
    assert shu.post("/procedures/stages/999/record", data=form).status_code == 404
    page = bob.get(first).text
    assert "The branch" in page
    assert "<em>lift</em>" in page
    assert shu.post(f"{first}/add", data={"words": "Four of five."}).status_code == 303
    assert "Added later" in bob.get(first).text
    assert "Stage 2 of 6" in bob.get(f"/procedures/{procedure}").text
    assert bob.get(f"/procedures/{procedure}.json").json()["procedure"]["state"] == "Stage 2 of 6"


def test_the_vote_is_prepared_in_the_meeting(client: Client, cast: Cast) -> None:
    sitting = sat(cast)
    _procedure, known = to_the_vote(cast)
    stage = f"/procedures/stages/{known['party']}"
    alice = client("alice")
    way = f"/meetings/{sitting.meeting}/polls/new?profile=party_members"
    assert way in alice.get(stage).text.replace("&amp;", "&")
    assert way in alice.get(f"/meetings/{sitting.meeting}/console").text
    assert way not in client("bob").get(stage).text
    form = alice.get(way).text
    fields = dict(re.findall(r'<input type="hidden" name="(\w+)" value="([^"]*)"', form))
    data = fields | {
        "question": "Shall the lift be built?",
        "secrecy": "open",
        "quorum": "present >=2/3",
        "majority_threshold": ">1/2",
        "majority_base": "eligible",
        "majority_tie": "fails",
    }
    made = alice.post(f"/meetings/{sitting.meeting}/polls/among", data=data)
    assert made.status_code == 303, made.text
    with db.reading() as tx:
        (poll,) = queries.polls(tx, [known["party"]])[known["party"]]
    page = client("bob").get(f"/polls/{poll}").text
    assert "Stage 3 of 6 of “Four deliberations, two disclosures”" in page
    assert f'href="{stage}"' in page
    assert f'href="/polls/{poll}"' in client("bob").get(stage).text
    assert "Shall the lift be built?" in client("bob").get(f"/items/{cast.item}").text
    assert "Prepare the vote" not in alice.get(stage).text


def test_without_a_meeting_it_says_why(client: Client, cast: Cast) -> None:
    _procedure, known = to_the_vote(cast)
    page = client("alice").get(f"/procedures/stages/{known['party']}").text
    assert "it is taken in a meeting" in page


def test_a_prepared_vote_is_taken(client: Client, cast: Cast) -> None:
    sitting = sat(cast)
    _procedure, known = to_the_vote(cast)
    poll = prepared(cast, sitting, "party_members", threshold=">=2/3")
    stage = f"/procedures/stages/{known['party']}"
    alice = client("alice")
    assert "Take this vote" in alice.get(stage).text
    assert alice.post(f"{stage}/vote", data={"poll": 999}).status_code == 404
    assert alice.post(f"{stage}/vote", data={"poll": poll}).status_code == 303
    assert alice.post(f"{stage}/vote", data={"poll": poll}).status_code == 409


def test_a_notice_and_objections(client: Client, cast: Cast) -> None:
    sitting = sat(cast)
    _procedure, known = to_the_vote(cast)
    decided(cast, sitting, "party_members")
    decided(cast, sitting, "villagers")
    bob, shu = client("bob"), client("shu")
    stage = f"/procedures/stages/{known['disclosed']}"
    form = {"words": "Resolved.", "posted_at": "The board", "first_day": today().isoformat()}
    refused = shu.post(f"{stage}/notice", data=form | {"days": 6})
    assert refused.status_code == 422
    assert "at least 7 days" in refused.text
    assert shu.post(f"{stage}/notice", data=form | {"days": 7}).status_code == 303
    page = bob.get(stage).text
    assert "The board" in page
    assert "Ask or object" in page
    assert "Ask or object" not in client(None).get(stage).text
    said_ = bob.post(f"/items/{cast.item}/arguments", data={"body": "Who pays?", "stance": "con"})
    assert said_.status_code == 303
    assert f"/attach/stage:{known['disclosed']}" in shu.get(stage).text
    assert "/attach/" not in bob.get(stage).text


def test_another_round_by_plain_forms(client: Client, cast: Cast) -> None:
    sitting = sat(cast)
    procedure, _known = to_the_vote(cast)
    decided(cast, sitting, "party_members", "no")
    alice, bob = client("alice"), client("bob")
    again = f"/procedures/{procedure}/again"
    assert again in alice.get(f"/items/{cast.item}").text
    assert again not in bob.get(f"/items/{cast.item}").text
    assert bob.get(again).status_code == 403
    data = {"stage": "party", "reason": "It is cheaper *now*."}
    assert alice.post(again, data=data | {"reason": ""}).status_code == 422
    made = alice.post(again, data=data)
    second = made.headers["location"]
    assert alice.get(again).status_code == 409
    assert "cheaper <em>now</em>" in bob.get(second).text
    assert "Not carried" in bob.get(second).text  # the former round, still to be read
    assert "round 2" in bob.get(f"/items/{cast.item}").text
    stop = alice.post(f"{second}/stop", data={"reason": "By mistake."})
    assert stop.status_code == 303
    assert "By mistake." in bob.get(second).text


def test_invisible_where_the_consultation_is(client: Client, cast: Cast) -> None:
    procedure = begun(cast)
    known = stages(procedure)
    said(cast, known["proposal"])
    with db.transaction() as tx:
        tx.get_one(Consultation, cast.consultation).visibility = Visibility.INVITED
    charlie = client("charlie")
    for page in (f"/procedures/{procedure}", f"/procedures/stages/{known['proposal']}"):
        assert charlie.get(page).status_code == 404
        assert client("bob").get(page).status_code == 200
    assert charlie.post(f"/procedures/{procedure}/stop", data={"reason": "x"}).status_code == 404
    assert charlie.get(f"/chain/stage/{known['proposal']}").status_code == 404


def test_the_chain_leads_both_ways(client: Client, cast: Cast) -> None:
    sitting = sat(cast)
    procedure, known = to_the_vote(cast)
    poll = decided(cast, sitting, "party_members")
    bob = client("bob")
    assert f"/procedures/stages/{known['party']}" in bob.get(f"/chain/poll/{poll}").text
    assert f"/procedures/{procedure}" in bob.get(f"/chain/item/{cast.item}").text
    assert f"/polls/{poll}" in bob.get(f"/chain/procedure/{procedure}").text
    assert f"/polls/{poll}" in bob.get(f"/chain/stage/{known['party']}").text


def test_printed_and_in_chinese(client: Client, cast: Cast) -> None:
    pages = staging(cast)
    (printed,) = [path for path in pages["bob"] if path.endswith("/print")]
    sheet = client("bob").get(printed).text
    assert "Decided in stages" in sheet
    assert "Stage 5 of 6" in sheet
    chinese = client("bob")
    chinese.post("/language", data={"lang": "zh_Hans_CN"})
    page = chinese.get(pages["bob"][0]).text
    assert "四议两公开" in page
    assert "第5步，共6步" in page
    assert i18n.current() == "en"


def test_a_notice_tells_whoever_began_it(client: Client, cast: Cast) -> None:
    """But not whoever put it up."""
    sitting = sat(cast)
    _procedure, known = to_the_vote(cast)
    decided(cast, sitting, "party_members")
    decided(cast, sitting, "villagers")
    posted(cast, known["disclosed"])
    assert "A notice is up" in client("alice").get("/inbox").text
    assert "A notice is up" not in client("shu").get("/inbox").text
