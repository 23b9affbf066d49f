"""Whose report a file is: what a renderer writes into it and a reader looks for when it comes back."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final, Self

from rendiconto.document.report import Document

_TERRITORY: Final = "RendicontoTerritory"
_EDITION: Final = "RendicontoEdition"
_VERSION: Final = "RendicontoDataVersion"
_SHA256: Final = "RendicontoDataSha256"
_AS_PUBLISHED: Final = "RendicontoAsPublished"


@dataclass(frozen=True, slots=True)
class Identity:
    """Territory (slug), edition, version and fingerprint of the data, and whether errata were left aside."""

    territory: str
    edition: int
    data_version: str
    data_sha256: str
    as_published: bool

    @classmethod
    def of(cls, document: Document) -> Self:
        """A document's own."""
        return cls(
            document.territory.slug, document.edition, document.data_version, document.data_sha256, document.as_published
        )

    @classmethod
    def from_properties(cls, properties: Mapping[str, str]) -> Self | None:
        """The identity that a file's own properties say; None where it is not one of our reports."""
        territory, edition = properties.get(_TERRITORY, ""), properties.get(_EDITION, "")
        if not territory or not (edition.isascii() and edition.isdecimal() and len(edition) == 4):
            return None
        return cls(
            territory,
            int(edition),
            properties.get(_VERSION, ""),
            properties.get(_SHA256, ""),
            properties.get(_AS_PUBLISHED) == str(True),
        )

    def as_properties(self) -> tuple[tuple[str, str], ...]:
        """Names and values to write into a file."""
        return (
            (_TERRITORY, self.territory),
            (_EDITION, str(self.edition)),
            (_VERSION, self.data_version),
            (_SHA256, self.data_sha256),
            (_AS_PUBLISHED, str(self.as_published)),
        )
