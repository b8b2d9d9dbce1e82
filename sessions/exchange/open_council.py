"""Minutes of a council or committee as open-council has them (JSON from public eScribe minutes).

Each motion is moved, seconded and put by itself; a roll call is a named vote that is counted here,
and the stated result is compared with it. What passed without one is declared: nobody objected.
"""

from collections.abc import Sequence
from hashlib import sha256
from pathlib import Path

from forum.base.db import Db
from forum.base.settings import settings
from forum.base.transfer import Imported, importer
from forum.exchange.tables import Warnings
from sessions.exchange.council_plan import plan
from sessions.exchange.council_read import read
from sessions.exchange.script import cut
from sessions.exchange.takeover import Origin, one_file, take_over

KIND = "open-council"


@importer(KIND, "the minutes of a council or committee as open-council JSON")
def load(tx: Db, paths: Sequence[Path]) -> Imported:
    """Take a meeting over; the same file again changes nothing."""
    data = one_file(paths).read_bytes()
    warnings = Warnings()
    minutes = read(data, warnings)
    zone = settings().zone
    warnings.add("zone", "times", f"the minutes name no time zone; they are read as {zone}")
    script = plan(minutes, zone, warnings)
    origin = Origin(
        KIND, f"{minutes.at.isoformat()} {cut(minutes.title)}", sha256(data).hexdigest()
    )
    return take_over(tx, origin, script, warnings)
