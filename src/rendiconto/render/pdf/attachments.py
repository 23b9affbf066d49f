"""What the PDF carries inside: its own data package, so that the copy that is kept is also the data.

The package goes in whole, as one archive, for its own descriptor names its files and their digests. Its files of claims, where
it has any, go in by themselves too: every sentence of the report with the cells that it rests on, a click away.
"""

from dataclasses import dataclass
from pathlib import PurePosixPath

from rendiconto.document import Document
from rendiconto.render import Files
from rendiconto.render.archive import write_zip
from rendiconto.render.data.package import FOLDER, render_data

_MEDIA_TYPES = {".zip": "application/zip", ".csv": "text/csv", ".json": "application/json"}
_CLAIMS = "claims"


@dataclass(frozen=True, slots=True)
class Attachment:
    """A file inside the PDF. ``relationship`` is what it is to the report, in PDF/A-3's words ("data", "supplement")."""

    name: str
    content: bytes
    relationship: str
    description: str

    @property
    def media_type(self) -> str:
        """What the name's ending says."""
        return _MEDIA_TYPES[PurePosixPath(self.name).suffix]

    @property
    def described(self) -> dict[str, str]:
        """All but the content, as the template is told of it."""
        return {
            "name": self.name,
            "media_type": self.media_type,
            "relationship": self.relationship,
            "description": self.description,
        }


def attachments_of(document: Document, package: Files | None = None) -> tuple[Attachment, ...]:
    """The report's data package as an archive, then its claims; ``package`` where it has been made before."""
    package = render_data(document) if package is None else package
    stem = f"rendiconto-sociale-{document.territory.slug}-{document.edition}"
    about = f"{document.title}, {document.subtitle}, versione dei dati {document.data_version}"
    whole = Attachment(f"{stem}-dati.zip", write_zip(package), "data", f"Pacchetto di dati aperti: {about}")
    described = f"Le frasi e le celle da cui vengono: {about}"
    claims = (
        Attachment(f"{stem}-{path.name}", package[FOLDER + path.name], "supplement", described)
        for path in map(PurePosixPath, package)
        if path.stem == _CLAIMS and f"{path.parent}/" == FOLDER
    )
    return (whole, *claims)
