"""An ID token, checked: whose signature, from whom, for whom, when, and for which sign-in."""

from base64 import urlsafe_b64encode
from collections.abc import Mapping
from datetime import datetime
from hashlib import sha256
from hmac import compare_digest
from typing import Any, NamedTuple

from joserfc import jwk, jws, jwt
from joserfc.errors import JoseError

# With the kind of key that each takes. "none" and shared secrets prove nothing to us.
ALGORITHMS = {"RS256": "RSA", "ES256": "EC"}
SKEW = 60  # seconds that two clocks may be apart
LONGEST = 16_000

Keys = list[jwk.Key]


class BadToken(Exception):
    """What is wrong with a token; the words name no value of it."""


class Expected(NamedTuple):
    """Whom the token must be from and for, and the sign-in that it must answer."""

    issuer: str
    client: str
    nonce: str


def keys(found: Mapping[str, Any]) -> Keys:
    """The keys of a server's list that we can use; the rest is for others."""
    made: Keys = []
    listed = found.get("keys")
    for entry in listed if isinstance(listed, list) else ():
        if not isinstance(entry, dict) or entry.get("kty") not in ALGORITHMS.values():
            continue
        if entry.get("use", "sig") != "sig":
            continue
        try:
            made.append(jwk.import_key(entry))
        except (JoseError, ValueError, KeyError, TypeError):
            continue
    return made


def _head(token: str) -> dict[str, Any]:
    try:
        if len(token) > LONGEST:
            raise ValueError
        return dict(jws.extract_compact(token.encode()).headers())
    except (JoseError, ValueError, TypeError, KeyError) as error:
        raise BadToken("it cannot be read") from error


def _fitting(head: Mapping[str, Any], known: Keys) -> Keys:
    kind, name = ALGORITHMS.get(str(head.get("alg"))), head.get("kid")
    return [key for key in known if key.key_type == kind and (name is None or key.kid == name)]


def has_key_for(token: str, known: Keys) -> bool:
    """Whether the token's key is among these; else its server may have changed them."""
    return bool(_fitting(_head(token), known))


def check(
    token: str,
    known: Keys,
    expected: Expected,
    *,
    now: datetime,
    access_token: str | None = None,
) -> dict[str, Any]:
    """What a token says, when all of it is right; raises BadToken."""
    head = _head(token)
    if head.get("alg") not in ALGORITHMS:
        raise BadToken("its algorithm is not taken")
    fitting = _fitting(head, known)
    if not fitting:
        raise BadToken("nobody knows its key")
    claims = _signed(token, fitting[:4])
    _check_claims(claims, expected, now)
    said = claims.get("at_hash")
    if said is not None and access_token is not None:
        half = sha256(access_token.encode()).digest()[:16]
        if said != urlsafe_b64encode(half).decode().rstrip("="):
            raise BadToken("at_hash belongs to another access token")
    return claims


def _signed(token: str, fitting: Keys) -> dict[str, Any]:
    for key in fitting:
        try:
            return jwt.decode(token, key, algorithms=list(ALGORITHMS)).claims
        except (JoseError, ValueError, TypeError):
            continue
    raise BadToken("its signature is not right")


def _check_claims(claims: dict[str, Any], expected: Expected, now: datetime) -> None:
    rules = jwt.JWTClaimsRegistry(
        now=int(now.timestamp()),
        leeway=SKEW,
        iss={"essential": True, "value": expected.issuer},
        sub={"essential": True},
        aud={"essential": True, "value": expected.client},
        exp={"essential": True},
        iat={"essential": True},
    )
    try:
        rules.validate(claims)
    except JoseError as error:
        raise BadToken(f"{error.error} {getattr(error, 'claim', '')}".strip()) from error
    several = isinstance(claims["aud"], list) and len(claims["aud"]) > 1
    if claims.get("azp", None if several else expected.client) != expected.client:
        raise BadToken("azp is another client")
    nonce = claims.get("nonce")
    if not isinstance(nonce, str) or not compare_digest(nonce.encode(), expected.nonce.encode()):
        raise BadToken("nonce belongs to another sign-in")
    if not 0 < len(claims["sub"]) <= 255:
        raise BadToken("sub is no subject")
