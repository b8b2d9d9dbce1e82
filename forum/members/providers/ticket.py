"""Ticket sign-on as government apps do it: the host sends somebody back with a ticket.

The ticket is exchanged for user information by one or more requests that the settings describe;
what one answer holds, the next request may use.
"""

import hmac
import re
import secrets
from base64 import b64encode
from collections.abc import Mapping
from email.utils import format_datetime
from json import dumps, loads
from typing import Any, Literal
from urllib.parse import quote, urlencode, urlsplit

from pydantic import BaseModel, ConfigDict, Field, SecretStr, field_validator

from forum.base import clock
from forum.base.settings import settings
from forum.members.providers.port import Attempt, Provider, adapter

PLACE = re.compile(r"\{(\w+)\}")


def filled(template: str, words: Mapping[str, str], *, within_url: bool = False) -> str:
    """A template with its {words}; within an address each is one percent-encoded part."""

    def put(found: re.Match[str]) -> str:
        text = words.get(found[1], "")
        return quote(text, safe="") if within_url else text

    return PLACE.sub(put, template)


def picked(data: object, path: str) -> str:
    """What stands at a dotted path of an answer; empty where there is nothing plain."""
    for name in path.split("."):
        data = data.get(name) if isinstance(data, dict) else None
    if isinstance(data, bool):
        return "true" if data else "false"
    return str(data) if isinstance(data, (str, int)) else ""


class Step(BaseModel):
    """One request of the exchange, its signature and what to take from the answer."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    url: str
    method: Literal["GET", "POST"] = "GET"
    fields: dict[str, str] = Field(default_factory=dict)
    headers: dict[str, str] = Field(default_factory=dict)
    as_json: bool = False
    # What is signed with the secret, as {signature} in url, fields and headers.
    signed: str = ""
    signed_with: Literal["sha256", "sha1", "md5", "sm3"] = "sha256"
    signed_as: Literal["base64", "hex"] = "base64"
    # The answer counts when this field holds this value.
    ok_field: str = ""
    ok_value: str = ""
    # Names for the next step and, in the last, "subject": each with its dotted path.
    take: dict[str, str]


@adapter("ticket")
class Ticket(Provider):
    """A host platform that signs people on by tickets."""

    start_url: str
    parameter: str = "ticket"
    # Whether the host returns to {callback} as it was given. Where it always goes to an address
    # registered with it, the cookie alone ties the answer to the browser.
    returns_callback: bool = True
    access_key: str = ""
    secret: SecretStr = SecretStr("")
    steps: tuple[Step, ...] = Field(min_length=1, max_length=4)

    @field_validator("start_url")
    @classmethod
    def _start(cls, value: str) -> str:
        return _secure(value)

    @field_validator("steps")
    @classmethod
    def _steps(cls, value: tuple[Step, ...]) -> tuple[Step, ...]:
        for step in value:
            _secure(step.url)
        if "subject" not in value[-1].take:
            raise ValueError("the last step must take a subject")
        return value

    @property
    def realm(self) -> str:
        """A ticket names no issuer: the service's key here does."""
        return f"ticket:{self.key}"

    def begin(self, attempt: Attempt, callback: str, lang: str) -> str:
        """The host's own page."""
        words = {"callback": f"{callback}?state={attempt.state}", "state": attempt.state}
        if not self.returns_callback:
            words["callback"] = callback
        return filled(self.start_url, words, within_url=True)

    def once(self, given: Mapping[str, str]) -> str:
        """The ticket."""
        return given.get(self.parameter, "")

    @property
    def returns_state(self) -> bool:
        """Only a host that goes back to where it was told brings the state along."""
        return self.returns_callback

    def finish(self, attempt: Attempt, callback: str, given: Mapping[str, str]) -> str:
        """Take the ticket through all steps."""
        ticket = self.once(given)
        if not ticket or len(ticket) > 2000:
            raise self.refused("it came back without a ticket")
        words = {"ticket": ticket, "key": self.access_key, "callback": callback}
        for step in self.steps:
            words |= self._taken(step, words)
        if not words["subject"] or len(words["subject"]) > 255:
            raise self.refused("the answer names no subject")
        return words["subject"]

    def _taken(self, step: Step, words: Mapping[str, str]) -> dict[str, str]:
        moment = clock.now()
        words = {
            **words,
            "method": step.method,
            "nonce": secrets.token_hex(16),
            "time": str(int(moment.timestamp())),
            "millis": str(int(moment.timestamp() * 1000)),
            "date": format_datetime(moment, usegmt=True),
        }
        address = urlsplit(filled(step.url, words, within_url=True))
        words |= {"path": address.path, "query": address.query}
        words["signature"] = self._signature(step, words)
        url = filled(step.url, words, within_url=True)
        fields = {name: filled(text, words) for name, text in step.fields.items()}
        headers = {name: filled(text, words) for name, text in step.headers.items()}
        body = b""
        if step.method == "GET" and fields:
            url += f"{'&' if '?' in url else '?'}{urlencode(fields)}"
        elif step.method == "POST":
            kind = "json" if step.as_json else "x-www-form-urlencoded"
            headers.setdefault("content-type", f"application/{kind}")
            body = (dumps(fields) if step.as_json else urlencode(fields)).encode()
        return self._read(step, url, body, headers)

    def _signature(self, step: Step, words: Mapping[str, str]) -> str:
        if not step.signed:
            return ""
        secret = self.secret.get_secret_value().encode()
        text = filled(step.signed, words).encode()
        made = hmac.digest(secret, text, step.signed_with)
        return made.hex() if step.signed_as == "hex" else b64encode(made).decode()

    def _read(self, step: Step, url: str, body: bytes, headers: dict[str, str]) -> dict[str, str]:
        answer = self.ask(url, method=step.method, body=body, headers=headers)
        data: Any = None
        if answer.status == 200:
            try:
                data = loads(answer.body)
            except (ValueError, RecursionError) as error:
                raise self.refused("its server's answer cannot be read") from error
        if data is None or (step.ok_field and picked(data, step.ok_field) != step.ok_value):
            raise self.refused(f"its server answered {answer.status} and not that all is well")
        return {name: picked(data, path) for name, path in step.take.items()}


def _secure(url: str) -> str:
    if urlsplit(url).scheme != "https" and not settings().allow_private_addresses:
        raise ValueError("it must begin with https://")
    return url
