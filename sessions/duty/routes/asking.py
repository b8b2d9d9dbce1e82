"""The verbs of questions and ratings."""

from collections.abc import Callable

from forum.base import limits
from forum.base.auth import Actor
from forum.base.db import Db, reading, transaction
from forum.base.i18n import _
from forum.base.web import Request, Response, Routes
from sessions.duty import queries, rules, service
from sessions.duty.models import Rating

routes = Routes("sessions.duty.routes")


@routes.post("/duty/{report:int}/questions", page="duty_report")
def ask_question(request: Request, report: int) -> Response:
    """Ask the representative, or enter a question for somebody in the hall (`member`)."""
    form = request.form
    body = form.text("body", max=rules.MOST_WORDS)
    by_name = not form.flag("unnamed")
    member = form.integer("member", optional=True, min=1)
    form.check()
    limits.check(f"ask:{request.member.id}:duty:{report}", per_minute=10, burst=20)
    with transaction() as tx:
        made = service.ask(tx, request.member, report, body, by_name=by_name, member=member)
    note = _("Your question waits to be let through. You are told what becomes of it.")
    return request.done(f"/duty/{report}#mine", note=note, id=made)


def _done(
    request: Request, question: int, verb: Callable[[Db, Actor], object], note: str = ""
) -> Response:
    """Do something with a question, and lead back to where its button stood."""
    with transaction() as tx:
        verb(tx, request.member)
    with reading() as db:
        report = queries.report_of(db, question)
    alone = request.form.value("back") == "question"
    page = f"/duty/questions/{question}" if alone else f"/duty/{report}#board"
    return request.done(page, note=note, question=question)


@routes.post("/duty/questions/{question:int}/withdraw")
def withdraw_question(request: Request, question: int) -> Response:
    """Take one's own question back while it waits."""
    with reading() as db:
        report = queries.report_of(db, question)
    with transaction() as tx:
        service.withdraw(tx, request.member, question)
    return request.done(f"/duty/{report}", note=_("Your question is taken back."))


@routes.post("/duty/questions/{question:int}/admit")
def admit_question(request: Request, question: int) -> Response:
    """Let it through."""
    note = _("The question is let through.")
    return _done(request, question, lambda tx, who: service.admit(tx, who, question), note)


@routes.post("/duty/questions/{question:int}/decline", page="duty_question")
def decline_question(request: Request, question: int) -> Response:
    """Do not let it through, and say why."""
    reason = request.form.text("reason", max=rules.MOST_WORDS)
    request.form.check()
    note = _("Whoever asked is told why.")
    return _done(
        request, question, lambda tx, who: service.decline(tx, who, question, reason), note
    )


# Neither a support nor a rating leaves a trace of when it was given: no line in the access log,
# no kept answer. Pressed twice, each says the same again.
@routes.post("/duty/questions/{question:int}/support", unlogged=True)
def support_question(request: Request, question: int) -> Response:
    """Want to hear the answer, too."""
    return _done(request, question, lambda tx, who: service.support(tx, who, question))


@routes.post("/duty/questions/{question:int}/unsupport", unlogged=True)
def unsupport_question(request: Request, question: int) -> Response:
    """Take one's support back."""
    return _done(
        request, question, lambda tx, who: service.support(tx, who, question, wanted=False)
    )


@routes.post("/duty/questions/{question:int}/put")
def put_question(request: Request, question: int) -> Response:
    """Put it to the representative; the screens show it."""
    return _done(request, question, lambda tx, who: service.put(tx, who, question))


@routes.post("/duty/questions/{question:int}/back")
def set_question_back(request: Request, question: int) -> Response:
    """Leave it for now."""
    return _done(request, question, lambda tx, who: service.set_back(tx, who, question))


@routes.post("/duty/questions/{question:int}/answered")
def question_answered(request: Request, question: int) -> Response:
    """The representative has answered by word."""
    note = _("Answered. Whoever asked or supported it is told.")
    return _done(request, question, lambda tx, who: service.answered(tx, who, question), note)


@routes.post("/duty/questions/{question:int}/answers", page="duty_question")
def answer_question(request: Request, question: int) -> Response:
    """Answer in writing."""
    body = request.form.text("body", max=rules.MOST_TEXT)
    request.form.check()
    note = _("The answer is published. Whoever asked or supported the question is told.")
    return _done(
        request, question, lambda tx, who: service.write_answer(tx, who, question, body), note
    )


@routes.post("/duty/{report:int}/rating", page="duty_report", unlogged=True)
def rate_report(request: Request, report: int) -> Response:
    """Say what one thinks of the report; it can be changed while the rating is open."""
    form = request.form
    rating = form.choice("rating", Rating)
    words = form.text("words", max=rules.MOST_WORDS, optional=True)
    form.check()
    with transaction() as tx:
        service.rate(tx, request.member, report, rating, words)
    note = _("Thank you, your rating counts.")
    return request.done(f"/duty/{report}#rating", note=note)
