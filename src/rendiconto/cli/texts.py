"""Commands on texts written by hand: look at them, and renew them for another edition."""

from pathlib import Path
from typing import Annotated

import typer

from rendiconto.cli.options import DataVersion, EditionOption, OutFile, loaded, write_result

texts = typer.Typer(help="Texts written by hand: look at them, renew them for another edition.", no_args_is_help=True)

TerritoryOption = Annotated[
    str | None, typer.Option("--territory", help="Whose report they are looked at in (the workspace's, by default).")
]
_FORMATS = ("text", "json")


@texts.command()
def check(
    path: Annotated[
        Path | None, typer.Argument(metavar="PATH", help="A folder of texts or one text (the workspace's).")
    ] = None,
    output: Annotated[str, typer.Option("--format", help="text or json.")] = "text",
    territory: TerritoryOption = None,
    edition: EditionOption = None,
    data_version: DataVersion = None,
    out: OutFile = None,
) -> None:
    """List texts with where they go, their live figures, what their sentences claim; exit 1 where one is contradicted."""
    import simplejson

    from rendiconto.errors import UnknownName, nearest_names
    from rendiconto.findings import Severity
    from rendiconto.pipeline import check_texts
    from rendiconto.texts.listing import listing_json, listing_text

    if output not in _FORMATS:
        raise UnknownName("format", output, nearest_names(output, _FORMATS) or _FORMATS)
    checked = check_texts(loaded(edition, data_version), path, territory)
    if output == "json":
        whole = [listing_json(each.territory.slug, each.pieces) for each in checked]
        content = simplejson.dumps({"reports": whole}, ensure_ascii=False, use_decimal=True, indent=1)
    else:
        content = "\n\n".join(listing_text(each.territory.name, each.pieces) for each in checked)
    write_result(f"{content}\n".encode(), out)
    pieces = [piece for each in checked for piece in each.pieces]
    wrong = any(finding.severity is Severity.ERROR for piece in pieces for finding in piece.findings)
    if wrong or any(piece.contradicted for piece in pieces):
        raise typer.Exit(1)


@texts.command()
def renew(
    path: Annotated[Path, typer.Argument(metavar="PATH", help="A text, or a folder of them.")],
    edition: Annotated[int, typer.Option("--edition", help="The edition that they are to be for.")],
    territory: Annotated[
        str | None, typer.Option("--territory", help="Whose figures they have, where neither they nor the workspace say.")
    ] = None,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Show what would change, and write nothing.")] = False,
    out: Annotated[Path | None, typer.Option("--out", help="Folder for the new texts (texts-EDITION beside them).")] = None,
) -> None:
    """Write texts for another edition: bound figures moved on, sentences that hold no longer marked with ==."""
    from difflib import unified_diff

    from rendiconto.cli.options import here
    from rendiconto.pipeline.renewing import renew_texts

    done = renew_texts(path, edition, workspace=here(), territory=territory, out=out, write=not dry_run)
    for each in done:
        renewed = each.renewed
        print(f"{renewed.draft.source} → {each.target}")
        if dry_run:
            before, after = renewed.draft.text.splitlines(), renewed.text.splitlines()
            print("\n".join(unified_diff(before, after, str(renewed.draft.file), str(each.target), lineterm="")))
        for note in renewed.notes:
            print(f"  {note.line:>4}  {note.kind:6}  {note.text}")
    marked = sum(note.kind == "marked" for each in done for note in each.renewed.notes)
    print(f"{'Dry run: ' if dry_run else ''}{len(done)} texts, {marked} sentences marked.")
