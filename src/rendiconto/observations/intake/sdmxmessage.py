"""SDMX-ML data messages, generic and structure-specific, read as they stream by: no tree is built, no address is followed.

Only the versions 2.1 and 3.0 (with 3.1, which is written alike) are read. A document type is refused before anything it says.
"""

import re
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from xml.parsers import expat

from rendiconto.errors import DataError, Place
from rendiconto.observations.intake.sdmxdataset import Attributes, DataSet

MOST_BYTES = 512 << 20
MOST_COLUMNS = 1_000
DEEPEST = 32
CHUNK = 1 << 20
_AGAIN = "Ask the office to send it again."
_ROOTS = ("GenericData", "GenericTimeSeriesData", "StructureSpecificData", "StructureSpecificTimeSeriesData")
_VERSION = re.compile(r"/schemas/v(2_1|3_0|3_1)/message$")
_SET_FRAME = frozenset(
    (
        *("action", "dataScope", "publicationPeriod", "publicationYear", "reportingBeginDate", "reportingEndDate"),
        *("setID", "structureRef", "type", "validFromDate", "validToDate"),
    )
)
"""What a data set says of itself; messages in the wild write these without the namespace that the standard wants."""
_SCOPES = ("DataSet", "Series", "Obs", "Group", "Atts")
_URN_ID = re.compile(r"=(?:[^:]+:)?([^:()]+)")


def read_message(path: Path) -> tuple[DataSet, ...]:
    """The data sets of a message; one that is damaged, oversized, of another kind or with a document type is refused."""
    size = path.stat().st_size
    if size > MOST_BYTES:
        raise DataError(
            f"the file has {size >> 20} MB", Place(path), f"At most {MOST_BYTES >> 20} MB can be read: use SDMX-CSV."
        )
    message = _Message(path)
    parser = message.parser
    try:
        with path.open("rb") as stream:
            while chunk := stream.read(CHUNK):
                parser.Parse(chunk)
        parser.Parse(b"", True)  # noqa: FBT003 - the library takes it by position only
    except expat.ExpatError as error:
        what = f"the file is damaged: {expat.ErrorString(error.code)}"
        raise DataError(what, Place(path, error.lineno), _AGAIN) from None
    except (LookupError, ValueError) as error:
        raise DataError(f"the file is damaged: {error}", Place(path), _AGAIN) from None
    return tuple(message.datasets)


@dataclass
class _Structure:
    """What the header says of the data sets that refer to it."""

    name: str
    dimension: str


