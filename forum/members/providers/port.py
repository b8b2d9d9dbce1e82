"""What a sign-in service of others is to us: it sends somebody back and says who they are to it.

Of a person we take the subject alone, and keep of it a keyed digest: never mail, phone or name.
"""

import logging
import secrets
import threading
from abc import ABC, abstractmethod
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from functools import cache
from importlib import import_module
from json import dumps
from pkgutil import iter_modules
from typing import Any, ClassVar, NamedTuple, TypeVar

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from forum.base import fetch, sealing
from forum.base.errors import NotFound, Refusal, TooMany
from forum.base.i18n import _
from forum.base.settings import settings
from forum.members import providers as folder

AT_ONCE = 4  # threads that may wait for others' servers while pages want theirs
_asking = threading.BoundedSemaphore(AT_ONCE)
_logger = logging.getLogger("folkmoot.providers")


class NotVouched(Refusal):
    """The service did not say who this is, or not in a way that can be believed."""

    status = 403
    code = "not_vouched"


class Unreachable(Refusal):
    """The service does not answer; another way in works."""

    status = 502
    code = "provider_unreachable"


class Attempt(NamedTuple):
    """A sign-in under way: what this browser must bring back, unguessable and for one use."""

    provider: str
    state: str
    nonce: str
    verifier: str
    back: str = "/"
    shared: bool = False
    member: int = 0  # whose account the service is to be tied to; 0: somebody comes in


class Provider(BaseModel, ABC):
    """A configured service; an adapter adds its settings and the two steps."""

    model_config = ConfigDict(frozen=True, extra="forbid")
    kind: ClassVar[str]

    key: str = Field(pattern=r"^[a-z0-9][a-z0-9-]{0,29}$")
    label: str = Field(min_length=1, max_length=40)
    # Whether coming by it says that a person stands behind the account.
    verifies: bool = True

    @abstractmethod
    def begin(self, attempt: Attempt, callback: str, lang: str) -> str:
        """The address to send the browser to."""

    @abstractmethod
    def once(self, given: Mapping[str, str]) -> str:
        """What of an answer may be presented to us this once."""

    @abstractmethod
    def finish(self, attempt: Attempt, callback: str, given: Mapping[str, str]) -> str:
        """Who the service says this is, asked and checked; raises NotVouched, Unreachable."""

    @property
    def returns_state(self) -> bool:
        """Whether an answer must carry the attempt's state."""
        return True

    @property
    @abstractmethod
    def realm(self) -> str:
        """Whose subjects these are; two services may both know a "42"."""

    def digest(self, subject: str) -> str:
        """All that is kept of a subject."""
        return sealing.keyed(f"subject:{self.realm}\n{subject}")

    def refused(self, why: str) -> NotVouched:
        """A no, in a sentence for the person; the cause goes to the journal, without values."""
        return refused(self.key, self.label, why)

    def ask(self, url: str, **how: Any) -> fetch.Fetched:
        """Ask the service's server; raises Unreachable."""
        try:
            return fetch.fetch(url, **how)
        except fetch.FetchError as error:
            _logger.warning("provider %s: %s", self.key, error)
            raise Unreachable(
                _("%(service)s does not answer. Try again later, or come in another way.")
                % {"service": self.label}
            ) from error


def refused(key: str, label: str, why: str) -> NotVouched:
    """What is shown when a sign-in by a service fails."""
    _logger.warning("provider %s: refused, %s", key, why)
    words = _("%(service)s did not confirm who you are. Please begin again.")
    return NotVouched(words % {"service": label})


P = TypeVar("P", bound=type[Provider])
adapters: dict[str, type[Provider]] = {}


def adapter(kind: str) -> Callable[[P], P]:
    """Register a kind of service, by which settings name it."""

    def add(cls: P) -> P:
        cls.kind = kind
        adapters[kind] = cls
        return cls

    return add


@cache
def _load() -> None:
    for module in iter_modules(folder.__path__):
        import_module(f"{folder.__name__}.{module.name}")


def offered() -> dict[str, Provider]:
    """The services by their keys, as the settings name them."""
    tables = settings().sign_in_services
    return _made(dumps(tables, sort_keys=True, default=str)) if tables else {}


def named(key: str) -> Provider:
    """The service of this key; NotFound when there is none."""
    found = offered().get(key)
    if found is None:
        raise NotFound(_("There is no such sign-in service here."))
    return found


def listed() -> list[dict[str, str]]:
    """What the pages before signing in show of them."""
    return [{"key": key, "label": found.label} for key, found in offered().items()]


@cache
def _made(_version: str) -> dict[str, Provider]:
    """Made once for what the settings say now; one that is not whole is left out, and said so."""
    _load()
    found = {}
    for key, table in settings().sign_in_services.items():
        facts = {"label": key, **table, "key": key}
        kind = str(facts.pop("kind", "oidc"))
        if kind not in adapters:
            _logger.error("provider %s is left out: there is no kind %r", key, kind)
            continue
        try:
            found[key] = adapters[kind].model_validate(facts)
        except ValidationError as error:
            wrong = [f"{'.'.join(map(str, e['loc']))}: {e['msg']}" for e in error.errors()]
            # Not the exception itself: it quotes what the settings hold, secrets too.
            _logger.error("provider %s is left out: %s", key, "; ".join(wrong))  # noqa: TRY400
    return found


def fresh(provider: str, *, back: str = "/", shared: bool = False, member: int = 0) -> Attempt:
    """Begin an attempt."""
    state, nonce, verifier = (secrets.token_urlsafe(32) for _part in range(3))
    return Attempt(provider, state, nonce, verifier, back, shared, member)


@contextmanager
def turn() -> Iterator[None]:
    """Ask others only so many at once: their slowness is not to become ours."""
    if not _asking.acquire(timeout=5):
        raise TooMany(_("Very many people are signing in just now. Please try again in a minute."))
    try:
        yield
    finally:
        _asking.release()
