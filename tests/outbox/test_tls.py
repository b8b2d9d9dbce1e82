"""Letters travel under TLS, to the server that the settings name, or wait."""

import ssl
from pathlib import Path

import pytest
from cast import Cast
from certified import certificate
from mailing import MailServer

from forum.base import settings
from forum.base.channels import Unreachable
from forum.base.deliveries import Message
from forum.outbox import smtp

LETTER = Message("The lift", "It is decided.", headers={"Message-ID": "one"})


def named(mail: MailServer, host: str) -> None:
    """The settings name the server so, and ask for TLS as they do by themselves."""
    settings.configure(
        data=settings.settings().data,
        mail_url=f"smtp://{host}:{mail.server_address[1]}",
        mail_from="moot@example.org",
    )


@pytest.fixture
def pem(mail: MailServer, tmp_path: Path) -> Path:
    """The server speaks TLS and says that it is localhost."""
    made = certificate(tmp_path, "localhost")
    mail.tls = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    mail.tls.load_cert_chain(made)
    return made


def send() -> None:
    """One letter."""
    smtp.send("bob@example.org", LETTER)


def test_everything_but_the_greeting_is_hidden(
    mail: MailServer, cast: Cast, pem: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SSL_CERT_FILE", str(pem))
    named(mail, "localhost")
    send()
    assert mail.to == ["bob@example.org"]
    assert mail.said == ["ehlo", "starttls", "EHLO", "MAIL", "RCPT", "DATA"]


def test_nothing_is_said_to_a_stranger(mail: MailServer, cast: Cast, pem: Path) -> None:
    named(mail, "localhost")
    with pytest.raises(Unreachable):
        send()
    assert mail.taken == []
    assert mail.said == ["ehlo", "starttls"]


def test_without_tls_the_letter_waits(mail: MailServer, cast: Cast) -> None:
    """So does it for whoever stands in the line and takes the offer of TLS out."""
    named(mail, "127.0.0.1")
    with pytest.raises(Unreachable):
        send()
    assert mail.taken == []
    assert "mail" not in mail.said
