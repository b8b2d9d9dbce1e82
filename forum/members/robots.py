"""Telling robots from people at the door, without a riddle for anybody.

A field that nobody sees stays empty where a person writes, autofill included: its name means
nothing to a browser. And nobody sends a form in the very moment in which it was drawn.
"""

from itsdangerous import BadSignature, URLSafeSerializer

from forum.base import clock, keys
from forum.base.errors import Invalid
from forum.base.forms import Form
from forum.base.i18n import _

TRAP = "memo"
BEGAN = "began"
QUICKEST = 400  # milliseconds from the page to the press of its button: no hand is faster
LONGEST = 24 * 3600 * 1000


def _signer() -> URLSafeSerializer:
    return URLSafeSerializer(keys.cookie_secret(), salt="register")


def began(form: Form | None = None) -> str:
    """The mark that a form carries: when it was drawn first, or now where it carries none."""
    age = _age(form) if form else None
    if form and age is not None and 0 <= age <= LONGEST:
        return str(form.value(BEGAN))
    return str(_signer().dumps(_now()))


def _age(form: Form) -> int | None:
    """How long ago the form was drawn, by its mark; None where the mark is not ours."""
    try:
        return _now() - int(_signer().loads(str(form.value(BEGAN))))
    except (BadSignature, ValueError, TypeError):
        return None


def _now() -> int:
    return int(clock.now().timestamp() * 1000)


def trapped(form: Form) -> bool:
    """Whether something was written where nobody sees a field."""
    return bool(str(form.value(TRAP)).strip())


def check_pace(form: Form) -> None:
    """Raise Invalid for a form that came too fast or carries a mark that is not ours.

    Without any mark it is a program's, which says so openly and meets the limits alone.
    """
    if not str(form.value(BEGAN)):
        return
    age = _age(form)
    if age is None or not QUICKEST <= age <= LONGEST:
        words = _("That was faster than the page. Please press the button once more.")
        raise Invalid(words, fields={"": words})
