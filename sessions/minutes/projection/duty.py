"""What duty reports add: who reported, what voters asked and got to hear, how it was received."""

from forum.base.events import Stored
from sessions.duty import events
from sessions.minutes.projection.draft import Draft, numbers, on
from sessions.minutes.record import EntryKind


@on(events.ReportBegun)
def begun(draft: Draft, stored: Stored) -> None:
    """A representative reports."""
    draft.add(
        stored,
        EntryKind.DUTY_REPORT,
        of=("duty_report", stored.payload["report"]),
        item=stored.payload["item"],
        person=stored.payload["reporter"],
        facts=numbers(stored.payload, "report"),
    )


@on(events.ReportEnded)
def ended(draft: Draft, stored: Stored) -> None:
    """The report is over; what is open, and by when it is answered, joins the entry."""
    facts = numbers(stored.payload, "open", "due")
    draft.change(("duty_report", stored.payload["report"]), until=stored.at, facts=facts)


@on(events.ReportResumed)
def resumed(draft: Draft, stored: Stored) -> None:
    """It went on: the meeting had been closed by mistake."""
    facts: dict[str, int | str | bool | None] = {"open": 0}
    draft.change(("duty_report", stored.payload["report"]), until=None, facts=facts)


@on(events.QuestionAnswered)
def answered(draft: Draft, stored: Stored) -> None:
    """A question in its words, answered by word."""
    _question(draft, stored)


@on(events.AnswerWritten)
def written(draft: Draft, stored: Stored) -> None:
    """An answer in writing joins its question, whenever it came."""
    _question(draft, stored)
    question = ("duty_question", stored.payload["question"])
    before = draft.find(question)
    words = [str(before.facts.get("why") or "")] if before else []
    words.append(draft.text("duty_answer", stored.payload["answer"]))
    draft.change(question, facts={"why": "\n\n".join(filter(None, words))})


def _question(draft: Draft, stored: Stored) -> None:
    """The entry of a question, once it has one."""
    payload = stored.payload
    question = ("duty_question", payload["question"])
    if draft.find(question) is None:
        by_word = stored.kind == events.QuestionAnswered.kind
        draft.add(
            stored,
            EntryKind.DUTY_ANSWER,
            of=question,
            item=payload["item"],
            person=payload["asker"],
            facts={**numbers(payload, "report", "number", "supports"), "by_word": by_word},
            text=draft.text("duty_question", payload["question"]),
        )


@on(events.RatingClosed)
def rated(draft: Draft, stored: Stored) -> None:
    """What voters thought of it, or of few only how many they were."""
    report = draft.find(("duty_report", stored.payload["report"]))
    figures = ("report", "raters", "satisfied", "mostly", "dissatisfied")
    draft.add(
        stored,
        EntryKind.DUTY_RATING,
        item=stored.payload["item"],
        person=report.person if report else None,
        facts=numbers(stored.payload, *figures),
    )
