"""PrefLib: a head of `# KEY: value` lines, then `how often: 1,{2,3},4`.

One reader for soc, soi, toc and toi (strict or tied, complete or not). What the head counts is
compared with what follows. Of our own are `{}` for a blank ballot and `# NUMBER SEATS`, which
other readers pass over. https://www.preflib.org/format
"""

import re

from voting.formats.election import (
    Box,
    Election,
    Unreadable,
    identified,
    known,
    once,
    ranking,
    shown,
    tidy,
    whole,
)
from voting.formats.format import Format, Part
from voting.methods.common import marks
from voting.methods.method import Form

_NAME = re.compile(r"ALTERNATIVE NAME (\d{1,9})")
_ORDER = re.compile(r"(?:\s*+(?:\{[\d,\s]*+\}|\d++)\s*+(?:,(?!\s*$)|$))*+")
_TIER = re.compile(r"\{([\d,\s]*+)\}|(\d++)")


class Preflib(Format):
    """Orders of options, each with how often it was cast."""

    name = "preflib"
    label = "PrefLib"
    endings = (".soc", ".soi", ".toc", ".toi")
    forms = frozenset({Form.RANKS})
    carries = frozenset({Part.TITLE, Part.SEATS, Part.EQUAL})

    def sniff(self, text: str) -> bool:
        """The head names the alternatives."""
        return text.lstrip().startswith("#") and "# ALTERNATIVE NAME " in text[:100_000]

    def read(self, text: str) -> Election:
        """Options are called by their numbers' order."""
        head: dict[str, tuple[str, int]] = {}
        names: dict[str, tuple[str, int]] = {}
        options: dict[str, str] = {}
        box = Box()
        seen: dict[str, str] = {}
        orders = at = 0
        for at, line in enumerate(text.splitlines(), 1):
            if line.startswith("#"):
                key, _colon, value = line[1:].partition(":")
                if match := _NAME.fullmatch(key.strip()):
                    if str(int(match[1])) in names:
                        raise Unreadable(f"alternative {match[1]} has two names", at)
                    names[str(int(match[1]))] = value, at
                else:
                    head[key.strip().upper()] = value.strip(), at
                continue
            if not line.strip():
                continue
            if not options:
                options = {number: f"o{n}" for n, number in enumerate(sorted(names, key=int), 1)}
            number, _colon, order = line.partition(":")
            mark = seen.get(order)
            if mark is None:
                mark = seen[order] = _mark(order.strip(), options, at)
            box.put(mark, whole(number, at, "a number of ballots"), at)
            orders += 1
        in_order = [names[number] for number in sorted(names, key=int)]
        found = Election(
            options=identified([name for name, _line in in_order], line=at),
            form=Form.RANKS,
            counts=box.counts,
            title=tidy(head.get("TITLE", ("", 0))[0]),
            seats=_number(head, "NUMBER SEATS", 0) or None,
        )
        _compare(head, "NUMBER ALTERNATIVES", "alternatives", len(names))
        _compare(head, "NUMBER VOTERS", "voters", box.total)
        _compare(head, "NUMBER UNIQUE ORDERS", "unique orders", orders, len(box.counts))
        return found

    def write(self, election: Election) -> str:
        """The narrowest of the four kinds that holds these ballots."""
        self.needs(election)
        number = {one.id: str(at) for at, one in enumerate(election.options, 1)}
        tied = any("=" in mark for mark in election.counts)
        complete = all(sum(map(len, marks.ranks(mark))) == len(number) for mark in election.counts)
        kind = ("to" if tied else "so") + ("c" if complete else "i")
        head = {
            "FILE NAME": f"ballots.{kind}",
            "TITLE": election.title,
            "DATA TYPE": kind,
            "MODIFICATION TYPE": "original",
            "NUMBER ALTERNATIVES": len(number),
            "NUMBER VOTERS": election.ballots,
            "NUMBER UNIQUE ORDERS": len(election.counts),
        }
        if election.seats:
            head["NUMBER SEATS"] = election.seats
        for at, one in enumerate(election.options, 1):
            head[f"ALTERNATIVE NAME {at}"] = one.name
        lines = [f"# {key}: {value}" for key, value in head.items()]
        for mark, votes in sorted(election.counts.items(), key=lambda pair: (-pair[1], pair[0])):
            tiers = [[number[ident] for ident in tier] for tier in marks.ranks(mark)]
            order = (tier[0] if len(tier) == 1 else f"{{{','.join(tier)}}}" for tier in tiers)
            lines.append(f"{votes}: {','.join(order) or '{}'}")
        return "\n".join(lines) + "\n"


def _mark(order: str, options: dict[str, str], line: int) -> str:
    if "{" not in order:
        words = order.replace(" ", "").split(",") if order else []
        try:
            found = [options[word] for word in words]
        except KeyError as error:
            raise Unreadable(f"{shown(error.args[0])} is no alternative", line) from None
        once(found, line)
        return ">".join(found)
    if not _ORDER.fullmatch(order):
        raise Unreadable(f"{shown(order)} is no order", line)
    tiers = ((many or one).replace(" ", "").split(",") for many, one in _TIER.findall(order))
    return ranking([[known(options.get(w), w, line) for w in tier if w] for tier in tiers], line)


def _number(head: dict[str, tuple[str, int]], key: str, default: int) -> int:
    value, line = head.get(key, ("", 0))
    return whole(value, line, f"{key} as a whole number") if value else default


def _compare(head: dict[str, tuple[str, int]], key: str, what: str, *found: int) -> None:
    """The head's count against the body's; unique orders by lines or by what they say."""
    said = _number(head, key, found[0])
    if said not in found:
        raise Unreadable(f"the head says {said} {what}, the file has {found[0]}", head[key][1])


FORMAT = Preflib()
