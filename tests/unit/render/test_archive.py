import io
import zipfile

from rendiconto.render.archive import read_zip, repack_office, write_zip

FILES = {"b/due.txt": b"2" * 500, "a.txt": b"1", "[Content_Types].xml": b"<x/>"}


def test_order_of_files_does_not_matter() -> None:
    assert write_zip(FILES) == write_zip(dict(reversed(FILES.items())))


def test_what_is_written_reads_back() -> None:
    assert read_zip(write_zip(FILES)) == FILES


def test_members_are_sorted_with_a_fixed_time_and_no_trace_of_the_system() -> None:
    with zipfile.ZipFile(io.BytesIO(write_zip(FILES))) as archive:
        members = archive.infolist()
    assert [member.filename for member in members] == ["[Content_Types].xml", "a.txt", "b/due.txt"]
    assert {member.date_time for member in members} == {(1980, 1, 1, 0, 0, 0)}
    assert {member.create_system for member in members} == {3}


def test_an_office_file_loses_the_picture_of_its_template_and_nothing_else() -> None:
    picture = b'<Relationship Id="r2" Type="http://x/metadata/thumbnail" Target="docProps/thumbnail.jpeg"/>'
    kept = b'<Relationship Id="r1" Type="http://x/metadata/core-properties" Target="docProps/core.xml"/>'
    files = {"_rels/.rels": b"<R>" + kept + picture + b"</R>", "docProps/thumbnail.jpeg": b"\xff", "docProps/core.xml": b"<c/>"}
    assert read_zip(repack_office(write_zip(files))) == {"_rels/.rels": b"<R>" + kept + b"</R>", "docProps/core.xml": b"<c/>"}
    assert repack_office(write_zip(FILES)) == write_zip(FILES)
