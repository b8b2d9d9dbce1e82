"""The sentence that the next page shows once, after a deed, and the way to take the deed back."""

from typing import NamedTuple

from itsdangerous import BadSignature, URLSafeSerializer

from forum.base import keys

COOKIE = "folkmoot_note"
BACKGROUND = "x-folkmoot-background"  # a script asks of its own accord: the note is not for it


class Undo(NamedTuple):
    """The form of one button that takes a deed back: where it goes, and its fields."""

    action: str
    fields: dict[str, str] = {}  # noqa: RUF012 - read only


class Note(NamedTuple):
    """What has been done."""

    note: str
    undo: Undo | None = None


def _serializer() -> URLSafeSerializer:
    return URLSafeSerializer(keys.cookie_secret(), salt="note")


def packed(note: Note) -> str:
    """The note as it travels in a cookie, signed: nobody else puts words into our mouth."""
    return str(_serializer().dumps(note))


def unpacked(signed: str) -> Note | None:
    """The note of a cookie, if it is ours."""
    try:
        sentence, undo = _serializer().loads(signed)
    except (BadSignature, ValueError):
        return None
    return Note(str(sentence), Undo(*undo) if undo else None)
