"""What was typed: a form or JSON body as one mapping, read field by field with errors collected."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum
from typing import Any, Literal, TypeVar, overload
from urllib.parse import parse_qs

from pydantic_core import from_json
from starlette.datastructures import UploadFile
from starlette.exceptions import HTTPException
from starlette.formparsers import MultiPartException
from starlette.requests import ClientDisconnect
from starlette.requests import Request as HttpRequest

from forum.base import i18n
from forum.base.errors import Invalid, TooLarge
from forum.base.i18n import _

MAX_FIELDS = 2000
YEARS = range(1900, 2200)  # at the ends of the calendar no page could show a moment in its zone
E = TypeVar("E", bound=StrEnum)


def _clean(text: str) -> str:
    # Browsers send CRLF; a NUL cannot be stored by PostgreSQL.
    return text.replace("\r\n", "\n").replace("\0", "").strip()


@dataclass
class Form:
    """The fields of a body or query; each reader notes what is wrong, `check()` says it all."""

    values: dict[str, list[str]] = field(default_factory=dict)
    files: dict[str, UploadFile] = field(default_factory=dict)
    errors: dict[str, str] = field(default_factory=dict)
    action: str = ""  # where a refused form was posted: of several on a page, it alone shows it

    def value(self, name: str, default: Any = "") -> Any:
        """What was typed, for the form to show again; else the default."""
        values = self.values.get(name)
        return values[-1] if values else default

    def error(self, name: str) -> str:
        """The sentence about a field; empty when it is fine."""
        return self.errors.get(name, "")

    def wrong(self, name: str, sentence: str) -> None:
        """Note what is wrong with a field (the first sentence stands)."""
        self.errors.setdefault(name, sentence)

    def check(self) -> None:
        """Raise Invalid when anything was wrong; nothing that was typed is lost."""
        if self.errors:
            raise Invalid(_("Please look at the marked fields."), fields=self.errors)

    def _raw(self, name: str) -> str:
        text = self.value(name)
        return _clean(str(text)) if text else ""

    def text(
        self, name: str, *, max: int = 200, min: int = 0, optional: bool = False, default: str = ""
    ) -> str:
        """A text of at most `max` characters, stripped; required unless optional or defaulted."""
        text = self._raw(name)
        if not text:
            if not (optional or default):
                self.wrong(name, _("Please fill this in."))
            return default
        if len(text) > max:
            self.wrong(name, _("At most %(n)s characters.") % {"n": max})
        if len(text) < min:
            self.wrong(name, _("At least %(n)s characters.") % {"n": min})
        return text

    @overload
    def integer(self, name: str, *, min: int = ..., max: int = ...) -> int: ...
    @overload
    def integer(
        self, name: str, *, optional: Literal[True], min: int = ..., max: int = ...
    ) -> int | None: ...
    def integer(
        self, name: str, *, optional: bool = False, min: int = 0, max: int = 2**31 - 1
    ) -> int | None:
        """A whole number within bounds; None only where it is optional and empty."""
        text = self._raw(name)
        if not text and optional:
            return None
        try:
            number = int(text)
        except ValueError:
            self.wrong(name, _("Please enter a whole number."))
            return 0
        if not min <= number <= max:
            bounds = {"min": min, "max": max}
            self.wrong(name, _("A number from %(min)s to %(max)s.") % bounds)
            return min  # what nobody checks goes to the database, which takes no larger one
        return number

    @overload
    def choice(self, name: str, options: type[E], *, default: E | None = ...) -> E: ...
    @overload
    def choice(self, name: str, options: Iterable[str], *, default: str | None = ...) -> str: ...
    def choice(self, name: str, options: Any, *, default: Any = None) -> Any:
        """One of a StrEnum's members or of a list of strings."""
        text = self._raw(name)
        if not text and default is not None:
            return default
        known = list(options)
        if text not in known:
            self.wrong(name, _("Please choose one."))
            return known[0]
        return known[known.index(text)]

    def flag(self, name: str) -> bool:
        """A tick; absent, empty, "0", "false" and "off" are no."""
        return self._raw(name).lower() not in ("", "0", "false", "off", "no")

    def lists(self, name: str, *, most: int = 500) -> list[str]:
        """A repeated field, empty ones left out."""
        clean = (_clean(text) for text in self.values.get(name, ()))
        found = [text for text in clean if text]
        if len(found) > most:
            self.wrong(name, _("At most %(n)s at once.") % {"n": most})
        return found[:most]

    def integers(self, name: str, *, most: int = 500) -> list[int]:
        """A repeated field of whole numbers."""
        try:
            found = [int(text) for text in self.lists(name, most=most)]
        except ValueError:
            found = [-1]
        if all(0 <= number < 2**31 for number in found):
            return found
        self.wrong(name, _("Please enter a whole number."))
        return []

    @overload
    def moment(self, name: str, *, zone: str | None = ...) -> datetime: ...
    @overload
    def moment(
        self, name: str, *, optional: Literal[True], zone: str | None = ...
    ) -> datetime | None: ...
    def moment(
        self, name: str, *, optional: bool = False, zone: str | None = None
    ) -> datetime | None:
        """A day and time typed on the wall clock of a zone, as an aware moment."""
        text = self._raw(name)
        if not text and optional:
            return None
        try:
            moment = i18n.from_wall(text, zone)
            if moment.year in YEARS:
                if i18n.leapt(text, zone):
                    words = _("There is no such time on this day: the clocks go forward then.")
                    self.wrong(name, words)
                return moment
        except (ValueError, OverflowError):
            pass
        self.wrong(name, _("Please enter a day and time, like 2026-03-05T19:00."))
        return datetime.fromisoformat("1970-01-01T00:00:00+00:00")

    @overload
    def day(self, name: str) -> date: ...
    @overload
    def day(self, name: str, *, optional: Literal[True]) -> date | None: ...
    def day(self, name: str, *, optional: bool = False) -> date | None:
        """A day of the calendar, as 2026-03-05."""
        text = self._raw(name)
        if not text and optional:
            return None
        try:
            day = date.fromisoformat(text)
            if day.year in YEARS:
                return day
        except ValueError:
            pass
        self.wrong(name, _("Please enter a day, like 2026-03-05."))
        return date(1970, 1, 1)

    def file(self, name: str) -> UploadFile | None:
        """An uploaded file, if one was chosen."""
        upload = self.files.get(name)
        return upload if upload is not None and upload.filename else None


