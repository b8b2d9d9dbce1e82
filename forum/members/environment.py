"""What this server is made of, in words: settings that only its environment sets, and its health.

Nothing secret is shown: addresses that may hold a password are only said to be there.
"""

import tomllib
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from forum.base.i18n import N_, _
from forum.base.settings import HOME, Settings, settings

if TYPE_CHECKING:
    from forum.base.commands.doctor import Finding


class Fact(NamedTuple):
    """A setting of the environment: what it is called there, what it says now, what it does."""

    words: str
    value: str
    help: str
    name: str


def facts() -> list[Fact]:
    """The settings that whoever runs the server changes in its environment or folkmoot.toml."""
    return [
        Fact(_(words), value or _("not set"), _(does), f"FOLKMOOT_{name.upper()}")
        for words, value, does, name in _facts(settings())
    ]


def _facts(config: Settings) -> Iterator[tuple[str, str, str, str]]:
    kind = "SQLite" if config.sqlite else "PostgreSQL"
    yield N_("Address"), config.base_url, N_("Under which people reach this server."), "base_url"
    yield N_("Data folder"), str(config.data), N_("Holds everything that is kept."), "data"
    yield N_("Database"), kind, N_("Where the records lie."), "database_url"
    yield (
        N_("HTTPS"),
        _("yes") if config.secure else _("no"),
        N_("Without it passwords travel in the open."),
        "tls_cert",
    )
    yield (
        N_("Proxies"),
        ", ".join(config.trusted_proxies),
        N_("Whose word about visitors' addresses is taken."),
        "trusted_proxies",
    )
    yield (
        N_("Largest file"),
        f"{config.max_upload // 1_000_000} MB",
        N_("What somebody may attach."),
        "max_upload",
    )
    yield (
        N_("Mail"),
        _("can be sent") if mail_is_sent() else _("is not sent"),
        N_("Sign-in by mail and notices need a mail server."),
        "mail_url",
    )


def mail_is_sent() -> bool:
    """Whether this server can send mail."""
    return bool(import_module("forum.base.deliveries").offered("mail"))


def version() -> str:
    """The version of this software."""
    project = tomllib.loads(Path(HOME / "pyproject.toml").read_text(encoding="utf-8"))
    return str(project["project"]["version"])


ABOUT = {
    "python": N_("Python"),
    "sqlite": N_("SQLite"),
    "data": N_("Data folder"),
    "disk": N_("Room on the disk"),
    "keys": N_("Keys"),
    "database": N_("Database"),
    "clock": N_("Clock"),
    "https": N_("HTTPS"),
    "proxy": N_("Proxies"),
    "base url": N_("Address"),
    "workers": N_("Workers"),
}


def health() -> "list[tuple[str, Finding]]":
    """What the doctor finds, the faults first; its words are those of the command line."""
    from forum.base.commands.doctor import LOOKS  # noqa: PLC0415 - with all of the command line

    order = ("fault", "note", "ok")
    found = [finding for look in LOOKS for finding in look(settings())]
    found.sort(key=lambda finding: order.index(finding.level))
    return [(_(ABOUT.get(finding.about, finding.about)), finding) for finding in found]
