"""The package's README, in Italian, for whoever opens the folder without us."""

from rendiconto.document import Document
from rendiconto.render.data.cubefiles import ORIGIN_MEANINGS, STATUS_MEANINGS


def readme_text(document: Document) -> str:
    """Markdown: what there is, columns, statuses, versions, licence."""
    return "\n".join(
        [
            f"# {document.title} – {document.subtitle}: i dati",
            "",
            f"Versione dei dati {document.data_version} del {document.issued}, impronta SHA-256 `{document.data_sha256}`.",
            _corrections(document),
            "",
            *_FILES,
            *_COLUMNS,
            "## Stati (`status`)",
            "",
            *(f"- `{status}`: {meaning}" for status, meaning in STATUS_MEANINGS.items()),
            "",
            "## Origini (`origin`)",
            "",
            *(f"- `{origin}`: {meaning}" for origin, meaning in ORIGIN_MEANINGS.items()),
            "",
            *_SPREADSHEETS,
            "## I cubi",
            "",
            *(
                f"- `{cube.name}`: {cube.title} ({cube.unit}). {cube.perimeter}".rstrip()
                for cube in document.cubes
            ),
            "",
            *_VERSIONS,
            *(
                line
                for section in document.licence
                for line in (f"## {section.title}", "", *section.paragraphs, "")
            ),
        ]
    )


def _corrections(document: Document) -> str:
    if document.as_published:
        return "Le cifre sono quelle pubblicate dalla fonte, senza rettifiche."
    return "Le rettifiche decidibili sono applicate; `errata.csv` le elenca tutte, con la cifra pubblicata."


_FILES = (
    "## Che cosa c'è",
    "",
    "- `datapackage.json`: la descrizione del pacchetto secondo lo standard Data Package (<https://datapackage.org>).",
    "- `cubes.csv`: l'elenco dei cubi. Un cubo è un insieme di osservazioni con la stessa popolazione, unità, "
    "definizione, fonte e data di riferimento.",
    "- `cubes/CUBO.csv` e `cubes/CUBO.parquet`: le stesse osservazioni in due formati, una riga per osservazione.",
    "- `codelists.csv`: i codici di ogni dimensione di ogni cubo, con l'etichetta e l'ordine.",
    "- `tables/TAVOLA.json`: le tavole come sono stampate, con tutte le parti.",
    "- `tables/TAVOLA-PARTE.csv`: una parte di una tavola (le parti si contano da 0), una riga per riga stampata.",
    "- `errata.csv`: le cifre su cui la fonte pubblicata sbaglia o si contraddice.",
    "",
)
_COLUMNS = (
    "## Colonne dei cubi",
    "",
    "Prima le dimensioni (`territory` con i codici Istat, `period`, poi le altre), quindi:",
    "",
    "- `value`: la cifra, in decimali semplici con il punto (`-1310`, `84.9`), mai arrotondata in virgola mobile; "
    "vuota se `status` non è `normal`. Unità e decimali sono in `cubes.csv` e, se cambiano da codice a codice, in "
    "`codelists.csv`.",
    "- `status`: perché la cifra c'è o non c'è.",
    "- `origin`: da dove viene.",
    "",
    "I totali sono osservazioni come le altre: un codice che è somma di altri (di solito `T`) non va sommato ai suoi "
    "addendi.",
    "",
)
_SPREADSHEETS = (
    "## Nei fogli di calcolo",
    "",
    "I CSV sono in UTF-8, separati da virgole, con il punto decimale: importateli indicandolo. Un'etichetta che comincia "
    "con `=`, `+`, `-` o `@` nei CSV porta davanti un apostrofo, perché un foglio di calcolo non la prenda per una "
    "formula; cifre, simboli e codici non sono mai toccati, e JSON e Parquet hanno le etichette come sono.",
    "Nelle tavole in CSV `-`, `*` e `n.d.` stanno al posto della cifra. Nelle tavole in JSON un dato non disponibile è "
    "`null`.",
    "",
)
_VERSIONS = (
    "## Versioni",
    "",
    "La versione cambia quando cambiano i dati; la stessa versione dà sempre gli stessi file, byte per byte. `hash` in "
    "`datapackage.json` è l'impronta di ogni file.",
    "",
)
