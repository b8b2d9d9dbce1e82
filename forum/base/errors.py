"""Refusals: what a room raises when it says no, with a status and a sentence for the reader."""

from collections.abc import Mapping
from typing import ClassVar


class Refusal(Exception):
    """A no that the reader is told in words; it renders as page, fragment or JSON."""

    status: ClassVar[int] = 400
    code: ClassVar[str] = "refused"
    template: ClassVar[str] = "error.html"  # one that asks for something has its own page

    def __init__(self, message: str, *, fields: Mapping[str, str] | None = None) -> None:
        super().__init__(message)
        self.message = message
        self.fields = dict(fields or {})


class SignInNeeded(Refusal):
    """The verb needs somebody: a guest is led to the sign-in page and back."""

    status = 401
    code = "sign_in_needed"


class Forbidden(Refusal):
    """The thing is visible, the verb is not theirs."""

    status = 403
    code = "forbidden"


class NotFound(Refusal):
    """There is no such thing, or it is invisible to this reader: the two look the same."""

    status = 404
    code = "not_found"


class WrongVerb(Refusal):
    """The address is there, and does something else."""

    status = 405
    code = "wrong_verb"


class Conflict(Refusal):
    """The verb is theirs, the state is wrong for it."""

    status = 409
    code = "conflict"


class OtherReader(Refusal):
    """The page was drawn for somebody else than who is signed in now."""

    status = 409
    code = "other_reader"


class TooLarge(Refusal):
    """The body or file is over its bound."""

    status = 413
    code = "too_large"


class Invalid(Refusal):
    """What was typed cannot be taken; `fields` names each field and what to do about it."""

    status = 422
    code = "invalid"


class TooMany(Refusal):
    """A rate limit; nothing is lost, trying later works."""

    status = 429
    code = "too_many"
