"""Whatever is done to an archive is named; whatever is hostile about a file is refused."""

import io
import json
import struct
from base64 import b64encode
from collections.abc import Callable
from pathlib import Path
from typing import Any
from zipfile import ZIP_BZIP2, ZIP_DEFLATED, ZIP_STORED, ZipFile, ZipInfo

import packing
import pytest
from cast import Cast
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from forum.base import keys, zips
from forum.base.canonical import canonical, sha256hex
from forum.base.commands import verify
from forum.base.errors import Refusal
from forum.base.verify import Report
from sessions.exchange import committee_check, container

Files = dict[str, bytes]


@pytest.fixture
def file(cast: Cast, tmp_path: Path) -> Path:
    """An archive as it was written."""
    return packing.archive(packing.seated(cast), tmp_path / "a.zip")


def contents(path: Path) -> Files:
    with ZipFile(path) as found:
        return {name: found.read(name) for name in found.namelist()}


def packed(path: Path, files: Files, method: int = ZIP_STORED) -> Path:
    with ZipFile(path, "w", method) as made:
        for name, content in files.items():
            made.writestr(name, content)
    return path


def looked_at(path: Path) -> Report:
    report = committee_check.check(path)
    assert report is not None
    return report


def faults(path: Path) -> list[tuple[str, str]]:
    return [(fault.kind, fault.subject) for fault in looked_at(path).faults]


def test_an_archive_is_sound_also_when_packed_anew(file: Path, tmp_path: Path) -> None:
    report = looked_at(file)
    assert report.sound
    assert report.counts["minutes"] == 1
    assert report.counts["files"] == len(contents(file)) - 2
    assert faults(packed(tmp_path / "b.zip", contents(file), ZIP_DEFLATED)) == []


def test_each_changed_missing_and_added_file_is_named(file: Path, tmp_path: Path) -> None:
    whole = contents(file)
    for name, content in whole.items():
        if name in (container.MANIFEST, container.SIGNATURE):
            continue
        byte = bytes([content[0] ^ 1])
        other = packed(tmp_path / "b.zip", whole | {name: byte + content[1:]})
        assert ("file_changed", name) in faults(other)
        less = {kept: text for kept, text in whole.items() if kept != name}
        assert ("file_missing", name) in faults(packed(tmp_path / "b.zip", less))
    more = packed(tmp_path / "b.zip", whole | {"minutes/extra.txt": b"more"})
    assert faults(more) == [("file_added", "minutes/extra.txt")]


@pytest.mark.parametrize("name", [container.MANIFEST, container.SIGNATURE])
def test_the_manifest_and_its_signature(file: Path, tmp_path: Path, name: str) -> None:
    whole = contents(file)
    changed = whole[name].replace(b"LIFT", b"LAFT") if name == container.MANIFEST else b"AAAA"
    other = packed(tmp_path / "b.zip", whole | {name: changed})
    assert ("manifest_changed", container.MANIFEST) in faults(other)
    less = {kept: text for kept, text in whole.items() if kept != name}
    found = faults(packed(tmp_path / "b.zip", less))
    assert found[0][0] in ("file_missing", "manifest_changed")


def signed_anew(whole: Files, change: Callable[[dict[str, Any]], None]) -> Files:
    """The work of a forger with a key of their own."""
    key = Ed25519PrivateKey.generate()
    manifest = json.loads(whole[container.MANIFEST])
    raw = key.public_key().public_bytes(Encoding.Raw, PublicFormat.Raw)
    manifest["public_key"] = b64encode(raw).decode()
    change(manifest)
    text = canonical(manifest)
    return whole | {
        container.MANIFEST: text,
        container.SIGNATURE: b64encode(key.sign(text)),
    }


def test_a_forger_cannot_sign_for_the_server(file: Path, tmp_path: Path) -> None:
    """A consistent archive with another key: the heads and the minutes inside betray it."""
    whole = contents(file)
    name = next(name for name in whole if name.endswith(".md"))
    text = whole[name] + b"\nAnd the lift is free.\n"

    def change(manifest: dict[str, Any]) -> None:
        for row in manifest["files"]:
            if row["path"] == name:
                row["size"], row["sha256"] = len(text), sha256hex(text)

    other = packed(tmp_path / "b.zip", signed_anew(whole | {name: text}, change))
    kinds = {kind for kind, _subject in faults(other)}
    assert kinds == {"head_changed", "minutes_changed"}


def test_minutes_inside_are_checked_by_themselves(file: Path, tmp_path: Path) -> None:
    """Even whoever has the server's key cannot put other minutes under a digest."""
    whole = contents(file)
    name = next(name for name in whole if name.endswith("v1.json"))
    held = json.loads(whole[name])
    held["record"]["attendance"]["attended"] += 1
    text = json.dumps(held).encode()
    manifest = json.loads(whole[container.MANIFEST])
    for row in manifest["files"]:
        if row["path"] == name:
            row["size"], row["sha256"] = len(text), sha256hex(text)
    packed_anew = canonical(manifest)
    other = packed(
        tmp_path / "b.zip",
        whole
        | {
            name: text,
            container.MANIFEST: packed_anew,
            container.SIGNATURE: keys.sign(packed_anew).encode(),
        },
    )
    assert [kind for kind, _subject in faults(other)] == ["minutes_changed"]


