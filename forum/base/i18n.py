"""Languages: gettext catalogues (one file a room), the reader's language, numbers and times."""

from collections.abc import Iterable, Sequence
from contextvars import ContextVar
from datetime import UTC, datetime, timedelta
from datetime import date as Date  # noqa: N812 - a filter here bears its name
from decimal import Decimal
from fractions import Fraction
from functools import lru_cache
from gettext import GNUTranslations, NullTranslations
from io import BytesIO
from pathlib import Path
from zoneinfo import ZoneInfo

from babel import Locale, dates, lists, numbers
from babel.messages.catalog import Catalog
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po

from forum.base import clock, compiled, pseudo
from forum.base.settings import settings

LANGUAGES = {"zh_Hans_CN": "简体中文", "zh_Hant_TW": "繁體中文", "en": "English"}
TAGS = {"zh_Hans_CN": "zh-CN", "zh_Hant_TW": "zh-TW", "en": "en"} | pseudo.TAGS
LOCALES = Path(__file__).resolve().parents[2] / "locales"
_MERGED_BY = compiled.digest("babel", __name__)  # the first file of Babel tells its version
_current: ContextVar[str | None] = ContextVar("language", default=None)


def N_(message: str) -> str:  # noqa: N802 - gettext's own name
    """Mark a message for the catalogues; it is translated where it is shown."""
    return message


def offered() -> dict[str, str]:
    """The languages that a reader may choose, by their own names; pseudo-locales if set."""
    return LANGUAGES | pseudo.NAMES if settings().pseudo_locales else LANGUAGES


@lru_cache
def translations(lang: str) -> NullTranslations:
    """All rooms' catalogues of a language as one; the messages in the source are English."""
    if lang in pseudo.NAMES:
        return pseudo.Pseudo(lang)
    sources = [path.read_bytes() for path in sorted((LOCALES / lang).glob("*.po"))]
    if not sources:
        return NullTranslations()
    kept = compiled.Kept(LOCALES, b"\0".join([_MERGED_BY, *sources]))
    if (made := kept.find(f"{lang}.mo")) is None:
        made = _merged(lang, sources)
        kept.keep(f"{lang}.mo", made)
    return GNUTranslations(BytesIO(made))


def _merged(lang: str, sources: Iterable[bytes]) -> bytes:
    merged = Catalog(locale=lang)
    for source in sources:
        for message in read_po(BytesIO(source), locale=lang):
            if message.id and message.string:
                merged.add(message.id, message.string, context=message.context)
    binary = BytesIO()
    write_mo(binary, merged)
    return binary.getvalue()


def current() -> str:
    """The language in which this piece of work speaks."""
    return _current.get() or settings().language


class using:  # noqa: N801 - used like a function; made by contextmanager it would cost twice
    """Speak this language within the block (the installation's own for None)."""

    def __init__(self, lang: str | None) -> None:
        self._lang = lang if lang in TAGS else None

    def __enter__(self) -> None:
        self._token = _current.set(self._lang)

    def __exit__(self, *_error: object) -> None:
        _current.reset(self._token)


def _(message: str) -> str:
    """The message in the current language."""
    return translations(current()).gettext(message)


def ngettext(one: str, many: str, n: int) -> str:
    """The message for a count."""
    return translations(current()).ngettext(one, many, n)


def pgettext(context: str, message: str) -> str:
    """The message where one English word has several meanings."""
    return translations(current()).pgettext(context, message)


def choose(*wishes: str | None, accept: str = "") -> str:
    """The first wish that we speak, else the best of an Accept-Language header, else our own."""
    for wish in wishes:
        if wish and wish in offered():
            return wish
    return _best(accept[:200]) or settings().language


@lru_cache
def _best(accept: str) -> str | None:
    ranked = []
    for position, part in enumerate(accept.split(",")):
        tag, _sep, weight = part.strip().partition(";q=")
        try:
            quality = float(weight or 1)
        except ValueError:
            continue
        if (lang := _spoken(tag)) and quality > 0:
            ranked.append((-quality, position, lang))
    return min(ranked)[2] if ranked else None


