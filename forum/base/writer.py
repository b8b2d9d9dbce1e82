"""Group commit: writes that come in bursts (ballots, check-ins) share one transaction.

A write waits while an earlier batch commits, so the batches grow with the load: one alone is
written at once, a thousand together cost one commit. The answer leaves after the commit. A batch
that fails is done again item by item, so that one bad item spoils nobody else's.
"""

import asyncio
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextvars import Context, copy_context
from functools import partial, update_wrapper
from typing import Any, Generic, TypeVar
from weakref import WeakKeyDictionary

from sqlalchemy.exc import InterfaceError, OperationalError

from forum.base import i18n
from forum.base.db import Db, transaction
from forum.base.errors import Refusal, TooMany
from forum.base.i18n import _

MOST_AT_ONCE = 2_000
MOST_WAITING = 20_000
GATHER = 0.1  # seconds for which a batch gathers more at most

Item = TypeVar("Item")
Result = TypeVar("Result")
Write = Callable[[Db, list[Item]], Sequence[Result | Refusal]]


class Batch(Generic[Item, Result]):
    """A function that writes many items in the transaction it is given; still callable as such."""

    def __init__(self, write: Write[Item, Result]) -> None:
        self.write = write
        update_wrapper(self, write)

    def __call__(self, tx: Db, items: list[Item]) -> list[Result | Refusal]:
        """One answer for each item, in their order; a Refusal says no to that item alone."""
        answers = list(self.write(tx, items))
        if len(answers) != len(items):
            raise RuntimeError(f"{self.write.__qualname__} must answer each item")
        return answers


def batch(write: Write[Item, Result]) -> Batch[Item, Result]:
    """Mark `fn(tx, items) -> answers` for `submit`; it may run twice, so it acts on tx alone."""
    return Batch(write)


def write_now(fn: Batch[Item, Result], item: Item) -> Result:
    """The same write, alone, in the calling thread: for the command line and sync callers."""
    answer: Result = _value(_alone(fn, item))
    return answer


async def submit(fn: Batch[Item, Result], item: Item) -> Result:
    """Write an item together with what else waits; returns, or raises, after the commit."""
    loop = asyncio.get_running_loop()
    writer = _writers.get(loop) or _writers.setdefault(loop, _Writer())
    answer: Result = _value(await writer.put(loop, fn, item))
    return answer


def _value(answer: Any) -> Any:
    if isinstance(answer, Exception):
        raise answer
    return answer


def _alone(fn: Batch[Any, Any], item: Any) -> Any:
    try:
        with transaction() as tx:
            return fn(tx, [item])[0]
    except Exception as error:  # noqa: BLE001 - it is raised where the item came from
        return error


def _together(fn: Batch[Any, Any], items: list[Any]) -> list[Any]:
    try:
        with transaction() as tx:
            return fn(tx, items)
    except (OperationalError, InterfaceError) as error:
        # The database, not an item: trying each of them would only make everybody wait.
        return [error] * len(items)
    except Exception as error:  # noqa: BLE001 - raised again for the items that cause it
        return [error] if len(items) == 1 else [_alone(fn, item) for item in items]


class _Group:
    """What is written together: by one function and in one language, for refusals are words."""

    __slots__ = ("answers", "context", "items", "kind")

    def __init__(self, kind: tuple[Batch[Any, Any], str]) -> None:
        self.kind = kind
        self.items: list[Any] = []
        self.answers: list[asyncio.Future[Any]] = []
        self.context: Context = copy_context()


class _Writer:
    """The queue of one event loop, and the task that empties it; the task ends with the queue."""

    def __init__(self) -> None:
        self.queue: list[_Group] = []
        self.open: dict[tuple[Batch[Any, Any], str], _Group] = {}  # those that still take items
        self.waiting = 0
        self.task: asyncio.Task[None] | None = None

    def put(
        self, loop: asyncio.AbstractEventLoop, fn: Batch[Any, Any], item: Any
    ) -> asyncio.Future[Any]:
        """Queue an item; the future gets its answer, or the error in its place."""
        if self.waiting >= MOST_WAITING:
            raise TooMany(_("Very many people are sending right now. Try again in a moment."))
        kind = (fn, i18n.current())
        group = self.open.get(kind)
        if group is None or len(group.items) >= MOST_AT_ONCE:
            group = self.open[kind] = _Group(kind)
            self.queue.append(group)
        answer: asyncio.Future[Any] = loop.create_future()
        group.items.append(item)
        group.answers.append(answer)
        self.waiting += 1
        if self.task is None or self.task.done():
            self.task = loop.create_task(self._drain(loop))
        return answer

    async def _drain(self, loop: asyncio.AbstractEventLoop) -> None:
        while self.queue:
            await self._gather(loop)
            group = self.queue.pop(0)
            if self.open.get(group.kind) is group:
                del self.open[group.kind]
            self.waiting -= len(group.items)
            work = partial(group.context.run, _together, group.kind[0], group.items)
            answers = await loop.run_in_executor(_thread, work)
            for waiting, answer in zip(group.answers, answers, strict=True):
                if not waiting.done():  # or whoever sent it has hung up meanwhile
                    waiting.set_result(answer)

    async def _gather(self, loop: asyncio.AbstractEventLoop) -> None:
        """Let come what is on its way: as long as each turn of the loop brings more, but not long.

        Half as many commits are worth more than what a commit could have done meanwhile.
        """
        end, seen = loop.time() + GATHER, 0
        while seen < self.waiting < MOST_AT_ONCE and loop.time() < end:
            seen = self.waiting
            await asyncio.sleep(0)


# One thread: on SQLite writers queue anyway, and elsewhere one batch at a time keeps them large.
_thread = ThreadPoolExecutor(max_workers=1, thread_name_prefix="writer")
_writers: WeakKeyDictionary[asyncio.AbstractEventLoop, _Writer] = WeakKeyDictionary()
