"""What the archive copy must have: its data inside, named and described; nothing in it that an archive cannot keep."""

import io
import re
from collections.abc import Iterator
from pathlib import PurePosixPath
from typing import Any

import pikepdf
import pytest

from rendiconto.document import Document
from rendiconto.render.archive import read_zip
from rendiconto.render.data.package import render_data
from rendiconto.render.pdf.attachments import attachments_of
from rendiconto.render.pdf.report import render_pdf
from sample import sample_document

SAMPLE: Document = sample_document()
ARCHIVE = "rendiconto-sociale-massa-carrara-2024-dati.zip"


@pytest.fixture(scope="module")
def pdf() -> pikepdf.Pdf:
    (content,) = render_pdf(SAMPLE).values()
    return pikepdf.open(io.BytesIO(content))


def attached(pdf: pikepdf.Pdf) -> dict[str, Any]:
    """File specifications in the tree of names."""
    entries = list(pdf.Root.Names.EmbeddedFiles.Names)
    return {str(name): specification for name, specification in zip(entries[::2], entries[1::2], strict=True)}


def test_the_pdf_carries_its_data_package_whole(pdf: pikepdf.Pdf) -> None:
    inside = read_zip(attached(pdf)[ARCHIVE].EF.F.read_bytes())
    assert inside == render_data(SAMPLE)
    assert "data/datapackage.json" in inside


def test_every_file_of_claims_is_also_there_by_itself(pdf: pikepdf.Pdf) -> None:
    package = render_data(SAMPLE)
    claims = {path.removeprefix("data/"): package[path] for path in package if PurePosixPath(path).stem == "claims"}
    stem = ARCHIVE.removesuffix("dati.zip")
    apart = {name.removeprefix(stem): file.EF.F.read_bytes() for name, file in attached(pdf).items() if name != ARCHIVE}
    assert apart == claims


def test_files_are_associated_with_the_report_and_say_what_they_are_to_it(pdf: pikepdf.Pdf) -> None:
    associated = {str(specification.UF): str(specification.AFRelationship) for specification in pdf.Root.AF}
    assert set(associated) == set(attached(pdf))
    assert associated.pop(ARCHIVE) == "/Data"
    assert set(associated.values()) <= {"/Supplement"}


def test_each_file_has_name_description_kind_size_and_the_date_of_the_data(pdf: pikepdf.Pdf) -> None:
    for name, specification in attached(pdf).items():
        assert specification.Type == pikepdf.Name.Filespec
        assert str(specification.F) == str(specification.UF) == name
        assert SAMPLE.subtitle in str(specification.Desc)
        assert specification.EF.F.objgen == specification.EF.UF.objgen
        stream = specification.EF.F
        assert str(stream.Subtype) in {"/application/zip", "/text/csv", "/application/json"}
        assert int(stream.Params.Size) == len(stream.read_bytes())
        assert str(stream.Params.ModDate).startswith("D:20250630")


def test_the_reader_is_told_of_them_in_the_colophon(pdf: pikepdf.Pdf) -> None:
    import pypdfium2

    (content,) = render_pdf(SAMPLE).values()
    opened = pypdfium2.PdfDocument(content)
    text = re.sub(r"\s+", " ", opened[len(opened) - 1].get_textpage().get_text_bounded())
    opened.close()
    assert "Allegati" in text
    assert all(attachment.name in text for attachment in attachments_of(SAMPLE))


def test_the_file_says_which_standards_it_was_written_to(pdf: pikepdf.Pdf) -> None:
    with pdf.open_metadata(set_pikepdf_as_editor=False) as metadata:
        assert (metadata["pdfaid:part"], metadata["pdfaid:conformance"], metadata["pdfuaid:part"]) == ("3", "A", "1")
        assert metadata["dc:title"] == str(pdf.docinfo.Title)
        assert metadata["dc:creator"] == [str(pdf.docinfo.Author)]
        written = re.sub(r"\D", "", metadata["xmp:CreateDate"])[:14]
        assert str(pdf.docinfo.CreationDate).startswith(f"D:{written}")
    assert "/Filter" not in pdf.Root.Metadata, "whoever finds the file later must read its metadata without a PDF reader"


def test_colours_have_a_profile_and_nothing_is_locked(pdf: pikepdf.Pdf) -> None:
    (intent,) = pdf.Root.OutputIntents
    assert intent.S == pikepdf.Name.GTS_PDFA1
    assert intent.DestOutputProfile.read_bytes()[36:40] == b"acsp"
    assert "/Encrypt" not in pdf.trailer
    assert len(pdf.trailer.ID) == 2


def dictionaries(pdf: pikepdf.Pdf) -> Iterator[Any]:
    """Every dictionary of the file, those of streams too."""
    for found in pdf.objects:
        if isinstance(found, pikepdf.Dictionary | pikepdf.Stream):
            yield found


def test_nothing_runs_and_nothing_lies_elsewhere(pdf: pikepdf.Pdf) -> None:
    actions = {str(found.S) for found in dictionaries(pdf) if str(found.get("/Type")) == "/Action"}
    assert actions <= {"/GoTo", "/URI"}
    for found in dictionaries(pdf):
        assert not {"/JS", "/JavaScript", "/OpenAction", "/AA", "/Launch", "/OPI", "/PS", "/XFA"} & set(found.keys())
        if isinstance(found, pikepdf.Stream):
            assert str(found.get("/Filter", "/FlateDecode")) in {"/FlateDecode", "/DCTDecode"}
            assert "/F" not in found, "a stream whose bytes are in another file"
            assert not found.get("/Interpolate", False)


def test_links_are_printed_and_described(pdf: pikepdf.Pdf) -> None:
    for page in pdf.pages:
        for annotation in page.get("/Annots", []):
            assert annotation.Subtype == pikepdf.Name.Link
            assert int(annotation.F) & 0b100111 == 0b100, "printed, neither hidden nor away from the page"
            assert str(annotation.Contents)


def test_every_glyph_has_its_letter_and_its_width(pdf: pikepdf.Pdf) -> None:
    fonts = [found for found in dictionaries(pdf) if found.get("/Subtype") == pikepdf.Name.Type0]
    assert fonts
    for font in fonts:
        letters = font.ToUnicode.read_bytes()
        assert not re.search(rb"<(?:E[0-9A-F]{3}|F[0-8][0-9A-F]{2}|0000|FFFE|FEFF)>\s*$", letters, re.MULTILINE | re.IGNORECASE)
        (descendant,) = font.DescendantFonts
        assert "/W" in descendant
        assert descendant.CIDToGIDMap == pikepdf.Name.Identity or isinstance(descendant.CIDToGIDMap, pikepdf.Stream)
