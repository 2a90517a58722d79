"""Solutions up to a number of rows, where the operator has set one: the engine is stopped at the first row too many,
and the result says that it was cut, by the link that the formats have for what else there is to know of a result
(https://www.w3.org/TR/sparql11-results-json/#select-link, https://www.w3.org/TR/rdf-sparql-XMLres/#head).
"""

from __future__ import annotations

from pyoxigraph import QueryResultsFormat, QuerySolutions, parse_query_results

from ontology.namespaces import CANONICAL_BASE

NOTICE = CANONICAL_BASE + "notice/rows-capped#"
"""What a link in a result that was cut begins with; the number of rows follows."""

_JSON_HEAD, _XML_HEAD = b'{"head":{', b"</head>"


class Enough(Exception):
    """A row more than those that are wanted."""


class _Rows:
    """A file that takes rows of TSV, a line each since the format escapes line feeds, up to a number and the head."""

    def __init__(self, rows: int) -> None:
        self._left: int | None = rows + 1
        self._parts: list[bytes] = []

    def write(self, data: bytes) -> int:
        """Takes bytes.

        Raises:
            Enough: with them there are more rows; those that are wanted were taken.
        """
        lines = data.count(b"\n")
        if self._left is not None and lines <= self._left:
            self._left -= lines
            self._parts.append(bytes(data))
            return len(data)
        end = 0
        for _ in range(self._left or 0):
            end = data.index(b"\n", end) + 1
        self._parts.append(data[:end])
        # The engine gives what it holds once more when it is stopped.
        self._left = None
        raise Enough

    def flush(self) -> None:
        """Nothing waits."""

    @property
    def body(self) -> bytes:
        """All that was taken."""
        return b"".join(self._parts)


def first(solutions: QuerySolutions, rows: int) -> tuple[QuerySolutions, bool]:
    """The first rows of solutions, and whether there were more. Terms and labels of blank nodes stay as they are."""
    taken = _Rows(rows)
    try:
        solutions.serialize(taken, QueryResultsFormat.TSV)  # type: ignore[arg-type]
        more = False
    except Enough:
        more = True
    found = parse_query_results(taken.body, format=QueryResultsFormat.TSV)
    assert isinstance(found, QuerySolutions), "a table of rows is read back as one"
    return found, more


def notice(rows: int) -> str:
    """The IRI that says that a result was cut after so many rows.

    >>> notice(1000)
    'https://w3id.org/onrecord/notice/rows-capped#1000'
    """
    return f"{NOTICE}{rows}"


def marked(body: bytes, media_type: str, rows: int) -> bytes:
    """A result with a link in its head that says that it was cut. CSV and TSV have no place for one.

    >>> marked(b'{"head":{"vars":["a"]}}', "application/sparql-results+json", 5)
    b'{"head":{"link":["https://w3id.org/onrecord/notice/rows-capped#5"],"vars":["a"]}}'
    """
    iri = notice(rows).encode()
    if media_type == "application/sparql-results+json" and body.startswith(_JSON_HEAD):
        return _JSON_HEAD + b'"link":["' + iri + b'"],' + body[len(_JSON_HEAD) :]
    if media_type == "application/sparql-results+xml":
        return body.replace(_XML_HEAD, b'<link href="' + iri + b'"/>' + _XML_HEAD, 1)
    return body
