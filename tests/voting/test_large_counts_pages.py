"""What people see while a large box is counted, and what they can ask for meanwhile."""

from collections.abc import Callable
from typing import Any

import pytest
from cast import Cast
from polling import close
from starlette.testclient import TestClient
from tallying import interrupted, row, told, voted

from forum.base import db, ticker
from voting.polls import service
from voting.polls.models import PollState, Secrecy
from voting.polls.progress import PUBLISH

Client = Callable[[str | None], TestClient]
pytestmark = pytest.mark.usefixtures("everything_is_large")


def test_nobody_learns_more_than_how_many_are_read(
    client: Client, cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Those who lead the vote see no more in the middle of the count than a guest does."""
    poll = voted(cast, "majority", Secrecy.SECRET)
    readers = {name: client(name) for name in ("admin", "alice", "bob", None)}
    seen: list[dict[str, Any]] = []
    pages: list[str] = []

    def look() -> None:
        for reader in readers.values():
            seen.append(reader.get(f"/polls/{poll}.json").json())
            pages.append(reader.get(f"/polls/{poll}").text)

    close(cast, poll)
    interrupted(monkeypatch, look, after=2)
    ticker.run_due()
    assert len(seen) == 4
    for found in seen:
        assert found["progress"] == {"counted": 4, "total": 7, "announced": False}
        assert found["result"] is None
        assert found["closing"] is None
        assert found["poll"]["result"] is None
    for page in pages:
        assert "Counted 4 of 7 ballots." in page
        assert 'value="4"' in page
    for event in told(poll, "polls:ballots:counted"):
        assert set(event.payload) == {"poll", "counted", "total"}


@pytest.mark.parametrize(
    ("lang", "some", "every"),
    [
        ("en", "Counted 0 of 7 ballots.", "All {total} ballots are read."),
        ("zh-CN", "已清点0张选票，共7张。", "{total}张选票已全部清点，正在计算结果。"),
        ("zh-TW", "已清點0張選票，共7張。", "{total}張選票已全部清點，正在計算結果。"),
    ],
)
def test_the_sentence_of_the_page_in_three_languages(
    client: Client, cast: Cast, lang: str, some: str, every: str
) -> None:
    poll = voted(cast, "irv", Secrecy.OPEN)
    close(cast, poll)
    page = client(None).get(f"/polls/{poll}", headers={"accept-language": lang}).text
    assert some in page
    assert every in page  # for the script that keeps the line up


def test_the_page_is_live_until_the_result_is_public(client: Client, cast: Cast) -> None:
    poll = voted(cast, "majority", Secrecy.OPEN)
    guest = client(None)
    assert "data-live-stream" not in guest.get(f"/polls/{poll}").text
    close(cast, poll)
    asks = {"hx-request": "true", "hx-target": "counting"}
    for part, words in (("Counted 0 of 7", "Being counted"), ("as soon as it is", "Counted, not")):
        page = guest.get(f"/polls/{poll}").text
        assert f'data-live-stream="consultation:{cast.consultation}"' in page
        assert words in page
        assert part in guest.get(f"/polls/{poll}", headers=asks).text
        ticker.run_due()
    with db.transaction() as tx:
        assert service.publish(tx, cast.alice, poll)
    assert "data-live-stream" not in guest.get(f"/polls/{poll}").text
    assert "Look at the result" in guest.get(f"/polls/{poll}", headers=asks).text


def test_it_is_published_when_it_is_counted_if_that_is_asked(client: Client, cast: Cast) -> None:
    poll = voted(cast, "irv", Secrecy.SECRET)
    close(cast, poll)
    alice = client("alice")
    assert "Publish the result as soon as it is there" in alice.get(f"/polls/{poll}").text
    for _twice in range(2):
        assert alice.post(f"/polls/{poll}/publish").status_code == 303
    assert row(poll).state == PollState.COUNTING
    assert len(told(poll, "polls:publication:asked")) == 1
    page = alice.get(f"/polls/{poll}").text
    assert "The result is announced as soon as it is there." in page
    assert "Publish the result as soon as it is there" not in page
    ticker.run_due()
    ticker.run_due()
    assert row(poll).state == PollState.PUBLISHED
    assert len(told(poll, "polls:poll:published")) == 1
    with db.reading() as tx:
        assert ticker.scheduled(tx, PUBLISH, f"poll:{poll}") is None
