"""Minutes on paper: approved ones with their proof, drafts marked as such."""

import minuting
from cast import Cast
from conftest import Client

from forum.base.db import reading
from sessions.minutes import queries


def test_approved_minutes_bear_signatures_and_proof(cast: Cast, client: Client) -> None:
    sat = minuting.approved(cast)
    here = f"/minutes/{sat.minutes}"
    page = client(None).get(f"{here}/print")
    assert page.status_code == 200
    with reading() as db:
        row = queries.minutes_access(db, None, sat.minutes).minutes
    for words in (
        f"SHA-256 {row.digest}",
        f"testserver{here}</span>",
        "Alice the chair",
        "Shu the secretary",
        "Take offer B?",
        "picture-bars",
        "needed: 3",
        'class="qr"',
    ):
        assert words in page.text, words
    assert page.text.count('class="paper-line"') == 2  # chair and secretary
    assert "paper-watermark" not in page.text
    assert f'href="{here}/print"' in client(None).get(here).text


def test_a_draft_is_marked_and_for_members_only(cast: Cast, client: Client) -> None:
    sat = minuting.circulated(cast)
    path = f"/minutes/{sat.minutes}/print"
    page = client("bob").get(path).text
    assert '<p class="paper-mark">Draft</p>' in page
    assert "paper-watermark" in page
    assert "SHA-256" not in page
    chinese = client("bob").get(path, headers={"accept-language": "zh"})
    assert chinese.status_code == 200
    assert client(None).get(path).status_code == 404
    assert client("alice").get("/minutes/999/print").status_code == 404
