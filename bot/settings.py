"""The settings: environment variables `COPBOT_*`, read once into frozen values."""

import os
import secrets
from collections.abc import Mapping
from pathlib import Path

import msgspec

from bot.errors import SettingsInvalid

ROOT = Path(__file__).resolve().parents[1]


class Settings(msgspec.Struct, frozen=True):
    """What the operator chose; docs/operating.md describes each one."""

    database_url: str = f"sqlite:///{ROOT / 'var' / 'copbot.sqlite'}"
    content_dirs: tuple[Path, ...] = (ROOT / "content",)
    telegram_token: str | None = None
    secret_key: str = msgspec.field(default_factory=lambda: secrets.token_hex(32))
    allowed_origins: tuple[str, ...] = ()
    default_country: str | None = None
    rate_limit: bool = True
    host: str = "127.0.0.1"
    port: int = 8080
    cores: int = 1
    log_level: str = "INFO"


def read_settings(environ: Mapping[str, str] = os.environ) -> Settings:
    """Read the settings; raises SettingsInvalid, naming the variable."""
    given: dict[str, object] = {}
    for name in Settings.__struct_fields__:
        value = environ.get(f"COPBOT_{name.upper()}", "").strip()
        if value:
            given[name] = _read(name, value)
    return Settings(**given)  # type: ignore[arg-type]


def _read(name: str, value: str) -> object:
    if name == "content_dirs":
        return tuple(Path(folder) for folder in value.split(os.pathsep) if folder)
    if name == "allowed_origins":
        return tuple(origin.strip() for origin in value.split(",") if origin.strip())
    if name == "rate_limit":
        if value not in ("on", "off"):
            raise SettingsInvalid("COPBOT_RATE_LIMIT is either on or off")
        return value == "on"
    if name in ("port", "cores"):
        if not value.isdigit():
            raise SettingsInvalid(f"COPBOT_{name.upper()} is a whole number")
        return int(value)
    if name == "default_country":
        if len(value) != 2 or not value.isalpha():
            raise SettingsInvalid("COPBOT_DEFAULT_COUNTRY is a two-letter code")
        return value.upper()
    return value