def from_query(query: str) -> Form:
    """The query of an address."""
    try:
        return Form(parse_qs(query, keep_blank_values=True, max_num_fields=100))
    except ValueError:
        return Form()


def _from_json(body: bytes) -> Form:
    loaded = from_json(body or b"{}")
    if not isinstance(loaded, dict):
        raise ValueError
    values = {}
    for name, value in loaded.items():
        if isinstance(value, list):
            values[name] = [_typed(item) for item in value]
        else:
            values[name] = [_typed(value)]
    return Form(values)


def _typed(value: Any) -> str:
    """What a form would have sent for one value of JSON."""
    if isinstance(value, str):
        return value
    if isinstance(value, (dict, list)):
        raise ValueError
    return "1" if value is True else "" if value is None or value is False else str(value)


def _too_large(bound: int) -> TooLarge:
    return TooLarge(_("This is too large: at most %(n)s MB.") % {"n": bound // 1_000_000})


async def read_body(http: HttpRequest, declared: str, bound: int) -> bytes:
    """The whole body; raises TooLarge past the bound without reading the rest."""
    if declared.isdigit() and int(declared) > bound:
        raise _too_large(bound)
    pieces, size, more = [], 0, True
    while more:
        message = await http.receive()
        if message["type"] == "http.disconnect":
            raise ClientDisconnect
        pieces.append(message.get("body", b""))
        size += len(pieces[-1])
        if size > bound:
            raise _too_large(bound)
        more = message.get("more_body", False)
    return b"".join(pieces)


async def read_form(
    http: HttpRequest, headers: Mapping[str, str], *, bound: int, upload_bound: int
) -> Form:
    """The body of a POST as a form: urlencoded, multipart or JSON. Raises Invalid, TooLarge."""
    kind = headers.get("content-type", "").partition(";")[0].strip().lower()
    declared = headers.get("content-length", "")
    try:
        if kind == "multipart/form-data":
            if not declared.isdigit() or int(declared) > upload_bound:
                raise _too_large(upload_bound)
            sent = await http.form(max_files=20, max_fields=MAX_FIELDS, max_part_size=bound)
            form = Form()
            for name, value in sent.multi_items():
                if isinstance(value, UploadFile):
                    form.files[name] = value
                else:
                    form.values.setdefault(name, []).append(value)
            return form
        body = await read_body(http, declared, bound)
        if kind == "application/json":
            return _from_json(body)
        text = body.decode()
        return Form(parse_qs(text, keep_blank_values=True, max_num_fields=MAX_FIELDS))
    except (ValueError, MultiPartException, HTTPException, RecursionError) as error:
        raise Invalid(_("The request could not be read.")) from error
