"""One territory, as a value."""

from dataclasses import dataclass
from enum import StrEnum


class Kind(StrEnum):
    """What a territory is in law. All but the first two and the last are units of the level of provinces."""

    COUNTRY = "country"
    REGION = "region"
    PROVINCE = "province"
    METROPOLITAN_CITY = "metropolitan_city"
    FREE_CONSORTIUM = "free_consortium"
    AUTONOMOUS_PROVINCE = "autonomous_province"
    NON_ADMINISTRATIVE_UNIT = "non_administrative_unit"
    AREA = "area"  # named in a workspace: several provinces, or a part of one


@dataclass(frozen=True, slots=True)
class Territory:
    """A territory under its Istat code ("045", "09", "IT").

    ``region`` is the code of its region (a region's own; ``None`` for Italy). ``slug`` is its name in
    addresses and on the command line. ``title`` is its full name ("Provincia di Massa-Carrara"),
    ``row_label`` what the row of a table prints ("Massa-Carrara", "Regione Toscana"), ``locative`` says
    where ("in provincia di Massa-Carrara", "in Toscana"), ``definite`` who ("la provincia di Massa-Carrara", "la Toscana"),
    ``genitive`` whose ("della Toscana").
    ``division`` is a region's geographic division.
    ``adjective`` is a region's, masculine ("toscano").
    ``parts`` are the codes of the provinces that make up an area; none of an area that is a part of one.
    ``nuts`` is a NUTS 3, 2 or 0 code. ``valid_from`` and ``valid_to`` are years, both included; ``None`` is
    without end.
    """

    code: str
    alternates: tuple[str, ...]
    kind: Kind
    region: str | None
    name: str
    slug: str
    title: str
    row_label: str
    locative: str
    definite: str
    genitive: str
    plate: str | None = None
    nuts: str | None = None
    division: str | None = None
    valid_from: int | None = None
    valid_to: int | None = None
    aliases: tuple[str, ...] = ()
    adjective: str | None = None
    parts: tuple[str, ...] = ()

    @property
    def codes(self) -> tuple[str, ...]:
        """Every Istat code that it answers to, its own first."""
        return (self.code, *self.alternates)

    @property
    def spellings(self) -> tuple[str, ...]:
        """Everything that it may be called: slug, names, title, codes, plate."""
        plate = (self.plate,) if self.plate else ()
        return (self.slug, self.name, *self.aliases, self.title, *self.codes, *plate)

    @property
    def is_region(self) -> bool:
        """Whether it is one of the twenty regions."""
        return self.kind is Kind.REGION

    @property
    def is_province(self) -> bool:
        """Whether it is of the level of provinces: it has a code of three digits (Valle d'Aosta too)."""
        return any(len(code) == 3 for code in self.codes)

    def is_valid(self, year: int) -> bool:
        """Whether statistics of ``year`` know it."""
        return (self.valid_from or year) <= year <= (self.valid_to or year)

    @property
    def validity(self) -> str:
        """The years in words: "2006–2016", "from 2026", "until 2025"."""
        if self.valid_from and self.valid_to:
            return f"{self.valid_from}–{self.valid_to}"
        if self.valid_to:
            return f"until {self.valid_to}"
        return f"from {self.valid_from}" if self.valid_from else "always"


@dataclass(frozen=True, slots=True)
class Succession:
    """Some area of the province ``before`` is, from ``year`` on, of the province ``after``: Istat codes.

    From Istat's record of administrative changes: new provinces (2006, 2010, 2026), those united again (2017), and
    municipalities that changed province.
    """

    year: int
    before: str
    after: str