def test_an_unknown_key_is_told_by_its_fingerprint(file: Path, tmp_path: Path) -> None:
    report = looked_at(file)
    ours = keys.fingerprint(keys.public_key())
    (note,) = verify.judge_keys(report, None, tmp_path / "nothing")
    assert ours in note
    assert "Compare it" in note
    assert report.sound
    (note,) = verify.judge_keys(report, ours.replace(" ", ":").upper(), None)
    assert "the one that was named" in note
    assert verify.judge_keys(report, "00" * 32, None) == []
    assert [fault.kind for fault in report.faults] == ["unknown_key"]
    assert ours in report.faults[0].words
    assert not (tmp_path / "nothing").exists()


@given(at=st.integers(0, 10**9), bit=st.integers(0, 7))
@settings(
    max_examples=150,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
def test_a_changed_bit_is_noticed_wherever_it_counts(file: Path, at: int, bit: int) -> None:
    """Either something is named, or every file in it is still what it was."""
    whole = contents(file)
    content = bytearray(file.read_bytes())
    content[at % len(content)] ^= 1 << bit
    other = file.with_name("bit.zip")
    other.write_bytes(content)
    try:
        report = committee_check.check(other)
    except Refusal:
        return
    assert report is None or report.faults or contents(other) == whole


ESCAPES = ["../evil", "/etc/evil", "a/../../evil", "C:evil", "a\\..\\evil", "\x1b[2Jevil", "a//b"]


@pytest.mark.parametrize("name", ESCAPES)
def test_names_that_lead_outside_are_named(file: Path, tmp_path: Path, name: str) -> None:
    other = packed(tmp_path / "b.zip", contents(file) | {name: b"x"})
    found = faults(other)
    assert "unsafe_name" in [kind for kind, _subject in found]
    assert all(subject.isprintable() for _kind, subject in found)


def test_what_is_there_twice_is_named(file: Path) -> None:
    with ZipFile(file, "a") as made, pytest.warns(UserWarning, match="Duplicate"):
        made.writestr("index.html", contents(file)["index.html"])
    assert ("file_added", "index.html") in faults(file)


def test_bombs_are_not_unpacked(file: Path, tmp_path: Path) -> None:
    """A file that unpacks to more than the manifest promises is changed, unread."""
    whole = contents(file)
    bomb = packed(tmp_path / "b.zip", whole | {"index.html": b"\0" * 50_000_000}, ZIP_DEFLATED)
    assert ("file_changed", "index.html") in faults(bomb)
    # One that lies about its size in the directory as well.
    size = struct.pack("<I", 50_000_000)
    content = bytearray(bomb.read_bytes())
    while (at := content.find(size)) >= 0:
        content[at : at + 4] = struct.pack("<I", len(whole["index.html"]))
    bomb.write_bytes(content)
    assert ("file_changed", "index.html") in faults(bomb)
    odd = packed(tmp_path / "c.zip", whole | {"key.pem": whole["key.pem"]}, ZIP_BZIP2)
    with pytest.raises(Refusal):
        committee_check.check(odd)


def test_absurd_sizes_are_refused(
    file: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    whole = contents(file)
    huge = signed_anew(whole, lambda made: made["files"][0].update(size=10**15))
    with pytest.raises(Refusal):
        committee_check.check(packed(tmp_path / "b.zip", huge))
    monkeypatch.setattr(committee_check, "MOST_MANIFEST", 1000)
    with pytest.raises(Refusal):
        committee_check.check(file)
    monkeypatch.setattr(zips, "MOST_DIRECTORY", 100)
    with pytest.raises(Refusal):
        committee_check.check(file)


@pytest.mark.parametrize(
    "manifest",
    [b"", b"[]", b"{}", b'{"form":"folkmoot.archive/1"}', b"[" * 100_000, b'{"form":1}', b"\xff"],
)
def test_a_broken_manifest_is_a_fault_and_no_crash(
    file: Path, tmp_path: Path, manifest: bytes
) -> None:
    other = packed(tmp_path / "b.zip", contents(file) | {container.MANIFEST: manifest})
    assert faults(other)[0] == ("manifest_changed", container.MANIFEST)


def test_an_entry_of_a_container_has_no_time_of_its_own() -> None:
    stream = io.BytesIO()
    with ZipFile(stream, "w") as made:
        made.writestr(container.entry("a"), b"x")
    (info,) = ZipFile(stream).infolist()
    assert isinstance(info, ZipInfo)
    assert (info.date_time, info.compress_type) == ((1980, 1, 1, 0, 0, 0), ZIP_STORED)
