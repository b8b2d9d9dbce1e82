"""The signing key: Ed25519, in the data folder beside the database, never in it."""

import os
from base64 import b64decode, b64encode
from functools import lru_cache
from hashlib import sha256
from pathlib import Path

from nacl.bindings import crypto_sign, crypto_sign_BYTES, crypto_sign_seed_keypair
from nacl.exceptions import BadSignatureError
from nacl.signing import VerifyKey

from forum.base.settings import settings

_HEAD = bytes.fromhex("302a300506032b6570032100")  # says of the 32 bytes behind it what they are


@lru_cache(maxsize=8)
def _secret(path: Path) -> bytes:
    """Read, or at first use make, 32 secret bytes that only the server's user can read."""
    try:
        return path.read_bytes()
    except FileNotFoundError:
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        fresh = os.urandom(32)
        temporary = path.with_suffix(f".{os.urandom(8).hex()}.new")
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
def _pair(data: Path) -> tuple[bytes, bytes]:
    """The log's key of a data folder, public and secret; asked for by a burst's every receipt."""
    public, secret = crypto_sign_seed_keypair(_secret(settings().keys.absolute() / "log.ed25519"))
    return public, secret


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
    _public, secret = _pair(settings().data)
    return b64encode(crypto_sign(data, secret)[:crypto_sign_BYTES]).decode()


def public_key() -> str:
    """The public half of the log's key; base64 of 32 bytes."""
    public, _secret_half = _pair(settings().data)
    return b64encode(public).decode()


def fingerprint(key: str) -> str:
    """What people compare a public key by: the SHA-256 of its 32 bytes, in groups of four."""
    try:
        digest = sha256(b64decode(key)).hexdigest()
    except ValueError:
        return "-"
    return " ".join(digest[at : at + 4] for at in range(0, len(digest), 4))


def own_fingerprint() -> str:
    """That of the key that signs here: what minutes and pages show, to be compared with files."""
    return fingerprint(public_key())


def pem(key: str) -> bytes:
    """A public key as other tools read it (RFC 8410)."""
    packed = b64encode(_HEAD + b64decode(key))
    return b"-----BEGIN PUBLIC KEY-----\n" + packed + b"\n-----END PUBLIC KEY-----\n"


def verify(data: bytes, signature: str, key: str | None = None) -> bool:
    """Whether the signature is the key's (by default ours) over exactly these bytes."""
    try:
        known = public_key() if key is None else key
        VerifyKey(b64decode(known)).verify(data, b64decode(signature))
    except (BadSignatureError, ValueError):
        return False
    return True
