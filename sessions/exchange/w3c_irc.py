"""The IRC log of a W3C meeting: presence, the queue, proposals and votes, resolutions, actions.

Names that nobody bears in the log are not resolved from elsewhere: who is one person under two
nicks is known only where the nicks tell it.
"""

from collections.abc import Sequence
from hashlib import sha256
from pathlib import Path

from forum.base.clock import iso
from forum.base.db import Db
from forum.base.i18n import _
from forum.base.transfer import Imported, importer
from forum.exchange.tables import Warnings, text_of
from sessions.exchange.irc_lines import day_in, lines_of
from sessions.exchange.irc_plan import plan
from sessions.exchange.script import cut
from sessions.exchange.takeover import Origin, one_file, take_over

KIND = "w3c-irc"


@importer(KIND, "the IRC log of a W3C meeting (irc.log)")
def load(tx: Db, paths: Sequence[Path]) -> Imported:
    """Take a meeting over; the same log again changes nothing."""
    path = one_file(paths)
    warnings = Warnings()
    resolved = path.absolute()
    lines = lines_of(text_of(path, warnings), day_in([path.name, resolved.parent.name]), warnings)
    title = path.stem if path.stem.casefold() not in ("irc", "log") else resolved.parent.name
    script = plan(lines, cut(title.replace("_", " "), 120) or KIND, warnings)
    source = _("Taken over from an IRC log.")
    script.purpose = f"{script.purpose}\n\n{source}".strip()
    first = "\n".join(f"{line.nick} {line.text}" for line in lines[:5])
    begins = sha256(first.encode()).hexdigest()[:16]
    origin = Origin(KIND, f"{iso(lines[0].at)} {begins}", sha256(path.read_bytes()).hexdigest())
    return take_over(tx, origin, script, warnings)
