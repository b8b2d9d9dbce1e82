"""Reporting something, and who reads that."""

import pytest
from cast import Cast
from conftest import Client
from flagging import argument

from forum.base.db import reading, transaction
from forum.base.events import Audience, history
from moderation.reports import service
from moderation.reports.models import Rule


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
    page = client("alice").get("/moderation/queue").text
    assert "It attacks a person" in page
    with reading() as db:
        seen = history(db, cast.place, audience=Audience.MODERATOR)[-1]
        assert seen.kind == "reports:report:filed"
        assert seen.audience == Audience.MODERATOR
        assert "insults" not in str(seen)
        assert seen.actor_id is None


def test_moderators_are_told(client: Client, cast: Cast) -> None:
    report(cast)
    assert "Something was reported: It attacks a person." in client("alice").get("/inbox").text


def test_nobody_is_told_of_a_report_about_themselves(client: Client, cast: Cast) -> None:
    report(cast, author="alice")
    assert "Something was reported" not in client("alice").get("/inbox").text


def test_who_sees_a_report(client: Client, cast: Cast) -> None:
    number = report(cast)
    seen = {
        who: client(who).get(f"/reports/{number}").status_code
        for who in ("alice", "shu", "bob", "rong", "admin")
    }
    assert seen == {"alice": 200, "shu": 200, "bob": 404, "rong": 404, "admin": 200}
    assert client(None).get(f"/reports/{number}").status_code == 303


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
