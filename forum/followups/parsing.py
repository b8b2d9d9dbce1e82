"""Form fields that a task's verbs, and the rooms that give tasks, have in common."""

from datetime import datetime, timedelta
from typing import NamedTuple

from forum.base.forms import Form


class Hands(NamedTuple):
    """Who does it: a person with an account, or a unit by its name, or both."""

    handler_id: int | None
    unit: str


def due(form: Form, name: str = "due") -> datetime:
    """A date; a day without a time means its end."""
    typed = str(form.value(name))
    moment = form.moment(name)
    return moment if "T" in typed else moment + timedelta(days=1, minutes=-1)


def hands(form: Form) -> Hands:
    """The fields `handler` and `unit`, of which one may stay empty."""
    return Hands(form.integer("handler", optional=True), form.text("unit", max=120, optional=True))
