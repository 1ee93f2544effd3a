"""Tables written as text (csv): one row a block, so that a clause is never cut at a quoted comma or line break."""

from __future__ import annotations

import csv
import io

from auditor.documents.codes import Code, trouble
from auditor.documents.interface import Reading
from auditor.documents.limits import Limits
from auditor.documents.plain import written
from auditor.documents.tables import Row, blocks_of

_MARKS = ",;\t|"


def read(data: bytes, name: str, limits: Limits) -> Reading:
    """Read a csv file.

    Raises:
        DocumentError: GA201 empty, GA204 no table, GA215 too many rows, GA226 unknown encoding.
    """
    text, encoding, warnings = written(data)
    first = text[:10_000].split("\n", 1)[0]
    mark = max(_MARKS, key=first.count)
    rows: list[Row] = []
    try:
        for cells in csv.reader(io.StringIO(text.replace("\x00", "")), delimiter=mark):
            rows.append(Row(tuple(enumerate(cells))))
            if len(rows) > limits.members:
                raise trouble(Code.TOO_MANY_MEMBERS, members=len(rows), limit=limits.members)
    except csv.Error as error:
        raise trouble(Code.DAMAGED, detail="csv") from error
    return Reading("csv", tuple(blocks_of(rows, 0)), encoding=encoding, warnings=warnings)
