"""What a request asks of /sparql, read from method, URL and body without a socket: SPARQL 1.1 Protocol, section 2.1.

https://www.w3.org/TR/sparql11-protocol/#query-operation
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from urllib.parse import parse_qsl

from ontology.errors import InputError
from server.formats import Form, Format, format_named, formats
from server.http.negotiation import negotiate
from server.problems import NotAcceptable, UnsupportedMediaType, WritingUnavailable
from server.workers.lexer import Dataset

FORM = "application/x-www-form-urlencoded"
DIRECT = "application/sparql-query"
UPDATE = "application/sparql-update"
FORMS = (Form.SOLUTIONS, Form.BOOLEAN, Form.GRAPH)
FORMAT_PARAMETERS = ("format", "output")

NO_WRITING = "this version publishes releases only: build one with `onrecord build`; there is no update over HTTP"

Parameters = Mapping[str, Sequence[str]]


@dataclass(frozen=True, slots=True)
class QueryRequest:
    """A query, its dataset, and the media type for each form that its result may have."""

    query: str
    dataset: Dataset | None
    media_types: Mapping[Form, str]


def parameters(encoded: bytes, place: str) -> dict[str, list[str]]:
    """The parameters of a query string or form, decoded once.

    Raises:
        InputError: they are not UTF-8.
    """
    found: dict[str, list[str]] = {}
    try:
        pairs = parse_qsl(encoded.decode("utf-8"), keep_blank_values=True, errors="strict")
    except UnicodeDecodeError as error:
        raise InputError(f"the {place} is not UTF-8: {error.reason}", place) from None
    for name, value in pairs:
        found.setdefault(name, []).append(value)
    return found


def read_request(method: str, url: Parameters, content_type: str, body: bytes, accept: str | None) -> QueryRequest:
    """The query that a request asks for.

    Raises:
        InputError: there is no query, more than one, or something cannot be decoded.
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
    return QueryRequest(queries[0], _dataset(given), media_types(given, accept))


def _posted(url: Parameters, content_type: str, body: bytes) -> Parameters:
    media_type, _, rest = content_type.partition(";")
    media_type = media_type.strip().lower()
    if media_type == UPDATE:
        raise WritingUnavailable(NO_WRITING)
    if media_type not in {FORM, DIRECT}:
        what = f"{media_type} is" if media_type else "a body without Content-Type is"
        raise UnsupportedMediaType(f"{what} not read here", "Content-Type", available=(DIRECT, FORM))
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


def _dataset(given: Parameters) -> Dataset | None:
    default, named = given.get("default-graph-uri", ()), given.get("named-graph-uri", ())
    return Dataset(tuple(default), tuple(named)) if default or named else None


def media_types(given: Parameters, accept: str | None) -> dict[Form, str]:
    """The media type for each form of result: by `format` or `output` when given, else by the Accept header.

    Raises:
        InputError: no form has a format of that name.
        NotAcceptable: the client takes no format of any form.
    """
    named = [value for name in FORMAT_PARAMETERS for value in given.get(name, ())]
    if named:
        return _named(named)
    found = {form: choice.media_type for form in FORMS if (choice := negotiate(accept, formats(form)))}
    if not found:
        raise NotAcceptable(f"none of the formats here is among {accept!r}", "Accept", available=acceptable(*FORMS))
    return found


def _named(names: Sequence[str]) -> dict[Form, str]:
    """By the first name that is known: SPARQLWrapper, for one, sends several spellings."""
    for name in names:
        found = {form: format.media_type for form in FORMS if (format := _find(name, form))}
        if found:
            return found
    known = dict.fromkeys(format.name for form in FORMS for format in formats(form))
    raise InputError(f"no format {names[0]!r}; there are {', '.join(known)}", "format")


def _find(name: str, form: Form) -> Format | None:
    try:
        return format_named(name, form)
    except InputError:
        return None


def acceptable(*forms: Form) -> tuple[str, ...]:
    """The media types in which results of these forms can be had."""
    return tuple(dict.fromkeys(format.media_type for form in forms for format in formats(form)))


def choose(given: Parameters, accept: str | None, offers: Sequence[Format], form: Form) -> Format:
    """One format among those of a form: by `format` when given, else by the Accept header.

    Raises:
        InputError: none has that name.
        NotAcceptable: the client takes none.
    """
    if "format" in given:
        return format_named(given["format"][-1], form)
    choice = negotiate(accept, offers)
    if choice is None:
        names = tuple(offer.media_type for offer in offers)
        raise NotAcceptable(f"none of the formats here is among {accept!r}", "Accept", available=names)
    return choice.format
