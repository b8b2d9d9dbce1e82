"""Any program: a CloudEvent (1.0), signed as Standard Webhooks say."""

import hmac
import json
from base64 import b64decode, b64encode
from datetime import datetime
from hashlib import sha256

from forum.base.i18n import N_
from forum.hooks.ports import Dialect, Key, Post, Told, Verdict, by_status, dialect

PREFIX = "whsec_"


def post(url: str, secret: str, told: Told, now: datetime) -> Post:
    """The event as it is; who receives it twice knows it by its id."""
    ident, moment = json.loads(told.event)["id"], str(int(now.timestamp()))
    headers = {
        "content-type": "application/cloudevents+json",
        "webhook-id": ident,
        "webhook-timestamp": moment,
        "webhook-signature": signature(secret, ident, moment, told.event),
    }
    return Post(url, told.event.encode(), headers)


def signature(secret: str, ident: str, moment: str, body: str) -> str:
    """HMAC-SHA256 over id, moment and body with the secret's bytes."""
    key = b64decode(secret.removeprefix(PREFIX))
    digest = hmac.digest(key, f"{ident}.{moment}.{body}".encode(), sha256)
    return f"v1,{b64encode(digest).decode()}"


def judge(status: int, _body: bytes) -> Verdict:
    """By the status alone; only 410 says that nobody listens any more."""
    if status == 404:
        return Verdict.LATER
    return by_status(status) or Verdict.TAKEN


dialect(
    Dialect(
        name="webhook",
        words=N_("Webhook for a program"),
        help=N_("A CloudEvent for each piece of news, signed as Standard Webhooks say."),
        key=Key.MADE,
        post=post,
        judge=judge,
        most=100_000,
        knows_again=True,
    )
)
