"""The paper ballot of a vote: all of them alike, for those who lead it."""

from forum.base.db import reading
from forum.base.errors import Conflict
from forum.base.geometry import tenths
from forum.base.i18n import _
from forum.base.web import Request, Response, Routes
from voting.boxes.models import Channel
from voting.methods.method import Form
from voting.polls import marking, page, queries
from voting.polls.marking import Sheet
from voting.polls.models import PollState
from voting.polls.queries import PollRow
from voting.polls.service.common import refused

routes = Routes("voting.polls.routes")
LONG = 900  # tenths of an em: a longer question leaves no room for four on a sheet
LINE = 220  # of an option: a longer one takes a second line
BEFORE_THE_END = (PollState.CREATED, PollState.STARTED)
# So many lines leave room for so many ballots on a sheet.
LINES = {"4": 4, "2": 6}
MANY = 10  # more of them take smaller boxes


@routes.get("/polls/{poll:int}/ballot/print")
def ballot_sheet(request: Request, poll: int) -> Response:
    """One sheet of ballots to be cut apart and copied; nothing on them tells one from another."""
    with reading() as db:
        found = queries.poll_access(db, request.member, poll)
        row = found.poll
        if not found.manages:
            raise refused(request.actor)
        if row.state not in BEFORE_THE_END:
            raise Conflict(_("This vote is over: nobody needs a ballot any more."))
        long = tenths(row.question) > LONG
        sheet = marking.sheet(row.way, row.rule)
        lines = _lines(row, sheet)
        sizes = ["1", *(n for n, most in reversed(LINES.items()) if lines <= most)]
        sizes = [n for n in sizes if not (long and n == "4")]
        per_page = int(request.query.choice("n", sizes, default=sizes[min(1, len(sizes) - 1)]))
        request.query.check()
        # Where halls vote on paper as a whole nobody signs; in other named votes each does.
        aside = [t for t in queries.tallies(db, poll) if t.channel is Channel.PAPER]
        halls = [t.issued for t in aside if not t.keyed]
        return request.page(
            db,
            poll=row,
            consultation=found.access.consultation.title,
            choices=page.choices(row),
            sheet=sheet,
            how=_how(row, sheet),
            named=not row.secret and not halls,
            per_page=per_page,
            sizes=[int(size) for size in sizes],
            long=long,
            many=lines > MANY,
            papers=sum(halls),
            sheets=-(-sum(halls) // per_page),
        )


def _lines(row: PollRow, sheet: Sheet | None) -> int:
    """How many lines the answers take; a table of grades needs more for its head."""
    names = [name for _id, name, _cost in sheet.options] if sheet else []
    lines = sum(
        1 + tenths(name) // LINE for name in names or [one.label for one in page.choices(row)]
    )
    return lines + (2 if sheet and sheet.form is Form.GRADES else 0)


def _how(row: PollRow, sheet: Sheet | None) -> list[str]:
    """How it is filled in, in short sentences."""
    if sheet is None:
        if any(one.reason for one in page.choices(row)):
            return [_("Mark one box with a cross. Who blocks writes the reason below.")]
        return [_("Mark one box with a cross. More than one cross makes the ballot invalid.")]
    if sheet.form is Form.PICKS:
        return [_("Mark with a cross as many boxes as you like.")]
    if sheet.form is Form.GRADES:
        first = (
            _("Mark one box in each line.")
            if sheet.grades
            else _("Write a whole number from %(least)s to %(most)s into each box.")
            % {"least": sheet.least, "most": sheet.top}
        )
        rest = _("No line may be left out.") if sheet.every else sheet.leaving
        return [first, rest, *(one.say() for one in row.way.describe(row.rule)[:1])]
    shared = _("Several options may share a place.") if sheet.equal else ""
    words = _("Write 1 into the box of what you want most, then 2, and so on.")
    return [words, _("Leave empty what you do not want at all."), *([shared] if shared else [])]