def _spoken(tag: str) -> str | None:
    """Which of our languages a browser's tag asks for: zh-HK and zh-Hant are traditional."""
    language, *rest = tag.strip().lower().split("-")
    if language != "zh":
        return language if language in LANGUAGES else None
    traditional = "hans" not in rest and not {"hant", "tw", "hk", "mo"}.isdisjoint(rest)
    return "zh_Hant_TW" if traditional else "zh_Hans_CN"


def direction() -> str:
    """Which way the current language is written: "ltr" or "rtl"."""
    return _parsed(current().partition("_")[0]).text_direction


def _locale() -> Locale:
    lang = current()
    return _parsed("en" if lang in pseudo.NAMES else lang)


@lru_cache
def _parsed(lang: str) -> Locale:
    return Locale.parse(lang)


def date(moment: datetime | Date, zone: str | None = None) -> str:
    """The day, in a place's zone; a day of the calendar is the same everywhere."""
    if isinstance(moment, datetime):
        moment = moment.astimezone(ZoneInfo(zone or settings().zone))
    return dates.format_date(moment, "long", locale=_locale())


def day(value: Date) -> str:
    """A day of which the year is known: 3月5日."""
    skeleton: str = dates.format_skeleton("MMMd", value, locale=_locale())
    return skeleton


def time(moment: datetime, zone: str | None = None) -> str:
    """Hours and minutes, in a place's zone."""
    local = moment.astimezone(ZoneInfo(zone or settings().zone))
    return dates.format_time(local, "HH:mm", locale=_locale())


def datetime_(moment: datetime, zone: str | None = None) -> str:
    """Day and time with the zone's name: 2026年3月5日 19:02（中国时间）."""
    return in_zone(f"{date(moment, zone)} {time(moment, zone)}", zone)


def in_zone(shown: str, zone: str | None = None) -> str:
    """What a clock shows, with the name of its zone behind it."""
    label = zone_name(zone)
    return f"{shown}（{label}）" if current().startswith("zh") else f"{shown} ({label})"


def zone_name(zone: str | None = None) -> str:
    """A zone as people call it: 中国时间, not Asia/Shanghai."""
    info = ZoneInfo(zone or settings().zone)
    utc = info.key in ("UTC", "Etc/UTC")
    return "UTC" if utc else dates.get_timezone_name(info, locale=_locale())


def ago(moment: datetime) -> str:
    """How long ago, or in how long."""
    return dates.format_timedelta(moment - clock.now(), add_direction=True, locale=_locale())


def duration(seconds: float | timedelta) -> str:
    """A length of time in words."""
    span = seconds if isinstance(seconds, timedelta) else timedelta(seconds=seconds)
    return dates.format_timedelta(span, threshold=1.5, locale=_locale())


def number(value: float | Fraction | Decimal) -> str:
    """A number with the language's separators; a fraction as it stands (2/3), decimals all."""
    if isinstance(value, Fraction):
        return str(value)
    if isinstance(value, Decimal):
        return numbers.format_decimal(value, locale=_locale(), decimal_quantization=False)
    return _number(value + 0, current())  # -0.0 is 0


@lru_cache(maxsize=2000)
def _number(value: float, _lang: str) -> str:
    return numbers.format_decimal(value, locale=_locale())


def percent(value: float | Fraction) -> str:
    """A share with one decimal, rounded for show only."""
    return numbers.format_percent(float(value), "#,##0.0%", locale=_locale())


def either(names: Sequence[str]) -> str:
    """Several names as one phrase: a, b or c."""
    return lists.format_list(names, style="or", locale=_locale())


def local_now(zone: str | None = None) -> datetime:
    """The present moment on a place's wall clock."""
    return clock.now().astimezone(ZoneInfo(zone or settings().zone))


def leapt(text: str, zone: str | None = None) -> bool:
    """Whether clocks in a zone never show this time, since they leap over it in spring."""
    typed = datetime.fromisoformat(text)
    shown = from_wall(text, zone).astimezone(ZoneInfo(zone or settings().zone))
    return typed.tzinfo is None and shown.replace(tzinfo=None) != typed


def from_wall(text: str, zone: str | None = None) -> datetime:
    """A moment typed on a place's wall clock (2026-03-05T19:00); raises ValueError."""
    typed = datetime.fromisoformat(text)
    if typed.tzinfo is None:
        typed = typed.replace(tzinfo=ZoneInfo(zone or settings().zone))
    return typed.astimezone(UTC)
