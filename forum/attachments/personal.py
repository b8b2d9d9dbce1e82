"""What of a person lies in this room: a file that is still on its way."""

from forum.attachments.models import Upload
from forum.base.registry import Fate, Rows, personal

personal(
    Upload,
    owner="member_id",
    columns={
        "place": Fate.ERASE,
        "name": Fate.ERASE,
        "alt": Fate.ERASE,
        "mark": Fate.ERASE,
        "token": Fate.NOBODY,
    },
    rows=Rows.GO,
)
