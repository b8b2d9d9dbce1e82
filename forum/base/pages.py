"""Templates: one environment, whole pages and single blocks, and data as JSON."""

import dataclasses
from collections.abc import Mapping, MutableMapping
from datetime import datetime
from enum import Enum
from functools import lru_cache
from hashlib import sha256
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined, Template
from markupsafe import Markup
from starlette.datastructures import UploadFile

from forum.base import (
    clock,
    i18n,
    keys,
    kinds,
    news,
    pictures,
    purposes,
    scripts,
    spoken,
    styles,
    terms,
)
from forum.base.compiled import Templates, digest
from forum.base.forms import Form
from forum.base.fragments import Bulk, filled
from forum.base.settings import settings

ROOT = Path(__file__).resolve().parents[2]
# Jinja (its first file tells its version), our way of setting it up, and where filters come from:
# facts about them are compiled into a template.
MAKERS = ("jinja2", __name__, clock.__name__, i18n.__name__, spoken.__name__)
_COMPILED_BY = digest(*MAKERS)
TURNING = ("arrow", "left", "right", "leave", "reply")  # icons that point along the text


@lru_cache
def static(path: str) -> str:
    """The address of a static file, with a digest so that it can be cached for good."""
    data = (ROOT / "static" / path).read_bytes()
    return f"/static/{path}?v={sha256(data).hexdigest()[:10]}"


@lru_cache(maxsize=20_000)
def _message(lang: str, text: str, context: str = "") -> Markup:
    known = i18n.translations(lang)
    found = known.pgettext(context, text) if context else known.gettext(text)
    return Markup(found)  # noqa: S704 - our own catalogues


def gettext(text: str, /, **values: Any) -> Markup:
    """A message for templates, at a fraction of what Jinja's own way to it costs."""
    message = _message(i18n.current(), text)
    return message % values if "%" in message else message


def pgettext(context: str, text: str, /, **values: Any) -> Markup:
    """The same where one English word has several meanings."""
    message = _message(i18n.current(), text, context)
    return message % values if "%" in message else message


@lru_cache(maxsize=2000)
def icon(name: str, label: str = "", size: int = 20) -> Markup:
    """An icon of static/icons.svg. Decorative without a label; what points turns with the text."""
    kind = "icon icon-turns" if name in TURNING else "icon"
    said = Markup('role="img" aria-label="{}"').format(label)
    silent = Markup('aria-hidden="true" focusable="false"')
    drawn = Markup('<svg class="{0}" width="{1}" height="{1}" {2}><use href="{3}#{4}"></use></svg>')
    return drawn.format(kind, size, said if label else silent, static("icons.svg"), name)


class _Environment(Environment):
    """Jinja's, whose templates have no globals of their own: looking through two is dear."""

    def make_globals(self, d: MutableMapping[str, Any] | None) -> MutableMapping[str, Any]:
        """The environment's."""
        return self.globals


@lru_cache
def environment() -> Environment:
    """The one template environment."""
    env = _Environment(
        loader=FileSystemLoader(ROOT / "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        extensions=["jinja2.ext.i18n", "jinja2.ext.do", "jinja2.ext.loopcontrols"],
        cache_size=1000,
        auto_reload=False,
        bytecode_cache=Templates(ROOT / "templates", _COMPILED_BY),
    )
    env.install_gettext_callables(  # type: ignore[attr-defined]
        i18n._, i18n.ngettext, newstyle=True, pgettext=i18n.pgettext
    )
    env.globals.update(gettext=gettext, _=gettext, pgettext=pgettext, drawn_icon=icon)
    env.globals.update(static=static, stylesheet=styles.address, script=scripts.address)
    env.globals.update(kind_name=kinds.name, qr=pictures.qr, term_of=terms.term_of)
    env.globals.update(purpose_asked=purposes.ask)
    env.globals.update(feeds_of=news.alternates, signing_key=keys.own_fingerprint)
    env.filters.update(
        date=i18n.date,
        time=i18n.time,
        datetime=i18n.datetime_,
        zone_name=i18n.zone_name,
        ago=i18n.ago,
        duration=i18n.duration,
        number=i18n.number,
        percent=i18n.percent,
        iso=clock.iso,
        lang=spoken.attribute,
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
        "direction": i18n.direction(),
        "languages": i18n.offered(),
        "language_tags": i18n.TAGS,
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
    bulks = [value for value in context.values() if isinstance(value, Bulk)]
    return filled(render(name, context, block).encode(), bulks)


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
