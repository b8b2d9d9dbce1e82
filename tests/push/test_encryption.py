"""The encryption of RFC 8291 and the statement of RFC 8292, by their own examples and back."""

import json
import os

import pytest
from cast import Cast
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.utils import encode_dss_signature
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from hypothesis import given
from hypothesis import strategies as st

from forum.push import encryption
from forum.push.encryption import CURVE, packed, point, unpacked

# RFC 8291, section 5 and appendix A.
PLAIN = b"When I grow up, I want to be a watermelon"
BROWSER_PRIVATE = "q1dXpw3UpT5VOmu_cf_v6ih07Aems3njxI-JWgLcM94"
BROWSER_PUBLIC = (
    "BCVxsr7N_eNgVRqvHtD0zTZsEc6-VV-JvLexhqUzORcxaOzi6-AYWXvTBHm4bjyPjs7Vd8pZGH6SRpkNtoIAiw4"
)
SECRET = "BTBZMqHH6r4Tts7J_aSIgg"
SERVER_PRIVATE = "yfWPiYE-n46HLnH0KqZOF1fJJU3MYrct3AELtAQ-oRw"
SALT = "DGv6ra1nlYgDCS1FRnbzlw"
RESULT = (
    "DGv6ra1nlYgDCS1FRnbzlwAAEABBBP4z9KsN6nGRTbVYI_c7VJSPQTBtkgcy27ml"
    "mlMoZIIgDll6e3vCYLocInmYWAmS6TlzAC8wEqKK6PBru3jl7A_yl95bQpu6cVPT"
    "pK4Mqgkf1CXztLVBSt2Ks3oZwbuwXPXLWyouBWLVWGNWQexSgSxsj_Qulcy4a-fN"
)


def private(text: str) -> ec.EllipticCurvePrivateKey:
    """A private key of the RFC."""
    return ec.derive_private_key(int.from_bytes(unpacked(text), "big"), CURVE)


def test_the_example_of_the_rfc() -> None:
    made = encryption.encrypted(
        PLAIN, browser=BROWSER_PUBLIC, secret=SECRET, own=private(SERVER_PRIVATE),
        salt=unpacked(SALT),
    )  # fmt: skip
    assert packed(made) == RESULT


def opened(body: bytes, own: ec.EllipticCurvePrivateKey, secret: bytes) -> bytes:
    """What a browser makes of a message, step by step as RFC 8188 and 8291 say."""
    salt, size, length = body[:16], int.from_bytes(body[16:20], "big"), body[20]
    key, sealed = body[21 : 21 + length], body[21 + length :]
    assert len(sealed) <= size
    theirs = ec.EllipticCurvePublicKey.from_encoded_point(CURVE, key)
    info = b"WebPush: info\0" + point(own.public_key()) + key

    def derived(source: bytes, salt: bytes, info: bytes, length: int) -> bytes:
        return HKDF(hashes.SHA256(), length, salt, info).derive(source)

    root = derived(own.exchange(ec.ECDH(), theirs), secret, info, 32)
    content = derived(root, salt, b"Content-Encoding: aes128gcm\0", 16)
    nonce = derived(root, salt, b"Content-Encoding: nonce\0", 12)
    plain = AESGCM(content).decrypt(nonce, sealed, None)
    return plain.rstrip(b"\0").removesuffix(b"\x02")


@given(st.binary(max_size=500).filter(lambda data: not data.endswith((b"\0", b"\x02"))))
def test_only_the_browser_reads_it(message: bytes) -> None:
    own, secret = ec.generate_private_key(CURVE), os.urandom(16)
    key = packed(point(own.public_key()))
    first, second = (
        encryption.encrypted(message, browser=key, secret=packed(secret)) for _ in range(2)
    )
    assert opened(first, own, secret) == message
    assert first != second


def test_what_is_too_long_is_not_sent() -> None:
    with pytest.raises(ValueError, match="too long"):
        encryption.encrypted(b"x" * 4000, browser=BROWSER_PUBLIC, secret=SECRET)
    made = encryption.encrypted(b"x" * encryption.MOST, browser=BROWSER_PUBLIC, secret=SECRET)
    assert len(made) <= 4096


@pytest.mark.parametrize("key", ["", "AAAA", BROWSER_PUBLIC[:-4], "B" + "A" * 86, "é"])
def test_what_is_no_key_is_refused(key: str) -> None:
    with pytest.raises(ValueError):  # noqa: PT011 - whatever the library says
        encryption.browser_key(key)


def test_the_statement_names_the_service_and_is_signed(cast: Cast) -> None:
    told = encryption.authorization("https://push.example.net/a/b?c", "mailto:moot@example.org")
    scheme, _blank, rest = told.partition(" ")
    named = dict(part.strip().split("=", 1) for part in rest.split(","))
    head, claims, signature = named["t"].split(".")
    known = json.loads(unpacked(claims))
    assert (scheme, json.loads(unpacked(head))) == ("vapid", {"alg": "ES256", "typ": "JWT"})
    assert known["aud"] == "https://push.example.net"
    assert known["sub"] == "mailto:moot@example.org"
    key = ec.EllipticCurvePublicKey.from_encoded_point(CURVE, unpacked(named["k"]))
    raw = unpacked(signature)
    pair = encode_dss_signature(int.from_bytes(raw[:32], "big"), int.from_bytes(raw[32:], "big"))
    key.verify(pair, f"{head}.{claims}".encode(), ec.ECDSA(hashes.SHA256()))
    with pytest.raises(InvalidSignature):
        key.verify(pair, f"{head}.{claims}x".encode(), ec.ECDSA(hashes.SHA256()))
    assert named["k"] == packed(point(encryption.server_key().public_key()))
