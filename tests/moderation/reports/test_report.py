"""Reporting something and deciding about it."""

import pytest
from cast import Cast
from conftest import Client
from flagging import argument

from forum.arguments import queries as arguments
from forum.base.db import reading, transaction
from forum.base.events import Audience, history
from forum.members import service as members
from forum.members.models import Role
from moderation.reports import queries, service
from moderation.reports.models import ReportState, Rule


def report(cast: Cast, who: str = "shu", about: int | None = None, author: str = "bob") -> int:
    ident = about or argument(cast, author)
    with transaction() as tx:
        return service.file(tx, cast[who], f"argument:{ident}", Rule.ATTACK, "He insults us.")


def test_a_report_reaches_the_queue_and_the_log_without_its_words(
    client: Client, cast: Cast
) -> None:
    about = argument(cast)
    form = {"about": f"argument:{about}", "rule": "attack", "note": "He insults us."}
    shu = client("shu")
    assert "You are all fools" in shu.get(f"/reports/new?about=argument:{about}").text
    answer = shu.post("/reports", data=form)
    assert answer.status_code == 303
    page = client("alice").get("/reports").text
    assert "It attacks a person" in page
    with reading() as db:
        seen = history(db, cast.place, audience=Audience.MODERATOR)[-1]
        assert seen.kind == "reports:report:filed"
        assert seen.audience == Audience.MODERATOR
        assert "insults" not in str(seen)
        assert seen.actor_id is None


def test_moderators_are_told_and_so_is_the_reporter_in_the_end(client: Client, cast: Cast) -> None:
    number = report(cast)
    assert "Something was reported: It attacks a person." in client("alice").get("/inbox").text
    form = {"result": "hidden", "answer": "Please stay friendly."}
    assert client("alice").post(f"/reports/{number}/resolve", data=form).status_code == 303
    assert "was decided" in client("shu").get("/inbox").text
    page = client("shu").get(f"/reports/{number}").text
    assert "Please stay friendly." in page


def test_hiding_goes_through_the_arguments(client: Client, cast: Cast) -> None:
    about = argument(cast)
    number = report(cast, about=about)
    form = {"result": "hidden", "answer": "Please stay friendly."}
    client("alice").post(f"/reports/{number}/resolve", data=form)
    with reading() as db:
        assert arguments.in_full(db, [about], moderates=False)[about].hidden
        kinds = [e.kind for e in history(db, cast.place, audience=Audience.MODERATOR)]
    assert kinds[-2:] == ["arguments:argument:hidden", "reports:report:resolved"]


def test_one_decision_answers_every_report_of_the_thing(client: Client, cast: Cast) -> None:
    about = argument(cast)
    first, second = report(cast, "shu", about), report(cast, "rong", about)
    client("alice").post(f"/reports/{second}/resolve", data={"result": "dismissed"})
    with reading() as db:
        for number, who in ((first, "shu"), (second, "rong")):
            assert queries.report(db, cast[who], number).state is ReportState.DISMISSED
    again = client("alice").post(f"/reports/{first}/resolve", data={"result": "dismissed"})
    assert again.status_code == 409


def test_nobody_decides_about_themselves(client: Client, cast: Cast) -> None:
    number = report(cast, author="alice")
    alice = client("alice")
    assert "No" not in alice.get("/reports.json").json()["reports"]
    assert alice.get("/reports.json").json()["reports"] == []
    answer = alice.post(f"/reports/{number}/resolve", data={"result": "dismissed"})
    assert answer.status_code == 403
    assert "Something was reported" not in alice.get("/inbox").text
    admin = client("admin")
    assert admin.post(f"/reports/{number}/resolve", data={"result": "dismissed"}).status_code == 303


def test_who_sees_a_report(client: Client, cast: Cast) -> None:
    number = report(cast)
    seen = {
        who: client(who).get(f"/reports/{number}").status_code
        for who in ("alice", "shu", "bob", "rong", "admin")
    }
    assert seen == {"alice": 200, "shu": 200, "bob": 404, "rong": 404, "admin": 200}
    assert client(None).get(f"/reports/{number}").status_code == 303


def test_who_may_not_decide(client: Client, cast: Cast) -> None:
    number = report(cast)
    form = {"result": "dismissed"}
    assert client("shu").post(f"/reports/{number}/resolve", data=form).status_code == 403
    assert client("rong").post(f"/reports/{number}/resolve", data=form).status_code == 404
    assert client(None).post(f"/reports/{number}/resolve", data=form).status_code == 401


def test_a_hiding_needs_its_reason(client: Client, cast: Cast) -> None:
    number = report(cast)
    answer = client("alice").post(f"/reports/{number}/resolve", data={"result": "hidden"})
    assert answer.status_code == 422


@pytest.mark.parametrize("about", ["argument:999", "nothing", "poll:1", ""])
def test_what_is_not_there_cannot_be_reported(client: Client, about: str) -> None:
    answer = client("bob").get(f"/reports/new?about={about}")
    assert answer.status_code == 404


def test_ones_own_and_twice_is_refused(client: Client, cast: Cast) -> None:
    about = argument(cast)
    form = {"about": f"argument:{about}", "rule": "spam"}
    assert client("bob").post("/reports", data=form).status_code == 409
    assert client("shu").post("/reports", data=form).status_code == 303
    assert client("shu").post("/reports", data=form).status_code == 409
    other = {"about": f"argument:{about}", "rule": "other"}
    assert client("rong").post("/reports", data=other).status_code == 422


def test_the_queue_is_there_for_those_who_lead(client: Client, cast: Cast) -> None:
    report(cast)
    assert client("bob").get("/reports?tab=open").status_code == 404
    assert client("bob").get("/reports").status_code == 200
    with transaction() as tx:
        members.grant(tx, None, cast.bob.id, Role.MODERATOR, "station:999")
    assert client("bob").get("/reports.json?tab=open").json()["reports"] == []
