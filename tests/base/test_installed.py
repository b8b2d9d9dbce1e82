"""The site as an app, what a device may keep, and in whose name a page posts."""

import re

from cast import Cast
from conftest import Client

from forum.base import db, installed
from forum.consultations import service
from forum.consultations.models import Eligibility, Visibility


def test_a_phone_can_take_it_as_an_app(client: Client) -> None:
    guest = client(None)
    answer = guest.get("/manifest.webmanifest")
    assert answer.headers["content-type"].startswith("application/manifest+json")
    told = answer.json()
    assert (told["start_url"], told["scope"], told["lang"]) == ("/", "/", "zh-CN")
    assert {icon["purpose"] for icon in told["icons"]} == {"any", "maskable"}
    for icon in told["icons"]:
        assert guest.get(icon["src"]).headers["content-type"] == "image/png"
    assert '<link rel="manifest"' in guest.get("/").text


def test_the_worker_stands_at_the_root_and_finds_what_it_keeps(client: Client) -> None:
    guest = client(None)
    answer = guest.get("/service-worker.js")
    assert answer.headers["content-type"].startswith("text/javascript")
    assert "worker-src 'self'" in answer.headers["content-security-policy"]
    assert installed.version() in answer.text
    helper = re.search(r'importScripts\("([^"]+)"\)', answer.text)
    assert helper
    assert guest.get(helper[1]).status_code == 200


def test_the_page_without_a_line_knows_nobody(client: Client) -> None:
    page = client("bob").get("/offline").text
    assert "data-member" not in page
    assert "Bob" not in page
    for asset in set(re.findall(r"/static/[^\"'\s#]+\?v=\w+", page)):
        assert client(None).get(asset).status_code == 200, asset


def test_a_device_may_keep_what_is_public_and_for_whom_it_was_drawn(
    client: Client, cast: Cast
) -> None:
    bob = client("bob")
    pages = [f"/consultations/{cast.consultation}", f"/items/{cast.item}"]
    for path in pages:
        assert bob.get(path).headers[installed.KEEP] == str(cast.bob.id)
        assert client(None).get(path).headers[installed.KEEP] == installed.GUEST
        # Who moderates sees more than what is public.
        assert installed.KEEP not in client("alice").get(path).headers
    for path in ("/inbox", "/settings", "/drafts", "/offline"):
        answer = bob.get(path)
        assert installed.KEEP not in answer.headers
        assert "no-store" in answer.headers["cache-control"]
    bob.cookies.set("shared", "1")
    assert all(installed.KEEP not in bob.get(path).headers for path in pages)


def test_nothing_confidential_is_kept(client: Client, cast: Cast) -> None:
    with db.transaction() as tx:
        new = service.create(
            tx,
            cast.admin,
            service.Draft(
                title="Behind closed doors",
                summary="Among members.",
                purpose="It concerns members alone.",
                visibility=Visibility.MEMBERS,
                eligibility=Eligibility.OPEN,
                zone="Asia/Shanghai",
            ),
        )
    answer = client("rong").get(f"/consultations/{new}")
    assert answer.status_code == 200
    assert installed.KEEP not in answer.headers


def test_a_page_posts_in_the_name_of_whom_it_was_drawn_for(client: Client, cast: Cast) -> None:
    path, said = f"/items/{cast.item}/arguments", {"body": "A lift helps us.", "stance": "pro"}
    drawn_for_bob = {installed.READER: str(cast.bob.id)}
    other = client("rong").post(path, data=said, headers=drawn_for_bob)
    assert other.status_code == 409
    assert "A lift helps us." in other.text
    told = client("rong").post(f"{path}.json", data=said, headers=drawn_for_bob).json()
    assert told["error"] == "other_reader"
    nobody = client(None).post(path, data=said, headers=drawn_for_bob)
    assert nobody.status_code == 401
    assert "A lift helps us." in nobody.text
    assert client("bob").post(path, data=said, headers=drawn_for_bob).status_code == 303


def test_who_has_to_sign_in_again_finds_the_text_and_the_way_back(
    client: Client, cast: Cast
) -> None:
    said = {"body": "短话", "stance": "pro"}
    came = {"referer": f"http://testserver/items/{cast.item}?tab=thread"}
    page = client(None).post(f"/items/{cast.item}/arguments", data=said, headers=came)
    assert "短话" in page.text
    assert f"/sign-in?next=/items/{cast.item}%3Ftab%3Dthread" in page.text
    assert ">pro<" not in page.text
