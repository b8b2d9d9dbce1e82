"""One open socket, as the hub knows it."""

import asyncio
from typing import Protocol

from forum.base.auth import Actor
from forum.base.live import frames
from forum.base.live.protocol import Door
from forum.base.live.snapshots import Answer, Place, Subject


class Socket(Protocol):
    """What the hub needs of a connection: HubProtocol has it."""

    door: Door

    def push(self, data: bytes) -> bool:
        """Write whole frames; False if the reader has gone or lags too far behind."""

    def part(self, code: str) -> None:
        """Say bye and close."""


class Reader:
    """Somebody with a page open: who they are and which streams they read."""

    __slots__ = ("_turn", "actor", "awaits", "credential", "places", "socket", "wish")

    def __init__(self, socket: Socket, credential: str | None, wish: str) -> None:
        self.socket = socket
        self.credential = credential
        self.wish = wish
        self.actor: Actor | None = None
        self.places: dict[str, Place] = {}
        self.awaits = ""  # the stream whose hello has not been answered yet
        self._turn: asyncio.Future[None] | None = None

    async def answer(self, stream: str) -> None:
        """Wait until the hello that was just handed in is answered or has come to nothing."""
        self.awaits = stream
        self._turn = asyncio.get_running_loop().create_future()
        await self._turn
        self.awaits = ""

    def settle(self) -> None:
        """The pending hello is answered, or will never be."""
        if self._turn is not None and not self._turn.done():
            self._turn.set_result(None)

    def admitted(self, stream: str, answer: Answer) -> bool:
        """Send the answer to a hello; False if it does not get through."""
        self.actor = answer.actor
        if answer.place is not None:
            self.places[stream] = answer.place
        self.settle()
        return self.socket.push(answer.data or frames.bye("gone", stream=stream))

    def subject(self) -> Subject:
        """What has to hold for this reader to stay."""
        places = {stream: place.audience for stream, place in self.places.items()}
        return Subject(self.credential, self.actor, places)
