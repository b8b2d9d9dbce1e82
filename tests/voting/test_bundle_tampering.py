"""How each tampering with bundle.zip is named, and what is refused before it is read."""

import json
from base64 import b64encode
from collections.abc import Callable
from pathlib import Path
from zipfile import ZIP_DEFLATED, ZipFile

import pytest
from hypothesis import HealthCheck, given
from hypothesis import settings as trying
from hypothesis import strategies as st
from nacl.signing import SigningKey
from publishing import (
    Contents,
    Files,
    apart,
    found,
    lines,
    listed_anew,
    with_lines,
)

from forum.base import zips
from forum.base.errors import Refusal
from voting.boxes import ballots
from voting.polls.publishing import bundle, reading

ROOT = Path(__file__).resolve().parents[2]
Tamper = Callable[[Contents, Contents], Contents]


@pytest.fixture(scope="module")
def files(prepared: Path, tmp_path_factory: pytest.TempPathFactory) -> Files:
    """Made once: these tests read files and no data folder."""
    return apart(prepared, tmp_path_factory.mktemp("published"))


def _swap(name: str, old: str, new: str) -> Tamper:
    def change(mine: Contents, _other: Contents) -> Contents:
        text = mine[name].decode()
        assert old in text
        return mine | {name: text.replace(old, new, 1).encode()}

    return change


def _rows(change: Callable[[list[str]], list[str]]) -> Tamper:
    return lambda mine, _other: with_lines(mine, change(lines(mine)))


def _forged(vote: str) -> str:
    text = ballots.secret_ballot(2, "majority/1", {"vote": vote}, "f" * 32)
    return f"{ballots.commitment(text)} {text.decode()}"


def _taken(*names: str) -> Tamper:
    return lambda mine, other: mine | {name: other[name] for name in names}


def _another_key(mine: Contents, _other: Contents) -> Contents:
    signed = SigningKey(b"k" * 32).sign(mine[bundle.RECORD]).signature
    return mine | {bundle.RECORD_SIGNATURE: b64encode(signed)}


TAMPERINGS: dict[str, tuple[Tamper, str, str]] = {
    "row removed": (_rows(lambda rows: rows[1:]), "ballots_removed", "1 of 7 ballots were removed"),
    "row changed": (
        _swap("ballots.txt", '"vote":"no"', '"vote":"yes"'),
        "ballot_changed",
        "was changed",
    ),
    "row added": (
        _rows(lambda rows: sorted([*rows, _forged("yes")])),
        "ballots_added",
        "1 ballots were added: 7 were closed over",
    ),
    "row doubled": (_rows(lambda rows: [*rows, rows[0]]), "ballots_added", "more than once"),
    "rows reordered": (
        _rows(lambda rows: [rows[1], rows[0], *rows[2:]]),
        "ballots_reordered",
        "in another order",
    ),
    "row exchanged": (
        _rows(lambda rows: sorted([*rows[1:], _forged("yes")])),
        "ballots_exchanged",
        "exchanged for others",
    ),
    "signature of another record": (
        _taken(bundle.RECORD_SIGNATURE),
        "closing_broken",
        "that of record 1",
    ),
    "signature of another key": (_another_key, "closing_broken", "not signed by this key"),
    "record exchanged": (
        _taken(bundle.RECORD, bundle.RECORD_SIGNATURE),
        "closing_broken",
        "that of another poll",
    ),
    "tally changed": (
        _swap("record.json", '"yes":4', '"yes":5'),
        "tally_changed",
        "do not add up to the signed tally",
    ),
    "rule changed": (
        _swap("rules.json", ">1/2", ">=1/2"),
        "rules_changed",
        "not those that were fixed",
    ),
    "entitled changed": (
        _swap("rules.json", '"eligible":7', '"eligible":9'),
        "rules_changed",
        "not those that were fixed",
    ),
    "question changed": (
        _swap("question.txt", "glass", "steel"),
        "rules_changed",
        "not that of the opening",
    ),
    "result changed": (
        _swap("result.json", '"carried": true', '"carried": false'),
        "result_changed",
        "do not lead to the published result",
    ),
    "outcome changed": (
        _swap("result.json", '"outcome": "carried"', '"outcome": "failed"'),
        "result_changed",
        "do not lead to the published result",
    ),
    "chain changed": (
        _swap("chain.json", '"number": 1', '"number": 3'),
        "chain_broken",
        "missing",
    ),
    "chain of another": (_taken(bundle.CHAIN), "chain_broken", "not the last one"),
    "key exchanged": (_swap("key.pem", "PUBLIC", "PUBLIK"), "key_changed", "another key"),
    "list changed": (_swap("contents.json", '"poll":2', '"poll":3'), "contents_changed", "signed"),
    "list of another": (_taken(bundle.CONTENTS), "contents_changed", "signed"),
    "file added": (lambda mine, _: mine | {"more.txt": b"x"}, "file_added", "more.txt was added"),
    "way out of the folder": (
        lambda mine, _: mine | {"../../etc/passwd": b"x"},
        "unsafe_name",
        "outside of the folder",
    ),
}


