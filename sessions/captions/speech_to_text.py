"""The port for a speech-to-text service: one question over an OpenAI-compatible endpoint.

Off unless an address is set. Neither address, key nor what the service says goes into any log.
"""

import json
import secrets
from typing import NamedTuple

from forum.base import fetch
from forum.base.settings import settings

PATH = "/v1/audio/transcriptions"
TIMEOUT = 540.0  # within the lease of long work
MOST = 10_000_000

# By their first bytes: what services of this kind take.
_KINDS = (
    (0, b"ID3", "mp3", "audio/mpeg"),
    (0, b"\xff\xfb", "mp3", "audio/mpeg"),
    (0, b"\xff\xf3", "mp3", "audio/mpeg"),
    (0, b"\xff\xf2", "mp3", "audio/mpeg"),
    (8, b"WAVE", "wav", "audio/wav"),
    (0, b"OggS", "ogg", "audio/ogg"),
    (0, b"fLaC", "flac", "audio/flac"),
    (4, b"ftyp", "m4a", "audio/mp4"),
    (0, b"\x1aE\xdf\xa3", "webm", "audio/webm"),
)


class Heard(NamedTuple):
    """What was heard, in milliseconds from the recording's beginning."""

    start: int
    end: int | None
    words: str


class ServiceError(Exception):
    """It did not work; `problem` says why as a code, `later` whether it is worth another try."""

    def __init__(self, problem: str, *, later: bool = False) -> None:
        super().__init__(problem)
        self.problem = problem
        self.later = later


def offered() -> bool:
    """Whether a service is set."""
    return bool(settings().stt_url)


def kind_of(data: bytes) -> tuple[str, str] | None:
    """Ending and media type of a recording, by its content; None: it is none."""
    for at, mark, ending, media_type in _KINDS:
        if data[at : at + len(mark)] == mark:
            return ending, media_type
    return None


def ask(data: bytes) -> list[Heard]:
    """Have a recording written down; raises ServiceError."""
    config = settings()
    ending, media_type = kind_of(data) or ("bin", "application/octet-stream")
    mark = secrets.token_hex(16)
    fields = {"model": config.stt_model, "response_format": "verbose_json"}
    headers = {"content-type": f"multipart/form-data; boundary={mark}"}
    if key := config.stt_key.get_secret_value():
        headers["authorization"] = f"Bearer {key}"
    try:
        answer = fetch.fetch(
            config.stt_url.rstrip("/").removesuffix(PATH) + PATH,
            method="POST",
            body=_multipart(mark, fields, f"recording.{ending}", media_type, data),
            headers=headers,
            most=MOST,
            timeout=TIMEOUT,
        )
    except fetch.DeniedError:
        raise ServiceError("denied") from None
    except fetch.FetchError:
        raise ServiceError("unreachable", later=True) from None
    if answer.status == 429 or answer.status >= 500:
        raise ServiceError("unreachable", later=True)
    if answer.status != 200:
        raise ServiceError("refused")
    return _read(answer.body)


def _multipart(mark: str, fields: dict[str, str], name: str, media_type: str, data: bytes) -> bytes:
    head = [
        f'--{mark}\r\ncontent-disposition: form-data; name="{field}"\r\n\r\n{value}\r\n'
        for field, value in fields.items()
    ]
    file = (
        f'--{mark}\r\ncontent-disposition: form-data; name="file"; filename="{name}"\r\n'
        f"content-type: {media_type}\r\n\r\n"
    )
    return "".join([*head, file]).encode() + data + f"\r\n--{mark}--\r\n".encode()


def _read(body: bytes) -> list[Heard]:
    """The segments of an answer; where there are none, its whole text as one."""
    try:
        said = json.loads(body)
        parts = said.get("segments") or [{"start": 0, "end": None, "text": said["text"]}]
        heard = [
            Heard(
                round(1000 * float(part["start"])),
                None if part.get("end") is None else round(1000 * float(part["end"])),
                str(part["text"]).replace("\0", "").strip(),
            )
            for part in parts
        ]
    except (ValueError, KeyError, TypeError, AttributeError, OverflowError):
        raise ServiceError("unreadable") from None
    return [one for one in heard if one.words and one.start >= 0]
