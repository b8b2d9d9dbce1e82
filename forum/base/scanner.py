"""Files looked through by ClamAV's daemon, where one is configured: INSTREAM over its socket.

What cannot be looked through is not taken: a scanner that is down is no reason to trust a file.
"""

import logging
import socket
import struct
from contextlib import closing
from urllib.parse import urlsplit

from forum.base.canonical import sha256hex
from forum.base.errors import Invalid, Refusal
from forum.base.i18n import _
from forum.base.settings import settings

PIECE = 64 * 1024
PATIENCE = 30  # seconds
_logger = logging.getLogger("folkmoot.files")


class ScannerDown(Refusal):
    """The scanner does not answer; nothing is lost, trying later works."""

    status = 503
    code = "scanner_down"


def require_clean(data: bytes, name: str) -> None:
    """Raise Invalid for what carries a virus, ScannerDown where that cannot be told."""
    if not settings().clamav_url:
        return
    answer = ""
    try:
        answer = _asked(data)
    except OSError:
        _logger.exception("the virus scanner does not answer")
    verdict = answer.rpartition(" ")[2]
    if verdict == "OK":
        return
    if verdict != "FOUND":
        _logger.error("the virus scanner did not decide: %s", answer[:200])
        words = _("Files cannot be checked for viruses just now. Please try again later.")
        raise ScannerDown(words)
    # By what it holds: a name is somebody's words.
    _logger.warning("a file is refused: %s, SHA-256 %s", answer[:200], sha256hex(data))
    words = _("“%(name)s” carries a virus and was not taken.") % {"name": name}
    raise Invalid(words, fields={"file": words})


def _asked(data: bytes) -> str:
    """What clamd says of the bytes: "stream: OK" or "stream: Name FOUND"."""
    with closing(_line()) as line:
        line.sendall(b"zINSTREAM\0")
        try:
            for at in range(0, len(data), PIECE):
                piece = data[at : at + PIECE]
                line.sendall(struct.pack("!I", len(piece)) + piece)
            line.sendall(struct.pack("!I", 0))
        except (BrokenPipeError, ConnectionResetError):
            pass  # over its own bound it hangs up early, and has said so
        answer = b""
        while b"\0" not in answer and len(answer) < 4096 and (more := line.recv(1024)):
            answer += more
    return answer.partition(b"\0")[0].decode(errors="replace").strip()


def _line() -> socket.socket:
    parts = urlsplit(settings().clamav_url)
    if parts.scheme == "tcp":
        return socket.create_connection((parts.hostname, parts.port), PATIENCE)
    line = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
    line.settimeout(PATIENCE)
    try:
        line.connect(parts.path)
    except OSError:
        line.close()
        raise
    return line
