"""The list of people and a person's page."""

from cast import Cast
from conftest import Client

from forum.base.db import transaction
from forum.members import service
from forum.members.models import PLATFORM, Role


def test_the_list_is_there_for_administrators_alone(client: Client) -> None:
    assert "Bob" in client("admin").get("/people").text
    assert client("alice").get("/people").status_code == 404
    assert client(None).get("/people").status_code == 404


def test_searching_takes_the_words_as_they_are(client: Client) -> None:
    admin = client("admin")
    found = admin.get("/people.json?q=representative").json()["people"]
    assert [person["login"] for person in found] == ["rong"]
    assert admin.get("/people.json?q=%25").json()["people"] == []
    assert "Nobody is called like this" in admin.get("/people?q=zzz").text


def test_a_representatives_page_is_public_and_says_no_login_name(
    client: Client, cast: Cast
) -> None:
    page = client(None).get(f"/people/{cast.rong.id}")
    assert page.status_code == 200
    assert "Representative" in page.text
    assert ">rong<" not in page.text
    data = client(None).get(f"/people/{cast.rong.id}.json").json()
    assert data["login"] is None


def test_other_peoples_pages_are_theirs_and_the_administrators(client: Client, cast: Cast) -> None:
    url = f"/people/{cast.bob.id}"
    assert client(None).get(url).status_code == 404
    assert client("alice").get(url).status_code == 404
    assert client("bob").get(url).status_code == 200
    assert client("admin").get(url).status_code == 200
    assert client("bob").get("/mine").headers["location"] == url


def test_roles_in_places_that_the_reader_cannot_see_stay_unsaid(client: Client, cast: Cast) -> None:
    with transaction() as tx:
        service.grant(tx, None, cast.rong.id, Role.HANDLER, "consultation:999")
    assert "Handler" not in client(None).get(f"/people/{cast.rong.id}").text


def test_a_page_shows_what_may_be_taken_away(client: Client, cast: Cast) -> None:
    with transaction() as tx:
        service.grant(tx, None, cast.bob.id, Role.COMMITTEE, PLATFORM)
    admin = client("admin")
    url = f"/people/{cast.bob.id}"
    assert f'action="{url}/roles/revoke"' in admin.get(url).text
    assert f'action="{url}/roles/revoke"' not in client("bob").get(url).text
    form = {"role": "committee", "place": PLATFORM}
    assert admin.post(f"{url}/roles/revoke", data=form).status_code == 303
    assert admin.post(f"{url}/roles/revoke", data=form).status_code == 409
