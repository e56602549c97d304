"""What the register says and who asks, in our own words."""

from dataclasses import dataclass, field
from datetime import date

from registry.representation.codes import country_of, folded_name, is_registry_code, plain_code


@dataclass(frozen=True)
class Signatory:
    """A person who is to sign."""

    name: str
    code: str = ""
    country: str = "EST"
    birth_date: str = ""

    @property
    def key(self) -> tuple[str, str] | None:
        code = plain_code(self.code)
        return (code, country_of(self.country)) if code else None


@dataclass(frozen=True)
class Person:
    """Somebody on the card: a human being or another organisation."""

    last_name: str  # of an organisation: its name
    first_name: str = ""
    code: str = ""
    country: str = ""  # as the register writes it, which is not always ISO
    country_text: str = ""
    birth_date: str = ""
    role: str = ""
    role_text: str = ""
    may_alone: bool | None = None
    declared_legal: bool | None = None  # esindus_v2 does not say
    starts_on: date | None = None
    ends_on: date | None = None
    term_ends_on: date | None = None

    @property
    def name(self) -> str:
        return f"{self.first_name} {self.last_name}".strip()

    @property
    def is_legal(self) -> bool:
        if self.declared_legal is not None:
            return self.declared_legal
        return not self.first_name and is_registry_code(self.code)

    @property
    def key(self) -> tuple[str, str] | None:
        """The code with its country: a code alone identifies nobody."""
        code = plain_code(self.code)
        return (code, country_of(self.country)) if code and self.country else None

    def is_named(self, name: str) -> bool:
        return folded_name(self.name) == folded_name(name)


@dataclass(frozen=True)
class Group:
    """People who may represent only together."""

    number: int
    members: tuple[Person, ...]


@dataclass(frozen=True)
class Deviation:
    """A sentence of the card that departs from the normal rule."""

    text: str
    kind: str = ""
    kind_text: str = ""
    starts_on: date | None = None
    ends_on: date | None = None


@dataclass(frozen=True)
class OrganisationAnswer:
    """Everything the register said about one organisation."""

    code: str
    name: str
    status: str
    status_text: str = ""
    legal_form: str = ""
    legal_form_text: str = ""
    persons: tuple[Person, ...] = ()
    deviations: tuple[Deviation, ...] = ()
    groups: tuple[Group, ...] = ()
    address: str = ""
    # What the register says of organisations that represent this one, by their code.
    represented_by: dict[str, "OrganisationAnswer"] = field(default_factory=dict)
