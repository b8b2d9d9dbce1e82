"""A robot in a group chat of Feishu (飞书自定义机器人), with its signature."""

import hmac
from base64 import b64encode
from datetime import datetime
from hashlib import sha256
from typing import Any

from forum.base.i18n import N_
from forum.hooks.ports import Dialect, Key, Post, Told, Verdict, by_code, dialect, packed, shortened

TITLE = 200  # bytes
MOST = 2000  # bytes of the text
BUSY = (9499, 11232, 11233)  # too often
GONE = (19001,)  # no such address


def post(url: str, secret: str, told: Told, now: datetime) -> Post:
    """A post whose line leads to the page; with a secret, the body bears the signature."""
    line = [{"tag": "a", "text": shortened(told.title, MOST), "href": told.url}]
    content = {"title": shortened(told.site, TITLE), "content": [line]}
    body: dict[str, Any] = {"msg_type": "post", "content": {"post": {"zh_cn": content}}}
    if secret:
        moment = str(int(now.timestamp()))
        body |= {"timestamp": moment, "sign": sign(secret, moment)}
    return Post(url, packed(body), {"content-type": "application/json"})


def sign(secret: str, moment: str) -> str:
    """The signature: moment and secret are the key, and nothing is signed with it."""
    return b64encode(hmac.digest(f"{moment}\n{secret}".encode(), b"", sha256)).decode()


def judge(status: int, body: bytes) -> Verdict:
    """By the answer's code, which was once called StatusCode."""
    code = by_code(status, body, "code", "StatusCode")
    if isinstance(code, Verdict):
        return code
    if code in GONE:
        return Verdict.GONE
    return Verdict.TAKEN if code == 0 else Verdict.LATER if code in BUSY else Verdict.NO


dialect(
    Dialect(
        name="feishu",
        words=N_("Feishu robot"),
        help=N_("In the group chat: add a custom robot, and switch its signature check on."),
        key=Key.GIVEN,
        post=post,
        judge=judge,
        most=20_000,
    )
)
