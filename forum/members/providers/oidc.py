"""OpenID Connect: discovery, the code flow with PKCE, and an ID token that is checked whole."""

import threading
from base64 import b64encode, urlsafe_b64encode
from collections.abc import Mapping
from datetime import datetime, timedelta
from hashlib import sha256
from json import loads
from typing import Any, NamedTuple
from urllib.parse import quote_plus, urlencode, urlsplit

from pydantic import Field, SecretStr, field_validator

from forum.base import clock
from forum.base.settings import settings
from forum.members.providers import idtoken
from forum.members.providers.idtoken import BadToken, Keys
from forum.members.providers.port import Attempt, Provider, adapter

KNOWN_FOR = timedelta(hours=1)
WELL_KNOWN = "/.well-known/openid-configuration"
ENDPOINTS = ("authorization_endpoint", "token_endpoint", "jwks_uri")


class Known(NamedTuple):
    """What the service's server says of itself and of its keys, and when it was asked."""

    about: dict[str, Any]
    keys: Keys
    at: datetime


_known: dict[str, Known] = {}
_lock = threading.Lock()


def forget() -> None:
    """Ask everything anew."""
    _known.clear()


@adapter("oidc")
class Oidc(Provider):
    """A service that speaks OpenID Connect."""

    issuer: str
    client_id: str = Field(min_length=1)
    secret: SecretStr = SecretStr("")
    scope: str = "openid"

    @field_validator("issuer")
    @classmethod
    def _secure(cls, value: str) -> str:
        if not _https(value) and not settings().allow_private_addresses:
            raise ValueError("it must begin with https://")
        return value

    @property
    def realm(self) -> str:
        """The issuer: the same whatever it is called here."""
        return self.issuer

    def begin(self, attempt: Attempt, callback: str, lang: str) -> str:
        """The service's own page, told what we will compare."""
        challenge = urlsafe_b64encode(sha256(attempt.verifier.encode()).digest()).decode()
        asked = {
            "response_type": "code",
            "client_id": self.client_id,
            "redirect_uri": callback,
            "scope": self.scope,
            "state": attempt.state,
            "nonce": attempt.nonce,
            "code_challenge": challenge.rstrip("="),
            "code_challenge_method": "S256",
            "ui_locales": lang.replace("_", "-"),
        }
        address: str = self._about()["authorization_endpoint"]
        return f"{address}{'&' if '?' in address else '?'}{urlencode(asked)}"

    def once(self, given: Mapping[str, str]) -> str:
        """The code."""
        return given.get("code", "")

    def finish(self, attempt: Attempt, callback: str, given: Mapping[str, str]) -> str:
        """Exchange the code and believe the token if all of it is right."""
        about = self._about()
        must_name = about.get("authorization_response_iss_parameter_supported") is True
        if given.get("iss", "" if must_name else self.issuer) != self.issuer:
            raise self.refused("the answer names another issuer")
        if "error" in given or not given.get("code"):
            raise self.refused("it came back without a code")
        answer = self._exchange(about, attempt, callback, given["code"])
        token, access = answer.get("id_token"), answer.get("access_token")
        if not isinstance(token, str):
            raise self.refused("the answer holds no ID token")
        try:
            expected = idtoken.Expected(self.issuer, self.client_id, attempt.nonce)
            claims = self._believe(token, expected, access if isinstance(access, str) else None)
        except BadToken as error:
            raise self.refused(f"ID token: {error}") from error
        return str(claims["sub"])

    def _believe(
        self, token: str, expected: idtoken.Expected, access: str | None
    ) -> dict[str, Any]:
        """Check with the keys at hand; those of a server that has changed them are asked once."""
        keys = self._look().keys
        if not idtoken.has_key_for(token, keys):
            keys = self._look(anew=True).keys
        return idtoken.check(token, keys, expected, now=clock.now(), access_token=access)

    def _exchange(
        self, about: dict[str, Any], attempt: Attempt, callback: str, code: str
    ) -> dict[str, Any]:
        form = {
            "grant_type": "authorization_code",
            "code": code,
            "redirect_uri": callback,
            "code_verifier": attempt.verifier,
        }
        headers = {
            "content-type": "application/x-www-form-urlencoded",
            "accept": "application/json",
        }
        secret = self.secret.get_secret_value()
        ways = about.get("token_endpoint_auth_methods_supported", ["client_secret_basic"])
        if secret and "client_secret_basic" in ways:
            pair = f"{quote_plus(self.client_id)}:{quote_plus(secret)}"
            headers["authorization"] = f"Basic {b64encode(pair.encode()).decode()}"
        else:
            form["client_id"] = self.client_id
            if secret:
                form["client_secret"] = secret
        body = urlencode(form).encode()
        return self._json(about["token_endpoint"], method="POST", body=body, headers=headers)

    def _json(self, url: str, **how: Any) -> dict[str, Any]:
        answer = self.ask(url, **how)
        try:
            found = loads(answer.body) if answer.status == 200 else None
        except (ValueError, RecursionError):
            found = None
        if not isinstance(found, dict):
            raise self.refused(f"its server answered {answer.status}, or nothing readable")
        return found

    def _about(self) -> dict[str, Any]:
        return self._look().about

    def _look(self, *, anew: bool = False) -> Known:
        """What the server said of itself within the hour; `anew`: its keys are others by now."""
        found = _known.get(self.issuer)
        if found is not None and not anew and clock.now() < found.at + KNOWN_FOR:
            return found
        about = found.about if found is not None and anew else self._discovered()
        made = Known(about, idtoken.keys(self._json(about["jwks_uri"])), clock.now())
        with _lock:
            _known[self.issuer] = made
        return made

    def _discovered(self) -> dict[str, Any]:
        about = self._json(f"{self.issuer.rstrip('/')}{WELL_KNOWN}")
        if about.get("issuer") != self.issuer:
            raise self.refused("discovery names another issuer")
        for name in ENDPOINTS:
            address = about.get(name)
            if not isinstance(address, str) or (_https(self.issuer) and not _https(address)):
                raise self.refused(f"discovery: {name} is missing or not under https")
        return about


def _https(address: str) -> bool:
    parts = urlsplit(address)
    return parts.scheme == "https" and bool(parts.hostname)
