"""A robot in a group chat of WeChat Work (企业微信群机器人)."""

from datetime import datetime

from forum.base.i18n import N_
from forum.hooks.ports import Dialect, Key, Post, Told, Verdict, by_code, dialect, packed, shortened

MOST = 2048  # bytes of a text
BUSY = (45009, 45033, -1)  # too often, too many at once, the system is busy
GONE = (93000, 93004, 93008)  # no such robot


def post(url: str, _secret: str, told: Told, _now: datetime) -> Post:
    """Plain text: nothing that a title holds can be taken for a command."""
    room = MOST - len(told.url.encode()) - 1
    content = f"{shortened(told.title, room)}\n{told.url}"
    body = packed({"msgtype": "text", "text": {"content": content}})
    return Post(url, body, {"content-type": "application/json"})


def judge(status: int, body: bytes) -> Verdict:
    """By the answer's errcode."""
    code = by_code(status, body, "errcode")
    if isinstance(code, Verdict):
        return code
    if code in GONE:
        return Verdict.GONE
    return Verdict.TAKEN if code == 0 else Verdict.LATER if code in BUSY else Verdict.NO


dialect(
    Dialect(
        name="wecom",
        words=N_("WeChat Work robot"),
        help=N_("In the group chat: add a group robot, and copy its webhook address."),
        key=Key.NONE,
        post=post,
        judge=judge,
        most=4096,
    )
)
