"""WebVTT, read and written: pure. What cannot be read is a problem with the number of its line."""

import re
from collections.abc import Sequence
from html import unescape
from typing import NamedTuple

from forum.base.i18n import N_
from sessions.captions.rules import MOST_LINES, MOST_OF_A_LINE


class Cue(NamedTuple):
    """What one voice says in one cue; times in milliseconds from the file's beginning."""

    line: int
    start: int
    end: int
    voice: str
    words: str


class Problem(NamedTuple):
    """What is wrong in a line; `words` is a message still to be translated."""

    line: int
    words: str


class Parsed(NamedTuple):
    """What a file holds."""

    cues: list[Cue]
    problems: list[Problem]


class NoCaptionsError(ValueError):
    """The file is no WebVTT at all."""


_TIME = r"(?:(\d{2,}):)?([0-5]\d):([0-5]\d)\.(\d{3})"
_TIMING = re.compile(rf"\s*{_TIME}\s*-->\s*{_TIME}(?:\s.*)?")
_VOICE = re.compile(r"<v(?:\.[^\s>]*)?[ \t]+([^>]+)>")
_TAG = re.compile(r"<[^>]*>")
_SPACE = re.compile(r"\s+")


def parse(text: str) -> Parsed:
    """The cues of a file and what is wrong with it; NoCaptionsError where it is something else."""
    rows = text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n").split("\n")
    if not re.fullmatch(r"WEBVTT(?:[ \t].*)?", rows[0]):
        raise NoCaptionsError
    cues: list[Cue] = []
    problems: list[Problem] = []
    at, last = 1, 0
    while at < len(rows):
        if not rows[at].strip():
            at += 1
            continue
        start = at
        while at < len(rows) and rows[at].strip():
            at += 1
        found = _block(start, rows[start:at])
        if isinstance(found, Problem):
            problems.append(found)
            continue
        if found and found[0].start < last:
            problems.append(Problem(found[0].line, N_("It begins before the one above it.")))
        if len(cues) + len(found) > MOST_LINES:
            problems.append(
                Problem(start + 1, N_("There are too many lines; the rest is left out."))
            )
            break
        last = found[0].start if found else last
        cues += found
    return Parsed(sorted(cues, key=lambda cue: (cue.start, cue.line)), problems)


def _block(start: int, rows: Sequence[str]) -> list[Cue] | Problem:
    """The cues of one block; none in a comment, a style sheet, or the rest of the head."""
    timed = next((at for at, row in enumerate(rows[:2]) if "-->" in row), None)
    if timed is None:
        known = rows[0].split(" ")[0].strip() in ("NOTE", "STYLE", "REGION") or start == 1
        return [] if known else Problem(start + 1, N_("There is no time in this cue."))
    number = start + timed + 1
    found = _TIMING.fullmatch(rows[timed])
    if found is None:
        return Problem(number, N_("The times of this cue cannot be read."))
    begin, end = _milliseconds(found.groups()[:4]), _milliseconds(found.groups()[4:])
    if end <= begin:
        return Problem(number, N_("This cue ends before it begins."))
    cues = [
        Cue(number + 1, begin, end, voice, words)
        for voice, words in _voices("\n".join(rows[timed + 1 :]))
        if words
    ]
    if not cues:
        return Problem(number, N_("This cue says nothing."))
    if any(len(cue.words) > MOST_OF_A_LINE for cue in cues):
        return Problem(number, N_("This cue is too long."))
    return cues


def _milliseconds(parts: Sequence[str | None]) -> int:
    hours, minutes, seconds, rest = (int(part or 0) for part in parts)
    return ((hours * 60 + minutes) * 60 + seconds) * 1000 + rest


def _voices(text: str) -> list[tuple[str, str]]:
    """A cue's text by voices; what stands before the first one is nobody's."""
    first, *rest = _VOICE.split(text)
    pairs = [("", first), *zip(rest[::2], rest[1::2], strict=True)]
    return [(_plain(voice)[:80], _plain(words)) for voice, words in pairs]


def _plain(text: str) -> str:
    bare = unescape(_TAG.sub("", text)).replace("\0", "")
    return _SPACE.sub(" ", bare).strip()


class Written(NamedTuple):
    """A cue as it is written out."""

    start: int
    end: int
    voice: str
    words: str
    note: str = ""


def write(notes: Sequence[str], cues: Sequence[Written]) -> str:
    """A file: notes first, then the cues, each under its own note where it has one."""
    blocks = ["WEBVTT", *(f"NOTE {_safe(note)}" for note in notes)]
    for cue in cues:
        if cue.note:
            blocks.append(f"NOTE {_safe(cue.note)}")
        voice = f"<v {_escaped(cue.voice)}>" if cue.voice else ""
        blocks.append(f"{clock(cue.start)} --> {clock(cue.end)}\n{voice}{_escaped(cue.words)}")
    return "\n\n".join(blocks) + "\n"


def clock(milliseconds: int) -> str:
    """A time as the format has it."""
    seconds, rest = divmod(max(0, milliseconds), 1000)
    return f"{seconds // 3600:02}:{seconds // 60 % 60:02}:{seconds % 60:02}.{rest:03}"


def _safe(text: str) -> str:
    return _SPACE.sub(" ", text.replace("-->", "→")).strip()


def _escaped(text: str) -> str:
    safe = _safe(text).replace("&", "&amp;")
    return safe.replace("<", "&lt;").replace(">", "&gt;")
