"""What a record of elsewhere.toml, meta.toml and shorteners.toml may look like."""

from typing import Annotated, ClassVar

from pydantic import BaseModel, ConfigDict, Field

from bot.domain.forms import Sureness
from bot.domain.outlooks import FormThere
from bot.domain.web_addresses import DomainUse
from bot.knowledge.schema import Entry, Https, Text, Texts, Zone


class DomainEntry(Entry):
    """A registrable domain; its id is its name."""

    use: DomainUse = DomainUse.SHOWN


class ShortenersEntry(Entry):
    """Registrable domains whose addresses hide another one."""

    names: Annotated[Texts, Field(min_length=1)]


class FactEntry(BaseModel):
    model_config: ClassVar[ConfigDict] = ConfigDict(extra="forbid", frozen=True)

    says: Annotated[str, Field(pattern="^[a-z][a-z_]{1,30}$")]
    sureness: Sureness
    sources: Annotated[Texts, Field(min_length=1)]


class OutlookEntry(Entry):
    """What is known of a country elsewhere; its id is the ISO code."""

    form: FormThere
    page: Https | None = None
    jurisdiction: Text | None = None
    zone: Zone | None = None
    facts: Annotated[tuple[FactEntry, ...], Field(min_length=1)]
