"""What listens beside the web: a room adds a port, which is open while the server runs."""

from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, AsyncExitStack, asynccontextmanager

from forum.base.settings import Settings

Port = Callable[[Settings], AbstractAsyncContextManager[None]]
_ports: list[Port] = []


def port(made: Port) -> Port:
    """Open this while the server runs."""
    _ports.append(made)
    return made


@asynccontextmanager
async def running(config: Settings) -> AsyncIterator[None]:
    """All ports, open within the block."""
    async with AsyncExitStack() as stack:
        for made in _ports:
            await stack.enter_async_context(made(config))
        yield
