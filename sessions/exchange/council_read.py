"""Council minutes as open-council (eScribe) writes them: JSON of any shape becomes known parts.

What is missing is empty; what has another shape than it should is a warning with the item's
number. Refused is only what is no such file at all.
"""

import json
import re
from collections.abc import Iterator
from datetime import datetime
from typing import Any, NamedTuple

from forum.base.errors import Refusal
from forum.exchange.tables import Warnings

DEPTH_MOST = 4
TEXT_MOST = 60_000


class Moved(NamedTuple):
    """A motion as the minutes have it, with what stands before and after it."""

    mover: str
    seconder: str
    text: str
    rows: tuple[tuple[str, tuple[str, ...]], ...]
    result: str
    before: tuple[str, ...]
    after: tuple[str, ...]


class Entry(NamedTuple):
    """An item: its number as the minutes print it, and what stands under it, in order."""

    number: str
    title: str
    parts: tuple[str | Moved, ...]
    papers: tuple[tuple[str, str], ...]
    parent: int | None


class Minutes(NamedTuple):
    """A whole meeting."""

    title: str
    at: datetime
    url: str
    opening: tuple[str, ...]
    present: tuple[str, ...]
    remote: tuple[str, ...]
    absent: tuple[str, ...]
    guests: tuple[str, ...]
    bills: tuple[str, ...]
    entries: tuple[Entry, ...]


def read(data: bytes, warnings: Warnings) -> Minutes:
    """The minutes in a file."""
    try:
        found = json.loads(data.decode("utf-8-sig"))
    except UnicodeDecodeError:
        raise Refusal("not UTF-8: this is no open-council file") from None
    except json.JSONDecodeError as error:
        raise Refusal(f"broken JSON at line {error.lineno}: {error.msg}") from None
    except RecursionError:
        raise Refusal("nested too deeply: this is no open-council file") from None
    if not isinstance(found, dict) or not isinstance(found.get("items"), dict | list):
        raise Refusal("no meeting with items: this is no open-council file")
    title = _text(found.get("title"))
    if not title:
        raise Refusal("the meeting has no title: this is no open-council file")
    entries = list(_entries(found["items"], "", None, 0, [], warnings))
    if not entries:
        raise Refusal("the meeting has no items: there is nothing to take over")
    return Minutes(
        title,
        _moment(found.get("datetime")),
        _text(found.get("url")),
        _texts(found.get("content")),
        _names(found, "present", warnings),
        _names(found, "remote_attendance", warnings),
        _names(found, "absent", warnings),
        _names(found, "also_present", warnings),
        tuple(_bill(bill) for bill in _list(found.get("bills")) if isinstance(bill, dict)),
        tuple(entries),
    )


def _moment(value: Any) -> datetime:
    try:
        return datetime.fromisoformat(str(value)).replace(tzinfo=None)
    except ValueError:
        raise Refusal(f"{str(value)[:40]!r} is no date and time of a meeting") from None


def _entries(
    items: Any,
    above: str,
    parent: int | None,
    depth: int,
    made: list[int],
    warnings: Warnings,
) -> Iterator[Entry]:
    """All items in the order of the file; `made` counts them, so that children find theirs."""
    for place, item in items.items() if isinstance(items, dict) else enumerate(items, 1):
        if not isinstance(item, dict):
            warnings.add("item", f"item {above}{place}", "is none; left out")
            continue
        number = f"{above}{_text(item.get('number')) or place}".strip(". ")
        title = _text(item.get("title"))
        if not title:
            warnings.add("title", f"item {number}", "has no title")
        made.append(len(made))
        mine = made[-1]
        yield Entry(number, title, _parts(item, number, warnings), _papers(item), parent)
        # What lies deeper than an agenda goes hangs on the last that it can.
        under = mine if depth < DEPTH_MOST - 1 else parent
        children = item.get("items")
        if isinstance(children, dict | list):
            yield from _entries(children, f"{number}.", under, depth + 1, made, warnings)


def _parts(item: dict[str, Any], number: str, warnings: Warnings) -> tuple[str | Moved, ...]:
    parts: list[str | Moved] = []
    for part in _list(item.get("content")):
        if isinstance(part, dict) and _is_motion(part):
            parts.append(_motion(part, number, warnings))
        elif text := _text(part):
            parts.append(text)
        else:
            warnings.add("content", f"item {number}", "something is no text and no motion")
    return tuple(parts)


def _is_motion(part: dict[str, Any]) -> bool:
    return part.get("__class__") == "Motion" or "motion_texts" in part


def _motion(part: dict[str, Any], number: str, warnings: Warnings) -> Moved:
    vote = part.get("vote")
    rows = []
    for row in _list(vote.get("rows") if isinstance(vote, dict) else None):
        if not isinstance(row, dict):
            warnings.add("row", f"item {number}", "a row of the vote is none; left out")
            continue
        voters = tuple(name for name in map(_text, _list(row.get("voters"))) if name)
        rows.append((_text(row.get("vote")), voters))
    return Moved(
        _text(part.get("moved_by")),
        _text(part.get("seconded_by")),
        "\n\n".join(_texts(part.get("motion_texts"))),
        tuple(rows),
        _text(part.get("result")),
        _texts(part.get("pre_motion_texts")),
        _texts(part.get("post_motion_texts")),
    )


def _papers(item: dict[str, Any]) -> tuple[tuple[str, str], ...]:
    found = [paper for paper in _list(item.get("attachments")) if isinstance(paper, dict)]
    return tuple((_text(paper.get("title")), _text(paper.get("url"))) for paper in found)


def _bill(bill: dict[str, Any]) -> str:
    return ": ".join(text for text in (_text(bill.get("title")), _text(bill.get("desc"))) if text)


def _names(found: dict[str, Any], field: str, warnings: Warnings) -> tuple[str, ...]:
    value = found.get(field)
    if value is not None and not isinstance(value, list):
        warnings.add(field, field, "is no list of names; left out")
    return _texts(value if isinstance(value, list) else None)


def _list(value: Any) -> list[Any]:
    if value is None:
        return []
    return value if isinstance(value, list) else [value]


def _texts(value: Any) -> tuple[str, ...]:
    return tuple(text for text in map(_text, _list(value)) if text)


def _text(value: Any) -> str:
    """The words in something: they stand alone, or as the `string` of a part."""
    if isinstance(value, dict):
        value = value.get("string")
    if isinstance(value, int) and not isinstance(value, bool):
        value = str(value)
    if not isinstance(value, str):
        return ""
    clean = value.replace("\0", "").replace("\xa0", " ").replace("\u200b", "")
    return re.sub(r"[ \t]+", " ", clean).strip()[:TEXT_MOST]
