"""Polis exports: one person one reaction, later reads add, oddities are warnings."""

from collections.abc import Callable
from pathlib import Path

import pytest
from cast import Cast
from conftest import Client
from sqlmodel import col, func, select

from forum.arguments.models import Argument, ArgumentRevision, Reaction
from forum.base import clock
from forum.base.db import reading, transaction
from forum.base.errors import Refusal
from forum.base.events import EventRow
from forum.base.transfer import Imported, importer_of
from forum.base.verify import verify
from forum.consultations.models import Consultation
from forum.members.models import Member

COMMENTS = """timestamp,datetime,comment-id,author-id,agrees,disagrees,moderated,comment-body
1435654192085,Tue Jun 30 15:49:52 WIB 2015,0,0,9,9,1,"Safe,
and ""cheap"" too"
1435654192086,Tue Jun 30 15:49:52 WIB 2015,1,1,0,0,-1,Spam
1435654192087,Tue Jun 30 15:49:52 WIB 2015,2,1,0,0,0,不需要特許
"""
VOTES = """timestamp,datetime,comment-id,voter-id,vote
1435654192090,x,0,0,1
1435654192099,x,0,2,-1
1435654192095,x,0,2,1
1435654192095,x,1,2,1
1435654192095,x,1,2,0
1435654192095,x,2,2,0
"""
SUMMARY = """topic,Ride sharing
url,https://pol.is/abc
conversation-description,"**Rules**
for all"
"""

Export = Callable[..., Path]


@pytest.fixture
def export(tmp_path: Path, cast: Cast) -> Export:
    """Write an export folder; None leaves a file out."""

    def write(
        comments: str = COMMENTS,
        votes: str | None = VOTES,
        summary: str | None = SUMMARY,
        prefix: str = "",
        encoding: str = "utf-8",
    ) -> Path:
        folder = tmp_path / "export"
        folder.mkdir(exist_ok=True)
        for name, text in (("comments", comments), ("votes", votes), ("summary", summary)):
            if text is not None:
                (folder / f"{prefix}{name}.csv").write_bytes(text.encode(encoding))
        (folder / f"{prefix}participants-votes.csv").write_text("participant,0\n0,1\n")
        return folder

    return write


def load(*paths: Path) -> Imported:
    with transaction() as tx:
        return importer_of("polis").load(tx, paths)


def test_it_becomes_a_consultation_with_one_item(export: Export) -> None:
    made = load(export())
    assert made.kind == "consultation"
    assert made.counts == {
        "people": 3,
        "statements": 3,
        "hidden": 1,
        "reactions": 4,
        "agree": 1,
        "disagree": 1,
        "pass": 2,
    }
    assert made.warnings == []
    with reading() as db:
        row = db.get_one(Consultation, made.id)
        assert row.title == "Ride sharing"
        assert "<strong>Rules</strong>" in row.html
        assert "https://pol.is/abc" in row.html
        assert clock.iso(row.created_at) == "2015-06-30T08:49:52.085Z"
        arguments = list(db.exec(select(Argument).order_by(col(Argument.id))))
        assert [(one.agree, one.disagree, one.passes) for one in arguments] == [
            (1, 1, 0),
            (0, 0, 1),
            (0, 0, 1),
        ]
        assert [one.review for one in arguments] == ["accepted", "rejected", "pending"]
        assert [one.hiding_id is not None for one in arguments] == [False, True, False]
        revision = db.get_one(ArgumentRevision, arguments[0].revision_id)
        assert revision.body == 'Safe,\nand "cheap" too'
        voter = db.exec(select(Member).where(col(Member.name).endswith("2"))).one()
        assert voter.password is None
        assert verify(db).sound


def test_the_page_says_what_it_is(export: Export, client: Client) -> None:
    made = load(export())
    with reading() as db:
        item = db.exec(select(Argument.item_id)).first()
    browser = client(None)
    page = browser.get(f"/items/{item}").text
    assert "Not reviewed where it comes from" in page
    assert "Not accepted where it comes from" in page
    assert "Spam" not in page
    assert browser.get(made.url).status_code == 200


def test_the_same_again_changes_nothing_and_says_so(export: Export) -> None:
    first = load(export())
    with reading() as db:
        before = db.exec(select(func.count()).select_from(EventRow)).one()
    again = load(export())
    assert (again.id, again.counts) == (first.id, first.counts)
    assert "nothing has changed" in again.warnings[0]
    with reading() as db:
        assert db.exec(select(func.count()).select_from(EventRow)).one() == before
        assert db.exec(select(func.count()).select_from(Consultation)).one() == 2


