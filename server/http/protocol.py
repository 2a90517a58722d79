"""What a request asks of /sparql, read from method, URL and body without a socket: SPARQL 1.1 Protocol, section 2.1.

https://www.w3.org/TR/sparql11-protocol/#query-operation
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from urllib.parse import unquote_to_bytes

from ontology.errors import InputError
from server.formats import Form, Format, format_named, formats
from server.http.negotiation import negotiate
from server.problems import NotAcceptable, UnsupportedMediaType, WritingUnavailable
from server.workers.lexer import Dataset

FORM = "application/x-www-form-urlencoded"
DIRECT = "application/sparql-query"
UPDATE = "application/sparql-update"
BODIES = (DIRECT, FORM)
"""The media types in which a query is read from a body."""

FORMS = (Form.SOLUTIONS, Form.BOOLEAN, Form.GRAPH)
FORMAT_PARAMETERS = ("format", "output")
TIMEOUT = "timeout"

KNOWN_ACCEPT = 500
"""Characters of the longest Accept header whose meaning is remembered."""

NO_WRITING = "nothing is written here: updates go to /update, and a server without a token publishes releases only"

Parameters = Mapping[str, Sequence[str]]

_IRI = re.compile(r'[A-Za-z][A-Za-z0-9+.-]*:[^<>"{}|^`\\\x00-\x20]*')
_SECONDS = re.compile(r"\d{1,6}(?:\.\d{1,6})?|\.\d{1,6}")
_BROKEN = re.compile(rb"%(?![0-9A-Fa-f]{2}).{0,2}", re.DOTALL)


@dataclass(frozen=True, slots=True)
class QueryRequest:
    """A query, its dataset, the media type for each form that its result may have, and the seconds that it may take."""

    query: str
    dataset: Dataset | None
    media_types: Mapping[Form, str]
    seconds: float | None = None


def parameters(encoded: bytes, place: str) -> dict[str, list[str]]:
    """The parameters of a query string or form, decoded once (https://url.spec.whatwg.org/#urlencoded-parsing).

    Raises:
        InputError: a percent sign begins no escape, or a name or value is not UTF-8; the message names the parameter.
    """
    found: dict[str, list[str]] = {}
    for pair in encoded.split(b"&"):
        if pair:
            name, _, value = pair.partition(b"=")
            key = _decoded(name, place)
            found.setdefault(key, []).append(_decoded(value, key))
    return found


def _decoded(encoded: bytes, place: str) -> str:
    if broken := _BROKEN.search(encoded):
        shown = broken[0].decode("ascii", "replace")
        raise InputError(f"{shown!r} at byte {broken.start()} is no percent-encoding; write % as %25", place)
    try:
        return unquote_to_bytes(encoded.replace(b"+", b" ")).decode("utf-8")
    except UnicodeDecodeError as error:
        raise InputError(f"not UTF-8 at byte {error.start}: {error.reason}", place) from None


def read_request(method: str, url: Parameters, content_type: str, body: bytes, accept: str | None) -> QueryRequest:
    """The query that a request asks for. Only GET and HEAD have it in the URL alone.

    Raises:
        InputError: there is no query, more than one, something cannot be decoded, or parameters contradict each other.
        UnsupportedMediaType: the body is neither a form nor a query.
        WritingUnavailable: it is an update.
        NotAcceptable: the client takes no format of any form of result.
    """
    given = url if method in {"GET", "HEAD"} else _posted(url, content_type, body)
    if "update" in given:
        raise WritingUnavailable(NO_WRITING)
    queries = given.get("query", ())
    if len(queries) != 1:
        what = f"the query is given {len(queries)} times; give it once" if queries else "there is no query"
        raise InputError(what, "query")
    return QueryRequest(queries[0], dataset_of(given), media_types(given, accept), timeout(given))


def timeout(given: Parameters) -> float | None:
    """The seconds that a client gives its request; more than the server's own limit is the server's limit.

    Raises:
        InputError: they are no number above zero, or given twice.

    >>> timeout({"timeout": ["2.5"]}), timeout({})
    (2.5, None)
    """
    values = [value for value in given.get(TIMEOUT, ()) if value]
    if not values:
        return None
    if len(values) > 1 or not _SECONDS.fullmatch(values[0]) or float(values[0]) == 0:
        raise InputError(f"{', '.join(values)} is not a number of seconds such as 2.5", TIMEOUT)
    return float(values[0])


def _posted(url: Parameters, content_type: str, body: bytes) -> Parameters:
    media_type, _, rest = content_type.partition(";")
    media_type = media_type.strip().lower()
    if media_type == UPDATE:
        raise WritingUnavailable(NO_WRITING)
    if media_type not in BODIES:
        what = f"{media_type} is" if media_type else "a body without Content-Type is"
        raise UnsupportedMediaType(f"{what} not read here", "Content-Type", available=BODIES)
    charset = rest.lower().partition("charset=")[2].partition(";")[0].strip(' "')
    if charset not in {"", "utf-8", "utf8", "us-ascii"}:
        raise UnsupportedMediaType(f"the charset {charset} is not read here, only UTF-8", "Content-Type")
    if media_type == FORM:
        return _joined(url, parameters(body, "form"))
    try:
        return _joined(url, {"query": [body.decode("utf-8-sig")]})
    except UnicodeDecodeError as error:
        raise InputError(f"the query is not UTF-8 at byte {error.start}", "body") from None


def _joined(url: Parameters, body: Parameters) -> Parameters:
    return {name: [*url.get(name, ()), *body.get(name, ())] for name in [*url, *body]}


def dataset_of(given: Parameters) -> Dataset | None:
    """The dataset that a request asks for; None when it names no graph.

    Raises:
        InputError: what it names is no IRI.
    """
    default, named = _graphs(given, "default-graph-uri"), _graphs(given, "named-graph-uri")
    return Dataset(default, named) if default or named else None


def _graphs(given: Parameters, name: str) -> tuple[str, ...]:
    # Forms send what was not filled in as empty; that names no graph.
    iris = tuple(filter(None, given.get(name, ())))
    for iri in iris:
        if not _IRI.fullmatch(iri):
            raise InputError(f"{iri!r} is not the IRI of a graph, which begins with a scheme such as https:", name)
    return iris


def media_types(given: Parameters, accept: str | None) -> dict[Form, str]:
    """The media type for each form of result: by `format` or `output` when given, else by the Accept header.

    Raises:
        InputError: no form has a format of that name.
        NotAcceptable: the client takes no format of any form.
    """
    if named := _format_names(given):
        return _named(named)
    short = accept is None or len(accept) <= KNOWN_ACCEPT
    found = _accepted(accept) if short else _accepted.__wrapped__(accept)
    if not found:
        raise NotAcceptable(f"none of the formats here is among {accept!r}", "Accept", available=acceptable(*FORMS))
    return dict(found)


@lru_cache(maxsize=512)
def _accepted(accept: str | None) -> Mapping[Form, str]:
    """By an Accept header, of which clients send few."""
    return {form: choice.media_type for form in FORMS if (choice := negotiate(accept, formats(form)))}


def _format_names(given: Parameters) -> list[str]:
    return [value for name in FORMAT_PARAMETERS for value in given.get(name, ()) if value]


def _named(names: Sequence[str]) -> dict[Form, str]:
    """By the names that are known: SPARQLWrapper, for one, sends several spellings of one format."""
    found = {form: {format.media_type for name in names if (format := _find(name, form))} for form in FORMS}
    if not any(found.values()):
        known = dict.fromkeys(format.name for form in FORMS for format in formats(form))
        raise InputError(f"no format {names[0]!r}; there are {', '.join(known)}", "format")
    if any(len(types) > 1 for types in found.values()):
        raise _contradiction(names)
    return {form: types.pop() for form, types in found.items() if types}


def _contradiction(names: Sequence[str]) -> InputError:
    return InputError(f"{', '.join(names)} are different formats; name one", "format")


def _find(name: str, form: Form) -> Format | None:
    try:
        return format_named(name, form)
    except InputError:
        return None


def acceptable(*forms: Form) -> tuple[str, ...]:
    """The media types in which results of these forms can be had."""
    return tuple(dict.fromkeys(format.media_type for form in forms for format in formats(form)))


def choose(given: Parameters, accept: str | None, offers: Sequence[Format], form: Form) -> Format:
    """One format among those of a form: by `format` or `output` when given, else by the Accept header.

    Raises:
        InputError: none has that name, or two are named.
        NotAcceptable: the client takes none.
    """
    if names := _format_names(given):
        named = {format_named(name, form) for name in names}
        if len(named) > 1:
            raise _contradiction(names)
        return named.pop()
    choice = negotiate(accept, offers)
    if choice is None:
        available = tuple(offer.media_type for offer in offers)
        raise NotAcceptable(f"none of the formats here is among {accept!r}", "Accept", available=available)
    return choice.format
