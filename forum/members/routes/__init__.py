"""The pages of this room, by what people come for."""

from forum.members.routes import (
    admin,
    conduct,
    contacts,
    counter,
    inbox,
    lists,
    mail,
    membership,
    people,
    providers,
    settings,
    signin,
    steps,
)

__all__ = [
    "admin",
    "conduct",
    "contacts",
    "counter",
    "inbox",
    "lists",
    "mail",
    "membership",
    "people",
    "providers",
    "settings",
    "signin",
    "steps",
]
