"""Lists of people as spreadsheets write and read them: character sets, separators, safe cells."""

import csv
import io
from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from forum.base.errors import Invalid
from forum.base.i18n import LANGUAGES, _, using
from forum.members.models import Role
from forum.members.words import ROLES

COLUMNS: Mapping[str, tuple[str, ...]] = {
    "name": ("name", "姓名", "名字", "姓名*"),
    "login": ("login", "登录名", "login name", "账号", "登錄名", "帳號"),
    "role": ("role", "身份", "角色", "身分"),
    "place": ("place", "地点", "站点", "单位", "地點", "站點", "單位"),
    "category": ("category", "类别", "類別"),
    "note": ("note", "备注", "備註"),
}
LINES_MOST = 5000
BYTES_MOST = 2_000_000
SEPARATORS = ",;\t，；"
# What a spreadsheet would run when it opens the file.
RUNS = ("=", "+", "-", "@", "\t", "\r")


class Line(NamedTuple):
    """One person of a list, as written, with the line of the file that it stands in."""

    number: int
    name: str = ""
    login: str = ""
    role: str = ""
    place: str = ""
    category: str = ""
    note: str = ""


def decoded(data: bytes) -> str:
    """The text of a file as Excel, WPS or a program wrote it; raises Invalid."""
    if len(data) > BYTES_MOST:
        raise _wrong(_("This is too large: at most %(n)s MB.") % {"n": BYTES_MOST // 1_000_000})
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        charsets = ["utf-16"]
    else:
        charsets = ["utf-8-sig", "gb18030"]
    for charset in charsets:
        try:
            text = data.decode(charset)
        except UnicodeDecodeError:
            continue
        if "\0" not in text:
            return text
    raise _wrong(_("This file cannot be read. Save it as CSV (UTF-8) and try again."))


def lines(text: str) -> list[Line]:
    """The people of a list; raises Invalid where the columns cannot be made out."""
    return [Line(number, **cells) for number, cells in table(text, COLUMNS, ("name",))]


def table(
    text: str, columns: Mapping[str, Sequence[str]], keys: Sequence[str]
) -> list[tuple[int, dict[str, str]]]:
    """The lines of a list with their numbers, cells by column; one of `keys` must be a column."""
    body = text.lstrip("\ufeff")
    if body[:4].lower() == "sep=":  # Excel's way of naming the separator
        body = "\n" + body.partition("\n")[2]
    reader = csv.reader(io.StringIO(body, newline=""), delimiter=_separator(body))
    named: list[str | None] | None = None
    found: list[tuple[int, dict[str, str]]] = []
    try:
        begun = 1
        for cells in reader:
            number, begun = begun, reader.line_num + 1
            texts = [_bare(cell) for cell in cells]
            if not any(texts):
                continue
            if named is None:
                named = _columns(texts, columns, keys)
                continue
            pairs = zip(named, texts, strict=False)
            found.append((number, {name: text for name, text in pairs if name}))
    except csv.Error as error:
        words = _("Line %(line)s cannot be read: a quotation mark is missing or out of place.")
        raise _wrong(words % {"line": reader.line_num}) from error
    if named is None or not found:
        raise _wrong(_("There is nobody in this list."))
    if len(found) > LINES_MOST:
        raise _wrong(_("At most %(n)s people at once.") % {"n": LINES_MOST})
    return found


def _wrong(words: str) -> Invalid:
    return Invalid(words, fields={"sheet": words})


def _separator(text: str) -> str:
    """Whichever of the separators stands most often in the line that names the columns."""
    head = next((line for line in text.splitlines() if line.strip()), "")
    return max(SEPARATORS, key=head.count)


def _bare(cell: str) -> str:
    """A cell without blanks and without the quote that keeps a spreadsheet from running it."""
    text = cell.replace("\0", "").strip()
    return text[1:] if text[:1] == "'" and text[1:2] in RUNS else text


def _columns(
    head: Sequence[str], columns: Mapping[str, Sequence[str]], keys: Sequence[str]
) -> list[str | None]:
    by_word = {word: name for name, words in columns.items() for word in words}
    named = [by_word.get(cell.casefold()) for cell in head]
    if not set(keys) & set(named):
        raise _wrong(_("The first line must name the columns, with “name” among them."))
    if len({name for name in named if name}) < sum(name is not None for name in named):
        raise _wrong(_("A column stands twice in the first line."))
    return named


def role(text: str) -> Role | None:
    """The role that a cell names, in any of our languages; an empty one is a resident's."""
    return _roles().get(text.casefold()) if text else Role.RESIDENT


def _roles() -> dict[str, Role]:
    known = {role.value: role for role in Role}
    for lang in LANGUAGES:
        with using(lang):
            known |= {_(words).casefold(): role for role, words in ROLES.items()}
    return known


def written(rows: Iterable[Sequence[str]], columns: Iterable[str] = tuple(COLUMNS)) -> bytes:
    """Rows as a file that Excel and WPS open as they are, and that runs nothing."""
    out = io.StringIO(newline="")
    writer = csv.writer(out)
    writer.writerow(columns)
    writer.writerows([safe(cell) for cell in row] for row in rows)
    return b"\xef\xbb\xbf" + out.getvalue().encode()


def safe(cell: str) -> str:
    """A cell that a spreadsheet shows and does not run."""
    return f"'{cell}" if cell.startswith(RUNS) else cell
