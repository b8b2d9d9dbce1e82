"""Settings, from the environment (FOLKMOOT_*), .env and folkmoot.toml; the data folder's layout."""

from collections.abc import Mapping
from functools import cached_property
from ipaddress import ip_network
from pathlib import Path
from re import fullmatch
from typing import Annotated, Any, Literal
from urllib.parse import urlsplit

from pydantic import Field, SecretStr, ValidationInfo, field_validator
from pydantic_settings import (
    BaseSettings,
    NoDecode,
    PydanticBaseSettingsSource,
    SettingsConfigDict,
    TomlConfigSettingsSource,
)

DEMO_MARKER = ".folkmoot-demo"
# Beside run.py, from wherever it is started.
HOME = Path(__file__).resolve().parents[2]


class Settings(BaseSettings):
    """Everything an operator can set. `data` holds all that is kept: database, files, keys."""

    model_config = SettingsConfigDict(
        env_prefix="FOLKMOOT_",
        env_file=HOME / ".env",
        toml_file=HOME / "folkmoot.toml",
        extra="ignore",
    )

    data: Path = HOME / "data"
    database_url: str = ""
    bus_url: str = ""
    base_url: str = ""
    host: str = "127.0.0.1"
    port: int = 8000
    workers: int = 1
    tls_cert: str = ""
    tls_key: str = ""
    # smtp://user:password@host:587 (STARTTLS) or smtps://host:465; ?tls=no for a relay at home
    mail_url: str = ""
    mail_from: str = Field(default="", validate_default=True)
    # Answers by mail: reply@host takes reply+…@host; letters come in over LMTP (host:port to
    # listen on) or are fetched (imaps://user:password@host/folder).
    mail_reply: str = ""
    mail_lmtp: str = ""
    mail_imap: str = ""
    trusted_proxies: Annotated[list[str], NoDecode] = Field(default_factory=list)
    # Offices sleep until their holder has set up a second step at sign-in.
    staff_second_factor: bool = False
    zone: str = "Asia/Shanghai"
    language: Literal["zh_Hans_CN", "zh_Hant_TW", "en"] = "zh_Hans_CN"
    pseudo_locales: bool = False
    name: str = "议事厅 Folkmoot"
    max_body: int = 2_000_000
    max_upload: int = 20_000_000
    # How many bytes of files one person, and one place (a topic, a task), may have.
    member_quota: int = 200_000_000
    place_quota: int = 500_000_000
    # Files are scanned there before we keep them: tcp://host:3310 or unix:///run/clamav/clamd.ctl
    clamav_url: str = ""
    # Recordings of meetings are written down there (an OpenAI-compatible service), if it is set.
    stt_url: str = ""
    stt_key: SecretStr = SecretStr("")
    stt_model: str = "whisper-1"
    # Hosts whose video rooms and streams may be shown within a meeting's page; others are links.
    embed_hosts: Annotated[list[str], NoDecode] = Field(default_factory=list)
    reader_threads: int = 16
    writer_threads: int = 8
    max_sockets: int = 20_000
    # Sign-in services: one OpenID Connect provider by four settings, any number as tables
    # [providers.NAME] of folkmoot.toml (docs/operators.md).
    oidc_issuer: str = ""
    oidc_client_id: str = ""
    oidc_secret: SecretStr = SecretStr("")
    oidc_label: str = ""
    providers: dict[str, dict[str, Any]] = Field(default_factory=dict, repr=False)
    # A hall's own network is asked nothing unless this says that its servers may be.
    allow_private_addresses: bool = False

    @field_validator("trusted_proxies", mode="before")
    @classmethod
    def _addresses(cls, value: Any) -> Any:
        """Accept a comma-separated list; refuse what is no address or network."""
        items = value.split(",") if isinstance(value, str) else value
        found = [str(item).strip() for item in items if str(item).strip()]
        for item in found:
            ip_network(item, strict=False)
        return found

    @field_validator("mail_url")
    @classmethod
    def _mail_server(cls, value: str) -> str:
        """Refuse what names no mail server."""
        if value and not (value.startswith(("smtp://", "smtps://")) and urlsplit(value).hostname):
            raise ValueError("it reads smtp://user:password@host:587 or smtps://…:465")
        return value

    @field_validator("mail_reply")
    @classmethod
    def _mail_answers(cls, value: str) -> str:
        """The part before the @ leaves room for what is signed."""
        local, at, host = value.partition("@")
        if value and not (at and host and 0 < len(local) <= 12 and "+" not in local):
            raise ValueError("it reads reply@host, with at most 12 characters before the @")
        return value

    @field_validator("mail_lmtp")
    @classmethod
    def _mail_door(cls, value: str) -> str:
        """Refuse what is no place to listen on."""
        host, _colon, port = value.rpartition(":")
        if value and not (host and port.isdigit()):
            raise ValueError("it reads 127.0.0.1:8024")
        return value

    @field_validator("mail_imap")
    @classmethod
    def _mail_box(cls, value: str) -> str:
        """Refuse what names no mailbox."""
        if value and not (value.startswith(("imap://", "imaps://")) and urlsplit(value).username):
            raise ValueError("it reads imaps://user:password@host/INBOX")
        return value

    @field_validator("clamav_url")
    @classmethod
    def _scanner(cls, value: str) -> str:
        """Refuse what names no socket."""
        parts = urlsplit(value)
        there = parts.port if parts.scheme == "tcp" else parts.scheme == "unix" and parts.path
        if value and not there:
            raise ValueError("it reads tcp://host:3310 or unix:///path/to/socket")
        return value

    @field_validator("stt_url")
    @classmethod
    def _service(cls, value: str) -> str:
        """Refuse what is no web address."""
        parts = urlsplit(value)
        if value and not (parts.scheme in ("http", "https") and parts.hostname):
            raise ValueError("it reads https://host or https://host/v1/audio/transcriptions")
        return value

    @field_validator("embed_hosts", mode="before")
    @classmethod
    def _hosts(cls, value: Any) -> Any:
        """Accept a comma-separated list; refuse what is no host name."""
        items = value.split(",") if isinstance(value, str) else value
        found = [str(item).strip().lower() for item in items if str(item).strip()]
        for item in found:
            if not fullmatch(r"[a-z0-9]([a-z0-9.-]*[a-z0-9])?(:\d{1,5})?", item):
                raise ValueError("it reads meet.jit.si, video.example.org")
        return found

    @field_validator("mail_from")
    @classmethod
    def _mail_has_a_sender(cls, value: str, info: ValidationInfo) -> str:
        """Whoever sends mail says in whose name."""
        if info.data.get("mail_url") and "@" not in value:
            raise ValueError("it must be an address when FOLKMOOT_MAIL_URL is set")
        return value

    @classmethod
    def settings_customise_sources(
        cls,
        settings_cls: type[BaseSettings],
        init_settings: PydanticBaseSettingsSource,
        env_settings: PydanticBaseSettingsSource,
        dotenv_settings: PydanticBaseSettingsSource,
        file_secret_settings: PydanticBaseSettingsSource,
    ) -> tuple[PydanticBaseSettingsSource, ...]:
        """The order of precedence: arguments, environment, .env, folkmoot.toml."""
        toml = TomlConfigSettingsSource(settings_cls)
        return init_settings, env_settings, dotenv_settings, toml

    @property
    def url(self) -> str:
        """The database's address for SQLAlchemy."""
        if not self.database_url:
            return f"sqlite:///{(self.data / 'folkmoot.sqlite3').resolve()}"
        scheme, _, rest = self.database_url.partition("://")
        if scheme in ("postgres", "postgresql"):
            return f"postgresql+psycopg://{rest}"
        return self.database_url

    @property
    def sqlite(self) -> bool:
        """Whether the database is one SQLite file (and so one process serves it)."""
        return self.url.startswith("sqlite")

    @property
    def sign_in_services(self) -> dict[str, dict[str, Any]]:
        """The tables of sign-in services by their keys; who made them checks them."""
        if not self.oidc_issuer:
            return self.providers
        one = {
            "issuer": self.oidc_issuer,
            "client_id": self.oidc_client_id,
            "secret": self.oidc_secret.get_secret_value(),
            "label": self.oidc_label or urlsplit(self.oidc_issuer).hostname or "OpenID",
        }
        return {"oidc": one, **self.providers}

    @property
    def keys(self) -> Path:
        """Where signing keys lie: outside the database, so that a copy of it cannot sign."""
        return self.data / "keys"

    @property
    def files(self) -> Path:
        """Where uploads lie, by digest."""
        return self.data / "files"

    @cached_property
    def demo(self) -> bool:
        """Whether `run.py demo` made this data folder: only there do one-click personas exist."""
        return (self.data / DEMO_MARKER).exists()

    @property
    def secure(self) -> bool:
        """Whether cookies may be marked Secure (the site is reached over HTTPS)."""
        return bool(self.tls_cert) or self.base_url.startswith("https://")


_current: Settings | None = None
_given: Settings | None = None


def configure(**values: Any) -> Settings:
    """Make the settings of this process; values given win over environment and files."""
    global _current, _given
    _current = _given = Settings(**values)
    return _current


def overlay(values: Mapping[str, Any]) -> None:
    """Let what administrators chose on their pages stand over what the environment says."""
    global _current
    _current = given().model_copy(update=dict(values))


def given() -> Settings:
    """The settings as arguments, environment and files give them."""
    return _given or configure()


def settings() -> Settings:
    """The settings of this process (made from the environment at first use)."""
    return _current or configure()
