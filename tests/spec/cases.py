"""The catalogue language by example: each case is a part as written in YAML and the plan that it means.

The cases are tests (``test_language.py``) and, printed, a page of the manual (``docs/language.md``).
"""

from dataclasses import dataclass


@dataclass(frozen=True)
class Case:
    """``plan`` lists one line per row: label, then for each column ``cube(codes)``; codes equal to defaults are left out."""

    title: str
    text: str
    part: str
    columns: str
    plan: str
    territory: str = "massa-carrara"


CASES = (
    Case(
        "One dimension on each axis",
        "What neither axis names stands at its default: here sex and age at their totals.",
        "cube: popolazione\nstub: [{territory: [self, region, italy]}]\nheading: [{period: [-1, 0]}]",
        "2023 | 2024",
        """
        Massa-Carrara | popolazione(045 2023 T T) | popolazione(045 2024 T T)
        Regione Toscana | popolazione(09 2023 T T) | popolazione(09 2024 T T)
        Italia | popolazione(IT 2023 T T) | popolazione(IT 2024 T T)
        """,
    ),
    Case(
        "Blocks side by side",
        "Each block leaves the other's dimension at its total; `header` spans a block.",
        "cube: popolazione\nstub: [{territory: [self]}]\n"
        'heading: [{sex: [F, M], header: Genere}, {age: ["0-14", T], header: Età}]',
        "Genere / Femmine | Genere / Maschi | Età / 0-14 | Età / Totale",
        """
        Massa-Carrara | popolazione(045 2024 F T) | popolazione(045 2024 M T) | popolazione(045 2024 T 0-14) | popolazione(045 2024 T T)
        """,
    ),
    Case(
        "Nests, ragged",
        "`then` nests blocks under every code of a block; another block may end earlier.",
        'cube: popolazione\nstub: [{territory: [self]}]\nheading: [{sex: [F], then: [{age: ["0-14", "15+"]}]}, {sex: [T]}]',
        "Femmine / 0-14 | Femmine / 15 e oltre | Totale",
        """
        Massa-Carrara | popolazione(045 2024 F 0-14) | popolazione(045 2024 F 15+) | popolazione(045 2024 T T)
        """,
    ),
    Case(
        "Measures nest like a dimension",
        "A block may name cubes: alone they are a header level, labelled by the cubes. A cube's own offset sets its year.",
        "stub: [{territory: [self]}]\nheading: [{cube: [nascite, decessi, saldo]}]",
        "Nascite | Decessi | Saldo naturale",
        """
        Massa-Carrara | nascite(045 2023) | decessi(045 2023) | saldo(045 2023)
        """,
    ),
    Case(
        "Counts and a share under each year",
        "A block under `then` may belong to another cube than its neighbours.",
        "cube: durc\nstub: [{territory: [self]}]\n"
        "heading: [{period: [0], then: [{outcome: [OK, KO]}, {cube: quota_irregolari}]}]",
        "2024 / Regolari | 2024 / Irregolari | 2024 / % irregolari",
        """
        Massa-Carrara | durc(045 2024 OK) | durc(045 2024 KO) | quota_irregolari(045 2024)
        """,
    ),
    Case(
        "One territory's rows, then the totals of others",
        "`fix` holds a code without printing it; `labels` renames codes and selectors.",
        "cube: durc\nstub:\n  - {outcome: [OK, KO], fix: {territory: self}}\n"
        "  - {territory: [self, region], labels: {self: Totale provinciale, region: Totale regionale}}\nheading: [{period: [0]}]",
        "2024",
        """
        Regolari | durc(045 2024 OK)
        Irregolari | durc(045 2024 KO)
        Totale provinciale | durc(045 2024 T)
        Totale regionale | durc(09 2024 T)
        """,
    ),
    Case(
        "A cube beside a dimension",
        "It is the cube of these cells and prints no level; `header` says what they are.",
        "stub: [{cube: [nascite]}, {header: Quota %, cube: quota_popolazione, territory: [self, region]}]\n"
        "heading: [{period: [-1]}]",
        "2023",
        """
        Nascite | nascite(045 2023)
        Quota % / Massa-Carrara | quota_popolazione(045 2023 T T)
        Quota % / Regione Toscana | quota_popolazione(09 2023 T T)
        """,
    ),
    Case(
        "Leading rows",
        'With `lead` each code has its own row and what it leads stands below, indented ("di cui").',
        "cube: anticipate\nstub: [{territory: [self, region], lead: true, then: [{law: [L24]}]}]\nheading: [{sex: [F, T]}]",
        "Femmine | Totale",
        """
        Massa-Carrara | anticipate(045 2024 T F) | anticipate(045 2024 T T)
        > Massa-Carrara / Di cui con la legge del 2024 | anticipate(045 2024 L24 F) | anticipate(045 2024 L24 T)
        Regione Toscana | anticipate(09 2024 T F) | anticipate(09 2024 T T)
        > Regione Toscana / Di cui con la legge del 2024 | anticipate(09 2024 L24 F) | anticipate(09 2024 L24 T)
        """,
    ),
    Case(
        "An axis used twice",
        "Blocks that several tables share are an axis; `without` leaves codes out of it, `labels` renames in it.",
        "cube: pensioni\nstub: [{axis: gestioni, without: [SUB, T], labels: {ANZ: Anticipate}}]\nheading: [{sex: [T]}]",
        "Totale",
        """
        Privati / Anticipate | pensioni(045 2024 PRIV ANZ T)
        Privati / Vecchiaia | pensioni(045 2024 PRIV VEC T)
        Pubblici / Anticipate | pensioni(045 2024 PUB ANZ T)
        Pubblici / Vecchiaia | pensioni(045 2024 PUB VEC T)
        Altri | pensioni(045 2024 ALT T T)
        """,
    ),
    Case(
        "Codes with a unit of their own",
        "An indicator dimension has no total: it must be selected. Its codes bring unit and decimals.",
        "cube: vigilanza\nstub: [{activity: all}]\nheading: [{period: [0]}]",
        "2024",
        """
        Ispezioni | vigilanza(045 2024 N)
        Accertato | vigilanza(045 2024 EUR)
        """,
    ),
    Case(
        "Periods",
        "Relative to the edition, spans of them, or absolute.",
        'cube: popolazione\nstub: [{territory: [self]}]\nheading: [{period: ["2003", "-2..-1", 0]}]',
        "2003 | 2022 | 2023 | 2024",
        """
        Massa-Carrara | popolazione(045 2003 T T) | popolazione(045 2022 T T) | popolazione(045 2023 T T) | popolazione(045 2024 T T)
        """,
    ),
    Case(
        "Provinces of the region",
        "By name, in Italian order; the region and Italy may follow.",
        "cube: popolazione\nstub: [{territory: [provinces, region]}]\nheading: [{period: [0]}]",
        "2024",
        """
        Perugia | popolazione(054 2024 T T)
        Terni | popolazione(055 2024 T T)
        Regione Umbria | popolazione(10 2024 T T)
        """,
        territory="terni",
    ),
    Case(
        "A region's own report",
        "Selectors that resolve to one territory print once, under the first.",
        "cube: popolazione\nstub: [{territory: [self, region, italy]}]\nheading: [{period: [0]}]",
        "2024",
        """
        Regione Toscana | popolazione(09 2024 T T)
        Italia | popolazione(IT 2024 T T)
        """,
        territory="toscana",
    ),
)
