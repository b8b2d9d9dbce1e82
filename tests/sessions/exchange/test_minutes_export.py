"""Exports of minutes: three formats from one record, with the same figures, and a file's check."""

import json
import re
from html import unescape
from pathlib import Path
from typing import Any

import minuting
import pytest
from cast import Cast
from conftest import Client

from forum.base import i18n, transfer
from forum.base.db import reading, transaction
from forum.base.errors import NotFound
from forum.base.events import Audience
from sessions.exchange import minutes_json
from sessions.minutes import queries, service
from sessions.minutes.models import Change
from sessions.minutes.record import unpack
from sessions.minutes.sheet import sheet


def written(minutes: int, name: str, audience: Audience = Audience.PUBLIC) -> str:
    with reading() as db:
        return transfer.exporter_of("minutes", name).write(db, minutes, audience).decode()


def plain(text: str) -> str:
    """A document without its markup: words and figures."""
    bare = re.sub(r"<style>.*?</style>|<[^>]+>", " ", text, flags=re.DOTALL)
    return " ".join(re.sub(r"[\\*_`>|#-]", " ", unescape(bare)).split())


def test_all_formats_agree_with_the_record(cast: Cast) -> None:
    sat = minuting.approved(cast)
    record = minuting.record(sat.minutes)
    shown = sheet(record, {})
    html, markdown = plain(written(sat.minutes, "html")), plain(written(sat.minutes, "md"))
    data = json.loads(written(sat.minutes, "json"))
    assert unpack(data["record"]) == record
    (vote,) = [line.vote for part in shown.parts for line in part.lines if line.vote]
    facts = [f"{label} {count}" for label, count in vote.figures]
    facts += [f"{label} {votes}" for label, votes, _tone in vote.parts]
    facts += [shown.meeting, shown.when.replace("-", " "), data["digest"]]
    facts += vote.explanation
    facts += [
        f"{hall.name} ({hall.kind.replace('-', ' ')}) "
        f"{hall.attended} {hall.at_opening} {hall.at_close}"
        for hall in shown.halls
    ]
    facts += ["He speaks of the garden.", "Please stay on the lift.", "Alice the chair"]
    for fact in facts:
        wanted = plain(fact)
        assert wanted in html, wanted
        assert wanted in markdown, wanted


def test_the_html_file_fetches_nothing(cast: Cast) -> None:
    sat = minuting.approved(cast)
    html = written(sat.minutes, "html")
    assert not re.search(r"""(?:src|href|url)\s*[=(]|<script|@import""", html)
    for lang, words in (("zh_Hans_CN", "会议纪要"), ("zh_Hant_TW", "會議紀錄")):
        with i18n.using(lang):
            assert words in written(sat.minutes, "html")


def test_whoever_has_the_file_can_check_it(cast: Cast, tmp_path: Path) -> None:
    sat = minuting.approved(cast)
    file = tmp_path / "minutes.json"
    file.write_text(written(sat.minutes, "json"))
    report = minutes_json.check(file)
    assert report is not None
    assert report.sound

    def forged(change: Any) -> list[str]:
        held = json.loads(written(sat.minutes, "json"))
        change(held)
        file.write_text(json.dumps(held))
        found = minutes_json.check(file)
        return [fault.kind for fault in found.faults] if found else ["no file"]

    def figure(held: dict[str, Any]) -> None:
        held["record"]["attendance"]["attended"] += 1

    def name(held: dict[str, Any]) -> None:
        held["names"][str(cast.bob.id)]["name"] = "Somebody else"

    assert forged(figure) == ["minutes_changed"]
    assert forged(name) == ["minutes_changed"]
    assert forged(lambda held: held.update(digest=None)) == ["minutes_unsigned"]
    assert forged(lambda held: held["names"].pop(str(cast.bob.id))) == []  # erased: still whole
    assert forged(lambda held: held.pop("record")) == ["no file"]


def test_a_draft_is_for_members(cast: Cast, client: Client) -> None:
    sat = minuting.adjourned(cast)
    with pytest.raises(NotFound):
        written(sat.minutes, "md")
    assert "Draft: not approved yet." in written(sat.minutes, "md", Audience.MEMBER)
    assert client(None).get(f"/minutes/{sat.minutes}/export/md").status_code == 404
    assert client("bob").get(f"/minutes/{sat.minutes}/export/md").status_code == 200


def test_downloads(cast: Cast, client: Client) -> None:
    sat = minuting.approved(cast)
    guest = client(None)
    page = guest.get(f"/minutes/{sat.minutes}").text
    for name in ("html", "md", "json"):
        assert f"/minutes/{sat.minutes}/export/{name}" in page
        got = guest.get(f"/minutes/{sat.minutes}/export/{name}")
        assert got.status_code == 200
        assert f".{name}" in got.headers["content-disposition"]
    assert guest.get(f"/minutes/{sat.minutes}/export/doc").status_code == 404


def test_words_that_look_like_markup_stay_words(cast: Cast) -> None:
    sat = minuting.adjourned(cast)
    with transaction() as tx:
        row = queries.minutes_access(tx, cast.shu, sat.minutes).minutes
        entry = next(iter(queries.record(tx, row).entries()))
        odd = "<b>|x|</b> [a](javascript:1)\n# Heading"
        service.correct(tx, cast.shu, sat.minutes, entry=entry, change=Change.REPLACE, words=odd)
    assert "<b>" not in written(sat.minutes, "html", Audience.MEMBER)
    markdown = written(sat.minutes, "md", Audience.MEMBER)
    assert "\\<b\\>\\|x\\|\\</b\\> \\[a\\](javascript:1) \\# Heading" in markdown
