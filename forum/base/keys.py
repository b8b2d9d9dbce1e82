"""The signing key: Ed25519, in the data folder beside the database, never in it."""

import os
from base64 import b64decode, b64encode
from functools import lru_cache
from hashlib import sha256
from pathlib import Path

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from forum.base.settings import settings


@lru_cache(maxsize=8)
def _secret(path: Path) -> bytes:
    """Read, or at first use make, 32 secret bytes that only the server's user can read."""
    try:
        return path.read_bytes()
    except FileNotFoundError:
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        fresh = os.urandom(32)
        temporary = path.with_suffix(f".{os.getpid()}.new")
        descriptor = os.open(temporary, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(descriptor, "wb") as stream:
            stream.write(fresh)
            stream.flush()
            os.fsync(stream.fileno())
        try:
            os.link(temporary, path)  # two first starts at once: the first one's key stays
        except FileExistsError:
            return path.read_bytes()
        finally:
            temporary.unlink()
        return fresh


@lru_cache(maxsize=8)
def _signer(data: Path) -> Ed25519PrivateKey:
    """The log's key of a data folder; asked for by a burst's every receipt."""
    path = settings().keys.absolute() / "log.ed25519"
    return Ed25519PrivateKey.from_private_bytes(_secret(path))


def cookie_secret() -> bytes:
    """The secret that signs small cookies (notes shown once)."""
    return _secret(settings().keys.absolute() / "cookies.key")


def sealing_secret() -> bytes:
    """The secret that seals contact data at rest (see `sealing`)."""
    return _secret(settings().keys.absolute() / "sealing.key")


def push_secret() -> bytes:
    """The secret behind the key by which browsers' push services know this server."""
    return _secret(settings().keys.absolute() / "push.key")


def sign(data: bytes) -> str:
    """Sign bytes with the log's key; base64."""
    return b64encode(_signer(settings().data).sign(data)).decode()


def public_key() -> str:
    """The public half of the log's key; base64 of 32 bytes."""
    secret = _signer(settings().data)
    raw = secret.public_key().public_bytes(Encoding.Raw, PublicFormat.Raw)
    return b64encode(raw).decode()


def fingerprint(key: str) -> str:
    """What people compare a public key by: the SHA-256 of its 32 bytes, in groups of four."""
    try:
        digest = sha256(b64decode(key)).hexdigest()
    except ValueError:
        return "-"
    return " ".join(digest[at : at + 4] for at in range(0, len(digest), 4))


def pem(key: str) -> bytes:
    """A public key as other tools read it."""
    public = Ed25519PublicKey.from_public_bytes(b64decode(key))
    return public.public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo)


def verify(data: bytes, signature: str, key: str | None = None) -> bool:
    """Whether the signature is the key's (by default ours) over exactly these bytes."""
    try:
        known = public_key() if key is None else key
        public = Ed25519PublicKey.from_public_bytes(b64decode(known))
        public.verify(b64decode(signature), data)
    except (InvalidSignature, ValueError):
        return False
    return True
