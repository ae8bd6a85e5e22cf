"""The settings: environment or `.env`, checked once at start. Names are the outside face; keep them."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Annotated, Literal
from urllib.parse import urlsplit

from pydantic import AfterValidator, BeforeValidator, Field, SecretStr, ValidationError, field_validator
from pydantic_settings import BaseSettings, NoDecode, SettingsConfigDict

from bot.domain.announcing import Announce
from bot.domain.errors import SettingsError

TOKEN_SHAPE = r"^\d{3,20}:[A-Za-z0-9_-]{20,64}$"  # noqa: S105  # the shape, not a token
SANDBOX_TOKEN = "1000:sandbox-sandbox-sandbox-sandbox-0"  # noqa: S105  # opens nothing but the sandbox


def _numbers(value: object) -> object:
    return [part for part in value.replace(",", " ").split() if part] if isinstance(value, str) else value


PROXY_SCHEMES = ("http", "https", "socks5", "socks5h")
PROXIES_SHAPE = 'is no JSON object of countries and addresses; write it like {"DE": "socks5://user:password@host:1080"}'


def _proxies(value: object) -> object:
    """Country → address. What is wrong is said without the address: it holds a password."""
    try:
        given = json.loads(value) if isinstance(value, str) else value
    except ValueError:
        given = None
    if not isinstance(given, dict) or not all(isinstance(each, str) for each in given.values()):
        raise ValueError(PROXIES_SHAPE)  # pydantic tells it in its own way
    return {_country(code): _proxy(code, url) for code, url in given.items()}


def _country(code: str) -> str:
    from babel.core import get_global  # noqa: PLC0415  # needed only where there are proxies

    country = code.strip().upper()
    if len(country) != len("CC") or country not in get_global("territory_languages"):
        raise ValueError(f"“{code}” is no country; write its two letters, like DE")
    return country


def _proxy(country: str, url: str) -> str:
    try:
        parts = urlsplit(url.strip())
        known = parts.scheme in PROXY_SCHEMES and parts.hostname and parts.port != 0
    except ValueError:
        known = False
    if not known:
        raise ValueError(f"the address for {country} must be like http://host:3128, https://… or socks5://…")
    return url.strip()


def _lower(value: object) -> object:
    return value.strip().lower() if isinstance(value, str) else value


def _none_if_empty(value: object) -> object:
    return None if value == "" else value


def _is_web_address(text: str) -> str:
    """Telegram refuses a whole message for a button that leads nowhere."""
    parts = urlsplit(text)
    if parts.scheme not in {"http", "https"} or not parts.hostname or len(text.split()) != 1:
        raise ValueError("must be a web address, like https://example.org")
    return text


WebAddress = Annotated[str, AfterValidator(_is_web_address)]
OptionalAddress = Annotated[WebAddress | None, BeforeValidator(_none_if_empty)]


class Settings(BaseSettings):
    """All settings with their defaults. Empty means unset."""

    model_config = SettingsConfigDict(env_file=".env", extra="ignore", env_ignore_empty=True, frozen=True)

    bot_token: SecretStr | None = None
    telegram_api_url: WebAddress = "https://api.telegram.org"
    database_url: str = "sqlite+aiosqlite:///data/objection-bot.db"
    data_key_file: Path = Path("keys/data.key")
    webhook_url: OptionalAddress = None
    webhook_secret: SecretStr | None = None
    http_host: str = "127.0.0.1"
    http_port: int = Field(default=8080, ge=0, le=65535)
    private_port: int = Field(default=9090, ge=0, le=65535)
    operator_ids: Annotated[tuple[int, ...], NoDecode, BeforeValidator(_numbers)] = ()
    operator_name: str = ""
    operator_contact: str = ""
    announce: Announce = Announce.ASK
    """Are groups told at once, after an operator's yes, or not at all?"""
    announce_second: bool = False
    """Must a second operator say yes too?"""
    privacy_url: OptionalAddress = None
    knowledge_dir: Path | None = None
    look_interval: int = Field(default=30, ge=5)
    """Minutes between two looks at a form in use."""
    proxies: Annotated[dict[str, SecretStr], NoDecode, BeforeValidator(_proxies)] = Field(default_factory=dict)
    """By country: the address of a proxy there to look through, with its password."""
    globalping: Annotated[Literal["off", "on"], BeforeValidator(_lower)] = "off"
    """Off, for what is asked of a measuring service is public."""
    globalping_url: str = "https://api.globalping.io"
    globalping_token: SecretStr | None = None
    log_level: Literal["debug", "info", "warning", "error"] = "info"
    log_format: Literal["text", "json"] = "text"
    sandbox_url: OptionalAddress = None

    @field_validator("globalping_url")
    @classmethod
    def _leads_to_a_service(cls, url: str) -> str:
        parts = urlsplit(url)
        local = parts.hostname in {"127.0.0.1", "localhost"}
        if not parts.hostname or (parts.scheme != "https" and not (local and parts.scheme == "http")):
            raise ValueError("must be an https address, like https://api.globalping.io")
        return url.rstrip("/")

    @field_validator("globalping_token")
    @classmethod
    def _is_one_word(cls, token: SecretStr | None) -> SecretStr | None:
        text = token.get_secret_value() if token else "x"
        if not (text.isascii() and text.isprintable() and " " not in text):
            raise ValueError("is no token; copy it whole from dash.globalping.io")
        return token

    @field_validator("webhook_secret")
    @classmethod
    def _is_a_secret(cls, secret: SecretStr | None) -> SecretStr | None:
        """As setWebhook takes it."""
        if secret and not re.fullmatch(r"[A-Za-z0-9_-]{1,256}", secret.get_secret_value()):
            raise ValueError("may hold A-Z a-z 0-9 _ - only, 256 at most; set 32 random letters")
        return secret

    @field_validator("bot_token")
    @classmethod
    def _token_has_its_shape(cls, token: SecretStr | None) -> SecretStr | None:
        if token and not re.match(TOKEN_SHAPE, token.get_secret_value()):
            raise ValueError("is no bot token; copy it whole from BotFather, like 123456:ABC-…")
        return token

    @property
    def uses_globalping(self) -> bool:
        """Did the operator switch the measuring service on? In the sandbox nobody outside is asked."""
        return self.globalping == "on" and not self.sandbox_url

    @property
    def token(self) -> str:
        """The token to talk with: the operator's, or the sandbox's own."""
        return self.bot_token.get_secret_value() if self.bot_token else SANDBOX_TOKEN

    @property
    def api_url(self) -> str:
        """The Bot API's root: the sandbox if one is set."""
        return (self.sandbox_url or self.telegram_api_url).rstrip("/")

    @property
    def backups(self) -> Path:
        """Where copies lie that are made before the database changes its shape: beside its file."""
        kind, _, file = self.database_url.partition(":///")
        return (Path(file).parent if kind.startswith("sqlite") and file else Path("data")) / "backups"

    def must_name_operator(self) -> None:
        """A public start names who runs it: GDPR Art. 13(1)(a), Telegram's developer terms 4."""
        missing = [name for name in ("operator_name", "operator_contact") if not getattr(self, name)]
        if self.bot_token and not self.sandbox_url and missing:
            names = " and ".join(name.upper() for name in missing)
            raise SettingsError(f"{names} empty: /privacy would name nobody. Set them in .env, then start again.")

    def must_guard_webhook(self) -> None:
        """Telegram alone may speak there, and it comes by https only."""
        if self.webhook_url and not self.webhook_secret:
            raise SettingsError("WEBHOOK_SECRET empty: anybody could play Telegram. Set 32 random letters.")
        if self.webhook_url and not self.sandbox_url and not self.webhook_url.startswith("https:"):
            raise SettingsError("WEBHOOK_URL: Telegram takes https only; set an address like https://bot.example.org")


def load_settings(**changes: object) -> Settings:
    """Read the settings; SettingsError says in one line which one is wrong."""
    try:
        return Settings(**changes)  # type: ignore[arg-type]  # pydantic checks what the type can't
    except (OSError, UnicodeDecodeError) as error:
        why = error.strerror if isinstance(error, OSError) else "it is no text in UTF-8"
        raise SettingsError(f"The file .env can't be read: {why}.") from None
    except ValidationError as error:
        first = error.errors(include_input=False, include_url=False)[0]
        name = ".".join(str(part) for part in first["loc"]).upper()
        raise SettingsError(f"{name}: {first['msg'].removeprefix('Value error, ')}") from None
