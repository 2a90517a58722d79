"""The SERVICE clauses of a query, found in its words: which endpoint each asks, and the query with other addresses in
their place (https://www.w3.org/TR/sparql11-federated-query/).

A worker has no network, so a clause that is overlooked here asks nobody. What cannot be read for certain is refused.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from server.problems import FederationRefused
from server.workers.lexer import Prologue, Token, federates, is_word, tokens


@dataclass(frozen=True, slots=True)
class Clause:
    """One SERVICE clause: where its keyword and its endpoint stand, and the endpoint, None for a variable."""

    keyword: Token
    name: Token
    endpoint: str | None


def rerouted(query: str, base: str, routes: Mapping[str, str]) -> str:
    """The query with another address for each endpoint; `routes` has those of the endpoints that may be asked.

    Raises:
        FederationRefused: another one is asked, a variable stands for one, or a clause is within another.

    >>> rerouted("SELECT * { SERVICE <http://a/> { ?s ?p ?o } }", "", {"http://a/": "http://127.0.0.1:9/0"})
    'SELECT * { SERVICE <http://127.0.0.1:9/0> { ?s ?p ?o } }'
    """
    parts, rest, last = [], [], 0
    for clause in clauses(query, base):
        if clause.endpoint is None:
            raise FederationRefused("SERVICE needs the IRI of an endpoint here; a variable may stand for any server")
        if clause.endpoint not in routes:
            known = ", ".join(sorted(routes))
            raise FederationRefused(f"{clause.endpoint} is not among the endpoints that this server asks: {known}")
        end = clause.name.start + len(clause.name.text)
        parts += [query[last : clause.name.start], f"<{routes[clause.endpoint]}>"]
        rest += [query[last : clause.keyword.start], " ", query[clause.keyword.start + len("SERVICE") : end]]
        last = end
    if federates("".join([*rest, query[last:]])):
        raise FederationRefused("the query has a SERVICE that cannot be told apart; write white space around it")
    return "".join([*parts, query[last:]])


def clauses(query: str, base: str) -> Iterator[Clause]:
    """The SERVICE clauses of a query.

    Raises:
        FederationRefused: a clause is within another, which would have that endpoint ask for us.
    """
    prologue = Prologue(base)
    depth, within = 0, -1
    stream = tokens(query)
    for token in stream:
        if prologue.takes(token, stream):
            continue
        if token.text == "{":
            depth += 1
        elif token.text == "}":
            depth -= 1
            within = within if depth > within else -1
        elif is_word(token, "SERVICE"):
            if within >= 0:
                raise FederationRefused("a SERVICE within another is not passed on")
            named = next(stream, None)
            if named is not None and named.text.upper() == "SILENT":
                named = next(stream, None)
            if named is None:
                return
            within = depth
            yield Clause(token, named, prologue.resolve(named))
