"""What happens to attached files; names and descriptions are people's words and stay out."""

from typing import ClassVar

from forum.base.events import Event


class FileAttached(Event):
    """A file lies with something from now on."""

    kind: ClassVar[str] = "attachments:file:attached"

    file: int
    place: str


class FileDescribed(Event):
    """What a picture shows reads differently."""

    kind: ClassVar[str] = "attachments:file:described"

    file: int
    place: str


class FileRemoved(Event):
    """A file was taken away."""

    kind: ClassVar[str] = "attachments:file:removed"

    file: int
    place: str
