"""Messages that only one browser can read (RFC 8291), from a server that it knows (RFC 8292)."""

import json
import os
from base64 import urlsafe_b64decode, urlsafe_b64encode
from datetime import timedelta
from urllib.parse import urlsplit

from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.utils import decode_dss_signature
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from forum.base import clock, keys

CURVE = ec.SECP256R1()
ORDER = 0xFFFFFFFF00000000FFFFFFFFFFFFFFFFBCE6FAADA7179E84F3B9CAC2FC632551
RECORD = 4096  # bytes; a message is one record
MOST = RECORD - 16 - 1 - 86  # of plain text: less tag, delimiter and header
LASTS = timedelta(hours=12)  # of a signed statement of who we are


def packed(data: bytes) -> str:
    """Bytes as URLs and browsers write them."""
    return urlsafe_b64encode(data).decode().rstrip("=")


def unpacked(text: str) -> bytes:
    """The bytes again; raises ValueError for what are none."""
    return urlsafe_b64decode(text.encode("ascii") + b"=" * (-len(text) % 4))


def point(key: ec.EllipticCurvePublicKey) -> bytes:
    """A public key as 65 bytes."""
    return key.public_bytes(Encoding.X962, PublicFormat.UncompressedPoint)


def browser_key(text: str) -> ec.EllipticCurvePublicKey:
    """A browser's public key; raises ValueError for what is none."""
    return ec.EllipticCurvePublicKey.from_encoded_point(CURVE, unpacked(text))


def encrypted(
    message: bytes,
    *,
    browser: str,
    secret: str,
    own: ec.EllipticCurvePrivateKey | None = None,
    salt: bytes | None = None,
) -> bytes:
    """The message for the browser with this key and secret; a fresh key and salt each time."""
    if len(message) > MOST:
        raise ValueError("the message is too long")
    own, salt = own or ec.generate_private_key(CURVE), salt or os.urandom(16)
    theirs, ours = browser_key(browser), point(own.public_key())
    shared = own.exchange(ec.ECDH(), theirs)
    info = b"WebPush: info\0" + point(theirs) + ours
    root = _derived(shared, salt=unpacked(secret), info=info, length=32)
    key = _derived(root, salt=salt, info=b"Content-Encoding: aes128gcm\0", length=16)
    nonce = _derived(root, salt=salt, info=b"Content-Encoding: nonce\0", length=12)
    # A byte of 2 ends the last record (RFC 8188).
    sealed = AESGCM(key).encrypt(nonce, message + b"\x02", None)
    return salt + RECORD.to_bytes(4, "big") + bytes([len(ours)]) + ours + sealed


def _derived(secret: bytes, *, salt: bytes, info: bytes, length: int) -> bytes:
    return HKDF(hashes.SHA256(), length, salt, info).derive(secret)


def server_key() -> ec.EllipticCurvePrivateKey:
    """The key that push services know this server by."""
    return ec.derive_private_key(int.from_bytes(keys.push_secret(), "big") % (ORDER - 1) + 1, CURVE)


def authorization(endpoint: str, contact: str) -> str:
    """The header that says who sends, to the push service of this address."""
    parts = urlsplit(endpoint)
    claims = {
        "aud": f"{parts.scheme}://{parts.netloc}",
        "exp": int((clock.now() + LASTS).timestamp()),
        "sub": contact,
    }
    own = server_key()
    head = packed(b'{"alg":"ES256","typ":"JWT"}')
    told = f"{head}.{packed(json.dumps(claims).encode())}"
    first, second = decode_dss_signature(own.sign(told.encode(), ec.ECDSA(hashes.SHA256())))
    signature = packed(first.to_bytes(32, "big") + second.to_bytes(32, "big"))
    return f"vapid t={told}.{signature}, k={packed(point(own.public_key()))}"
