"""A robot in a group chat of DingTalk (钉钉自定义机器人), with its signature."""

import hmac
from base64 import b64encode
from datetime import datetime
from hashlib import sha256
from urllib.parse import quote_plus

from forum.base.i18n import N_
from forum.hooks.ports import Dialect, Key, Post, Told, Verdict, by_code, dialect, packed, shortened

TITLE = 200  # bytes
MOST = 2000  # bytes of the text
BUSY = (130101, 410100, -1)  # too often, the system is busy
GONE = (300001, 300005, 400101, 400102)  # no such token, the robot was taken away or stopped


def post(url: str, secret: str, told: Told, now: datetime) -> Post:
    """A link; with a secret, the address bears moment and signature."""
    link = {
        "title": shortened(told.site, TITLE),
        "text": shortened(told.title, MOST),
        "messageUrl": told.url,
    }
    body = packed({"msgtype": "link", "link": link})
    return Post(signed(url, secret, now), body, {"content-type": "application/json"})


def signed(url: str, secret: str, now: datetime) -> str:
    """The address with the signature over the moment, in milliseconds, and the secret."""
    if not secret:
        return url
    moment = str(int(now.timestamp() * 1000))
    digest = hmac.digest(secret.encode(), f"{moment}\n{secret}".encode(), sha256)
    sign = quote_plus(b64encode(digest))
    return f"{url}{'&' if '?' in url else '?'}timestamp={moment}&sign={sign}"


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
        name="dingtalk",
        words=N_("DingTalk robot"),
        help=N_("In the group chat: add a custom robot, choose “signature” for its security."),
        key=Key.GIVEN,
        post=post,
        judge=judge,
        most=20_000,
    )
)
