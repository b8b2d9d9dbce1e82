"""Settings, from the environment (FOLKMOOT_*), .env and folkmoot.toml; the data folder's layout."""

from functools import cached_property
from ipaddress import ip_network
from pathlib import Path
from typing import Annotated, Any, Literal

from pydantic import Field, field_validator
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
    trusted_proxies: Annotated[list[str], NoDecode] = Field(default_factory=list)
    zone: str = "Asia/Shanghai"
    language: Literal["zh_Hans_CN", "zh_Hant_TW", "en"] = "zh_Hans_CN"
    pseudo_locales: bool = False
    name: str = "议事厅 Folkmoot"
    max_body: int = 2_000_000
    max_upload: int = 20_000_000
    reader_threads: int = 16
    writer_threads: int = 8
    max_sockets: int = 20_000

    @field_validator("trusted_proxies", mode="before")
    @classmethod
    def _addresses(cls, value: Any) -> Any:
        """Accept a comma-separated list; refuse what is no address or network."""
        items = value.split(",") if isinstance(value, str) else value
        found = [str(item).strip() for item in items if str(item).strip()]
        for item in found:
            ip_network(item, strict=False)
        return found

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


def configure(**values: Any) -> Settings:
    """Make the settings of this process; values given win over environment and files."""
    global _current
    _current = Settings(**values)
    return _current


def settings() -> Settings:
    """The settings of this process (made from the environment at first use)."""
    return _current or configure()
