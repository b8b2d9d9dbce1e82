"""Group commit: writes that come in bursts (ballots, check-ins) share one transaction.

A write waits while an earlier batch commits, so the batches grow with the load: one alone is
written at once, a thousand together cost one commit. The answer leaves after the commit. A batch
that fails is done again item by item, so that one bad item spoils nobody else's.
"""

import asyncio
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextvars import Context, copy_context
from functools import update_wrapper
from typing import Any, Generic, TypeVar
from weakref import WeakKeyDictionary

from sqlalchemy.exc import InterfaceError, OperationalError

from forum.base import i18n
from forum.base.db import Db, transaction
from forum.base.errors import Refusal, TooMany
from forum.base.i18n import _

MOST_AT_ONCE = 2_000
MOST_WAITING = 20_000

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
    answer: Result = await writer.put(fn, item)
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


class _Waiting:
    """An item with whoever awaits its answer."""

    __slots__ = ("answer", "context", "fn", "item", "language")

    def __init__(self, fn: Batch[Any, Any], item: Any, answer: asyncio.Future[Any]) -> None:
        self.fn = fn
        self.item = item
        self.answer = answer
        self.language = i18n.current()
        self.context: Context = copy_context()


class _Writer:
    """The queue of one event loop, and the task that empties it; the task ends with the queue."""

    def __init__(self) -> None:
        self.queue: list[_Waiting] = []
        self.task: asyncio.Task[None] | None = None

    async def put(self, fn: Batch[Any, Any], item: Any) -> Any:
        if len(self.queue) >= MOST_WAITING:
            raise TooMany(_("Very many people are sending right now. Try again in a moment."))
        answer = asyncio.get_running_loop().create_future()
        self.queue.append(_Waiting(fn, item, answer))
        if self.task is None or self.task.done():
            self.task = asyncio.create_task(self._drain())
        return _value(await answer)

    async def _drain(self) -> None:
        loop = asyncio.get_running_loop()
        while self.queue:
            taken, self.queue = self.queue[:MOST_AT_ONCE], self.queue[MOST_AT_ONCE:]
            groups: dict[tuple[Batch[Any, Any], str], list[_Waiting]] = {}
            for waiting in taken:  # refusals are words: a batch speaks one language
                groups.setdefault((waiting.fn, waiting.language), []).append(waiting)
            for (fn, _language), group in groups.items():
                items = [waiting.item for waiting in group]
                run = group[0].context.run
                answers = await loop.run_in_executor(_thread, run, _together, fn, items)
                for waiting, answer in zip(group, answers, strict=True):
                    if not waiting.answer.done():  # or whoever sent it has hung up meanwhile
                        waiting.answer.set_result(answer)


# One thread: on SQLite writers queue anyway, and elsewhere one batch at a time keeps them large.
_thread = ThreadPoolExecutor(max_workers=1, thread_name_prefix="writer")
_writers: WeakKeyDictionary[asyncio.AbstractEventLoop, _Writer] = WeakKeyDictionary()