def test_a_later_export_adds_what_is_new_and_changes_what_changed(export: Export) -> None:
    first = load(export())
    comments = COMMENTS.replace("Spam", "No spam").replace(",1,1,0,0,-1,", ",1,1,0,0,1,")
    comments += "1435654299000,x,3,7,0,0,1,Another\n"
    votes = VOTES + "1435654199999,x,0,0,0\n1435654199999,x,3,0,1\n"
    later = load(export(comments, votes))
    assert later.id == first.id
    assert later.counts["statements"] == 4
    assert later.counts["people"] == 4
    with reading() as db:
        rows = list(db.exec(select(Argument).order_by(col(Argument.id))))
        assert [(row.agree, row.disagree, row.passes) for row in rows] == [
            (0, 1, 1),
            (0, 0, 1),
            (0, 0, 1),
            (1, 0, 0),
        ]
        assert [row.revisions for row in rows] == [1, 2, 1, 1]
        assert rows[1].hiding_id is None
        assert db.exec(select(func.count()).select_from(Reaction)).one() == 5
        assert verify(db).sound


def test_without_its_address_it_is_known_by_its_beginning(export: Export) -> None:
    first = load(export())
    (export() / "summary.csv").unlink()
    assert load(export(summary=None, votes=VOTES + "\n")).id == first.id
    other = COMMENTS.replace("1435654192085", "1435654199085")
    assert load(export(other, summary=None)).id != first.id


@pytest.mark.parametrize("prefix", ["2016-05.", "x-", "Ride sharing "])
def test_files_may_bear_a_prefix(export: Export, prefix: str) -> None:
    folder = export(summary=None, prefix=prefix)
    made = load(folder / f"{prefix}comments.csv", folder / f"{prefix}votes.csv")
    assert made.counts["reactions"] == 4
    assert load(folder).id == made.id
    with reading() as db:
        assert db.get_one(Consultation, made.id).title == prefix.strip(" .-")


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16"])
def test_marks_of_byte_order(export: Export, encoding: str) -> None:
    assert load(export(encoding=encoding)).warnings == []


def test_western_text_is_read_with_a_warning(export: Export) -> None:
    made = load(export(COMMENTS.replace("不需要特許", "Déjà vu"), encoding="cp1252"))
    assert made.counts["statements"] == 3
    assert any("not UTF-8" in warning for warning in made.warnings)


BAD_VOTES = """timestamp,datetime,comment-id,voter-id,vote
1435654192090,x,0,0,1
soon,x,0,1,1
1435654192090,x,zero,1,1
1435654192090,x,0,,1
1435654192090,x,0,1,2
1435654192090,x,99,1,1

1435654192090,x,0
99999999999999999999999999,x,0,1,1
"""


def test_bad_votes_are_warnings_with_their_line(export: Export) -> None:
    made = load(export(votes=BAD_VOTES))
    assert made.counts["reactions"] == 1
    lines = sorted(int(warning.split("line ")[1].split(":")[0]) for warning in made.warnings)
    assert lines == [3, 4, 5, 6, 7, 9, 10]
    assert any("no statement 99" in warning for warning in made.warnings)


BAD_COMMENTS = (
    COMMENTS
    + """1435654192085,x,0,0,0,0,1,Twice
1435654192085,x,five,0,0,0,1,No number
1435654192085,x,6,0,0,0,1,
never,x,7,0,0,0,1,No time
1435654192085,x,8,,0,0,1,No author
1435654192085,x,9,0,0,0,maybe,Not judged
1435654192085,x
"""
)


def test_bad_statements_are_warnings_with_their_line(export: Export) -> None:
    made = load(export(BAD_COMMENTS))
    assert made.counts["statements"] == 5
    assert made.counts["people"] == 3
    lines = sorted(int(warning.split("line ")[1].split(":")[0]) for warning in made.warnings)
    assert lines == [6, 7, 8, 9, 10, 11, 12]


def test_a_thousand_warnings_are_summed_up(export: Export) -> None:
    made = load(export(votes=VOTES + "1435654192090,x,99,1,1\n" * 1000))
    assert len(made.warnings) == 21
    assert "980 more" in made.warnings[-1]


def test_no_votes_are_no_reactions(export: Export) -> None:
    made = load(export(votes=None))
    assert made.counts["reactions"] == 0
    assert any("votes.csv" in warning for warning in made.warnings)
    empty = load(export(votes=""))
    assert any("empty" in warning for warning in empty.warnings)


HEADER = COMMENTS.partition("\n")[0]


@pytest.mark.parametrize("comments", ["", "timestamp,comment-id\n1,2\n", HEADER, "\0\0\0", '"'])
def test_what_is_no_export_is_refused_whole(export: Export, comments: str) -> None:
    folder = export(comments)
    with pytest.raises(Refusal):
        load(folder)
    with reading() as db:
        assert db.exec(select(func.count()).select_from(Consultation)).one() == 1


def test_a_folder_must_hold_one_export(export: Export, tmp_path: Path) -> None:
    export()
    with pytest.raises(Refusal, match="several"):
        load(export(prefix="other-"))
    (tmp_path / "empty").mkdir()
    with pytest.raises(Refusal, match="Polis"):
        load(tmp_path / "empty")
