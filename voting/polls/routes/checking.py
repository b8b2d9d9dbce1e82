"""What anyone can check of a vote: their own ballot, their receipt, and all of it as one file."""

import json
from typing import Any

from forum.base import keys, limits
from forum.base.db import Db, reading
from forum.base.errors import Conflict, NotFound
from forum.base.i18n import _
from forum.base.web import Request, Response, Routes
from voting.boxes import ballots, tree
from voting.boxes import queries as boxes
from voting.polls import marking, page, publication, queries, rules
from voting.polls.models import PollState
from voting.polls.publishing import bundle, finding, receipts
from voting.polls.queries import PollRow

routes = Routes("voting.polls.routes")
MOST = 25_000  # characters of a ballot's text, with its random number


@routes.get("/polls/{poll:int}/bundle.zip")
def bundled(request: Request, poll: int) -> Response:
    """All that a published vote can be checked by, as one file."""
    # Made anew each time, and large: a hall may fetch it, a crawler not for ever.
    limits.check(f"bundle@{request.address}", per_minute=60, burst=120)
    with reading() as db:
        packed = bundle.write(db, queries.poll_access(db, request.actor, poll).poll)
    return request.send(packed, "application/zip", filename=f"poll-{poll}.zip")


@routes.get("/polls/{poll:int}/check")
def check(request: Request, poll: int) -> Response:
    """Where one finds one's own ballot among those that were counted."""
    with reading() as db:
        row = queries.poll_access(db, request.actor, poll).poll
        return _shown(request, db, row)


@routes.post("/polls/{poll:int}/check", page="check", unlogged=True)
def find(request: Request, poll: int) -> Response:
    """Find a ballot by its receipt, check code or text, and prove that it was counted."""
    limits.check_address("check a ballot", request.address)
    typed = request.form.text("code", max=MOST)
    as_file = request.form.flag("file")
    request.form.check()
    with reading() as db:
        row = queries.poll_access(db, request.actor, poll).poll
        if not row.secret or row.state not in rules.COUNTED:
            raise Conflict(_("A ballot can be checked when a secret vote has been counted."))
        commit = finding.find(db, poll, typed)
        proof = boxes.prove(db, poll, commit) if commit else None
        closing = boxes.closing(db, poll)
        sound = bool(proof and closing and tree.includes(closing.facts["root"], commit, proof))
        if as_file and sound:
            receipt = receipts.made(poll, row.question, commit, closing=closing, proof=proof)
            # The record is public with the result; until then the root alone is.
            if row.state is not PollState.PUBLISHED:
                raise Conflict(_("The proof can be kept as a file once the result is published."))
            return _file(request, poll, receipt)
        said = _said(db, row, commit, closing.facts["size"]) if closing and sound else ""
        return _shown(request, db, row, commit=commit, proof=proof, sound=sound, said=said)


def _shown(request: Request, db: Db, row: PollRow, **found: Any) -> Response:
    """The page, with what was found or with nothing yet."""
    asked = {"commit": "", "proof": None, "sound": False, "said": "", **found}
    return request.page(
        db,
        template="polls/check.html",
        poll=row,
        closing=page.closing(db, row),
        counted=row.state in rules.COUNTED,
        looked=bool(found),
        **asked,
    )


def _said(db: Db, row: PollRow, commit: str, size: int) -> str:
    """What stands in a ballot, where each single one is published; else empty."""
    if row.state is not PollState.PUBLISHED:
        return ""
    if not publication.shown_apart(db, row, size).ballots:
        return ""
    return read_out(row, finding.text_of(db, row.id, commit))


def read_out(row: PollRow, text: str) -> str:
    """What a ballot says, in the reader's language."""
    choice = json.loads(text)["choice"]
    said = marking.words(row.way, row.rule, choice["vote"])
    return f"{said} ({choice['reason']})" if choice.get("reason") else said


@routes.get("/polls/{poll:int}/receipt")
def receipt_gone(request: Request, poll: int) -> Response:
    """The address of a printed receipt, loaded again: nothing of it is kept."""
    return request.done(f"/polls/{poll}/check")


@routes.post("/polls/{poll:int}/receipt", page="check", unlogged=True)
def receipt(request: Request, poll: int) -> Response:
    """One's receipt on paper or as a file; with the ballot itself only where its text came."""
    form = request.form
    commit, signature = form.text("commit", max=64), form.text("signature", max=100)
    text = form.text("text", max=MOST, optional=True)
    as_file = form.flag("file")
    form.check()
    with reading() as db:
        row = queries.poll_access(db, request.actor, poll).poll
        mine = not text or ballots.commitment(text.encode()) == commit
        if not mine or not keys.verify(ballots.receipt_statement(poll, commit), signature):
            raise NotFound(_("This receipt is not from here, or it was changed."))
        if as_file or request.wants == "json":
            return _file(request, poll, receipts.made(poll, row.question, commit, text=text))
        said = read_out(row, text) if text else ""
        return request.page(
            db,
            poll=row,
            commit=commit,
            signature=signature,
            text=text,
            said=said,
            fingerprint=keys.fingerprint(keys.public_key()),
        )


def _file(request: Request, poll: int, found: dict[str, Any]) -> Response:
    return request.send(receipts.packed(found), "application/json", filename=f"receipt-{poll}.json")
