"""What of a person lies in preparation: what they answered goes with them, counts of it stay."""

from forum.base.registry import Fate, Rows, personal
from sessions.convening.models import (
    Preparation,
    Proxy,
    Question,
    QuestionAnswer,
    Reply,
    RollDetail,
    RollSheet,
    ShortNotice,
)

personal(Preparation, owner=None, columns={"kind": Fate.NOBODY})
# Why a notice came late is said in office and part of the record.
personal(ShortNotice, owner="author_id", columns={"body": Fate.KEEP, "salt": Fate.NOBODY})
personal(Reply, owner="member_id", columns={"answer": Fate.ERASE}, rows=Rows.GO)
personal(
    Question,
    owner=None,
    columns={"kind": Fate.NOBODY, "words": Fate.NOBODY, "options": Fate.NOBODY},
)
personal(QuestionAnswer, owner="member_id", columns={"body": Fate.ERASE}, rows=Rows.GO)
personal(Proxy, owner="principal_id", columns={})
personal(
    RollDetail,
    owner="member_id",
    columns={
        "number": Fate.ERASE,
        "weight": Fate.KEEP,
        "household": Fate.ERASE,
        "organisation": Fate.ERASE,
    },
)
# The list of somebody who is erased holds the words of others: it goes as a whole.
personal(
    RollSheet, owner="member_id", columns={"body": Fate.ERASE, "done": Fate.NOBODY}, rows=Rows.GO
)
