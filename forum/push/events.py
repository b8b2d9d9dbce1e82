"""What happens to the browsers that somebody is told on; on the person's own stream."""

from typing import ClassVar

from forum.base.events import Audience, Event


class DeviceAdded(Event):
    """Somebody is told on one more device."""

    kind: ClassVar[str] = "push:device:added"
    audience: ClassVar[Audience] = Audience.MEMBER

    member: int
    device: int


class DeviceRemoved(Event):
    """A device is told nothing more: its owner said so, or it is gone."""

    kind: ClassVar[str] = "push:device:removed"
    audience: ClassVar[Audience] = Audience.MEMBER

    member: int
    device: int
