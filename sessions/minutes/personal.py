"""What of a person lies in minutes, decisions and outcomes, and what erasing them does here.

What was said and done in office stays in the record; the name of somebody erased goes, and the
record's seal of it stays, so that approved minutes remain what was signed.
"""

from forum.base.registry import Fate, Rows, personal
from sessions.minutes.models import (
    CorrectionRequest,
    Decision,
    DecisionWithdrawal,
    Minutes,
    MinutesCorrection,
    MinutesName,
    MinutesSignature,
    Outcome,
    OutcomeRevision,
    OutcomeTold,
    RequestAnswer,
)

KEPT = {"body": Fate.KEEP, "salt": Fate.NOBODY}

personal(
    Minutes,
    owner="author_id",
    columns={
        "state": Fate.NOBODY,
        "record": Fate.NOBODY,
        "digest": Fate.NOBODY,
        "signature": Fate.NOBODY,
        **KEPT,
    },
)
personal(MinutesName, owner="member_id", columns={"name": Fate.ERASE, "salt": Fate.ERASE})
personal(
    MinutesCorrection,
    owner="author_id",
    columns={"entry": Fate.NOBODY, "change": Fate.NOBODY, **KEPT},
)
personal(MinutesSignature, owner="member_id", columns={"role": Fate.KEEP})
personal(
    CorrectionRequest,
    owner="author_id",
    columns={
        "entry": Fate.NOBODY,
        "state": Fate.NOBODY,
        "body": Fate.ERASE,
        "salt": Fate.ERASE,
    },
)
personal(RequestAnswer, owner="author_id", columns=KEPT)
personal(
    Decision,
    owner="author_id",
    columns={
        "basis": Fate.NOBODY,
        "state": Fate.NOBODY,
        "title": Fate.KEEP,
        "html": Fate.KEEP,
        **KEPT,
    },
)
personal(DecisionWithdrawal, owner="author_id", columns=KEPT)
personal(Outcome, owner=None, columns={"state": Fate.NOBODY})
personal(
    OutcomeRevision,
    owner="author_id",
    columns={"summary_html": Fate.KEEP, "reasons_html": Fate.KEEP, **KEPT},
)
personal(OutcomeTold, owner="member_id", columns={}, rows=Rows.GO)
