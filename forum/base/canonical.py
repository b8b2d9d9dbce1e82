"""Canonical bytes (JSON Canonicalization Scheme, RFC 8785, without floats) and their digests."""

import json
from hashlib import sha256
from typing import Any


def _plain(value: Any) -> Any:
    if value is None or isinstance(value, (bool, str)):
        return value
    if isinstance(value, int):
        if abs(value) >= 2**53:
            raise TypeError("integers over 2**53 have no canonical form: write them as text")
        return int(value)
    if isinstance(value, dict):
        # RFC 8785 sorts names by UTF-16 code units.
        return {
            key: _plain(value[key]) for key in sorted(value, key=lambda k: k.encode("utf-16-be"))
        }
    if isinstance(value, (list, tuple)):
        return [_plain(item) for item in value]
    raise TypeError(f"{type(value).__name__} has no canonical form")


def canonical(value: Any) -> bytes:
    """The one byte string of a value made of dict, list, str, int, bool and None."""
    plain = _plain(value)
    return json.dumps(plain, ensure_ascii=False, separators=(",", ":")).encode()


def sha256hex(data: bytes) -> str:
    """SHA-256 as 64 hexadecimal digits."""
    return sha256(data).hexdigest()
