"""Uploaded files: what they are, what is stripped from them, who may see them."""

from io import BytesIO
from pathlib import Path

import pytest
from cast import Cast
from conftest import Client
from PIL import Image

from forum.base import clock, files, filetypes, limits, settings, ticker
from forum.base.canonical import sha256hex
from forum.base.db import reading, transaction
from forum.base.errors import Invalid, NotFound, TooLarge
from forum.base.events import Audience

CAMERA = 0x0110  # the EXIF field with the phone's name
TURNED = 0x0112


def picture(kind: str = "JPEG", size: tuple[int, int] = (40, 20), *, turned: int = 1) -> bytes:
    """A photograph that tells by which phone it was taken."""
    exif = Image.Exif()
    exif[CAMERA] = "Somebody's phone"
    exif[TURNED] = turned
    out = BytesIO()
    Image.new("RGB", size, (200, 40, 40)).save(out, kind, exif=exif)
    return out.getvalue()


def keep(cast: Cast, content: bytes, name: str, **how: Audience) -> int:
    """Store a file for the cast's consultation."""
    with transaction() as tx:
        return files.store(tx, cast.bob, BytesIO(content), name, place=cast.place, **how)  # type: ignore[arg-type]


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP"])
def test_a_picture_comes_without_its_past(kind: str) -> None:
    """Re-encoded, upright, without EXIF."""
    content = filetypes.recognise(picture(kind, turned=6), "p.bin")
    assert content.media_type == f"image/{kind.lower()}"
    with Image.open(BytesIO(content.data)) as made:
        assert made.size == (20, 40)
        assert not made.getexif()
    assert b"phone" not in content.data


def test_a_large_picture_is_made_smaller() -> None:
    """Nobody needs a wall."""
    with Image.open(BytesIO(filetypes.recognise(picture(size=(4000, 1000)), "p").data)) as made:
        assert made.size == (2560, 640)


def test_nothing_moves() -> None:
    """Of an animation its first picture stays."""
    frames = [Image.new("RGB", (9, 9), (n * 80, 0, 0)) for n in range(3)]
    out = BytesIO()
    frames[0].save(out, "GIF", save_all=True, append_images=frames[1:])
    assert filetypes.recognise(out.getvalue(), "p.gif").media_type == "image/png"


@pytest.mark.parametrize(
    ("content", "name", "media_type"),
    [
        (b"%PDF-1.7 x", "a.exe", "application/pdf"),
        ("楼号,户数\n3,24\n".encode(), "a.csv", "text/csv; charset=utf-8"),
        ("楼号,户数\n".encode("gb18030"), "a.CSV", "text/csv; charset=gb18030"),
        (b"hello", "a.html", "text/plain; charset=utf-8"),
    ],
)
def test_a_file_is_what_it_holds(content: bytes, name: str, media_type: str) -> None:
    """Its name says nothing but whether text is a table."""
    assert filetypes.recognise(content, name).media_type == media_type


@pytest.mark.parametrize(
    "content", [b"\x7fELF\x00\x01", b"MZ\x00\x00", picture()[:200], b"PK\x03\x04"]
)
def test_what_is_none_of_these_is_refused(content: bytes) -> None:
    """Programs, archives, damaged pictures."""
    with pytest.raises(Invalid):
        filetypes.recognise(content, "picture.jpg")


def test_too_many_pixels_are_refused_unread(monkeypatch: pytest.MonkeyPatch) -> None:
    """A small file can unpack into gigabytes."""
    monkeypatch.setattr(filetypes, "MAX_PIXELS", 100)
    with pytest.raises(Invalid):
        filetypes.recognise(picture(), "p.jpg")


def test_a_file_is_bounded(cast: Cast) -> None:
    """Past the setting it is too large."""
    settings.settings().max_upload = 1000
    with pytest.raises(TooLarge):
        keep(cast, b"x" * 1001, "a.txt")


def test_it_is_served_inert(cast: Cast, client: Client) -> None:
    """It cannot run, and says what it is; a name in Chinese comes through."""
    file = keep(cast, b"<script>alert(1)</script>", "说明.html")
    answer = client(None).get(files.url(file))
    assert answer.status_code == 200
    assert answer.headers["content-type"] == "text/plain; charset=utf-8"
    assert answer.headers["content-disposition"].startswith("attachment; filename*=UTF-8''%E8%AF")
    assert answer.headers["content-security-policy"] == "sandbox; default-src 'none'"
    assert answer.headers["x-content-type-options"] == "nosniff"
    again = client(None).get(files.url(file), headers={"if-none-match": answer.headers["etag"]})
    assert again.status_code == 304


def test_a_file_is_as_visible_as_its_place(cast: Cast, client: Client) -> None:
    """And its own audience narrows it."""
    file = keep(cast, picture(), "a.jpg", audience=Audience.MODERATOR)
    assert client("alice").get(files.url(file)).status_code == 200
    assert client("bob").get(files.url(file)).status_code == 404
    assert client(None).get("/files/999").status_code == 404
    with reading() as db, pytest.raises(NotFound):
        files.find(db, None, file)


def test_the_last_row_takes_the_bytes_along(cast: Cast) -> None:
    """Two places may hold the same file; it goes with the second."""
    limits.clear()
    first, second = keep(cast, b"same", "a.txt"), keep(cast, b"same", "b.txt")
    with reading() as db:
        path = files.path_of(files.find(db, cast.bob, first).digest)
    for file, left in ((first, True), (second, False)):
        with transaction() as tx:
            files.remove(tx, file)
        with clock.travel(minutes=1):
            ticker.run_due()
        assert path.exists() == left


def test_erasing_somebody_takes_their_files(cast: Cast) -> None:
    """All of them."""
    keep(cast, b"one", "a.txt")
    keep(cast, b"two", "b.txt")
    with transaction() as tx:
        assert files.remove_of(tx, cast.bob.id) == 2
    with clock.travel(minutes=1):
        ticker.run_due()
    assert not [path for path in Path(settings.settings().files).rglob("*") if path.is_file()]


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("../../etc/passwd", "passwd"),
        ("C:\\Users\\b\\图 1.png", "图 1.png"),
        ("a\u202egnp.exe", "agnp.exe"),
        ("", "file"),
        ("x" * 300 + ".pdf", "x" * 116 + ".pdf"),
    ],
)
def test_a_name_is_only_a_name(name: str, shown: str) -> None:
    """No folders, no signs that turn the reading around."""
    assert files._shown(name) == shown


def test_bytes_of_a_row_that_never_was_go_after_a_day(data: Path, cast: Cast) -> None:
    """What is kept, and what is still on its way, stays."""
    kept = keep(cast, b"kept", "a.txt")
    with pytest.raises(RuntimeError), transaction() as tx:
        files.store(tx, cast.bob, BytesIO(b"lost"), "b.txt", place=cast.place)
        raise RuntimeError
    lost, torn = files.path_of(sha256hex(b"lost")), files.path_of(sha256hex(b"torn"))
    torn.parent.mkdir(parents=True, exist_ok=True)
    torn = torn.with_name(f"{torn.name}.1.new")
    torn.write_bytes(b"to")
    for hours, there in ((23, True), (25, False)):
        with clock.travel(hours=hours):
            files.sweep_lost("")
        assert (lost.exists(), torn.exists()) == (there, there)
    with reading() as db:
        assert files.path_of(files.find(db, cast.bob, kept).digest).exists()
