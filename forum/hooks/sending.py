"""The channel to receivers: each is told in its own dialect, and its answer judged."""

from forum.base import clock, fetch
from forum.base.channels import Message, Postponed, Refused, Unsure, channel
from forum.base.db import reading
from forum.base.settings import settings
from forum.hooks import queries
from forum.hooks.ports import Told, Verdict, dialects

TIMEOUT = 10  # seconds, as others wait meanwhile


@channel("hook")
def send(to: str, message: Message) -> None:
    """Tell one receiver."""
    with reading() as db:
        target = queries.target(db, int(to))
    if target is None:
        raise Refused("removed")
    speech = dialects[target.dialect]
    told = Told(message.subject, message.url, settings().name, message.text)
    post = speech.post(target.address, target.secret, told, clock.now())
    if len(post.body) > speech.most:
        raise Refused("too long", dead=False)
    try:
        answer = fetch.fetch(
            post.url,
            method="POST",
            body=post.body,
            headers=post.headers,
            most=100_000,
            timeout=TIMEOUT,
        )
    except fetch.DeniedError:
        raise Refused("denied") from None
    except fetch.AnswerError as error:
        if speech.knows_again:
            raise
        raise Unsure(str(error)) from error
    verdict = speech.judge(answer.status, answer.body)
    if verdict is Verdict.LATER:
        raise Postponed(str(answer.status))
    if verdict is not Verdict.TAKEN:
        raise Refused(str(answer.status), dead=verdict is Verdict.GONE)
