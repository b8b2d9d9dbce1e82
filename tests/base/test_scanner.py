"""Files are looked through by clamd before anything of them is kept."""

import logging
import socket
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from clamd import EICAR, Clamd, clamd

from forum.base import scanner, settings
from forum.base.errors import Invalid
from forum.base.scanner import ScannerDown


@pytest.fixture
def daemon(data: object) -> Iterator[Clamd]:
    """The daemon, named in the settings."""
    with clamd() as started:
        settings.settings().clamav_url = started.url
        yield started


def test_what_is_clean_passes_whole(daemon: Clamd) -> None:
    scanner.require_clean(b"x" * 200_000, "a.txt")
    assert daemon.seen == [b"x" * 200_000]


def test_a_virus_is_refused_by_name(daemon: Clamd, caplog: pytest.LogCaptureFixture) -> None:
    """The reader is told which file; the journal knows it by its digest alone."""
    with (
        caplog.at_level(logging.WARNING, "folkmoot.files"),
        pytest.raises(Invalid, match=r"“letter\.pdf” carries a virus"),
    ):
        scanner.require_clean(b"%PDF-1.7 " + EICAR, "letter.pdf")
    assert "Win.Test.EICAR_HDB-1 FOUND" in caplog.text
    assert "letter.pdf" not in caplog.text


@pytest.mark.parametrize("answer", [b"", b"UNKNOWN COMMAND", b"stream: what OKAY"])
def test_no_verdict_is_a_no(daemon: Clamd, answer: bytes) -> None:
    daemon.answer = answer
    with pytest.raises(ScannerDown):
        scanner.require_clean(b"x", "a.txt")


def test_more_than_the_daemon_takes_is_a_no(daemon: Clamd) -> None:
    daemon.most = 1000
    with pytest.raises(ScannerDown):
        scanner.require_clean(b"x" * 500_000, "a.txt")


def test_a_daemon_that_is_down_is_a_no(data: object) -> None:
    with socket.socket() as unheard:
        unheard.bind(("127.0.0.1", 0))
        settings.settings().clamav_url = f"tcp://127.0.0.1:{unheard.getsockname()[1]}"
        with pytest.raises(ScannerDown):
            scanner.require_clean(b"x", "a.txt")
    settings.settings().clamav_url = "unix:///nowhere/clamd.ctl"
    with pytest.raises(ScannerDown):
        scanner.require_clean(b"x", "a.txt")


def test_a_unix_socket_is_asked_too(data: object, tmp_path: Path) -> None:
    path = tmp_path / "clamd.ctl"
    with socket.socket(socket.AF_UNIX) as listening:
        listening.bind(str(path))
        listening.listen()

        def answer() -> None:
            line, _address = listening.accept()
            with line:
                line.recv(1000)
                line.sendall(b"stream: OK\0")

        thread = threading.Thread(target=answer)
        thread.start()
        settings.settings().clamav_url = f"unix://{path}"
        scanner.require_clean(b"x", "a.txt")
        thread.join()


def test_without_one_nothing_is_asked(data: object) -> None:
    scanner.require_clean(EICAR, "a.txt")


@pytest.mark.parametrize("url", ["clamd", "tcp://host", "http://host:1", "unix://"])
def test_a_setting_that_names_no_socket_is_refused(url: str, tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="it reads tcp://"):
        settings.Settings(data=tmp_path, clamav_url=url)