class _Message:
    """Follows the elements of one message."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.datasets: list[DataSet] = []
        self._open: list[str] = []
        self._scopes: list[tuple[str, Attributes]] = []
        self._structures: dict[str, _Structure] = {}
        self._structure: _Structure | None = None
        self._dimension = "TIME_PERIOD"
        self._component: str | None = None
        self._text: list[str] | None = None
        self._observed = False
        self.parser: Any = expat.ParserCreate(namespace_separator=" ")
        self.parser.buffer_text = True
        self.parser.StartDoctypeDeclHandler = self._document_type
        self.parser.StartElementHandler = self._start
        self.parser.EndElementHandler = self._end
        self.parser.CharacterDataHandler = self._characters

    def _refusal(self, what: str, todo: str | None = None) -> DataError:
        return DataError(what, Place(self.path, self.parser.CurrentLineNumber), todo)

    def _document_type(self, *_: object) -> None:
        raise self._refusal("the file has a document type (DOCTYPE), which could name other files", "Export it without.")

    def _characters(self, text: str) -> None:
        if self._text is not None:
            self._text.append(text)

    def _start(self, qualified: str, attributes: Attributes) -> None:
        name = qualified.rpartition(" ")[2]
        if not self._open:
            self._check_root(qualified.rpartition(" ")[0], name)
        elif len(self._open) == DEEPEST:
            raise self._refusal(f"elements lie within one another more than {DEEPEST} deep", _AGAIN)
        self._open.append(name)
        if "Metadata" in self._open:
            return
        if "Header" in self._open:
            self._start_in_header(name, attributes)
        elif name in _SCOPES:
            self._start_scope(name, attributes)
        elif self._scopes:
            self._start_component(name, attributes)

    def _check_root(self, namespace: str, name: str) -> None:
        if _VERSION.search(namespace) is None:
            raise self._refusal("this is not SDMX-ML 2.1 or 3.0", "Export it as one of these, or as SDMX-CSV.")
        if name not in _ROOTS:
            raise self._refusal(f"this SDMX message holds no data ({name})", "Export the data, not their structure.")

    def _start_in_header(self, name: str, attributes: Attributes) -> None:
        self._text = []
        if len(self._open) == 3 and name == "Structure":
            reference = attributes.get("structureID", "")
            self._structure = _Structure(reference, attributes.get("dimensionAtObservation", "TIME_PERIOD"))
            self._structures[reference] = self._structure
        elif name == "Ref" and self._structure is not None and attributes.get("id"):
            self._structure.name = attributes["id"]

    def _start_scope(self, name: str, attributes: Attributes) -> None:
        own = local = attributes
        if name == "DataSet" or any(" " in key or key == "action" for key in attributes):
            local = {key.rpartition(" ")[2]: text for key, text in attributes.items()}
            own = {key: text for key, text in attributes.items() if " " not in key and key != "action"}
        if local.get("action", "").casefold() in ("delete", "d"):
            raise self._refusal("the message asks for data to be deleted", "Ask for the whole of the data, as they should be.")
        if name == "DataSet":
            self._start_dataset(local)
            own = {key: text for key, text in own.items() if key not in _SET_FRAME}
        elif not self._scopes:
            raise self._refusal(f"an element {name} stands outside a data set", _AGAIN)
        elif self._generic:
            own = {}
        if name == "Series":
            self._observed = False
        self._scopes.append((name, own))

    @property
    def _generic(self) -> bool:
        return self._open[0].startswith("Generic")

    def _start_dataset(self, local: Attributes) -> None:
        if self._scopes:
            raise self._refusal("a data set stands within another", _AGAIN)
        reference = local.get("structureRef", "")
        structure = self._structures.get(reference) or _Structure(reference, "TIME_PERIOD")
        self._dimension = structure.dimension
        self.datasets.append(DataSet(structure.name))

    def _start_component(self, name: str, attributes: Attributes) -> None:
        """A value of a generic message, or a component written as an element because it has several values or is long."""
        component = self._scopes[-1][1]
        if name == "Comp":
            self._component = attributes.get("id")
        elif self._component is not None:
            self._text = []
        elif name == "ObsDimension":
            component[attributes.get("id", self._dimension)] = attributes.get("value", "")
        elif name == "ObsValue":
            component[attributes.get("id", "OBS_VALUE")] = attributes.get("value", "")
        elif name == "Value" and "id" in attributes:
            component[attributes["id"]] = attributes.get("value", "")

    def _end(self, _qualified: str) -> None:
        within = "Metadata" in self._open
        name = self._open.pop()
        if within:
            return
        if "Header" in self._open:
            self._end_in_header(name)
        elif name in _SCOPES and self._scopes:
            self._end_scope(name)
        elif name == "Comp":
            self._component = None
        elif self._component is not None and self._scopes:
            self._end_value()

    def _end_in_header(self, name: str) -> None:
        text = "".join(self._text or ()).strip()
        self._text = None
        if name == "DataSetAction" and text.casefold() == "delete":
            raise self._refusal("the message asks for data to be deleted", "Ask for the whole of the data, as they should be.")
        if self._structure is not None and (found := _URN_ID.search(text)):
            self._structure.name = found[1]
        if name == "Structure" and len(self._open) == 2:
            self._structure = None

    def _end_value(self) -> None:
        component, text = self._scopes[-1][1], "".join(self._text or ()).strip()
        self._text = None
        assert self._component is not None
        if text:
            before = component.get(self._component)
            component[self._component] = f"{before} | {text}" if before else text

    def _end_scope(self, name: str) -> None:
        _, said = self._scopes.pop()
        dataset = self.datasets[-1]
        if name == "Obs":
            above = self._scopes[-1][1] if self._scopes and self._scopes[-1][0] == "Series" else {}
            dataset.add({**above, **said})
            self._observed = True
            if dataset.width > MOST_COLUMNS:
                raise self._refusal(f"the data set has more than {MOST_COLUMNS} components")
        elif said and not (name == "Series" and self._observed):
            dataset.notes.append(said)
