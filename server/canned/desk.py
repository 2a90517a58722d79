"""A canned query on an open store, whole or not at all: what a user typed looked up, the query run, rows written."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from pyoxigraph import Store

from ontology.errors import NotFound
from ontology.namespaces import Base
from server.canned import answers
from server.canned.catalogue import Catalogue
from server.canned.lookup import Lookup
from server.formats import Form, format_named
from server.problems import UnknownValue
from server.workers.evaluation import Task, Written, evaluate, too_large


class Desk:
    """Where canned queries are asked of one release; names are looked up once and kept."""

    def __init__(self, store: Store, base: Base) -> None:
        self._store = store
        self._base = base
        self._lookup = Lookup(store, base)

    def answer(self, name: str, given: Mapping[str, Sequence[str]], format_name: str, limit: int) -> Written:
        """The answer to a canned query, in one of the formats for rows.

        Raises:
            NotFound: there is no such query.
            UnknownValue: the query has no such parameter, or a value names nothing in the release.
            InputError: a value is not of its parameter's type, or one is missing.
            ResultTooLarge: the answer has more bytes than the limit.
        """
        query = Catalogue.load()[name]
        format = format_named(format_name, Form.ROWS)
        try:
            values = self._lookup.bindings(query, given)
        except NotFound as error:
            raise UnknownValue(error.message, error.place, nearest=error.nearest) from error
        if format.name not in answers.FORMATS:
            task = Task(query.bind(values), {Form.SOLUTIONS: format.media_type}, limit)
            return evaluate(self._store, task, self._base.prefixes(), self._base.iri)
        body = answers.run(query, self._store, values).render(format.name).encode("utf-8")
        if len(body) > limit:
            raise too_large(limit)
        return Written(Form.ROWS, format.media_type, body)
