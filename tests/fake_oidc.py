"""An OpenID Connect provider of the tests' own: real HTTP, real keys, faults to order."""

import base64
import hashlib
import json
import secrets
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, urlencode, urlsplit

from joserfc import jwk, jwt

CLIENT, SECRET = "folkmoot", "s3cret:&"


@cache
def key(kind: str, kid: str) -> jwk.Key:
    """A key of the run; making one takes a while."""
    if kind == "RSA":
        return jwk.RSAKey.generate_key(2048, {"kid": kid, "use": "sig"})
    return jwk.ECKey.generate_key("P-256", {"kid": kid, "use": "sig"})


def half_hash(text: str) -> str:
    """The hash of an access token as an ID token carries it."""
    half = hashlib.sha256(text.encode()).digest()[:16]
    return base64.urlsafe_b64encode(half).decode().rstrip("=")


class Provider(ThreadingHTTPServer):
    """Signs in whoever `subject` says, at once; what else it says is as a test wants it."""

    daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.subject = "u-17"
        self.algorithm = "RS256"
        self.keys = [key("RSA", "r1"), key("EC", "e1")]
        self.signing: jwk.Key | None = None  # another key than the first of its kind
        self.claims: dict[str, Any] = {}  # over those that are right; None leaves one out
        self.about: dict[str, Any] = {}
        self.answer: dict[str, Any] = {}
        self.raw_token: str | None = None
        self.moment = time.time
        self.codes: dict[str, dict[str, str]] = {}
        self.asked: list[str] = []

    @property
    def issuer(self) -> str:
        """Its name and address."""
        return f"http://127.0.0.1:{self.server_port}"

    @property
    def table(self) -> dict[str, Any]:
        """It as a table of the settings."""
        return {"issuer": self.issuer, "client_id": CLIENT, "secret": SECRET, "label": "City ID"}

    def authorize(self, address: str) -> str:
        """What its sign-in page does: the address to which it sends the browser back."""
        query = {name: texts[0] for name, texts in parse_qs(urlsplit(address).query).items()}
        assert query["response_type"] == "code"
        assert query["code_challenge_method"] == "S256"
        assert query["client_id"] == CLIENT
        code = secrets.token_urlsafe(12)
        self.codes[code] = {**query, "subject": self.subject}
        return f"{query['redirect_uri']}?{urlencode({'code': code, 'state': query['state']})}"

    def token(self, form: dict[str, str], authorization: str) -> dict[str, Any] | None:
        """The answer to a code; None where something about the request is wrong."""
        granted = self.codes.pop(form.get("code", ""), None)
        # Each half is form-encoded before they are joined, as RFC 6749 has it.
        pair = base64.b64encode(b"folkmoot:s3cret%3A%26").decode()
        if granted is None or authorization != f"Basic {pair}":
            return None
        made = hashlib.sha256(form.get("code_verifier", "").encode()).digest()
        challenge = base64.urlsafe_b64encode(made).decode().rstrip("=")
        right = challenge == granted["code_challenge"]
        if not right or form.get("redirect_uri") != granted["redirect_uri"]:
            return None
        access = secrets.token_urlsafe(12)
        claims = {
            "iss": self.issuer,
            "sub": granted["subject"],
            "aud": CLIENT,
            "exp": int(self.moment()) + 300,
            "iat": int(self.moment()),
            "nonce": granted["nonce"],
            "at_hash": half_hash(access),
            "email": "somebody@example.org",
            **self.claims,
        }
        token = self.raw_token or self.signed({n: v for n, v in claims.items() if v is not None})
        return {"access_token": access, "token_type": "Bearer", "id_token": token, **self.answer}

    def signed(self, claims: dict[str, Any]) -> str:
        """Claims under its signature."""
        kind = {"RS256": "RSA", "ES256": "EC"}[self.algorithm]
        by = self.signing or next(key for key in self.keys if key.key_type == kind)
        head = {"alg": self.algorithm, "kid": by.kid}
        return jwt.encode(head, claims, by, algorithms=[self.algorithm])


class _Handler(BaseHTTPRequestHandler):
    server: Provider

    def do_GET(self) -> None:
        path = urlsplit(self.path).path
        self.server.asked.append(path)
        if path == "/.well-known/openid-configuration":
            us = self.server.issuer
            about = {
                "issuer": us,
                "authorization_endpoint": f"{us}/authorize",
                "token_endpoint": f"{us}/token",
                "jwks_uri": f"{us}/keys",
            }
            self._say(200, {**about, **self.server.about})
        elif path == "/keys":
            keys = [key.as_dict(private=False) for key in self.server.keys]
            self._say(200, {"keys": [{"kty": "odd"}, *keys]})
        elif path == "/authorize":
            self.send_response(303)
            self.send_header("location", self.server.authorize(self.path))
            self.end_headers()
        else:
            self._say(404, {})

    def do_POST(self) -> None:
        self.server.asked.append(self.path)
        body = self.rfile.read(int(self.headers["content-length"])).decode()
        form = {name: texts[0] for name, texts in parse_qs(body).items()}
        answer = self.server.token(form, self.headers.get("authorization", ""))
        self._say(400 if answer is None else 200, answer or {"error": "invalid_grant"})

    def _say(self, status: int, data: dict[str, Any]) -> None:
        body = json.dumps(data).encode()
        self.send_response(status)
        self.send_header("content-type", "application/json")
        self.send_header("content-length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *args: Any) -> None:
        return


@contextmanager
def provider() -> Iterator[Provider]:
    """The provider, answering within the block."""
    with Provider() as server:
        thread = threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True)
        thread.start()
        try:
            yield server
        finally:
            server.shutdown()
            thread.join()
