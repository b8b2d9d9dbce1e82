"""Templates: one environment, whole pages and single blocks, and data as JSON."""

import dataclasses
from collections.abc import Mapping
from datetime import datetime
from enum import Enum
from functools import lru_cache
from hashlib import sha256
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined, Template
from starlette.datastructures import UploadFile

from forum.base import clock, i18n
from forum.base.forms import Form
from forum.base.fragments import Bulk
from forum.base.settings import settings

ROOT = Path(__file__).resolve().parents[2]


@lru_cache
def static(path: str) -> str:
    """The address of a static file, with a digest so that it can be cached for good."""
    data = (ROOT / "static" / path).read_bytes()
    return f"/static/{path}?v={sha256(data).hexdigest()[:10]}"


@lru_cache
def environment() -> Environment:
    """The one template environment."""
    env = Environment(
        loader=FileSystemLoader(ROOT / "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        extensions=["jinja2.ext.i18n", "jinja2.ext.do", "jinja2.ext.loopcontrols"],
        cache_size=1000,
        auto_reload=False,
    )
    env.install_gettext_callables(  # type: ignore[attr-defined]
        i18n._, i18n.ngettext, newstyle=True, pgettext=i18n.pgettext
    )
    env.globals["static"] = static
    env.filters.update(
        date=i18n.date,
        time=i18n.time,
        datetime=i18n.datetime_,
        ago=i18n.ago,
        duration=i18n.duration,
        number=i18n.number,
        percent=i18n.percent,
        iso=clock.iso,
    )
    return env


@lru_cache
def template(name: str) -> Template:
    """A compiled template by name."""
    return environment().get_template(name)


@lru_cache
def parts(name: str) -> frozenset[str]:
    """The blocks of a page that can be asked for alone: its own, not those of every page."""
    return frozenset(template(name).blocks) - frozenset(template("layout.html").blocks)


def shared_context() -> dict[str, Any]:
    """What a template knows without a reader: the base of blocks that many readers share."""
    lang = i18n.current()
    return {
        "lang": lang,
        "lang_tag": i18n.TAGS[lang],
        "languages": i18n.LANGUAGES,
        "site": settings().name,
        "demo": settings().demo,
        "now": clock.now(),
        "zone": settings().zone,
        "form": Form(),
    }


def _with_macros(context: dict[str, Any]) -> dict[str, Any]:
    # A block rendered alone does not run its template's imports: hand the macros in.
    context["ui"] = template("ui/ui.html").make_module(context)
    context["f"] = template("ui/form.html").make_module(context)
    return context


def render(name: str, context: Mapping[str, Any], block: str | None = None) -> str:
    """A page, or one of its blocks alone, in the current language."""
    found = template(name)
    if block is None:
        return found.render(context)
    ready = found.new_context(_with_macros(dict(context)))
    return "".join(found.blocks[block](ready))


def encoded(name: str, context: Mapping[str, Any], block: str | None = None) -> bytes:
    """The same as bytes, with every `Bulk` of the context put where its mark stands."""
    body = render(name, context, block).encode()
    for value in context.values():
        if isinstance(value, Bulk):
            body = value.put_into(body)
    return body


def render_block(name: str, block: str, lang: str, data: Mapping[str, Any]) -> str:
    """A shared block of a live page, in a language, from data that no reader colours."""
    with i18n.using(lang):
        return render(name, {**shared_context(), **data}, block)


def _fields(value: Any) -> Mapping[Any, Any] | None:
    """The named parts of a mapping, named tuple or dataclass."""
    if isinstance(value, Mapping):
        return value
    if isinstance(value, tuple) and hasattr(value, "_asdict"):
        named: Mapping[Any, Any] = value._asdict()
        return named
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        return {field.name: getattr(value, field.name) for field in dataclasses.fields(value)}
    return None


def plain(value: Any) -> Any:
    """Page data as JSON values: moments as ISO text, fractions as 2/3, enums as their values."""
    if isinstance(value, Enum):
        return plain(value.value)
    if value is None or isinstance(value, (bool, int, float)):
        return value
    if isinstance(value, datetime):
        return clock.iso(value)
    if (fields := _fields(value)) is not None:
        return public(fields)
    if isinstance(value, (list, tuple)):
        return [plain(item) for item in value]
    if isinstance(value, (set, frozenset)):
        return sorted(plain(item) for item in value)
    return str(value)


def public(data: Mapping[Any, Any]) -> dict[str, Any]:
    """The data of a page as JSON; names that begin with an underscore are for templates only."""
    return {
        str(plain(name)): plain(value)
        for name, value in data.items()
        if not str(name).startswith("_")
        and not callable(value)
        and not isinstance(value, UploadFile)
    }
