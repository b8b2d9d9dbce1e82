"""bundle.zip: a published vote as one file, the same bytes each time, for anybody to check.

Its parts are plain texts, so that a stranger can check them with a program of their own (README.txt
says how). `contents.json` names each with its digest and is signed like the closing record.
"""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from sqlalchemy import select
from sqlmodel import col

from forum.base import keys, zips
from forum.base.canonical import canonical, sha256hex
from forum.base.db import Db
from forum.base.errors import NotFound
from forum.base.events import Audience
from forum.base.i18n import _
from forum.base.transfer import exporter
from forum.members.models import Member
from voting.boxes import queries as boxes
from voting.boxes.models import SealedParticipation
from voting.methods.method import Rule
from voting.polls import counting, publication
from voting.polls.models import Poll, PollState, Secrecy
from voting.polls.options import TURNOUT
from voting.polls.queries import PollRow
from voting.polls.rules import SMALL

FORM = "folkmoot.poll/1"
CONTENTS, SIGNATURE, KEY, README = "contents.json", "contents.sig", "key.pem", "README.txt"
BALLOTS, CHAIN, QUESTION = "ballots.txt", "chain.json", "question.txt"
RECORD, RECORD_SIGNATURE = "record.json", "record.sig"
RESULT, TERMS, VOTERS = "result.json", "rules.json", "voters.json"
ALWAYS = (
    README,
    BALLOTS,
    CHAIN,
    KEY,
    QUESTION,
    RECORD,
    RECORD_SIGNATURE,
    RESULT,
    TERMS,
)
_WORDS = Path(__file__).with_name(README)


@exporter("poll", "zip", media_type="application/zip")
def export(db: Db, ident: int, audience: Audience) -> bytes:
    """The file, from the command line; the same for every reader."""
    poll = db.get(Poll, ident)
    if poll is None:
        raise NotFound(_("There is no such poll."))
    row = PollRow._make(getattr(poll, name) for name in PollRow._fields)
    return write(db, row._replace(secrecy=Secrecy(row.secrecy), state=PollState(row.state)))


def write(db: Db, row: PollRow) -> bytes:
    """The file of a poll that its reader may see; NotFound before it is published."""
    if row.state is not PollState.PUBLISHED:
        raise NotFound(_("The ballots are published together with the result."))
    made = dict(_parts(db, row))
    listed = [
        {"path": name, "size": len(made[name]), "sha256": sha256hex(made[name])}
        for name in sorted(made)
    ]
    facts = {"form": FORM, "poll": row.id, "public_key": keys.public_key(), "files": listed}
    made[CONTENTS] = canonical(facts)
    made[SIGNATURE] = _line(keys.sign(made[CONTENTS]))
    return zips.packed(made)


def _line(text: str) -> bytes:
    return text.encode() + b"\n"


def _json(value: Any) -> bytes:
    return _line(json.dumps(value, ensure_ascii=False, indent=1, sort_keys=True))


def _parts(db: Db, row: PollRow) -> Iterator[tuple[str, bytes]]:
    poll = db.get_one(Poll, row.id)
    found = publication.document(db, row)
    fingerprint = keys.fingerprint(found["public_key"])
    words = _WORDS.read_text(encoding="utf-8").replace("{fingerprint}", fingerprint)
    yield README, words.encode()
    yield KEY, keys.pem(found["public_key"])
    yield QUESTION, counting.text(db, poll).encode()
    # Exactly the bytes that were signed, and those whose digest the record holds.
    yield RECORD, found["record"].encode()
    yield RECORD_SIGNATURE, _line(found["signature"])
    yield TERMS, canonical(counting.terms(db, poll))
    shown = {"casting": row.casting, "lot": found["lot"], "result": found["result"]}
    yield RESULT, _json(shown)
    yield CHAIN, _json(_chain(db, row.id))
    yield BALLOTS, _ballots(db, row, found)
    if (voters := _voters(db, row, json.loads(found["record"])["size"])) is not None:
        yield VOTERS, _json(voters)


def _ballots(db: Db, row: PollRow, found: dict[str, Any]) -> bytes:
    """A line each: the commitment, a blank, the canonical text; of too few the commitments alone.

    A commitment hides what it is made of, for it has a random number of 128 bits in it.
    """
    if found["suppressed"]:
        lines = [commit for commit, _text in boxes.sealed(db, row.id)]
    else:
        lines = [f"{one['commitment']} {one['canonical']}" for one in found["ballots"]]
    return "".join(f"{line}\n" for line in lines).encode()


def _chain(db: Db, poll: int) -> list[dict[str, Any]]:
    """All closing records up to this one, by digest and signature alone.

    A record holds a salt, so its digest tells nothing of a vote that this reader may not see; and
    what is not in here cannot change, whoever asks and whenever.
    """
    found = []
    for one in boxes.closings(db):
        digest = sha256hex(one.record.encode())
        found.append({"number": one.number, "sha256": digest, "signature": one.signature})
        if one.poll_id == poll:
            break
    return found


def names_voters(rule: Rule, *, secret: bool, size: int) -> bool:
    """Whether the file says who took part.

    A named vote does, as its page does. A secret one only where that was said before anybody voted,
    and never of fewer than five ballots: what few said together, each of them said.
    """
    return not secret or (bool(rule.get(TURNOUT)) and size >= SMALL)


def _voters(db: Db, row: PollRow, size: int) -> list[dict[str, Any]] | None:
    """Who took part, as they are called now: somebody who was erased has no name any more.

    How they took part stands beside a named vote alone; of a secret one it would make small groups.
    """
    if not names_voters(row.rule, secret=row.secret, size=size):
        return None
    took_part = db.execute(
        select(
            col(SealedParticipation.voter_id),
            col(SealedParticipation.channel),
            col(Member.name),
            col(Member.erased_at),
        )
        .join(Member, col(Member.id) == col(SealedParticipation.voter_id))
        .where(col(SealedParticipation.poll_id) == row.id)
        .order_by(col(SealedParticipation.voter_id))
    )
    return [
        {"member": voter, "name": None if erased else name}
        | ({} if row.secret else {"channel": channel})
        for voter, channel, name, erased in took_part
    ]
