"""bundle.zip: what it holds, that it is the same each time, and that a stranger can check it."""

import json
import os
import re
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from zipfile import ZIP_DEFLATED, ZipFile

import pytest
from cast import Cast
from optioning import options
from polling import VOTERS, close, make, secret, vote
from publishing import (
    Contents,
    Files,
    apart,
    found,
    lines,
    published,
    unpacked,
    voted,
    with_lines,
)

from forum.base import clock, db, zips
from forum.base.canonical import sha256hex
from forum.base.commands.verify import check_file, judge_keys
from forum.base.errors import NotFound
from forum.members.models import PLATFORM, Member, PlaceSetting
from voting.polls.options import WHO_VOTED
from voting.polls.publishing import bundle

ROOT = Path(__file__).resolve().parents[2]
Tamper = Callable[[Contents, Contents], Contents]


@pytest.fixture(scope="module")
def files(prepared: Path, tmp_path_factory: pytest.TempPathFactory) -> Files:
    """Made once: these tests read files and no data folder."""
    return apart(prepared, tmp_path_factory.mktemp("published"))


def test_it_holds_what_its_readme_says(files: Files, tmp_path: Path) -> None:
    assert found(tmp_path / "a.zip", files.packed) == []
    assert found(tmp_path / "b.zip", zips.packed(files.named)) == []
    assert set(files.secret) == {*bundle.ALWAYS, bundle.CONTENTS, bundle.SIGNATURE}
    assert set(files.named) - set(files.secret) == {bundle.VOTERS}
    readme = files.secret[bundle.README].decode()
    assert readme.count(files.fingerprint) == 2
    for name in files.named.keys() - {bundle.README}:
        assert readme.count(name) >= 2  # in both languages
    with ZipFile(tmp_path / "deflated.zip", "w", ZIP_DEFLATED) as again:
        for name, content in files.secret.items():
            again.writestr(name, content)
    assert found(tmp_path / "c.zip", (tmp_path / "deflated.zip").read_bytes()) == []


def test_a_stranger_checks_it_by_the_readme(files: Files) -> None:
    """With nothing but SHA-256: leaves, tree, rules, chain and count."""
    record = json.loads(files.secret["record.json"])
    level, votes = [], {"yes": 0, "no": 0}
    for line in files.secret["ballots.txt"].decode().split("\n")[:-1]:
        name, text = line[:64], line[65:]
        assert sha256hex(b"\0" + text.encode()) == name
        level.append(bytes.fromhex(name))
        votes[json.loads(text)["choice"]["vote"]] += 1
    assert (len(level), votes) == (record["size"], record["tally"]["votes"])
    while len(level) > 1:
        pairs = [level[at : at + 2] for at in range(0, len(level), 2)]
        level = [
            bytes.fromhex(sha256hex(b"\1" + p[0] + p[1])) if len(p) == 2 else p[0] for p in pairs
        ]
    assert level[0].hex() == record["root"]
    assert sha256hex(files.secret["rules.json"]) == record["rules"]
    terms = json.loads(files.secret["rules.json"])
    assert sha256hex(files.secret["question.txt"]) == terms["text"]
    chain = json.loads(files.secret["chain.json"])
    assert [one["number"] for one in chain] == [1, 2]
    assert chain[-2]["sha256"] == record["previous"] == sha256hex(files.named["record.json"])


def test_it_needs_nothing_but_the_file(files: Files, tmp_path: Path) -> None:
    path, empty = tmp_path / "bundle.zip", tmp_path / "empty"
    path.write_bytes(files.packed)
    empty.mkdir()
    environment = {k: v for k, v in os.environ.items() if not k.startswith("FOLKMOOT_")}
    environment |= {"FOLKMOOT_DATA": str(empty / "data")}
    run = [sys.executable, str(ROOT / "run.py"), "verify", str(path), "--json"]
    ended = subprocess.run(
        run, cwd=empty, env=environment, capture_output=True, text=True, check=False
    )
    assert ended.returncode == 0, ended.stderr
    said = json.loads(ended.stdout)
    assert said["sound"] is True
    assert said["counts"]["ballots"] == 7
    assert files.fingerprint in said["notes"][0]
    assert "Compare it" in said["notes"][0]
    assert list(empty.iterdir()) == []


def test_a_forgery_with_a_key_of_its_own_is_told_by_the_fingerprint(
    files: Files, tmp_path: Path
) -> None:
    path = tmp_path / "bundle.zip"
    path.write_bytes(files.packed)
    report = check_file(path, None)
    assert "named" in judge_keys(report, files.fingerprint, None)[0]
    assert judge_keys(report, "ab" * 32, None) == []
    assert [fault.kind for fault in report.faults] == ["unknown_key"]
    assert files.fingerprint in report.faults[0].words


def test_it_is_published_with_the_result_and_not_before(cast: Cast) -> None:
    poll = secret(cast)
    with pytest.raises(NotFound):
        published(cast, poll)
    vote(cast.bob, poll)
    close(cast, poll)
    with pytest.raises(NotFound):
        published(cast, poll)


def test_of_few_secret_ballots_there_are_only_commitments(cast: Cast, tmp_path: Path) -> None:
    for way, choices in (("majority", ("yes", "no", "yes")), ("irv", ("o1>o2", "o2", "o2>o1"))):
        poll = secret(cast, **_draft(way))
        for name, choice in zip(VOTERS, choices, strict=False):
            vote(cast[name], poll, choice)
        close(cast, poll, publish=True)
        contents = unpacked(published(cast, poll), tmp_path)
        assert all(re.fullmatch("[0-9a-f]{64}", line) for line in lines(contents))
        assert len(lines(contents)) == 3
        assert found(tmp_path / "t.zip", zips.packed(contents)) == []
        for changed in (
            with_lines(contents, lines(contents)[1:]),
            with_lines(contents, [*lines(contents)[1:], "0" * 64]),
        ):
            assert found(tmp_path / "t.zip", zips.packed(changed))


def _draft(way: str) -> dict[str, object]:
    return {"method": way, "options": options(way)} if way != "majority" else {}


def test_who_was_erased_has_no_name_in_it(cast: Cast, tmp_path: Path) -> None:
    poll = voted(cast, make(cast))
    with db.transaction() as tx:
        row = tx.get_one(Member, cast.bob.id)
        row.erased_at = clock.now()
    contents = unpacked(published(cast, poll), tmp_path)
    named = {one["member"]: one["name"] for one in json.loads(contents[bundle.VOTERS])}
    assert named[cast.bob.id] is None
    assert named[cast.dana.id] == cast.dana.name
    assert found(tmp_path / "t.zip", zips.packed(contents)) == []


def test_who_took_part_in_a_secret_vote(cast: Cast, tmp_path: Path) -> None:
    with db.transaction() as tx:
        tx.add(PlaceSetting(place=PLATFORM, key=WHO_VOTED.key, value=True, changed_at=clock.now()))
    poll = voted(cast, secret(cast))
    contents = unpacked(published(cast, poll), tmp_path)
    took_part = json.loads(contents[bundle.VOTERS])
    assert [one["member"] for one in took_part] == sorted(cast[name].id for name in VOTERS)
    assert {name for one in took_part for name in one} == {"member", "name"}
    assert found(tmp_path / "t.zip", zips.packed(contents)) == []
    few = secret(cast)
    for name in VOTERS[:4]:
        vote(cast[name], few)
    close(cast, few, publish=True)
    assert bundle.VOTERS not in unpacked(published(cast, few), tmp_path)