ROWS = {kind for _tamper, kind, _words in TAMPERINGS.values()} - {
    "contents_changed",
    "file_added",
    "unsafe_name",
    "key_changed",
}


@pytest.mark.parametrize("what", TAMPERINGS)
def test_what_was_done_is_named(files: Files, tmp_path: Path, what: str) -> None:
    tamper, kind, words = TAMPERINGS[what]
    changed = tamper(files.secret, files.named)
    assert changed != files.secret
    faults = found(tmp_path / "t.zip", zips.packed(changed))
    assert any(one.kind == kind and words in one.words for one in faults), faults
    assert len(faults) > 1 or kind not in ROWS, "the list of contents noticed nothing"
    if kind in ROWS:  # with a list that fits, which nobody can sign
        faults = found(tmp_path / "t.zip", zips.packed(listed_anew(changed)))
        assert any(one.kind == kind and words in one.words for one in faults), faults
        assert ("contents_changed", bundle.CONTENTS) in {(o.kind, o.subject) for o in faults}


@pytest.mark.parametrize("name", [*bundle.ALWAYS, bundle.CONTENTS, bundle.SIGNATURE])
def test_a_file_that_is_missing_or_there_twice(files: Files, tmp_path: Path, name: str) -> None:
    less = {key: value for key, value in files.secret.items() if key != name}
    faults = found(tmp_path / "t.zip", zips.packed(less))
    assert ("file_missing", name) in {(one.kind, one.subject) for one in faults}
    path = tmp_path / "twice.zip"
    path.write_bytes(files.packed)
    with pytest.warns(UserWarning, match="Duplicate"), ZipFile(path, "a") as archive:
        archive.writestr(name, b"something else")
    faults = found(tmp_path / "t.zip", path.read_bytes())
    assert [(one.kind, one.words) for one in faults] == [("file_added", f"{name} is there twice")]


def test_the_list_of_a_named_vote(files: Files, tmp_path: Path) -> None:
    voters = json.loads(files.named[bundle.VOTERS])
    assert {"member", "name", "channel"} == set(voters[0])
    for changed in (voters[1:], [*voters, voters[0]], [voters[0] | {"name": "Eve"}, *voters[1:]]):
        made = files.named | {bundle.VOTERS: json.dumps(changed).encode()}
        kinds = {one.kind for one in found(tmp_path / "t.zip", zips.packed(made))}
        assert "participation_changed" in kinds
    gone = {name: content for name, content in files.named.items() if name != bundle.VOTERS}
    faults = found(tmp_path / "t.zip", zips.packed(listed_anew(gone)))
    assert ("file_missing", f"{bundle.VOTERS} is missing") in {(o.kind, o.words) for o in faults}


def test_what_is_absurd_is_refused_before_it_is_read(
    files: Files, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "t.zip"
    bomb = tmp_path / "bomb.zip"
    with ZipFile(bomb, "w", ZIP_DEFLATED) as archive:
        for name, content in files.secret.items():
            archive.writestr(name, content if name != bundle.README else bytes(9_000_000))
    with pytest.raises(Refusal, match=r"README.txt has 9,000,000 bytes: no vote"):
        reading.check(bomb)
    many = files.secret | {f"{n}.txt": b"" for n in range(60)}
    with pytest.raises(Refusal, match="holds 71 files"):
        found(path, zips.packed(many))
    monkeypatch.setitem(reading.MOST, bundle.BALLOTS, 100)
    with pytest.raises(Refusal, match=bundle.BALLOTS):
        found(path, files.packed)
    path.write_bytes(b"no zip at all")
    assert reading.check(path) is None
    path.write_bytes(files.packed[: len(files.packed) // 2])
    assert reading.check(path) is None
    other = {"a.txt": b"somebody else's"}
    path.write_bytes(zips.packed(other))
    assert reading.check(path) is None


@pytest.mark.parametrize("name", [bundle.CONTENTS, bundle.RECORD, bundle.TERMS, bundle.RESULT])
@pytest.mark.parametrize("content", [b"", b"[]", b"{}", b"\xff", b"[" * 100_000, b'"1"', b"1e999"])
def test_what_cannot_be_read_is_a_fault_and_no_crash(
    files: Files, tmp_path: Path, name: str, content: bytes
) -> None:
    made = files.secret | {name: content}
    assert found(tmp_path / "t.zip", zips.packed(made))
    if name != bundle.CONTENTS:
        assert found(tmp_path / "t.zip", zips.packed(listed_anew(made)))


def test_no_flipped_byte_changes_the_meaning_unnoticed(files: Files, tmp_path: Path) -> None:
    path = tmp_path / "t.zip"

    @trying(max_examples=300, deadline=None, suppress_health_check=list(HealthCheck))
    @given(st.integers(0, len(files.packed) - 1), st.integers(1, 255))
    def flip(at: int, change: int) -> None:
        made = bytearray(files.packed)
        made[at] ^= change
        path.write_bytes(made)
        try:
            report = reading.check(path)
        except Refusal:
            return
        if report is None or report.faults:
            return
        with ZipFile(path) as archive:
            assert {name: archive.read(name) for name in archive.namelist()} == files.secret

    flip()
