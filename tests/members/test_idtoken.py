"""ID tokens that are not believed, each for one thing about it that is wrong."""

import base64
import json
from urllib.parse import parse_qs, urlsplit

import fake_oidc
import pytest
from cast import Cast
from conftest import Client
from fake_oidc import Provider
from joserfc import jwk, jwt
from vouching import come_back, join, refused, set_out

from forum.base import clock

WRONG = {
    "another issuer": {"iss": "https://evil.example"},
    "no issuer": {"iss": None},
    "another audience": {"aud": "other"},
    "no audience": {"aud": None},
    "several audiences and no azp": {"aud": ["folkmoot", "other"]},
    "several audiences, another azp": {"aud": ["folkmoot", "other"], "azp": "other"},
    "another azp": {"azp": "other"},
    "over": {"exp": -61},
    "no end": {"exp": None},
    "an endless end": {"exp": float("nan")},
    "issued in the future": {"iat": 61 + 5},
    "no time of issue": {"iat": None},
    "not yet": {"nbf": 61 + 5},
    "another nonce": {"nonce": "other"},
    "no nonce": {"nonce": None},
    "another access token": {"at_hash": "other"},
    "no subject": {"sub": None},
    "an empty subject": {"sub": ""},
    "a long subject": {"sub": "x" * 256},
    "a subject that is a number": {"sub": 17},
}


@pytest.mark.parametrize("claims", WRONG.values(), ids=WRONG)
def test_a_token_is_refused(
    client: Client, cast: Cast, provider: Provider, claims: dict[str, object]
) -> None:
    moment = clock.now()
    second = int(moment.timestamp())
    provider.claims = {
        name: second + value if name in ("exp", "iat", "nbf") and isinstance(value, int) else value
        for name, value in claims.items()
    }
    browser = client(None)
    with clock.at(moment):
        refused(browser, come_back(browser, provider))


def test_two_clocks_may_be_a_minute_apart(client: Client, cast: Cast, provider: Provider) -> None:
    moment = clock.now()
    second = int(moment.timestamp())
    provider.claims = {"exp": second - 50, "iat": second + 50}
    with clock.at(moment):
        join(client(None), provider)


def test_a_right_azp_is_right(client: Client, cast: Cast, provider: Provider) -> None:
    provider.claims = {"aud": ["folkmoot", "other"], "azp": "folkmoot", "at_hash": None}
    join(client(None), provider)


def claims_of(provider: Provider, there: str) -> dict[str, object]:
    """What a right token to this attempt would say."""
    query = parse_qs(urlsplit(there).query)
    moment = int(clock.now().timestamp())
    ours = {"iss": provider.issuer, "sub": "u-17", "aud": "folkmoot", "iat": moment}
    return {**ours, "exp": moment + 300, "nonce": query["nonce"][0]}


def plain(part: dict[str, object]) -> str:
    """A part of a token."""
    return base64.urlsafe_b64encode(json.dumps(part).encode()).decode().rstrip("=")


@pytest.mark.parametrize("algorithm", ["none", "None", "HS256", "RS512", "missing"])
def test_an_algorithm_is_refused(
    client: Client, cast: Cast, provider: Provider, algorithm: str
) -> None:
    """No signature, one with the public key as a shared secret, one that we do not take."""
    browser = client(None)
    there = set_out(browser)
    claims = claims_of(provider, there)
    signer = provider.keys[0]
    head: dict[str, object] = {"alg": algorithm, "kid": signer.kid}
    if algorithm == "HS256":
        assert isinstance(signer, jwk.RSAKey)
        secret = jwk.OctKey.import_key(signer.as_pem(private=False).replace(b"-----", b""))
        provider.raw_token = jwt.encode(head, claims, secret, algorithms=["HS256"])
    elif algorithm == "RS512":
        provider.raw_token = jwt.encode(head, claims, signer, algorithms=["RS512"])
    else:
        head = {"kid": signer.kid} if algorithm == "missing" else head
        provider.raw_token = f"{plain(head)}.{plain(claims)}."
    back = urlsplit(provider.authorize(there))
    refused(browser, f"{back.path}?{back.query}")


@pytest.mark.parametrize("fault", ["changed", "another key", "rubbish", "absent", "huge"])
def test_a_signature_is_refused(client: Client, cast: Cast, provider: Provider, fault: str) -> None:
    browser = client(None)
    there = set_out(browser)
    claims = claims_of(provider, there)
    if fault == "changed":
        head, _body, signature = provider.signed(claims).split(".")
        provider.raw_token = f"{head}.{plain({**claims, 'sub': 'other'})}.{signature}"
    elif fault == "another key":
        other = jwk.RSAKey.generate_key(2048, {"kid": "r1"})
        provider.raw_token = jwt.encode({"alg": "RS256", "kid": "r1"}, claims, other)
    elif fault == "huge":
        provider.raw_token = provider.signed({**claims, "more": "x" * 20_000})
    elif fault == "rubbish":
        provider.raw_token = "a.b"
    else:
        provider.answer = {"id_token": None}
    back = urlsplit(provider.authorize(there))
    refused(browser, f"{back.path}?{back.query}")


def test_new_keys_are_asked_for_once(client: Client, cast: Cast, provider: Provider) -> None:
    """A provider that has changed its keys is believed; one whose key nobody lists is not."""
    join(client(None), provider)
    assert provider.asked.count("/keys") == 1
    provider.keys = [fake_oidc.key("RSA", "r2")]
    browser = client(None)
    assert browser.get(come_back(browser, provider)).headers["location"] == "/"
    assert provider.asked.count("/keys") == 2
    provider.signing = fake_oidc.key("RSA", "nobody's")
    stranger = client(None)
    refused(stranger, come_back(stranger, provider))
    assert provider.asked.count("/keys") == 3
