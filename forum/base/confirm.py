"""A POST whose origin cannot be told (very old browsers) is carried out after one more click."""

from itsdangerous import BadSignature, URLSafeTimedSerializer
from starlette.responses import Response

from forum.base import keys
from forum.base.request import Request

FIELD = "_confirmed"


def _serializer() -> URLSafeTimedSerializer:
    return URLSafeTimedSerializer(keys.cookie_secret(), salt="confirm")


def confirmed(request: Request) -> bool:
    """Whether the form carries the mark of our own confirmation page for this very reader."""
    mark = request.form.values.pop(FIELD, [""])[-1]
    try:
        return bool(
            _serializer().loads(mark, max_age=600) == [request.credential or "", request.path]
        )
    except BadSignature:
        return False


def page(request: Request) -> Response:
    """Ask the reader to confirm what the form says, keeping all that was typed."""
    mark = str(_serializer().dumps([request.credential or "", request.path]))
    fields = [(name, text) for name, texts in request.form.values.items() for text in texts]
    return request.page(
        None,
        status=403,
        template="confirm.html",
        _fields=[*fields, (FIELD, mark)],
        _to=request.path,
    )
