"""Tables that others wrote: read as they come, every oddity a warning with its line."""

import csv
import io
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import NamedTuple

from forum.base.errors import Refusal

SHOWN = 20
CELL_MOST = 10_000_000
# Milliseconds of the years 1990 and 2100: what lies outside is no moment of a conversation.
EARLIEST, LATEST = 631_152_000_000, 4_102_444_800_000


@dataclass
class Warnings:
    """What could not be taken over; of one sort, only the first are named."""

    shown: list[str] = field(default_factory=list)
    _counts: dict[str, int] = field(default_factory=dict)

    def add(self, sort: str, where: str, words: str) -> None:
        """Note one; `sort` groups those that would be said again and again."""
        seen = self._counts[sort] = self._counts.get(sort, 0) + 1
        if seen <= SHOWN:
            self.shown.append(f"{where}: {words}")

    def all(self) -> list[str]:
        """All of them, with how many more there were of each sort."""
        more = [
            f"{sort}: {count - SHOWN} more like this"
            for sort, count in self._counts.items()
            if count > SHOWN
        ]
        return self.shown + more


class Row(NamedTuple):
    """One row: its cells by column, and the line of the file on which it ends."""

    line: int
    cells: dict[str, str]


def text_of(path: Path, warnings: Warnings) -> str:
    """A file's text: UTF-8 with or without a mark, else as Western European offices save it."""
    data = path.read_bytes()
    for encoding in ("utf-16" if data[:2] in (b"\xff\xfe", b"\xfe\xff") else "utf-8-sig", "cp1252"):
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            warnings.add("encoding", path.name, "not UTF-8; read as Western European text")
            continue
        return text.replace("\0", "")
    return data.decode("latin-1").replace("\0", "")


def rows(path: Path, needed: Sequence[str], warnings: Warnings) -> Iterator[Row]:
    """The rows of a CSV file that have a cell in each needed column.

    Columns are found by their names, whatever their order, case, and way of joining words.
    Refused is only a file that lacks a needed column altogether.
    """
    csv.field_size_limit(CELL_MOST)
    lines = csv.reader(io.StringIO(text_of(path, warnings), newline=""))
    names = [_name(cell) for cell in next(lines, [])]
    if not names:
        warnings.add("empty", path.name, "the file is empty")
        return
    for column in needed:
        if column not in names:
            raise Refusal(f"{path.name} has no column {column}: is it an export of this kind?")
    while True:
        try:
            cells = next(lines)
        except StopIteration:
            return
        except csv.Error as error:
            warnings.add("unreadable", f"{path.name}, line {lines.line_num}", str(error))
            continue
        if not any(cell.strip() for cell in cells):
            continue
        found = dict(zip(names, cells, strict=False))
        missing = [column for column in needed if column not in found]
        if missing:
            where = f"{path.name}, line {lines.line_num}"
            warnings.add("short row", where, f"no {', '.join(missing)}; left out")
            continue
        yield Row(lines.line_num, found)


def _name(cell: str) -> str:
    return cell.strip().strip("\ufeff").lower().replace("_", "-").replace(" ", "-")


def whole(text: str) -> int | None:
    """A whole number as spreadsheets write it (also 7.0); None for anything else."""
    text = text.strip()
    text = text.removesuffix(".0")
    digits = text[1:] if text[:1] in ("-", "+") else text
    return int(text) if digits.isascii() and digits.isdigit() and len(digits) <= 18 else None


def moment(text: str) -> datetime | None:
    """A moment in milliseconds since 1970; None for anything else."""
    stamp = whole(text)
    if stamp is None or not EARLIEST <= stamp <= LATEST:
        return None
    return datetime.fromtimestamp(stamp // 1000, UTC).replace(microsecond=stamp % 1000 * 1000)
