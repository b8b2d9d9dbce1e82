"""Minutes as Markdown: for wikis, repositories and plain reading."""

import re

from forum.base import keys
from forum.base.db import Db
from forum.base.events import Audience
from forum.base.i18n import _, number
from forum.base.transfer import exporter
from sessions.exchange.minutes_source import Source, source
from sessions.minutes.sheet import Line, Part, Sheet, Table, VoteSheet

_SPECIAL = re.compile(r"([\\`*_{}\[\]<>#|!])")


@exporter("minutes", "md", media_type="text/markdown; charset=utf-8")
def write(db: Db, ident: int, audience: Audience) -> bytes:
    """Headings, tables and lists; figures as in the record."""
    made = source(db, ident, audience)
    when, version = _("Time"), _("Version")
    lines = [
        f"# {_text(made.sheet.heading)}: {_text(made.sheet.meeting)}",
        "",
        f"*{_text(made.sheet.consultation)}*",
        "",
        f"- {when}: {made.sheet.when}",
        *(f"- {office}: {_text(name)}" for office, name in made.sheet.officers),
        f"- {version}: {made.sheet.version}",
        "",
        *_attendance(made.sheet),
    ]
    for part in made.sheet.parts:
        lines += _part(part)
    lines += ["", "---", "", *_signatures(made)]
    return ("\n".join(lines) + "\n").encode()


def _text(words: str) -> str:
    """Words as they are, whatever they hold; line breaks become spaces."""
    return _SPECIAL.sub(r"\\\1", " ".join(words.split()))


def _quoted(words: str) -> list[str]:
    return ["  > " + _text(line) for line in words.splitlines()]


def _cited(markdown: str) -> list[str]:
    """What was written in Markdown, without the HTML that it might hold."""
    return ["  > " + line.replace("<", "&lt;") for line in markdown.splitlines()]


def _table(headers: list[str], rows: list[list[str]]) -> list[str]:
    shape = ["---"] + ["---:"] * (len(headers) - 1)
    return [f"| {' | '.join(cells)} |" for cells in (headers, shape, *rows)]


def _attendance(sheet: Sheet) -> list[str]:
    return [line for table in sheet.tables for line in _counted(table)]


def _counted(table: Table) -> list[str]:
    if not table.halls:
        return [table.caption, ""]
    rows = [
        [
            f"{_text(hall.name)} ({hall.kind})",
            number(hall.attended),
            number(hall.at_opening),
            number(hall.at_close),
        ]
        for hall in table.halls
    ]
    headers = [_("Venue"), _("Signed in"), _("At the opening"), _("At the close")]
    return [table.caption, "", *_table(headers, rows), ""]


def _part(part: Part) -> list[str]:
    lines = [""]
    if part.heading:
        facts = " ".join(fact for fact in (part.times, part.left) if fact)
        lines += [f"## {_text(part.heading)}", "", f"*{facts}*", ""]
    for line in part.lines:
        lines += _line(line)
    return lines


def _line(line: Line) -> list[str]:
    if line.struck:
        reason = _("Struck out: %(reason)s") % {"reason": _text(line.struck)}
        return [f"- {line.time} ~~{_text(line.words)}~~ {reason}"]
    made = [f"- {line.time} {_text(line.words)}".replace("-  ", "- ")]
    made += _cited(line.quote) if line.quote_html else _quoted(line.quote)
    made += _quoted(line.why)
    if line.vote:
        made += _vote(line.vote)
    noted = _("Note: %(text)s")
    return made + [f"  - {noted % {'text': _text(note)}}" for note in line.notes]


def _vote(vote: VoteSheet) -> list[str]:
    secrecy = _("Secret ballot") if vote.secret else _("Named vote")
    made = ["", f"  {_text(vote.method)}, {secrecy}", ""]
    rows = [[_text(label), number(votes)] for label, votes, _tone in vote.parts]
    rows += [[label, number(count)] for label, count in vote.figures]
    made += [f"  {line}" for line in _table([_("Answer"), _("Votes")], rows)]
    made += ["", *(f"  {_text(sentence)}" for sentence in vote.explanation)]
    if vote.root:
        root, key = _("Root of the ballots"), _("Fingerprint of the signing key")
        made += ["", f"  {root} `{vote.root}`", f"  {key} `{keys.own_fingerprint()}`"]
    return [*made, ""]


def _signatures(made: Source) -> list[str]:
    approved, replaces = _("approved on %(when)s"), _("Replaces")
    lines = [
        f"- {office}: {_text(name)}, {approved % {'when': at}}"
        for office, name, at in made.sheet.signatures
    ]
    if not made.row.locked:
        return [*lines, _("Draft: not approved yet.")]
    lines.append(f"- SHA-256 `{made.row.digest}`")
    if made.sheet.replaces:
        lines.append(f"- {replaces} `{made.sheet.replaces}`")
    return lines
