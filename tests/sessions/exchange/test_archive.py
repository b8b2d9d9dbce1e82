"""A committee's minutes of a period as one file: all of them, in order, the same every time."""

import json
import re
import subprocess
import sys
from datetime import date
from pathlib import Path
from zipfile import ZipFile

import packing
import pytest
from cast import Cast

from forum.base import keys, migrate
from forum.base.canonical import canonical, sha256hex
from forum.base.commands import line
from forum.base.db import reading, transaction
from forum.base.errors import Invalid, NotFound
from forum.base.events import Audience
from forum.base.settings import settings
from forum.base.transfer import Period
from forum.consultations.models import Consultation, Visibility
from sessions.exchange import committee_check, committee_plan
from sessions.exchange.committee_plan import Reader
from sessions.exchange.container import file_name, inside
from sessions.minutes.models import Minutes, State


def test_it_holds_every_version_in_every_format(cast: Cast, tmp_path: Path) -> None:
    packed = packing.seated(cast)
    packing.amended(cast, packed)
    file = packing.archive(packed, tmp_path / "a.zip")
    folder, *others = sorted({name.rpartition("/")[0] for name in packing.names(file)} - {""})
    assert others == [f"{folder}/attachments"]
    for version in (1, 2):
        for ending in ("html", "json", "md"):
            assert f"{folder}/minutes-v{version}.{ending}" in packing.names(file)
    with ZipFile(file) as found:
        (plan,) = [name for name in found.namelist() if "/attachments/" in name]
        assert plan.endswith(packing.PLAN)
        assert found.read(plan) == b"Six floors."
        manifest = json.loads(found.read("manifest.json"))
        assert found.read("manifest.json") == canonical(manifest)
        for row in manifest["files"]:
            content = found.read(row["path"])
            assert (len(content), sha256hex(content)) == (row["size"], row["sha256"])
        signature = found.read("manifest.sig").decode().strip()
        assert keys.verify(found.read("manifest.json"), signature, manifest["public_key"])
        index = found.read("index.html").decode()
    assert {row["path"] for row in manifest["files"]} == {*packing.names(file)} - {
        "manifest.json",
        "manifest.sig",
    }
    assert f"meeting:{packed.sat.meeting}" in {head["stream"] for head in manifest["heads"]}
    assert manifest["public"] is True
    assert keys.fingerprint(keys.public_key()) in index
    assert not re.search(r"""src\s*=|<script|@import|href="(https?:|/)""", index)


def test_the_same_export_is_the_same_file(cast: Cast, tmp_path: Path) -> None:
    packed = packing.seated(cast)
    first = packing.archive(packed, tmp_path / "1.zip").read_bytes()
    assert packing.archive(packed, tmp_path / "2.zip").read_bytes() == first
    chinese = packing.archive(packed, tmp_path / "3.zip", "zh_Hans_CN")
    with ZipFile(chinese) as found:
        assert "会议纪要" in found.read("index.html").decode()


def test_what_is_not_approved_is_named_as_missing(cast: Cast, tmp_path: Path) -> None:
    packed = packing.seated(cast)
    with transaction() as tx:
        tx.get_one(Minutes, packed.sat.minutes).state = State.CIRCULATED
    file = packing.archive(packed, tmp_path / "a.zip")
    with ZipFile(file) as found:
        manifest = json.loads(found.read("manifest.json"))
        assert "Meetings without approved minutes" in found.read("index.html").decode()
    assert manifest["minutes"] == []
    assert [row["meeting"] for row in manifest["waiting"]] == [packed.sat.meeting]


@pytest.mark.parametrize(
    ("visibility", "reader", "seen"),
    [
        (Visibility.PUBLIC, "public", 1),
        (Visibility.MEMBERS, "public", 0),
        (Visibility.MEMBERS, "member", 1),
        (Visibility.INVITED, "member", 0),
        (Visibility.INVITED, "desk", 1),
        (Visibility.INVITED, "charlie", 0),
        (Visibility.INVITED, "dana", 1),
    ],
)
def test_it_holds_what_its_reader_may_see(
    cast: Cast, visibility: Visibility, reader: str, seen: int
) -> None:
    packed = packing.seated(cast)
    with transaction() as tx:
        tx.get_one(Consultation, cast.consultation).visibility = visibility
    known = Audience.__members__.get(reader.upper())
    who = Reader(None, known) if known is not None else Reader(cast[reader], Audience.PUBLIC)
    with reading() as db:
        plan = committee_plan.plan(db, packed.committee, packed.period, who)
        assert len(plan.held) == seen
        assert committee_plan.count(db, packed.committee, packed.period, who) == seen
        assert plan.public == (visibility is Visibility.PUBLIC or not seen)


def test_only_the_days_of_the_period_count(cast: Cast) -> None:
    packed = packing.seated(cast)
    reader = Reader(None, Audience.PUBLIC)
    with reading() as db:
        (held,) = committee_plan.plan(db, packed.committee, packed.period, reader).held
        day = date.fromisoformat(held.folder.removeprefix("minutes/")[:10])
        same = committee_plan.plan(db, packed.committee, Period(day, day), reader)
        assert same.held == [held]
        before = Period(date(2000, 1, 1), day.replace(year=day.year - 1))
        with pytest.raises(Invalid):
            committee_plan.plan(db, packed.committee, before, reader)
        with pytest.raises(Invalid):
            committee_plan.plan(db, packed.committee, Period(day, date(2000, 1, 1)), reader)
        with pytest.raises(NotFound):
            committee_plan.plan(db, cast.station, packed.period, reader)


@pytest.mark.parametrize(
    "name", ["../../etc/passwd", "a/b", "C:\\x", "nul\0l", "x" * 500 + ".pdf", "计划" * 99, "."]
)
def test_an_uploaded_name_stays_in_the_folder(name: str) -> None:
    made = f"minutes/1/attachments/7-{file_name(name)}"
    assert inside(made)
    assert len(made.encode()) < 200


def test_command_line(
    cast: Cast, data: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Exported here, verified by another process where there is no data."""
    packed = packing.seated(cast)
    file, elsewhere = tmp_path / "year.zip", tmp_path / "nothing"
    with migrate.connecting(settings().url) as connection:
        connection.exec_driver_sql("create table alembic_version (version_num varchar(32))")
        revision = migrate.revisions()[-1]
        connection.exec_driver_sql("insert into alembic_version values (?)", (revision,))

    def run(*words: object) -> "subprocess.CompletedProcess[str]":
        line = [sys.executable, "run.py", *map(str, words)]
        return subprocess.run(line, capture_output=True, text=True, check=False)

    what = ("export", "committee", packed.committee, "--format", "zip", "--language", "en")
    days = ("--from", packed.period.first, "--to", packed.period.last)
    made = run(*what, *days, "--data", data, "-o", file)
    assert made.returncode == 0, made.stderr
    assert file.read_bytes() == packing.archive(packed, tmp_path / "b.zip").read_bytes()
    checked = run("verify", file, "--data", elsewhere, "--json")
    found = json.loads(checked.stdout)
    assert (checked.returncode, found["sound"]) == (0, True)
    assert keys.fingerprint(keys.public_key()) in found["notes"][0]
    assert not elsewhere.exists()
    assert line.main([str(word) for word in what]) == 2
    assert "--from" in capsys.readouterr().err


def test_the_check_knows_what_is_no_archive(tmp_path: Path) -> None:
    other = tmp_path / "x.zip"
    with ZipFile(other, "w") as made:
        made.writestr("manifest.json", "{}")
    assert committee_check.check(other) is None
    other.write_text("no zip at all")
    assert committee_check.check(other) is None
